"""Oneself and one's minor children, as the population register has them."""

from datetime import date
from uuid import UUID

from django.db import connection
from django.utils import timezone

from motcua.acts import api as acts
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.registers.models import Person
from motcua.registers.queries.people import person_ids, person_of
from motcua.registers.queries.relations import Asking
from motcua.registers.rules import shapes
from motcua.registers.rules.access import OF_AGE, OWN

# Children are looked for in the household only: the facts of all people are not searched.
_CHILDREN = """
SELECT c.id FROM registers_person me
JOIN registers_person c ON c.household = me.household AND c.household <> '' AND c.id <> me.id
JOIN registers_factversion f ON f.record_id = md5('population/' || c.personal_number)::uuid
    AND f.fact = 'identity' AND f.valid @> %(today)s::date AND upper_inf(f.recorded)
WHERE me.personal_number = %(me)s AND c.born_on > %(adult)s::date
    AND c.died_on IS NULL AND c.merged_into IS NULL
    AND %(me)s IN (f."values" ->> 'mother', f."values" ->> 'father')
ORDER BY c.born_on, c.id
"""


def own_person(actor: Actor) -> tuple[UUID, str] | None:
    """The person that the account is proved to be: its identifier and number; None if unknown."""
    if actor.kind != "person":
        return None
    number = Asking(actor).number()
    found = person_ids([number]).get(number) if number else None
    return (found, number) if found else None


def children_of(actor: Actor) -> list[shapes.Person]:
    """The living minor children in the actor's household, eldest first; an act if there are any.

    Who lives elsewhere is not listed, and still found by number (`relations_of`).
    """
    me = own_person(actor)
    if me is None:
        return []
    today = timezone.localdate(clock.now())
    terms: dict[str, str | date] = {
        "me": me[1],
        "today": today,
        "adult": _years_before(today, OF_AGE),
    }
    with connection.cursor() as cursor:
        cursor.execute(_CHILDREN, terms)
        ids = [row[0] for row in cursor.fetchall()]
    if not ids:
        return []
    acts.record(
        actor, "registers.found", object=("person", me[0]), subjects=tuple(ids), purpose=OWN,
        detail={"register": "population", "fields": ["identity.full_name"]},
    )  # fmt: skip
    rows = Person.objects.in_bulk(ids)
    return [person_of(rows[one]) for one in ids]


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
