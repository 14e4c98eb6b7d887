"""Puts people into the population register."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from msgspec.structs import replace

from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.registers.models import Person
from motcua.registers.operations.facts import write_facts
from motcua.registers.operations.numbers import allot_numbers, take_numbers
from motcua.registers.queries.people import person_of
from motcua.registers.rules import shapes
from motcua.registers.rules.declaration import POPULATION

_IDENTITY = (
    "full_name", "born_on", "sex", "birth_area", "home_area", "ethnicity", "mother", "father",
)  # fmt: skip


@transaction.atomic
def create_people(actor: Actor, people: Iterable[shapes.PersonDraft]) -> list[shapes.Person]:
    """Put people into the population register, in order; those without a number are given one.

    Refusals: registers.number-taken and those of `allot_personal_number`.
    """
    drafts = _numbered(list(people))
    write_facts(actor, [fact for draft in drafts for fact in facts_of(draft)])
    rows = Person.objects.in_bulk([d.personal_number for d in drafts], field_name="personal_number")
    return [person_of(rows[draft.personal_number]) for draft in drafts]


def facts_of(draft: shapes.PersonDraft) -> list[shapes.Fact]:
    """What the population register is told about somebody, from the birth on."""

    def fact(name: str, values: dict[str, Any], **when: Any) -> shapes.Fact:
        return shapes.Fact(
            register=POPULATION,
            fact=name,
            subject=draft.personal_number,
            values={key: value for key, value in values.items() if value not in ("", None)},
            valid_from=when.get("since", draft.born_on),
        )

    facts = [fact("identity", {name: _plain(getattr(draft, name)) for name in _IDENTITY})]
    if draft.residence_area:
        address = {"area": draft.residence_area, "line": draft.residence_line}
        home = {"household": draft.household, "household_relation": draft.household_relation}
        facts.append(fact("residence", {"address": address, **home}))
    if draft.old_number:
        facts.append(fact("former-number", {"number": draft.old_number}))
    if draft.died_on:
        died = {"died_on": draft.died_on.isoformat()}
        facts.append(fact("death", died, since=draft.died_on))
    return facts


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _numbered(drafts: Sequence[shapes.PersonDraft]) -> list[shapes.PersonDraft]:
    own = [d.personal_number for d in drafts if d.personal_number]
    if len(take_numbers(own) if own else []) != len(own):
        raise Refusal("registers.number-taken")
    without = [(d.birth_area, d.born_on, d.sex) for d in drafts if not d.personal_number]
    numbers = iter(allot_numbers(without))
    return [d if d.personal_number else replace(d, personal_number=next(numbers)) for d in drafts]
