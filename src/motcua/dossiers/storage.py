"""The engine's dossier to rows and back: one statement to load, one to save.

A column is what is searched; whatever else the engine's structs hold goes into `state`, so that the
engine may grow a field without a migration.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from django.db import connection

from motcua.dossiers.models import Dossier as DossierRow
from motcua.dossiers.models import DossierCode
from motcua.dossiers.rules.state import Dossier, Task
from motcua.kernel import texts
from motcua.kernel.refusals import Refusal

# Early enough for one working day before the due date, across any chain of holidays of a week;
# the engine says when it is really due.
APOLOGY_AHEAD = timedelta(days=12)

_COLUMNS = (
    "code", "procedure", "status", "at", "channel", "body_id", "desk_id", "applicant_id",
    "filed_by", "submitted_at", "accepted_at", "ended_at", "returned_at", "version",
)  # fmt: skip
_TASK_COLUMNS = (
    "id", "kind", "role", "body_id", "officer_id", "opened_at", "closed_at", "closed_by", "verb",
)  # fmt: skip
# Read before every decision: by hand, since the ORM takes longer to write it than to send it.
_LISTED = ", ".join(f"'{name}', t.{name}" for name in ("step", "state", *_TASK_COLUMNS))
_LOAD = f"""
SELECT {", ".join(_COLUMNS)}, state::text, before::text, (
    SELECT coalesce(jsonb_agg(jsonb_build_object({_LISTED}) ORDER BY t.opened_at, t.id), '[]')
    FROM dossiers_task t WHERE t.dossier_id = d.id
)::text
FROM dossiers_dossier d WHERE id = %s
"""  # noqa: S608 - names of ours
_INSERT, _UPDATE = "INSERT INTO dossiers_dossier", "UPDATE dossiers_dossier"
_KEEP_CODE = "INSERT INTO dossiers_dossiercode (code, dossier_id) SELECT %s, id FROM written"
_KEEP_KEY = (
    "INSERT INTO dossiers_submissionkey (key, dossier_id, at)"
    " SELECT %s, id, %s::timestamptz FROM written"
)
_FORGET_DRAFT = "DELETE FROM dossiers_draft WHERE id IN (SELECT id FROM written)"
# The tasks of a dossier that the same statement has `written`: one trip, all or nothing.
_TASKS = """
INSERT INTO dossiers_task (dossier_id, id, kind, step, role, body_id, officer_id, opened_at,
    due_at, closed_at, closed_by, verb, state)
SELECT written.id, t.id, t.kind, t.step, t.role, t.body_id, t.officer_id, t.opened_at,
    t.due_at, t.closed_at, t.closed_by, t.verb, t.state
FROM written CROSS JOIN jsonb_to_recordset(%s::jsonb) AS t(id uuid, kind text, step text,
    role text, body_id uuid, officer_id uuid, opened_at timestamptz, due_at timestamptz,
    closed_at timestamptz, closed_by uuid, verb text, state jsonb)
ON CONFLICT (dossier_id, id) DO UPDATE SET officer_id = excluded.officer_id,
    due_at = excluded.due_at, closed_at = excluded.closed_at, closed_by = excluded.closed_by,
    verb = excluded.verb, state = excluded.state
