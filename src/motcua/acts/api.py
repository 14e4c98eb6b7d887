"""The door of the ledger: write acts, read a timeline, follow the ledger as a named reader."""

from motcua.acts.counting import (
    READINGS,
    readings_by_hour,
    readings_by_id,
    readings_count,
    readings_marked,
    readings_of,
)
from motcua.acts.disclosing import (
    Disclosure,
    acts_of,
    bodies_disclosed,
    count_disclosed,
    disclosed,
    first_act_at,
    told_later,
)
from motcua.acts.operations import ActDraft, make_months, record, record_many
from motcua.acts.queries import ActRow, Reader, accesses_of, timeline_of

__all__ = [
    "READINGS",
    "ActDraft",
    "ActRow",
    "Disclosure",
    "Reader",
    "accesses_of",
    "acts_of",
    "bodies_disclosed",
    "count_disclosed",
    "disclosed",
    "first_act_at",
    "make_months",
    "readings_by_hour",
    "readings_by_id",
    "readings_count",
    "readings_marked",
    "readings_of",
    "record",
    "record_many",
    "timeline_of",
    "told_later",
]
