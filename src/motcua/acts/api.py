"""The door of the ledger: write acts, read a timeline, follow the ledger as a named reader."""

from motcua.acts.disclosing import (
    Disclosure,
    bodies_disclosed,
    count_disclosed,
    disclosed,
    first_act_at,
    told_later,
)
from motcua.acts.operations import ActDraft, make_months, record, record_many
from motcua.acts.queries import ActRow, Reader, accesses_of, timeline_of

__all__ = [
    "ActDraft",
    "ActRow",
    "Disclosure",
    "Reader",
    "accesses_of",
    "bodies_disclosed",
    "count_disclosed",
    "disclosed",
    "first_act_at",
    "make_months",
    "record",
    "record_many",
    "timeline_of",
    "told_later",
]
