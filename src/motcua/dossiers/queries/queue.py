"""Queues of work: one statement a page, ordered by what is due first, paged by key.

A queue shows the tasks of the officer's own body and role; who leads sees those of the whole body.
Nobody sees his own application here.
"""

import base64
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection
from django.utils import timezone
from msgspec import Struct

from motcua.catalogue import api as catalogue
from motcua.dossiers.models import Task
from motcua.dossiers.paper_data import step_title
from motcua.dossiers.queries.names import body_name, officers
from motcua.dossiers.shapes import QueueCounts, QueueFilters, QueuePage, QueueRow, Text
from motcua.identity import api as identity
from motcua.kernel import clock, texts
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal

SOON = timedelta(hours=24)
NEXT_DAYS = timedelta(days=3)
LARGEST_PAGE = 200
WORK = frozenset({"receive", "process", "sign", "opine", "lead", "hand-over"})
WAITING = {"applicant", "payment"}
QUEUES = ("mine", "unit", "unassigned", "late", "waiting")


class Where(Struct, frozen=True):
    """A piece of SQL that is true or false of (t, d), with its parameters."""

    sql: str
    params: tuple[Any, ...] = ()

    def __and__(self, other: "Where") -> "Where":
        return Where(f"{self.sql} AND {other.sql}", self.params + other.params)


def queue(
    actor: Actor,
    which: str = "mine",
    *,
    filters: QueueFilters | None = None,
    after: str = "",
    limit: int = 50,
) -> QueuePage:
    """A page of a queue: "mine", "unit", "unassigned", "late" or "waiting" (for the applicant).

    `after` is `next` of the page before. Refusals: identity.not-allowed, dossiers.no-such-queue,
    dossiers.bad-page. Two statements: the page, and the officers' names.
    """
    _require(actor)
    if which not in QUEUES:
        raise Refusal("dossiers.no-such-queue")
    now = clock.now()
    where = _queues(actor, now)[which] & _filtered(filters or QueueFilters(), now)
    if after:
        where &= _after(after)
    size = max(1, min(limit, LARGEST_PAGE))
    with connection.cursor() as cursor:
        cursor.execute(f"{_PAGE} WHERE {where.sql} {_ORDER}", [*where.params, size + 1])
        found = cursor.fetchall()
    names = officers(row[16] for row in found)
    rows = tuple(_row(row, names, now) for row in found[:size])
    return QueuePage(rows=rows, next=_key(found[size - 1]) if len(found) > size else "")


def queue_counts(actor: Actor) -> QueueCounts:
    """How much lies in each queue, in one statement."""
    _require(actor)
    parts = _queues(actor, clock.now())
    # What applicants owe lies with no body: counted apart, or all of the country's would be read.
    columns = ", ".join(
        f"(SELECT count(*) {_FROM} WHERE {_OPEN} AND {parts[name].sql})"
        if name == "waiting"
        else f"count(*) FILTER (WHERE {parts[name].sql})"
        for name in QUEUES
    )
    params = [value for name in QUEUES for value in parts[name].params]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns} {_FROM} WHERE {_OPEN} AND t.body_id = %s",
            [*params, actor.body_id],
        )
        return QueueCounts(**dict(zip(QUEUES, cursor.fetchone(), strict=True)))


def next_in_queue(actor: Actor) -> tuple[UUID, UUID] | None:
    """The unassigned task of the officer's role that is due first, locked; others skip it."""
    _require(actor)
    own = _of_role(actor) & Where("t.officer_id IS NULL") & _not_own(actor)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT t.dossier_id, t.id {_FROM} WHERE {_OPEN} AND {own.sql}"
            f" ORDER BY {_DUE}, t.id LIMIT 1 FOR UPDATE OF t SKIP LOCKED",
            list(own.params),
        )
        found = cursor.fetchone()
    return (found[0], found[1]) if found else None


def colleagues(actor: Actor, task_id: UUID | None = None) -> list[tuple[UUID, str, Text]]:
    """To whom work of the officer's body may be given: (account, name, title of the post).

    With `task_id`: only those whose post has the task's role.
    """
    _require(actor)
    if actor.body_id is None:
        return []
    role = None
    if task_id is not None:
        row = Task.objects.filter(id=task_id, body_id=actor.body_id).values("role").first()
        role = row["role"] or None if row else None
    found = identity.officers_of(actor.body_id, role=role)
    return [(card.id, card.full_name, post.title) for card, post in found]


def _require(actor: Actor) -> None:
    if actor.kind != "officer" or not actor.permissions & WORK:
        raise Refusal("identity.not-allowed", permission="process")


def _queues(actor: Actor, now: datetime) -> dict[str, Where]:
    unit = _of_unit(actor) & _not_own(actor)
    waiting = Where(
        "t.kind IN ('applicant', 'payment') AND d.at <> 'end'"
        " AND (d.body_id = %s OR d.desk_id = %s)",
        (actor.body_id, actor.body_id),
    )
    return {
        "mine": Where("t.body_id = %s AND t.officer_id = %s", (actor.body_id, actor.account_id)),
        "unit": unit,
        "unassigned": unit & Where("t.officer_id IS NULL"),
        "late": unit & _late(now),
        "waiting": waiting & _not_own(actor),
    }


