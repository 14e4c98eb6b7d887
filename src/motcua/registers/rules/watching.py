"""What is unusual about an officer's look at a register: signs to ask about, not verdicts."""

from collections.abc import Collection, Mapping
from datetime import datetime
from statistics import median
from uuid import UUID

from msgspec import Struct

# In the order of their weight: the first one found gives a row its kind.
KINDS = (
    "own-record",  # his own, outside of his own affairs
    "limit",  # more looks in an hour than are allowed
    "colleague",  # of somebody who has a post in the same body
    "watched",  # of a person who is often looked at out of curiosity
    "denied",  # a look that no grant allows
    "many",  # in an hour far more than the officer's own median
    "no-dossier",  # for a duty, without a dossier or a reason, outside the register's owner
    "out-of-hours",
)
FINDINGS = ("explained", "abuse")
TIMES_MEDIAN = 5
LEAST_MANY = 20


class Reading(Struct, frozen=True, kw_only=True):
    """One look, with what is known about it."""

    verb: str
    at: datetime
    account_id: UUID
    persons: frozenset[UUID]
    purpose: str
    has_dossier: bool = False
    has_reason: bool = False
    by_software: bool = False


class Setting(Struct, frozen=True, kw_only=True):
    """The reader's surroundings. `many`: the hours in which he looked far more than usually."""

    own_person: UUID | None
    colleagues: Collection[UUID]
    watched: Collection[UUID]
    is_working_hour: bool
    is_owner: bool
    is_many: bool


def kinds(one: Reading, setting: Setting) -> tuple[str, ...]:
    """All that is unusual about a reading, weightiest first; () if nothing is.

    An emergency is reviewed on its own and is not repeated here but for the person concerned.
    """
    is_own = setting.own_person is not None and setting.own_person in one.persons
    signs = {
        "own-record": is_own and one.purpose != "own",
        "limit": one.verb == "registers.too-many-reads",
        "colleague": not is_own and not one.persons.isdisjoint(setting.colleagues),
        "watched": not one.persons.isdisjoint(setting.watched),
        "denied": one.verb == "registers.read-denied",
        "many": setting.is_many,
        "no-dossier": _is_without_ground(one) and not setting.is_owner,
        "out-of-hours": not setting.is_working_hour and not one.by_software,
    }
    return tuple(kind for kind in KINDS if signs[kind])


def busy_hours(by_hour: Mapping[datetime, int]) -> frozenset[datetime]:
    """The hours with more than five times the reader's own median, and with twenty looks at least.

    The median is over the hours in which he looked at all, so that a day off does not lower it.
    """
    if not by_hour:
        return frozenset()
    most = max(LEAST_MANY, TIMES_MEDIAN * median(by_hour.values()))
    return frozenset(hour for hour, count in by_hour.items() if count > most)


def _is_without_ground(one: Reading) -> bool:
    return one.purpose.startswith("duty/") and not one.has_dossier and not one.has_reason