RETURNING id
"""


def load(dossier_id: UUID) -> Dossier | None:
    """The dossier with all its tasks, or None."""
    found = load_with_before(dossier_id)
    return found[0] if found else None


def load_locked(dossier_id: UUID) -> Dossier | None:
    """The same, held until the transaction ends: whoever acts on it meanwhile comes first or waits.

    Two statements, so that the second sees what the lock waited for.
    """
    locked = DossierRow.objects.select_for_update().filter(id=dossier_id).values_list("id")
    return load(dossier_id) if locked.first() else None


def load_with_before(dossier_id: UUID) -> tuple[Dossier, dict[str, Any]] | None:
    """The dossier, and what it said before the last supplement ({} if there was none)."""
    with connection.cursor() as cursor:
        cursor.execute(_LOAD, [dossier_id])
        row = cursor.fetchone()
    if row is None:
        return None
    *columns, state, before, tasks = row
    values = dict(zip(_COLUMNS, columns, strict=True)) | msgspec.json.decode(state)
    values |= {"id": dossier_id, "tasks": [_task(one) for one in msgspec.json.decode(tasks)]}
    return msgspec.convert(values, Dossier), msgspec.json.decode(before)


def insert(dossier: Dossier, *, key: str = "") -> None:
    """A new dossier with its tasks, in place of its draft; `key` is that of the submission.

    IntegrityError if the id or the key exists.
    """
    columns = {"id": dossier.id, "before": {}} | _columns(dossier)
    names, places = ", ".join(columns), ", ".join(["%s"] * len(columns))
    insert = f"{_INSERT} ({names}) VALUES ({places}) RETURNING id"
    also = [With(_FORGET_DRAFT, ())]
    also += [With(_KEEP_KEY, (key, dossier.submitted_at))] if key else []
    _write(With(insert, _stored(columns)), dossier.tasks, also=also)


def update(old: Dossier, new: Dossier, *, before: dict[str, Any] | None = None) -> None:
    """Write what changed. Refusal("dossiers.changed-meanwhile") if somebody was faster."""
    changes = _columns(new) | ({} if before is None else {"before": before})
    known = {task.id: task for task in old.tasks}
    tasks = [task for task in new.tasks if known.get(task.id) != task]
    sets = ", ".join(f"{name} = %s" for name in changes)
    update = f"{_UPDATE} SET {sets} WHERE id = %s AND version = %s RETURNING id"
    written = With(update, (*_stored(changes), old.id, old.version))
    also = [With(_KEEP_CODE, (new.code,))] if new.code != old.code else []
    if not _write(written, tasks, also=also):
        raise Refusal("dossiers.changed-meanwhile")


def to_wake(now: datetime, limit: int) -> list[UUID]:
    """Dossiers in which some time may have passed, oldest first, locked; others skip them."""
    return list(
        DossierRow.objects.select_for_update(skip_locked=True)
        .filter(wake_at__lte=now)
        .order_by("wake_at", "id")
        .values_list("id", flat=True)[:limit]
    )


def sleep_until(dossier_id: UUID, moment: datetime | None) -> None:
    """Time has acted: look again at `moment` (None: never)."""
    DossierRow.objects.filter(id=dossier_id).update(wake_at=moment)


class With(NamedTuple):
    """A part of a statement, with its parameters."""

    sql: str
    params: tuple[Any, ...]


def _write(row: With, tasks: Sequence[Task], *, also: Sequence[With] = ()) -> bool:
    """Write the row of a dossier, its tasks and what belongs to it; whether the row was there.

    One statement: everything after the row happens only for the row that was `written`.
    """
    parts = [f"written AS ({row.sql})"]
    parts += [f"also_{number} AS ({part.sql})" for number, part in enumerate(also)]
    params = [*row.params, *(value for part in also for value in part.params)]
    last = "SELECT id FROM written"
    if tasks:
        last = _TASKS
        params.append(msgspec.json.encode([_task_row(task) for task in tasks]).decode())
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(parts)} {last}", params)
        return cursor.fetchone() is not None


def _stored(columns: dict[str, Any]) -> tuple[Any, ...]:
    """Values as the columns of the table take them."""
    return tuple(
        msgspec.json.encode(value).decode() if isinstance(value, dict) else value
        for value in columns.values()
    )


def _columns(dossier: Dossier) -> dict[str, Any]:
    state: dict[str, Any] = msgspec.to_builtins(dossier)
    for name in ("id", "tasks", *_COLUMNS):
        state.pop(name, None)
    columns = {name: getattr(dossier, name) for name in _COLUMNS}
    return columns | {
        "status": int(dossier.status),
        "service": dossier.procedure.partition("@")[0],
        "on_behalf_of": str(dossier.applicant.get("on_behalf_of", "")),
        "search_key": texts.fold(str(dossier.applicant.get("name", ""))),
        "due_at": dossier.clock.due_at if dossier.clock else None,
        "wake_at": _wake_at(dossier),
        "state": state,
    }


def _wake_at(dossier: Dossier) -> datetime | None:
    """The next due date of anything; the apology is due a day before the legal clock's."""
    clocks = [task.clock for task in dossier.open_tasks if not task.reported]
    moments = [clock.due_at for clock in clocks if clock and clock.paused_at is None]
    clock = dossier.clock
    if clock and clock.paused_at is None and dossier.ended_at is None:
        if dossier.apology is None and "apology-due" not in dossier.told:
            moments.append(clock.due_at - APOLOGY_AHEAD)
        if "overdue" not in dossier.told:
            moments.append(clock.due_at)
    return min(moments, default=None)


def _task(row: dict[str, Any]) -> dict[str, Any]:
    """The engine's task of a row, in builtins."""
    columns = {name: row[name] for name in _TASK_COLUMNS}
    return {**columns, **row["state"], "state": row["step"]}


def _task_row(task: Task) -> dict[str, Any]:
    state: dict[str, Any] = msgspec.to_builtins(task)
    for name in ("state", *_TASK_COLUMNS):
        state.pop(name, None)
    columns = {name: getattr(task, name) for name in _TASK_COLUMNS}
    due_at = task.clock.due_at if task.clock else None
    return columns | {"step": task.state, "due_at": due_at, "state": state}


def dossier_id_of(code: str) -> UUID | None:
    """The dossier that has a code."""
    return DossierCode.objects.filter(code=code).values_list("dossier_id", flat=True).first()
