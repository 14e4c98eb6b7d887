"""The door of the ledger: write acts, read a timeline, follow the ledger as a named reader."""

from motcua.acts.operations import ActDraft, make_months, record, record_many
from motcua.acts.queries import ActRow, Reader, accesses_of, timeline_of

__all__ = [
    "ActDraft",
    "ActRow",
    "Reader",
    "accesses_of",
    "make_months",
    "record",
    "record_many",
    "timeline_of",
]
