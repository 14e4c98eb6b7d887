"""Puts sealed fields under the key that seals now, so that an old key can be taken away."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection, transaction

from motcua.acts import api as acts
from motcua.kernel.actors import Actor
from motcua.registers.declared import registers
from motcua.registers.operations.keeping import require_keeper
from motcua.registers.rules.declaration import FactKind, Register
from motcua.registers.rules.ids import record_id
from motcua.registers.sealing import current_key, open_value, seal_values

BATCH = 1000
_STALE = """
SELECT v.record_id, v.id, v.subject, v."values"::text FROM registers_factversion v
WHERE v.register = %s AND v.fact = %s AND (v.record_id, v.id) > (%s::uuid, %s::uuid)
    AND EXISTS (SELECT FROM unnest(%s::text[]) AS f(field)
        WHERE v."values"->f.field->>'sealed' IS NOT NULL
        AND NOT starts_with(v."values"->f.field->>'sealed', %s))
ORDER BY v.record_id, v.id LIMIT %s FOR UPDATE OF v
"""
_UPDATE = """
UPDATE registers_factversion v SET "values" = n.sealed::jsonb
FROM unnest(%s::uuid[], %s::uuid[], %s::text[]) AS n(record_id, id, sealed)
WHERE v.record_id = n.record_id AND v.id = n.id
"""
_ALLOW = "SELECT set_config('motcua.resealing', %s, true)"
Place = tuple[UUID, UUID]
_START: Place = (UUID(int=0), UUID(int=0))


def reseal(actor: Actor) -> int:
    """Encrypt all sealed fields with the first key; the number of versions that were rewritten.

    In batches of a transaction each, so that it can be stopped and begun again; of older beliefs
    too. Refusals: identity.not-allowed, registers.sealed-unreadable.
    """
    done = 0
    for register in registers().values():
        require_keeper(actor, register)
        for kind in register.facts:
            done += sum(_batches(actor, register, kind)) if _sealed(kind) else 0
    return done


def _sealed(kind: FactKind) -> list[str]:
    return [field.field for field in kind.fields if field.sealed]


def _batches(actor: Actor, register: Register, kind: FactKind) -> Iterator[int]:
    after: Place | None = _START
    while after is not None:
        count, after = _batch(actor, register, kind, after=after)
        yield count


@transaction.atomic
def _batch(
    actor: Actor, register: Register, kind: FactKind, *, after: Place
) -> tuple[int, Place | None]:
    prefix = f"{current_key()}:"
    with connection.cursor() as cursor:
        cursor.execute(_STALE, [register.register, kind.fact, *after, _sealed(kind), prefix, BATCH])
        rows = cursor.fetchall()
        if not rows:
            return 0, None
        sealed = [_again(register.register, kind, row[2:4]) for row in rows]
        cursor.execute(_ALLOW, ["on"])
        cursor.execute(_UPDATE, [[row[0] for row in rows], [row[1] for row in rows], sealed])
        cursor.execute(_ALLOW, ["off"])
    acts.record(
        actor,
        "registers.resealed",
        object=("register", record_id(register.register, "")),
        detail={"register": register.register, "fact": kind.fact, "count": len(rows)},
    )
    return len(rows), (rows[-1][0], rows[-1][1])


def _again(register: str, kind: FactKind, row: tuple[str, str]) -> str:
    subject, stored = row
    values: dict[str, Any] = msgspec.json.decode(stored)
    opened = {
        name: open_value(register, subject, f"{kind.fact}.{name}", value=value)
        for name, value in values.items()
    }
    return msgspec.json.encode(seal_values(register, subject, kind, values=opened)).decode()
