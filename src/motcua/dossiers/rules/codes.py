"""The dossier code (mã hồ sơ): written strictly, read tolerantly.

`MX1X2.Y1Y2Y3.Z1Z2-YYMMDD-XXXX` since Decision 20/2020; with two digits of the body that owns a
centralised system before the order of the day since Circular 04/2025/TT-VPCP art. 23. The day is
that of receipt. At least four digits of order; it may grow. Found in the field and read as well:
eight-digit dates, seven-digit orders, small letters, long dashes, spaces.
"""

import re
from datetime import date

from msgspec import Struct

_CODE = re.compile(
    r"(?P<body>[0-9A-Z]+(?:\.[0-9A-Z]+)*)-(?P<day>\d{8}|\d{6})-(?P<number>\d{1,12})", re.ASCII
)
_DASHES = str.maketrans("‐‑‒–—−", "------")


class DossierCode(Struct, frozen=True, kw_only=True):
    """The parts of a code. `number` keeps its digits (the owner of a centralised system cannot be
    told from them); `count` is it as a number."""

    body_code: str
    day: date
    number: str

    @property
    def count(self) -> int:
        return int(self.number)

    def __str__(self) -> str:
        return f"{self.body_code}-{self.day:%y%m%d}-{self.number}"


def code_of(body_code: str, day: date, count: int, *, owner: str = "") -> str:
    """The code of the `count`-th dossier (from 1) that a body received on `day`.

    owner: the two digits of the body that owns a nationally centralised system, otherwise "".
    """
    if count < 1:
        raise ValueError("dossiers of a day are counted from 1")
    if owner and not re.fullmatch(r"\d\d", owner, re.ASCII):
        raise ValueError("the owner of a centralised system is two digits")
    return f"{body_code}-{day:%y%m%d}-{owner}{count:04}"


def parse_code(text: str) -> DossierCode | None:
    """The parts of a code as people type or scan it; None if it is none."""
    cleaned = re.sub(r"\s+", "", text.translate(_DASHES)).upper()
    found = _CODE.fullmatch(cleaned)
    if found is None:
        return None
    digits = found["day"] if len(found["day"]) == 8 else f"20{found['day']}"
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return DossierCode(body_code=found["body"], day=day, number=found["number"])
