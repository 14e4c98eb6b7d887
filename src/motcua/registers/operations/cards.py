"""Keeps the cards of persons in step with what the population register holds today."""

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from motcua.kernel import clock, jobs
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal
from motcua.registers.models import FactVersion, Person
from motcua.registers.operations.belief import Belief, held_on
from motcua.registers.rules.cards import card_of, dies_before_birth
from motcua.registers.rules.declaration import POPULATION
from motcua.registers.rules.ids import record_id

RENEW = "registers.cards"
_COLUMNS = (
    "full_name", "search_key", "sort_key", "born_on", "sex", "old_number", "residence_area",
    "household", "died_on",
)  # fmt: skip
_NAMES = """
WITH taken AS (
    INSERT INTO registers_personalnumber (number, given_at)
    SELECT n, %s FROM unnest(%s::text[]) AS n ORDER BY n ON CONFLICT DO NOTHING)
INSERT INTO registers_nameform (form) SELECT DISTINCT f FROM unnest(%s::text[]) AS f ORDER BY f
ON CONFLICT DO NOTHING
"""


def renew(belief: Belief, numbers: Collection[str]) -> dict[str, UUID]:
    """Make the cards of these persons say what is believed; their identifiers, by number.

    A fact that begins or ends on a later day changes the card on that day. Refusal
    "registers.incomplete-fact" when a death would come before the birth.
    """
    if not numbers:
        return {}
    today = timezone.localdate(clock.now())
    wanted = dict.fromkeys(numbers)
    cards = {number: _card(belief, number, today) for number in wanted}
    rows = {row.personal_number: row for row in _locked(list(wanted))}
    changed = [row for number, card in cards.items() if (row := _changed(rows, number, card))]
    if changed:
        _save(changed, [row.personal_number for row in changed if row.personal_number not in rows])
    _renew_later(belief, list(wanted), today)
    return {number: row.id for number, row in rows.items()} | {
        row.personal_number: row.id for row in changed
    }


def renew_records(records: Collection[UUID]) -> None:
    """Make the cards behind these records say what holds today; in a transaction."""
    belief = Belief(records)
    renew(belief, {row.subject for rows in belief.lines.values() for row in rows})


def _card(belief: Belief, number: str, today: date) -> dict[str, Any]:
    rows = belief.of(record_id(POPULATION, number))
    values: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        values.setdefault(row.fact, []).append(row.values)
    if dies_before_birth(values.get("identity", ()), values.get("death", ())):
        raise Refusal("registers.incomplete-fact", field="died_on", fact="death")
    return card_of({row.fact: row.values for row in held_on(rows, today)})


def _locked(numbers: list[str]) -> list[Person]:
    return list(Person.objects.select_for_update().filter(personal_number__in=numbers))


def _changed(rows: dict[str, Person], number: str, card: dict[str, Any]) -> Person | None:
    """The card as it becomes, if it is another; none is made for whom no identity is known."""
    row = rows.get(number)
    if row is None:
        known = {"personal_number": number, "id": new_id()}
        return Person(**known, **card) if "full_name" in card else None
    if all(getattr(row, name) == value for name, value in card.items()):
        return None
    for name, value in card.items():
        setattr(row, name, value)
    return row


def _save(changed: list[Person], fresh: list[str]) -> None:
    Person.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["personal_number"],
        update_fields=list(_COLUMNS),
    )
    with connection.cursor() as cursor:
        cursor.execute(_NAMES, [clock.now(), fresh, [row.search_key for row in changed]])


def _renew_later(belief: Belief, numbers: list[str], today: date) -> None:
    """Remember the days on which these cards will change by themselves."""
    days: dict[date, set[UUID]] = {}
    for number in numbers:
        for row in belief.of(record_id(POPULATION, number)):
            for day in _days_ahead(row, today):
                days.setdefault(day, set()).add(row.record_id)
    for day, records in days.items():
        midnight = timezone.make_aware(datetime.combine(day, time()))
        payload = {"records": sorted(str(record) for record in records)}
        jobs.enqueue(RENEW, payload, key=f"{RENEW}:{new_id()}", run_at=midnight)


def _days_ahead(row: FactVersion, today: date) -> list[date]:
    return [day for day in (row.valid.lower, row.valid.upper) if day is not None and day > today]
