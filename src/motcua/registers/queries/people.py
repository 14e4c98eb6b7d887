"""Cards of persons: who bears a number."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from motcua.registers.models import Person
from motcua.registers.rules import shapes

_KEPT = """
SELECT k.personal_number FROM registers_person m JOIN registers_person k ON k.id = m.merged_into
WHERE m.personal_number = %s
"""
_IDS = "SELECT personal_number, id FROM registers_person WHERE personal_number = ANY(%s)"


def person_of(row: Person) -> shapes.Person:
    """What is handed out for a card."""
    return shapes.Person(**{n: getattr(row, n) for n in shapes.Person.__struct_fields__})


def person_ids(numbers: Iterable[str]) -> dict[str, UUID]:
    """Whom personal numbers belong to, in one statement; unknown numbers are left out.

    For the subjects of acts only: an identifier reveals nothing, so that this is no access.
    """
    wanted = {number for number in numbers if number}
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_IDS, [list(wanted)])
        return dict(cursor.fetchall())


def followed(number: str) -> str:
    """The number of the card that was kept, when the bearer's card was merged; else the same."""
    with connection.cursor() as cursor:
        cursor.execute(_KEPT, [number])
        row = cursor.fetchone()
    return str(row[0]) if row else number
