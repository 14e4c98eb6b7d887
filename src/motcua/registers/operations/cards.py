"""Keeps the cards of persons in step with the facts of the population register."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal
from motcua.kernel.texts import fold, normalise, sort_key
from motcua.registers.models import NameForm, Person
from motcua.registers.operations.numbers import take_numbers
from motcua.registers.rules.shapes import Fact

POPULATION = "population"


def project(fact: Sequence[Fact]) -> None:
    """Change the cards as these facts say, in order; facts of other registers change none."""
    for one in fact:
        if one.register == POPULATION and one.fact in _CHANGES:
            _CHANGES[one.fact](one)


def _identity(fact: Fact) -> None:
    values = fact.values
    name = normalise(str(values["full_name"]))
    row = _locked(fact.subject) or Person(id=new_id(), personal_number=fact.subject)
    if row._state.adding:  # noqa: SLF001 - Django's documented name
        take_numbers([fact.subject])  # one from elsewhere; ours was taken when allotted
    row.full_name, row.search_key, row.sort_key = name, fold(name), sort_key(name)
    row.born_on, row.sex = day_of(values, "born_on"), str(values["sex"])
    row.save()
    NameForm.objects.bulk_create([NameForm(form=row.search_key)], ignore_conflicts=True)


def _residence(fact: Fact) -> None:
    address = fact.values.get("address") or {}
    if not isinstance(address, dict) or not address.get("area"):
        raise Refusal("registers.incomplete-fact", field="address")
    if row := _locked(fact.subject):
        row.residence_area = str(address["area"])
        row.household = str(fact.values.get("household") or "")
        row.save(update_fields=["residence_area", "household"])


def _death(fact: Fact) -> None:
    died_on = day_of(fact.values, "died_on")
    if row := _locked(fact.subject):
        if died_on < row.born_on:
            raise Refusal("registers.incomplete-fact", field="died_on")
        row.died_on = died_on
        row.save(update_fields=["died_on"])


def _former_number(fact: Fact) -> None:
    number = str(fact.values.get("number", ""))
    if len(number) != 9 or not (number.isascii() and number.isdigit()):
        raise Refusal("registers.incomplete-fact", field="number")
    if row := _locked(fact.subject):
        row.old_number = number
        row.save(update_fields=["old_number"])


_CHANGES = {
    "identity": _identity,
    "residence": _residence,
    "death": _death,
    "former-number": _former_number,
}


def _locked(number: str) -> Person | None:
    return Person.objects.select_for_update().filter(personal_number=number).first()


def day_of(values: dict[str, Any], name: str) -> date:
    """A day among the values. Refusal "registers.incomplete-fact"."""
    value = values.get(name)
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise Refusal("registers.incomplete-fact", field=name) from None
