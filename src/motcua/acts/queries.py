"""Reading acts: the timeline of a dossier, and the ledger in an order that skips nothing."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from motcua.acts.models import Act, ReaderCursor


class ActRow(msgspec.Struct, frozen=True, kw_only=True):
    """An act as readers see it (without the material of the verifiable log)."""

    id: UUID
    at: datetime
    verb: str
    actor_kind: str
    actor_id: UUID | None
    actor_label: str
    body_id: UUID | None
    object_kind: str
    object_id: UUID
    dossier_id: UUID | None
    subjects: tuple[UUID, ...]
    basis: str
    purpose: str
    detail: dict[str, Any]
    post_id: UUID | None = None


def timeline_of(dossier_id: UUID, *, verbs: tuple[str, ...] = ()) -> list[ActRow]:
    """The acts of a dossier, oldest first; one statement."""
    acts = Act.objects.filter(dossier_id=dossier_id).order_by("at", "id")
    return [_row(act) for act in (acts.filter(verb__in=verbs) if verbs else acts)]


def accesses_of(person_id: UUID, *, limit: int = 100) -> list[ActRow]:
    """The acts that concern a person, newest first."""
    acts = Act.objects.filter(subjects__contains=[person_id]).order_by("-at", "-id")
    acts = acts.exclude(subjects=[])  # the index of subjects knows of no empty ones
    return [_row(act) for act in acts[:limit]]


class Reader:
    """Follows the ledger under a name; `read` then `advance`, in one transaction of the caller.

    Only acts of transactions older than every running one are shown, in the order (xact, id): an
    act that is committed late is therefore read late, and never skipped.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._last: tuple[int, UUID] | None = None

    def read(self, limit: int = 500) -> list[ActRow]:
        """The next acts; takes the cursor's row lock, so two readers of one name take turns."""
        ReaderCursor.objects.bulk_create([ReaderCursor(name=self.name)], ignore_conflicts=True)
        cursor = ReaderCursor.objects.select_for_update().get(name=self.name)
        with connection.cursor() as sql:
            sql.execute(_NEXT, [str(cursor.xact), cursor.act_id or UUID(int=0), limit])
            found = sql.fetchall()
        if found:
            self._last = (int(found[-1][0]), found[-1][1])
        by_id = {act.id: act for act in Act.objects.filter(id__in=[row[1] for row in found])}
        return [_row(by_id[row[1]]) for row in found]

    def skip(self) -> None:
        """Pass over all that `read` would show now, unseen: for who has nobody to tell."""
        ReaderCursor.objects.bulk_create([ReaderCursor(name=self.name)], ignore_conflicts=True)
        ReaderCursor.objects.select_for_update().get(name=self.name)
        with connection.cursor() as sql:
            sql.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1")
            self._last = (int(sql.fetchone()[0]), UUID(int=2**128 - 1))

    def advance(self) -> None:
        """Remember that everything read so far is dealt with."""
        if self._last:
            ReaderCursor.objects.filter(name=self.name).update(
                xact=self._last[0], act_id=self._last[1]
            )


_NEXT = """
SELECT xact::text::bigint, id FROM acts_act
WHERE (xact, id) > (%s::xid8, %s) AND xact < pg_snapshot_xmin(pg_current_snapshot())
ORDER BY xact, id LIMIT %s
"""


def _row(act: Act) -> ActRow:
    values = {name: getattr(act, name) for name in ActRow.__struct_fields__}
    return ActRow(**values | {"subjects": tuple(act.subjects)})
