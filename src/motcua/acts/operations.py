"""Writing acts: one INSERT for all acts of an operation, in the operation's own transaction."""

import hashlib
import os
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from motcua.acts.models import Act
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.ids import new_id

# Written in every operation: by hand, since the ORM takes longer to write it than to send it.
_COLUMNS = (
    "id", "at", "verb", "actor_kind", "actor_id", "actor_label", "post_id", "body_id",
    "object_kind", "object_id", "dossier_id", "subjects", "basis", "purpose", "detail", "salt",
    "leaf",
)  # fmt: skip
_TYPES = {"subjects": "%s::uuid[]", "detail": "%s::jsonb"}
_INSERT = f"INSERT INTO acts_act ({', '.join(_COLUMNS)}) VALUES "  # noqa: S608 - names of ours
_PLACES = f"({', '.join(_TYPES.get(name, '%s') for name in _COLUMNS)})"

_MOST = 65_535 // len(_COLUMNS)  # a statement has room for so many values


class ActDraft(msgspec.Struct, frozen=True, kw_only=True):
    """An act before it is written. `object` is (kind, id); `subjects` are the persons concerned.

    `verb` is past tense with its app ("dossier.accepted"); `basis` names the law, `purpose` why
    personal data were read. `body_id` defaults to the actor's own body.
    """

    verb: str
    object: tuple[str, UUID]
    dossier_id: UUID | None = None
    subjects: tuple[UUID, ...] = ()
    basis: str = ""
    purpose: str = ""
    detail: dict[str, Any] = {}
    body_id: UUID | None = None


def record(actor: Actor, verb: str, **about: Any) -> UUID:
    """Write one act; keywords are those of `ActDraft`. Returns the act's id."""
    return record_many(actor, [ActDraft(verb=verb, **about)])[0]


def record_many(actor: Actor, drafts: Iterable[ActDraft]) -> list[UUID]:
    """Write the acts of one operation, in order; they share the moment and the actor."""
    now = clock.now()
    rows = [_act(actor, draft, now) for draft in drafts]
    with connection.cursor() as cursor:
        for start in range(0, len(rows), _MOST):
            part = rows[start : start + _MOST]
            cursor.execute(_INSERT + ", ".join([_PLACES] * len(part)), _values(part))
    return [row.id for row in rows]


def _values(rows: Sequence["_Row"]) -> list[Any]:
    """As the columns take them: an array as text is a tenth of the driver's work."""
    values: list[Any] = []
    for row in rows:
        values += (
            row.id, row.at, row.verb, row.actor_kind, row.actor_id, row.actor_label, row.post_id,
            row.body_id, row.object_kind, row.object_id, row.dossier_id,
            f"{{{','.join(map(str, row.subjects))}}}", row.basis, row.purpose,
            msgspec.json.encode(row.detail).decode(), row.salt, row.leaf,
        )  # fmt: skip
    return values


def make_months(months: Sequence[date]) -> None:
    """Make the partitions of these months; making one again does nothing."""
    with connection.cursor() as cursor:
        cursor.executemany("SELECT acts_make_month(%s)", [(month,) for month in months])


class _Row(msgspec.Struct, kw_only=True):
    """An act on its way into the table; a model would take longer to make."""

    id: UUID
    at: datetime
    verb: str
    actor_kind: str
    actor_id: UUID | None
    actor_label: str
    post_id: UUID | None
    body_id: UUID | None
    object_kind: str
    object_id: UUID
    dossier_id: UUID | None
    subjects: list[UUID]
    basis: str
    purpose: str
    detail: dict[str, Any]
    salt: bytes
    leaf: bytes = b""


def _act(actor: Actor, draft: ActDraft, now: datetime) -> _Row:
    kind, object_id = draft.object
    act = _Row(
        id=new_id(),
        at=now,
        verb=draft.verb,
        actor_kind=actor.kind,
        actor_id=actor.account_id,
        actor_label=actor.label,
        post_id=actor.post_id,
        body_id=draft.body_id or actor.body_id,
        object_kind=kind,
        object_id=object_id,
        dossier_id=draft.dossier_id,
        subjects=list(draft.subjects),
        basis=draft.basis,
        purpose=draft.purpose,
        detail=msgspec.to_builtins(draft.detail),
        salt=os.urandom(16),
    )
    act.leaf = leaf_of(act)
    return act


def leaf_of(act: Act | _Row) -> bytes:
    """SHA-256 of the salt and the act's content in canonical JSON: what anyone can check later."""
    content = [
        # Read back, a moment is in UTC, wherever the clock of the writer stood.
        act.id, act.at.astimezone(UTC), act.verb, act.actor_kind, act.actor_id, act.post_id,
        act.body_id, act.object_kind, act.object_id, act.dossier_id, act.subjects, act.basis,
        act.purpose, act.detail,
    ]  # fmt: skip
    return hashlib.sha256(
        bytes(act.salt) + msgspec.json.encode(content, order="deterministic")
    ).digest()
