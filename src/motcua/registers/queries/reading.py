"""Records: what a register holds, as of a day and as known at a moment, field by field."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from motcua.acts import api as acts
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.registers.declared import register
from motcua.registers.models import FactVersion
from motcua.registers.queries.people import person_ids
from motcua.registers.rules.ids import record_id
from motcua.registers.rules.shapes import Ask, Held, Record


def read(
    actor: Actor,
    ask: Ask,
    *,
    purpose: str,
    dossier_id: UUID | None = None,
    reason: str = "",
    as_of: date | None = None,
    known_at: datetime | None = None,
) -> Record | None:
    """One record for a purpose; None for what is not there or may not be seen. See `read_many`."""
    found = read_many(
        actor, [ask], purpose=purpose, dossier_id=dossier_id, reason=reason,
        as_of=as_of, known_at=known_at,
    )  # fmt: skip
    return found[0]


def read_many(
    actor: Actor,
    asks: Sequence[Ask],
    *,
    purpose: str,
    dossier_id: UUID | None = None,
    reason: str = "",
    as_of: date | None = None,
    known_at: datetime | None = None,
) -> list[Record | None]:
    """Records in the order of `asks`, each reading an act "registers.read" with purpose, legal
    ground, dossier and the names of the fields.

    `purpose` is "own", "procedure/<slug>", "duty/<name>" or "emergency"; `as_of` (today) is the day
    for which it is true, `known_at` (now) the moment at which it was believed. Only fields that a
    grant of the register gives are in the answer. Refusals: registers.purpose-needed,
    registers.reason-needed, registers.no-such-register, registers.closed (it does not answer now),
    registers.too-many-reads.
    """
    if not purpose:
        raise Refusal("registers.purpose-needed")
    day = as_of or timezone.localdate(clock.now())
    records = [record_id(register(ask.register).register, ask.key) for ask in asks]
    rows = _versions(records, day, known_at or clock.now())
    found: list[Record | None] = []
    holders = person_ids(row.holder or row.subject for row in rows)
    for ask, record in zip(asks, records, strict=True):
        mine = [row for row in rows if row.record_id == record]
        holder = next((row.holder or row.subject for row in mine), "")
        person = holders.get(holder)
        acts.record(
            actor,
            "registers.read" if mine else "registers.not-found",
            object=("record", record),
            dossier_id=dossier_id,
            subjects=(person,) if person else (),
            purpose=purpose,
            detail={"register": ask.register, "fields": list(ask.fields)},
        )
        if not mine:
            found.append(None)
            continue
        found.append(
            Record(
                register=ask.register,
                key=ask.key,
                id=record,
                holder=holder,
                person_id=person,
                facts=tuple(_held(row, ask.fields) for row in mine),
                as_of=day,
                known_at=known_at,
            )
        )
    return found


def _held(row: FactVersion, fields: tuple[str, ...]) -> Held:
    values = {n: v for n, v in row.values.items() if not fields or f"{row.fact}.{n}" in fields}
    return Held(
        id=row.id,
        fact=row.fact,
        item=row.item,
        values=values,
        valid_from=row.valid.lower,
        valid_until=row.valid.upper,
        recorded_at=row.recorded.lower,
        replaced_at=row.recorded.upper,
        corrects=row.corrects,
        ground=row.ground,
        dossier_id=row.dossier_id,
        disputed=False,
    )


def _versions(records: Sequence[UUID], day: date, moment: datetime) -> list[FactVersion]:
    rows = FactVersion.objects.filter(
        record_id__in=records, valid__contains=day, recorded__contains=moment
    )
    return list(rows.order_by("fact", "item", "id"))