def _of_unit(actor: Actor) -> Where:
    if "lead" in actor.permissions:
        return Where("t.body_id = %s AND t.kind <> 'seal'", (actor.body_id,))
    return _of_role(actor)


def _of_role(actor: Actor) -> Where:
    """The tasks that the officer's post can do; opinions are asked of a body, not of a role."""
    also = " OR t.kind = 'opinion'" if actor.permissions & {"opine", "process"} else ""
    also += " OR t.kind = 'handover'" if "hand-over" in actor.permissions else ""
    sql = f"t.body_id = %s AND t.kind <> 'seal' AND (t.role = %s{also})"
    return Where(sql, (actor.body_id, actor.role))


def _not_own(actor: Actor) -> Where:
    return Where("d.applicant_id IS DISTINCT FROM %s", (actor.account_id,))


def _late(now: datetime) -> Where:
    paused = "d.state #>> '{clock,paused_at}' IS NULL"
    sql = f"(t.due_at < %s OR (d.due_at < %s AND d.ended_at IS NULL AND {paused}))"
    return Where(sql, (now, now))


def _filtered(filters: QueueFilters, now: datetime) -> Where:
    parts = [Where("true")]
    if filters.service:
        parts.append(Where("d.service = %s", (filters.service,)))
    if filters.status is not None:
        parts.append(Where("d.status = %s", (filters.status,)))
    if filters.kind:
        parts.append(Where("t.kind = %s", (filters.kind,)))
    if filters.officer_id is not None:
        parts.append(Where("t.officer_id = %s", (filters.officer_id,)))
    if filters.text.strip():
        parts.append(_matching(filters.text))
    if filters.due:
        parts.append(_due_filter(filters.due, now))
    whole = parts[0]
    for part in parts[1:]:
        whole &= part
    return whole


def _matching(text: str) -> Where:
    """Part of the code, or of the applicant's name without diacritics."""
    code = f"%{_literal(text.strip().upper())}%"
    name = f"%{_literal(texts.fold(text))}%"
    return Where("(d.code LIKE %s OR d.search_key LIKE %s)", (code, name))


def _literal(text: str) -> str:
    clean = text.replace("\x00", "")[:100]
    return clean.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _due_filter(due: str, now: datetime) -> Where:
    local = timezone.localtime(now)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    match due:
        case "late":
            return _late(now)
        case "today":
            return Where(f"{_DUE} >= %s AND {_DUE} < %s", (now, midnight))
        case "soon":
            return Where(f"{_DUE} >= %s AND {_DUE} < %s", (now, now + NEXT_DAYS))
    raise Refusal("dossiers.no-such-filter")


def _after(after: str) -> Where:
    try:
        due, task_id = msgspec.json.decode(
            base64.urlsafe_b64decode(after.encode()), type=tuple[datetime | None, UUID]
        )
    except (ValueError, msgspec.DecodeError):
        raise Refusal("dossiers.bad-page") from None
    far = due or _FAR
    return Where(f"({_DUE}, t.id) > (%s, %s)", (far, task_id))


def _key(row: tuple[Any, ...]) -> str:
    content = msgspec.json.encode((row[18], row[1]))
    return base64.urlsafe_b64encode(content).decode()


def _row(row: tuple[Any, ...], names: dict[UUID, str], now: datetime) -> QueueRow:
    procedure = catalogue.procedure(row[5])
    due, whole_due, paused = row[13], row[14], row[15]
    return QueueRow(
        dossier_id=row[0],
        task_id=row[1],
        version=row[2],
        code=row[3],
        service=row[4],
        title=procedure.title,
        status=row[6],
        state=row[7],
        step=step_title(procedure, row[7]),
        kind=row[8],
        name=row[9] or "",
        applicant=row[10] or "",
        opened_at=row[11],
        submitted_at=row[12],
        task_due_at=due,
        dossier_due_at=whole_due,
        tone=_tone(due, whole_due, paused=bool(paused) and row[8] in WAITING, now=now),
        officer_id=row[16],
        officer=names.get(row[16], ""),
        desk=body_name(row[17]),
    )


def _tone(due: datetime | None, whole_due: datetime | None, *, paused: bool, now: datetime) -> str:
    if paused:
        return "paused"
    first = min((moment for moment in (due, whole_due) if moment), default=None)
    if first is None or first >= now + SOON:
        return "calm"
    return "late" if first < now else "soon"


_FAR = datetime.fromisoformat("9999-01-01T00:00:00+00:00")
_DUE = "coalesce(t.due_at, d.due_at, '9999-01-01T00:00:00Z'::timestamptz)"
_OPEN = "t.closed_at IS NULL"
_FROM = "FROM dossiers_task t JOIN dossiers_dossier d ON d.id = t.dossier_id"
_PAGE = f"""
SELECT t.dossier_id, t.id, d.version, d.code, d.service, d.procedure, d.status, t.step, t.kind,
  t.state ->> 'name', d.state #>> '{{applicant,name}}', t.opened_at, d.submitted_at, t.due_at,
  CASE WHEN d.ended_at IS NULL THEN d.due_at END, d.state #>> '{{clock,paused_at}}',
  t.officer_id, d.desk_id, {_DUE}
{_FROM}
"""
_ORDER = f"AND {_OPEN} ORDER BY {_DUE}, t.id LIMIT %s"
