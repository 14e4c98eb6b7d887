"""Keys for readings that follow: no access in itself, for what is read of them afterwards is
decided and written down one by one."""

from uuid import UUID

from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.registers.models import FactVersion, Person

MOST = 100


def household_numbers(actor: Actor, code: str, *, purpose: str) -> tuple[str, ...]:
    """The personal numbers of a household, the eldest first; nothing for citizens and guests.
    Refusal registers.purpose-needed."""
    if not purpose:
        raise Refusal("registers.purpose-needed")
    if not code or actor.kind not in {"officer", "system"}:
        return ()
    rows = Person.objects.filter(household=code, merged_into=None).order_by("born_on", "id")
    return tuple(rows.values_list("personal_number", flat=True)[:MOST])


def number_of(person_id: UUID) -> str:
    """The personal number of somebody named in an act; "" when he is not known."""
    rows = Person.objects.filter(id=person_id)
    return rows.values_list("personal_number", flat=True).first() or ""


def key_of(register: str, record: UUID) -> str:
    """The key of a record that is known by its identifier; "" when there is none."""
    rows = FactVersion.objects.filter(record_id=record, register=register)
    return rows.values_list("subject", flat=True).first() or ""
