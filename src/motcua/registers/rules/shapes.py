"""What the registers take and hand out."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from msgspec import Struct


class Person(Struct, frozen=True, kw_only=True):
    """A person as the population register has them. Areas are codes; `sex` "male" or "female".

    `died_on` is the day of death; `old_number` the nine-digit number of former identity cards.
    """

    id: UUID
    personal_number: str
    full_name: str
    born_on: date
    sex: str
    old_number: str
    birth_area: str
    home_area: str
    residence_area: str
    residence_line: str
    ethnicity: str
    mother_number: str
    father_number: str
    died_on: date | None
    marks: dict[str, Any]

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
    ethnicity: str = ""
    mother_number: str = ""
    father_number: str = ""
    died_on: date | None = None
    marks: Mapping[str, Any] = {}


class Fact(Struct, frozen=True, kw_only=True):
    """A fact for a register: which register, what happened, about whom, with which values.

    `subject` is a personal number. For the population register `fact` is "new-person" (values:
    name, born_on, sex, birth_place; home_town, ethnicity, mother, father, address), "deceased"
    (died_on), "former-number" (number) or "residence" (address); an address is {area, line}.
    Other registers keep what they are told. `valid_from`: since when it is true (today by default).
    """

    register: str
    fact: str
    subject: str
    values: dict[str, Any] = {}
    valid_from: date | None = None


class EntryRow(Struct, frozen=True, kw_only=True):
    """A recorded fact."""

    id: UUID
    register: str
    fact: str
    subject: str
    values: dict[str, Any]
    valid_from: date
    dossier_id: UUID | None
