"""Whose data somebody may see besides his own: minor children, and who gave a mandate."""

from uuid import UUID

from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.openness.shapes import Relative
from motcua.registers import api as registers

# A spouse or a business partner has no right to another's log; these act in the person's place.
ENTITLED = ("parent", "proxy")


def oneself(actor: Actor) -> tuple[UUID, str]:
    """Identifier and number of the person who asks. Refusal "openness.person-needed"."""
    found = registers.own_person(actor)
    if found is None:
        raise Refusal("openness.person-needed")
    return found


def relatives(actor: Actor) -> tuple[Relative, ...]:
    """The minor children of a person, as the population register has them."""
    oneself(actor)
    return tuple(
        Relative(
            person_id=one.id, number=one.personal_number, name=one.full_name, relation="parent"
        )
        for one in registers.children_of(actor)
    )


def relation_to(actor: Actor, number: str) -> str:
    """ "parent" or "proxy", as the registers show it; "" for none of these."""
    found = registers.relations_of(actor, number)
    return next((name for name in ENTITLED if name in found), "")


def whose(actor: Actor, person_id: UUID | None) -> Relative | None:
    """None for oneself; the relative otherwise. Refusal "openness.not-yours"."""
    if person_id is None or person_id == oneself(actor)[0]:
        return None
    found = next((one for one in relatives(actor) if one.person_id == person_id), None)
    if found is None:
        raise Refusal("openness.not-yours")
    return found
