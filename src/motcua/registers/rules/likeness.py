"""How likely two cards are one person, and why: evidence for and against is added up.

The weights are working values of ours, not of a law; they order a list for people who decide.
"""

from datetime import date
from uuid import UUID

from msgspec import Struct

LIKELY = 0.7  # from here on a pair is shown
VERY_LIKE = 0.6  # share of common trigrams by which two names differ by a slip
_FOR = {
    "same-old-number": 0.5,
    "same-birth": 0.35,
    "same-name": 0.35,
    "like-name": 0.25,
    "same-mother": 0.2,
    "same-household": 0.1,
    "same-residence": 0.05,
}
_AGAINST = 0.35  # another sex, another mother, another former number


class Looks(Struct, frozen=True, kw_only=True):
    """What of a card speaks for or against; `key` is the name without diacritics."""

    id: UUID
    key: str
    born_on: date
    sex: str
    old_number: str = ""
    mother: str = ""
    household: str = ""
    residence: str = ""


class Likeness(Struct, frozen=True, kw_only=True):
    """How likely (0 to 1) and why, as codes."""

    score: float
    reasons: tuple[str, ...]


def compare(one: Looks, other: Looks) -> Likeness:
    """How likely two cards are one person."""
    if _are_twins(one, other):
        return Likeness(score=0.0, reasons=())
    reasons = tuple(_reasons(one, other))
    against = sum(
        bool(mine and its and mine != its)
        for mine, its in (
            (one.sex, other.sex),
            (one.mother, other.mother),
            (one.old_number, other.old_number),
        )
    )
    score = sum(_FOR[reason] for reason in reasons) - against * _AGAINST
    return Likeness(score=round(min(1.0, max(0.0, score)), 2), reasons=reasons)


def similarity(one: str, other: str) -> float:
    """The share of common trigrams of two folded names, as PostgreSQL's pg_trgm counts it."""
    mine, its = _trigrams(one), _trigrams(other)
    return len(mine & its) / len(mine | its) if mine or its else 0.0


def _reasons(one: Looks, other: Looks) -> list[str]:
    found = []
    if one.old_number and one.old_number == other.old_number:
        found.append("same-old-number")
    if one.key == other.key:
        found.append("same-name")
    elif similarity(one.key, other.key) >= VERY_LIKE:
        found.append("like-name")
    if one.born_on == other.born_on:
        found.append("same-birth")
    if one.mother and one.mother == other.mother:
        found.append("same-mother")
    if one.household and one.household == other.household:
        found.append("same-household")
    elif one.residence and one.residence == other.residence:
        found.append("same-residence")
    return found


def _are_twins(one: Looks, other: Looks) -> bool:
    """Born the same day in the same family with different given names, and no common number."""
    family = (one.mother and one.mother == other.mother) or (
        one.household and one.household == other.household
    )
    given = one.key.split()[-1:] != other.key.split()[-1:]
    same_number = bool(one.old_number) and one.old_number == other.old_number
    return bool(one.born_on == other.born_on and family and given and not same_number)


def _trigrams(text: str) -> set[str]:
    return {
        padded[place : place + 3]
        for word in text.split()
        for padded in [f"  {word} "]
        for place in range(len(padded) - 2)
    }
