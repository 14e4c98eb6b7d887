"""Legal lengths of time, as packs write them: "3 working days", "same day", "4 working hours"."""

from msgspec import Struct


class Duration(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`unit` is "same-day", "working-hours", "working-days", "days" or "hours"."""

    unit: str
    count: int = 0
