"""What time does: silence counted, lateness told once, apology and re-appointment (slip 04).

The apology must reach the applicant a working day before the due date (Decree 61/2018 art. 19.9).
Later, but before the due date, it is taken and marked late; after it the dossier is overdue, which
no new date may hide: `tick` then tells the applicant and the head of the desk by itself.
"""

from datetime import datetime
from typing import Any

from motcua.dossiers.rules import guards
from motcua.dossiers.rules.applicant import suppose
from motcua.dossiers.rules.grounds import coded_reason, words
from motcua.dossiers.rules.paying import give_up
from motcua.dossiers.rules.registry import PAYMENT, verb
from motcua.dossiers.rules.state import Apology, Task
from motcua.dossiers.rules.turn import Turn
from motcua.kernel import deadlines
from motcua.kernel.deadlines import Clock
from motcua.kernel.refusals import Refusal
from motcua.kernel.working_time import WorkingCalendar, add_working

APOLOGY_LAW = "61/2018/NĐ-CP 19.9"
WARN_MINUTES = 240  # working time between the reminder and the last moment for an apology


@verb(
    "apologise",
    needs=("process", "sign", "lead"),
    guards=(guards.accepted, guards.undecided, guards.nothing_open, guards.not_apologised_before),
)
def apologise(turn: Turn) -> None:
    """One re-appointment only. params: due_at (a moment), say, reason (optional code)."""
    due_at: Any = turn.param("due_at")
    say = words(turn)
    reason = coded_reason(turn, "apologise")[0] if turn.said("reason") else ""
    clock = turn.dossier.clock
    assert clock is not None  # accepted
    if clock.paused_at is not None:
        raise Refusal("dossiers.clock-stands")
    if deadlines.is_late(clock, turn.now):
        raise Refusal("dossiers.apology-too-late", due_at=clock.due_at.isoformat())
    if not isinstance(due_at, datetime) or due_at.tzinfo is None or due_at <= clock.due_at:
        raise Refusal("dossiers.new-date-not-later", due_at=clock.due_at.isoformat())
    if not _is_worked(turn, due_at):
        raise Refusal("dossiers.new-date-not-worked")
    late = turn.now > apology_until(turn)
    longer = deadlines.extend(clock, due_at, turn.now, reason=reason or say)
    assert turn.command.by is not None  # officers only
    apology = Apology(
        at=turn.now,
        by=turn.command.by,
        reason=say,
        due_before=clock.due_at,
        due_after=longer.due_at,
    )
    turn.put(clock=longer, apology=apology, told=())
    dates = {"due_before": clock.due_at, "due_at": longer.due_at}
    turn.act("dossier.reappointed", basis=APOLOGY_LAW, reason=reason, say=say, late=late, **dates)
    turn.effect("slip", form="04", reason=reason, say=say, **dates)
    turn.notify("apology", say=say, **dates)


@verb("tick", by=("system",), ended=True)
def tick(turn: Turn) -> None:
    """Whatever time alone brings about; a second tick at the same moment changes nothing."""
    for _ in range(len(turn.procedure.route) + 1):
        task = _silent(turn)
        if task is None or task.clock is None:
            break
        now, turn.now = turn.now, task.clock.due_at
        if task.kind == PAYMENT:
            give_up(turn, task)
        else:
            suppose(turn, task)
        turn.now = now
    for task in turn.dossier.open_tasks:
        _report(turn, task)
    _watch(turn)


def apology_until(turn: Turn) -> datetime:
    """The last moment at which an apology comes in time."""
    assert turn.dossier.clock is not None
    return deadlines.working_day_before(turn.around.calendar, turn.dossier.clock.due_at)


def warn_from(clock: Clock, calendar: WorkingCalendar) -> datetime:
    """When the head of the desk is told that an apology is due: a tick must not sleep over it."""
    until = deadlines.working_day_before(calendar, clock.due_at)
    return add_working(calendar, until, -WARN_MINUTES)


def _is_worked(turn: Turn, at: datetime) -> bool:
    """Nobody is given an appointment for a Sunday; the close of work is a good end."""
    wall = turn.around.calendar.local(at)
    spans = turn.around.calendar.intervals(wall.date())
    return any(start <= wall.time() <= close for start, close in spans)


def _silent(turn: Turn) -> Task | None:
    for task in turn.dossier.open_tasks:
        counts = task.kind in {"applicant", "step", PAYMENT} and task.on_due
        if counts and task.clock and task.clock.due_at <= turn.now:
            return task
    return None


def _report(turn: Turn, task: Task) -> None:
    """Lateness of one task is told once; other bodies' silence to the head of the desk."""
    if task.reported or task.clock is None or not deadlines.is_late(task.clock, turn.now):
        return
    turn.change_task(task, reported=True)
    about: dict[str, Any] = {"task": task.id, "due_at": task.clock.due_at, "body": task.body_id}
    turn.act(f"{LATE.get(task.kind, 'task')}.overdue", state=task.state, name=task.name, **about)
    if task.on_due == "report":
        turn.effect("report", about=f"{task.kind}-overdue", name=task.name, **about)
    elif task.kind == "applicant":
        turn.notify("answer-overdue", state=task.state, due_at=task.clock.due_at)


def _watch(turn: Turn) -> None:
    """The legal clock of a dossier that is not decided."""
    clock = turn.dossier.clock
    if clock is None or clock.paused_at is not None or turn.dossier.at in guards.DECIDED:
        return
    if deadlines.is_late(clock, turn.now):
        if "overdue" not in turn.dossier.told:
            _tell(turn, "overdue", due_at=clock.due_at)
            turn.notify("dossier-overdue", due_at=clock.due_at)
    elif "apology-due" not in turn.dossier.told and _apology_is_due(turn):
        _tell(turn, "apology-due", due_at=clock.due_at, until=apology_until(turn))


def _apology_is_due(turn: Turn) -> bool:
    """Some hours before the last moment, so that the apology can still be written in time.

    A limit of a day or less leaves no such moment: there only lateness itself is told.
    """
    received, until = turn.dossier.accepted_at, apology_until(turn)
    if turn.dossier.apology is not None or received is None or until <= received:
        return False
    clock = turn.dossier.clock
    return clock is not None and turn.now >= warn_from(clock, turn.around.calendar)


def _tell(turn: Turn, what: str, **dates: Any) -> None:
    turn.put(told=(*turn.dossier.told, what))
    turn.act(f"dossier.{what}", **dates)
    turn.effect("report", about=what, **dates)


LATE = {"opinion": "opinion", "branch": "branch"}
