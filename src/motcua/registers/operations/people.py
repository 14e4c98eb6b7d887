"""Puts people into the population register."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from msgspec.structs import asdict, replace

from motcua.acts import api as acts
from motcua.kernel.actors import Actor
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal
from motcua.kernel.texts import fold, normalise, sort_key
from motcua.registers.models import Person
from motcua.registers.operations.numbers import allot_numbers, take_numbers
from motcua.registers.rules import shapes

BATCH = 1_000


@transaction.atomic
def create_people(actor: Actor, people: Iterable[shapes.PersonDraft]) -> list[shapes.Person]:
    """Put people into the population register, in order; those without a number are given one.

    One act for all (verb "registers.people-created"). Refusals: registers.number-taken and those
    of `allot_personal_number`.
    """
    drafts = _numbered(list(people))
    rows = [row_of(draft) for draft in drafts]
    Person.objects.bulk_create(rows, batch_size=BATCH)
    for start in range(0, len(rows), BATCH):
        part = rows[start : start + BATCH]
        acts.record(
            actor,
            "registers.people-created",
            object=("person", part[0].id),
            subjects=tuple(row.id for row in part),
            detail={"count": len(part)},
        )
    return [person_of(row) for row in rows]


def _numbered(drafts: Sequence[shapes.PersonDraft]) -> list[shapes.PersonDraft]:
    own = [d.personal_number for d in drafts if d.personal_number]
    if len(take_numbers(own) if own else []) != len(own):
        raise Refusal("registers.number-taken")
    without = [(d.birth_area, d.born_on, d.sex) for d in drafts if not d.personal_number]
    numbers = iter(allot_numbers(without))
    return [d if d.personal_number else replace(d, personal_number=next(numbers)) for d in drafts]


def row_of(draft: shapes.PersonDraft, person_id: UUID | None = None) -> Person:
    """The row of a person, with the keys by which names are searched and ordered."""
    values: dict[str, Any] = asdict(draft)
    values |= {"full_name": normalise(draft.full_name), "marks": dict(draft.marks)}
    keys = {"search_key": fold(draft.full_name), "sort_key": sort_key(draft.full_name)}
    return Person(id=person_id or new_id(), **values, **keys)


def person_of(row: Person) -> shapes.Person:
    """What is handed out for a row."""
    return shapes.Person(**{n: getattr(row, n) for n in shapes.Person.__struct_fields__})
