"""The personal number (số định danh cá nhân): 12 digits, no check digit.

Place of birth registration (3), century and sex (1), year of birth (2), random (6). Validity is
never inferred from the form: only the register knows which numbers were given.
"""

from datetime import date

from msgspec import Struct

SERIALS = 1_000_000
FIRST_YEAR, LAST_YEAR = 1900, 2399


class Parts(Struct, frozen=True, kw_only=True):
    """What a number says about its bearer when it was given."""

    prefix: str
    sex: str
    year: int
    serial: int


def compose(prefix: str, born_on: date, sex: str, *, serial: int) -> str:
    """The number for these parts; ValueError outside 1900-2399 or for an unknown sex."""
    if not FIRST_YEAR <= born_on.year <= LAST_YEAR:
        raise ValueError("personal numbers exist for the years 1900 to 2399")
    if sex not in {"male", "female"} or not 0 <= serial < SERIALS:
        raise ValueError("sex is male or female, the serial has six digits")
    century = (born_on.year - FIRST_YEAR) // 100 * 2 + (sex == "female")
    return f"{prefix}{century}{born_on.year % 100:02}{serial:06}"


def read(number: str) -> Parts | None:
    """The parts of a number, or None when it is not twelve digits."""
    if len(number) != 12 or not (number.isascii() and number.isdigit()):
        return None
    century = int(number[3])
    return Parts(
        prefix=number[:3],
        sex="female" if century % 2 else "male",
        year=FIRST_YEAR + century // 2 * 100 + int(number[4:6]),
        serial=int(number[6:]),
    )
