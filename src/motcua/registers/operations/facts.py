"""Writes facts into the registers, once each, and keeps the population snapshot in step."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from motcua.acts import api as acts
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal
from motcua.registers.models import Entry, Person
from motcua.registers.operations.numbers import take_numbers
from motcua.registers.operations.people import row_of
from motcua.registers.queries import person_ids
from motcua.registers.rules.shapes import Fact, PersonDraft

Name = tuple[str, str, str]  # subject, register, fact: once per dossier


@transaction.atomic(savepoint=False)
def write_facts(actor: Actor, facts: Iterable[Fact], dossier_id: UUID | None = None) -> list[UUID]:
    """Record facts, in order, and return the identifiers of their entries.

    A fact that this dossier wrote before (same register, fact and subject) is not written again.
    Facts of the population register also change the person, if the snapshot has them; otherwise
    the entry alone is kept. One act "registers.fact-recorded" each. Refusals:
    registers.unknown-fact, .incomplete-fact, .already-dead, .number-taken.
    """
    asked = list(facts)
    if not all(fact.subject for fact in asked):
        raise Refusal("registers.incomplete-fact", field="subject")
    known = _known_entries(asked, dossier_id)
    new = {_name(fact): fact for fact in asked if _name(fact) not in known}
    if new:
        known |= _write(actor, list(new.values()), dossier_id)
    return [known[_name(fact)] for fact in asked]


def _name(fact: Fact) -> Name:
    return fact.subject, fact.register, fact.fact


def _known_entries(facts: list[Fact], dossier_id: UUID | None) -> dict[Name, UUID]:
    """What this dossier wrote before; without a dossier nothing is the same."""
    if dossier_id is None:
        return {}
    subjects = {fact.subject for fact in facts}
    rows = Entry.objects.filter(subject__in=subjects, dossier_id=dossier_id)
    found = rows.values_list("subject", "register", "fact", "id")
    return {(subject, register, fact): known for subject, register, fact, known in found}


def _write(actor: Actor, facts: list[Fact], dossier_id: UUID | None) -> dict[Name, UUID]:
    """Change the people, then write all acts and all entries, one statement each."""
    people = person_ids({fact.subject for fact in facts})
    for fact in facts:
        if fact.register == "population" and (person_id := _apply(fact, people)):
            people[fact.subject] = person_id
    written = {_name(fact): new_id() for fact in facts}
    about = {fact.subject: (people[fact.subject],) for fact in facts if fact.subject in people}
    acts_made = acts.record_many(
        actor,
        [
            acts.ActDraft(
                verb="registers.fact-recorded",
                object=("entry", written[_name(fact)]),
                dossier_id=dossier_id,
                subjects=about.get(fact.subject, ()),
                detail={"register": fact.register, "fact": fact.fact},
            )
            for fact in facts
        ],
    )
    Entry.objects.bulk_create(
        Entry(
            id=written[_name(fact)],
            subject=fact.subject,
            register=fact.register,
            fact=fact.fact,
            values=fact.values,
            valid_from=fact.valid_from or timezone.localdate(clock.now()),
            recorded_at=clock.now(),
            dossier_id=dossier_id,
            act_id=act_id,
        )
        for fact, act_id in zip(facts, acts_made, strict=True)
    )
    return written


def _apply(fact: Fact, people: Mapping[str, UUID]) -> UUID | None:
    if fact.fact == "new-person":
        return _new_person(fact, people)
    if (change := _CHANGES.get(fact.fact)) is None:
        raise Refusal("registers.unknown-fact", fact=fact.fact)
    return change(fact)


def _new_person(fact: Fact, people: Mapping[str, UUID]) -> UUID:
    values = fact.values
    area, line = _address(values)
    draft = PersonDraft(
        personal_number=fact.subject,
        full_name=_text(values, "name", "full_name"),
        born_on=_day(values, "born_on"),
        sex=_text(values, "sex"),
        birth_area=_text(values, "birth_place", "birth_area"),
        home_area=_text(values, "home_town", "home_area", optional=True),
        residence_area=area,
        residence_line=line,
        ethnicity=_text(values, "ethnicity", optional=True),
        mother_number=_text(values, "mother", "mother_number", optional=True),
        father_number=_text(values, "father", "father_number", optional=True),
    )
    take_numbers([fact.subject])  # a number may come from elsewhere; ours was taken when allotted
    if fact.subject in people:
        raise Refusal("registers.number-taken")
    row = row_of(draft)
    row.save(force_insert=True)
    return row.id


def _deceased(fact: Fact) -> UUID | None:
    died_on = _day(fact.values, "died_on")
    if (person := _locked(fact.subject)) is None:
        return None
    if person.died_on:
        raise Refusal("registers.already-dead")
    if died_on < person.born_on:
        raise Refusal("registers.incomplete-fact", field="died_on")
    person.died_on = died_on
    person.save(update_fields=["died_on"])
    return person.id


def _former_number(fact: Fact) -> UUID | None:
    number = _text(fact.values, "number", "old_number")
    if len(number) != 9 or not (number.isascii() and number.isdigit()):
        raise Refusal("registers.incomplete-fact", field="number")
    if (person := _locked(fact.subject)) is None:
        return None
    person.old_number = number
    person.save(update_fields=["old_number"])
    return person.id


def _residence(fact: Fact) -> UUID | None:
    area, line = _address(fact.values)
    if not area:
        raise Refusal("registers.incomplete-fact", field="address")
    if (person := _locked(fact.subject)) is None:
        return None
    person.residence_area, person.residence_line = area, line
    person.save(update_fields=["residence_area", "residence_line"])
    return person.id


_CHANGES: dict[str, Callable[[Fact], UUID | None]] = {
    "deceased": _deceased,
    "former-number": _former_number,
    "residence": _residence,
}


def _locked(number: str) -> Person | None:
    return Person.objects.select_for_update().filter(personal_number=number).first()


def _text(values: dict[str, Any], *names: str, optional: bool = False) -> str:
    for name in names:
        if values.get(name):
            return str(values[name])
    if optional:
        return ""
    raise Refusal("registers.incomplete-fact", field=names[0])


def _address(values: dict[str, Any]) -> tuple[str, str]:
    """Area and line of an address, which forms give as {"area": ..., "line": ...}."""
    address = values.get("address") or {}
    if not isinstance(address, Mapping):
        raise Refusal("registers.incomplete-fact", field="address")
    return str(address.get("area") or ""), str(address.get("line") or "")


def _day(values: dict[str, Any], name: str) -> date:
    value = values.get(name)
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise Refusal("registers.incomplete-fact", field=name) from None
