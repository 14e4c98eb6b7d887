"""The card of the person who bears a number: a look like any other."""

from datetime import date
from uuid import UUID

from motcua.kernel.actors import Actor
from motcua.registers.queries.people import followed
from motcua.registers.queries.reading import read
from motcua.registers.rules.shapes import Ask, Person

NAME = "identity.full_name"
_FIELDS = (
    NAME, "identity.born_on", "identity.sex", "residence.address", "former-number.number",
    "death.died_on",
)  # fmt: skip


def person_by_number(
    actor: Actor, number: str, *, purpose: str, dossier_id: UUID | None = None
) -> Person | None:
    """The card of the person with this personal number, as far as grants give it; None for nobody
    and where not even the name may be read. One look, one act; refusals as for `read`.

    Without a grant of "identity.born_on" the day is 1 January of year 1, other parts are "".
    A number that was merged leads to the card that was kept.
    """
    number = followed(number)
    record = read(
        actor, Ask(register="population", key=number, fields=_FIELDS),
        purpose=purpose, dossier_id=dossier_id,
    )  # fmt: skip
    if record is None or record.person_id is None or record.get(NAME) is None:
        return None
    died_on = record.get("death.died_on")
    return Person(
        id=record.person_id,
        personal_number=number,
        full_name=record.get(NAME),
        born_on=date.fromisoformat(record.get("identity.born_on") or date.min.isoformat()),
        sex=record.get("identity.sex") or "",
        old_number=record.get("former-number.number") or "",
        residence_area=record.get("residence.address.area") or "",
        died_on=date.fromisoformat(died_on) if died_on else None,
    )
