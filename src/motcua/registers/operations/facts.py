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
from motcua.registers.rules.shapes import Fact, PersonDraft


@transaction.atomic
def write_facts(actor: Actor, facts: Iterable[Fact], dossier_id: UUID | None = None) -> list[UUID]:
    """Record facts, in order, and return the identifiers of their entries.

    A fact that this dossier wrote before (same register, fact and subject) is not written again.
    Facts of the population register also change the person, if the snapshot has them; otherwise
    the entry alone is kept. One act "registers.fact-recorded" each. Refusals:
    registers.unknown-fact, .incomplete-fact, .already-dead, .number-taken.
    """
    return [_write(actor, fact, dossier_id) for fact in facts]


def _write(actor: Actor, fact: Fact, dossier_id: UUID | None) -> UUID:
    if not fact.subject:
        raise Refusal("registers.incomplete-fact", field="subject")
    known = Entry.objects.filter(
        subject=fact.subject, dossier_id=dossier_id, register=fact.register, fact=fact.fact
    )
    if dossier_id and (entry_id := known.values_list("id", flat=True).first()):
        return entry_id
    person_id = _apply(fact) if fact.register == "population" else _person_id(fact.subject)
    entry_id = new_id()
    act_id = acts.record(
        actor,
        "registers.fact-recorded",
        object=("entry", entry_id),
        dossier_id=dossier_id,
        subjects=(person_id,) if person_id else (),
        detail={"register": fact.register, "fact": fact.fact},
    )
    Entry.objects.create(
        id=entry_id,
        subject=fact.subject,
        register=fact.register,
        fact=fact.fact,
        values=fact.values,
        valid_from=fact.valid_from or timezone.localdate(clock.now()),
        recorded_at=clock.now(),
        dossier_id=dossier_id,
        act_id=act_id,
    )
    return entry_id


def _apply(fact: Fact) -> UUID | None:
    if (change := _CHANGES.get(fact.fact)) is None:
        raise Refusal("registers.unknown-fact", fact=fact.fact)
    return change(fact)


def _new_person(fact: Fact) -> UUID:
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
    if _person_id(fact.subject):
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
    "new-person": _new_person,
    "deceased": _deceased,
    "former-number": _former_number,
    "residence": _residence,
}


def _locked(number: str) -> Person | None:
    return Person.objects.select_for_update().filter(personal_number=number).first()


def _person_id(number: str) -> UUID | None:
    return Person.objects.filter(personal_number=number).values_list("id", flat=True).first()


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
