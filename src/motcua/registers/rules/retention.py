"""When what a register holds is over, and what of it may stay without saying who it was."""

import re
from calendar import monthrange
from datetime import date

from motcua.registers.rules.declaration import FactKind, Retention

FOREVER = "forever"
_LENGTH = re.compile(r"(?P<count>[1-9][0-9]{0,3}) (?P<unit>year|month|day)s?")
# What counts and compares but names nobody.
_NAMELESS = ("choice", "yes-no", "number", "money")


def cutoff(keep: str, today: date) -> date | None:
    """What was over by this day is kept no longer; None: kept for ever.

    "10 years", "6 months", "30 days"; the last of February stands for a day that a year lacks.
    ValueError for other words.
    """
    if keep == FOREVER:
        return None
    written = _LENGTH.fullmatch(keep)
    if written is None:
        raise ValueError(f"not a length of time to keep something: {keep!r}")
    count, unit = int(written["count"]), written["unit"]
    if unit == "day":
        days = today.toordinal() - count
        return date.fromordinal(days) if days > 0 else date.min
    months = today.year * 12 + today.month - 1 - count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    if year < 1:
        return date.min
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def in_words(rule: Retention) -> str:
    """The rule as a certificate names it: "10 years after ended: erase"."""
    return f"{rule.keep} after {rule.after}: {rule.then}"


def nameless(kind: FactKind) -> tuple[str, ...]:
    """The fields that may stay when a fact is made anonymous."""
    return tuple(f.field for f in kind.fields if f.kind in _NAMELESS and not f.sealed)
