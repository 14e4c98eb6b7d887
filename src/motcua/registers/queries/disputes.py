"""What is contested: for the keeper's queue, for the person, and for whoever decides on facts."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F
from msgspec import Struct

from motcua.directory import api as directory
from motcua.identity import api as identity
from motcua.kernel.actors import Actor
from motcua.registers.declared import registers
from motcua.registers.models import Dispute
from motcua.registers.rules.shapes import Held

KEEP = "keep-register"
_OPEN = "SELECT version_id FROM registers_dispute WHERE record_id = ANY(%s) AND closed_at IS NULL"


class DisputeCard(Struct, frozen=True, kw_only=True):
    """One dispute. `outcome` is "upheld", "dismissed" or "" while it is open; `due_at` the day of
    its dossier, None if it has none."""

    id: UUID
    record_id: UUID
    version_id: UUID
    register: str
    subject: str
    field: str
    claim: str
    person_id: UUID | None
    dossier_id: UUID | None
    opened_at: datetime
    due_at: datetime | None
    closed_at: datetime | None
    outcome: str
    answer: str


def disputes(
    actor: Actor,
    register: str = "",
    *,
    open: bool = True,  # noqa: A002 - the word of the room
    limit: int = 500,
) -> list[DisputeCard]:
    """Open (or closed) disputes, the soonest due first: of the registers that the actor keeps, all
    for the system, and his own for a person. Nothing for anybody else."""
    found = Dispute.objects.filter(closed_at__isnull=open, **_whose(actor))
    if register:
        found = found.filter(register=register)
    order = ("due_at", "opened_at", "id") if open else ("-closed_at", "id")
    nulls = [F(order[0]).asc(nulls_last=True), *order[1:]] if open else list(order)
    return [_card(row) for row in found.order_by(*nulls)[:limit]]


def open_disputes_of(record_ids: Iterable[UUID]) -> set[UUID]:
    """The versions of these records that somebody contests now, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, [list(record_ids)])
        return {row[0] for row in cursor.fetchall()}


def is_disputed(record_id: UUID, version_id: UUID) -> bool:
    """Whether somebody contests that version now."""
    return version_id in open_disputes_of([record_id])


def rests_on_disputed(facts: Iterable[Held]) -> bool:
    """Whether any of the facts read is contested: then nothing adverse may follow by itself."""
    return any(one.disputed for one in facts)


def _whose(actor: Actor) -> dict[str, Any]:
    if actor.kind == "system":
        return {}
    if actor.kind == "person" and actor.person_id is not None:
        return {"person_id": actor.person_id}
    return {"register__in": [name for name, owner in _owners() if identity.may(actor, KEEP, owner)]}


def _owners() -> Iterable[tuple[str, UUID]]:
    for name, register in registers().items():
        if body := directory.body_by_code(register.owner):
            yield name, body.id


def _card(row: Dispute) -> DisputeCard:
    return DisputeCard(**{name: getattr(row, name) for name in DisputeCard.__struct_fields__})
