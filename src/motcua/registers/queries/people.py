"""Cards of persons: who bears a number."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from motcua.acts import api as acts
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.registers.models import Person
from motcua.registers.rules import shapes

_NOBODY = UUID(int=0)
_IDS = "SELECT personal_number, id FROM registers_person WHERE personal_number = ANY(%s)"


def person_by_number(
    actor: Actor, number: str, *, purpose: str, dossier_id: UUID | None = None
) -> shapes.Person | None:
    """The card of the person with this personal number, or None; each question is an act.

    A citizen sees nobody but himself; a guest sees nobody. What may not be seen is answered like
    what does not exist. Refusal "registers.purpose-needed" without a purpose.
    """
    if not purpose:
        raise Refusal("registers.purpose-needed")
    row = Person.objects.filter(personal_number=number).first()
    allowed = row is not None and _may_see(actor, row.id)
    acts.record(
        actor,
        "registers.person-read" if allowed else "registers.person-not-found",
        object=("person", row.id if row and allowed else _NOBODY),
        dossier_id=dossier_id,
        subjects=(row.id,) if row else (),
        purpose=purpose,
    )
    return person_of(row) if row and allowed else None


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


def _may_see(actor: Actor, person_id: UUID) -> bool:
    return actor.kind in {"officer", "system"} or actor.person_id == person_id
