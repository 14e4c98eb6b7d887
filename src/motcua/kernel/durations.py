"""Legal lengths of time, as packs write them: "3 working days", "same day", "4 working hours"."""

import re
from typing import Literal

from msgspec import Struct

Unit = Literal["same-day", "working-hours", "working-days", "days", "hours"]

_WRITTEN = re.compile(r"(?P<count>\d{1,4}) (?P<working>working )?(?P<unit>hour|day)s?")


class Duration(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`unit` is "same-day", "working-hours", "working-days", "days" or "hours".

    "days" and "hours" are those of the calendar on the wall; the others count working time only.
    """

    unit: Unit
    count: int = 0

    def __str__(self) -> str:
        if self.unit == "same-day":
            return "same day"
        name = self.unit.replace("-", " ")
        return f"{self.count} {name.removesuffix('s') if self.count == 1 else name}"

    @property
    def is_working_time(self) -> bool:
        """Whether only working time counts (so that what remains is in working minutes)."""
        return self.unit in ("same-day", "working-hours", "working-days")


def parse(text: str) -> Duration:
    """The duration written as `text`; `str()` of the result is the same in its usual spelling.

    Raises ValueError with a sentence that says how to write it.
    """
    words = " ".join(str(text).split()).lower()
    if words == "same day":
        return Duration(unit="same-day")
    found = _WRITTEN.fullmatch(words)
    if found is None or int(found["count"]) == 0:
        raise ValueError(
            f'"{text}" is not a length of time: write "same day", or a whole number from 1 to 9999'
            ' and a unit, such as "4 working hours", "3 working days", "24 hours" or "10 days".'
        )
    return Duration(unit=_unit(found), count=int(found["count"]))


def _unit(found: "re.Match[str]") -> Unit:
    if found["unit"] == "hour":
        return "working-hours" if found["working"] else "hours"
    return "working-days" if found["working"] else "days"
