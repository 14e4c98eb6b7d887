"""What the registers take and hand out."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from msgspec import Struct


class Fact(Struct, frozen=True, kw_only=True):
    """A fact for a register: from `valid_from` on (today by default) the values hold.

    `subject` is the register's key (a personal number, a plate); `values` are those of the fact's
    fields by bare name. What held before ends the day before, and stays readable. With `end` the
    fact holds no longer from `valid_from` on (nothing happens where nothing holds); `values` then
    say at most which item, else all items end.
    """

    register: str
    fact: str
    subject: str
    values: dict[str, Any] = {}
    valid_from: date | None = None
    valid_until: date | None = None  # the first day on which it no longer holds
    end: bool = False


class Ask(Struct, frozen=True, kw_only=True):
    """What is wanted of one record: fields by full name ("identity.full_name"); () is all that the
    reader may see for the purpose."""

    register: str
    key: str
    fields: tuple[str, ...] = ()


class Held(Struct, frozen=True, kw_only=True):
    """One version of a fact, with the values that the reader may see.

    Valid from `valid_from` until before `valid_until` (None: still); believed from `recorded_at`
    until `replaced_at` (None: still). `corrects` names the version that this one corrects.
    """

    id: UUID
    fact: str
    item: str
    values: dict[str, Any]
    valid_from: date
    valid_until: date | None
    recorded_at: datetime
    replaced_at: datetime | None
    corrects: UUID | None
    ground: str
    dossier_id: UUID | None
    disputed: bool


class Record(Struct, frozen=True, kw_only=True):
    """What a register holds about one thing, as of a day and as known at a moment.

    `id` is the record's; `holder` the personal number of whom it concerns, `person_id` that
    person's; `withheld` are fields that exist and that the reader may not see for this purpose.
    """

    register: str
    key: str
    id: UUID
    holder: str
    person_id: UUID | None
    facts: tuple[Held, ...]
    as_of: date
    known_at: datetime | None
    withheld: tuple[str, ...] = ()

    def held(self, fact: str) -> Held | None:
        """The version of that fact (the first item's, if there are several)."""
        return next((one for one in self.facts if one.fact == fact), None)

    def get(self, path: str) -> Any:
        """The value of "fact.field" or "fact.field.part" (an address's area); None if not held."""
        fact, _, rest = path.partition(".")
        one = self.held(fact)
        value: Any = one.values if one else None
        for part in rest.split("."):
            value = value.get(part) if isinstance(value, dict) else None
        return value


class Person(Struct, frozen=True, kw_only=True):
    """The card of a person in the population register: what is needed to find and to name them."""

    id: UUID
    personal_number: str
    full_name: str
    born_on: date
    sex: str
    old_number: str
    residence_area: str
    died_on: date | None

    @property
    def is_alive(self) -> bool:
        """Whether no death is recorded."""
        return self.died_on is None


class PersonDraft(Struct, frozen=True, kw_only=True):
    """Somebody to be put into the population register; without a number one is given."""

    full_name: str
    born_on: date
    sex: str
    birth_area: str
    personal_number: str = ""
    old_number: str = ""
    home_area: str = ""
    residence_area: str = ""
    residence_line: str = ""
    household: str = ""
    household_relation: str = ""
    ethnicity: str = ""
    mother: str = ""
    father: str = ""
    died_on: date | None = None
