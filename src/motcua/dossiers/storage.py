"""The engine's dossier to rows and back: two statements to load, four at most to save.

A column is what is searched; whatever else the engine's structs hold goes into `state`, so that the
engine may grow a field without a migration.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from motcua.dossiers.models import Dossier as DossierRow
from motcua.dossiers.models import DossierCode
from motcua.dossiers.models import Task as TaskRow
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
_TASK_CHANGES = ("officer_id", "due_at", "closed_at", "closed_by", "verb", "state")


def load(dossier_id: UUID) -> Dossier | None:
    """The dossier with all its tasks, or None; two statements."""
    row = DossierRow.objects.filter(id=dossier_id).first()
    return _dossier(row, list(_tasks_of([dossier_id]))) if row else None


def load_with_before(dossier_id: UUID) -> tuple[Dossier, dict[str, Any]] | None:
    """The dossier, and what it said before the last supplement ({} if there was none)."""
    row = DossierRow.objects.filter(id=dossier_id).first()
    return (_dossier(row, list(_tasks_of([dossier_id]))), row.before) if row else None


def load_many(ids: list[UUID]) -> list[Dossier]:
    """Those of `ids` that exist, in that order; two statements."""
    rows = DossierRow.objects.in_bulk(ids)
    tasks: dict[UUID, list[TaskRow]] = {}
    for task in _tasks_of(ids):
        tasks.setdefault(task.dossier_id, []).append(task)
    return [_dossier(rows[i], tasks.get(i, [])) for i in ids if i in rows]


def insert(dossier: Dossier) -> None:
    """A new dossier with its tasks. IntegrityError if the id exists."""
    DossierRow.objects.bulk_create([DossierRow(id=dossier.id, **_columns(dossier))])
    _save_tasks(dossier, dossier.tasks)
    _save_code("", dossier)


def update(old: Dossier, new: Dossier, *, before: dict[str, Any] | None = None) -> None:
    """Write what changed. Refusal("dossiers.changed-meanwhile") if somebody was faster."""
    changes = _columns(new) | ({} if before is None else {"before": before})
    done = DossierRow.objects.filter(id=old.id, version=old.version).update(**changes)
    if not done:
        raise Refusal("dossiers.changed-meanwhile")
    known = {task.id: task for task in old.tasks}
    _save_tasks(new, [task for task in new.tasks if known.get(task.id) != task])
    _save_code(old.code, new)


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


def _tasks_of(ids: list[UUID]) -> Any:
    return TaskRow.objects.filter(dossier_id__in=ids).order_by("dossier_id", "opened_at", "id")


def _columns(dossier: Dossier) -> dict[str, Any]:
    state: dict[str, Any] = msgspec.to_builtins(dossier)
    for name in ("id", "tasks", *_COLUMNS):
        state.pop(name, None)
    columns = {name: getattr(dossier, name) for name in _COLUMNS}
    return columns | {
        "status": int(dossier.status),
        "service": dossier.procedure.partition("@")[0],
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


def _dossier(row: DossierRow, tasks: list[TaskRow]) -> Dossier:
    values = {name: getattr(row, name) for name in _COLUMNS}
    values |= row.state | {"id": row.id, "tasks": tuple(task_of(task) for task in tasks)}
    return msgspec.convert(values, Dossier)


def task_of(row: TaskRow) -> Task:
    """The engine's task of a row."""
    values = {name: getattr(row, name) for name in _TASK_COLUMNS}
    return msgspec.convert(values | row.state | {"state": row.step}, Task)


def _task_row(dossier: Dossier, task: Task) -> TaskRow:
    state: dict[str, Any] = msgspec.to_builtins(task)
    for name in ("state", *_TASK_COLUMNS):
        state.pop(name, None)
    columns = {name: getattr(task, name) for name in _TASK_COLUMNS}
    due_at = task.clock.due_at if task.clock else None
    return TaskRow(dossier_id=dossier.id, step=task.state, due_at=due_at, state=state, **columns)


def _save_tasks(dossier: Dossier, tasks: Any) -> None:
    rows = [_task_row(dossier, task) for task in tasks]
    if rows:
        TaskRow.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["dossier_id", "id"],
            update_fields=_TASK_CHANGES,
        )


def _save_code(old: str, dossier: Dossier) -> None:
    if dossier.code and dossier.code != old:
        DossierCode.objects.bulk_create([DossierCode(code=dossier.code, dossier_id=dossier.id)])


def dossier_id_of(code: str) -> UUID | None:
    """The dossier that has a code."""
    return DossierCode.objects.filter(code=code).values_list("dossier_id", flat=True).first()
