"""At the desk: filing, acceptance, and the file that was brought to the wrong body."""

from datetime import datetime
from typing import Any

from motcua.dossiers.rules import guards
from motcua.dossiers.rules.grounds import words
from motcua.dossiers.rules.registry import STEP, verb
from motcua.dossiers.rules.routes import advance, open_step, reception
from motcua.dossiers.rules.state import Status
from motcua.dossiers.rules.turn import Turn
from motcua.kernel import deadlines
from motcua.kernel.durations import Duration
from motcua.kernel.refusals import Refusal

SAME_DAY = Duration(unit="same-day")


def file(turn: Turn) -> None:
    """A new dossier lies at the desk, with the desk's own clock; no legal clock yet."""
    first = reception(turn)
    turn.put(at=first.state)
    task = open_step(turn, first)
    due_at = task.clock.due_at if task.clock else None
    turn.act("dossier.submitted", channel=turn.dossier.channel, due_at=due_at)
    turn.notify("dossier-received", due_at=due_at)


@verb("accept", on=(STEP,), needs=("receive",), guards=(guards.nothing_open,))
def accept(turn: Turn) -> None:
    """Complete and correct: code, receipt (slip 01), the legal clock, and on to the unit.

    The transfer is due the same day, or the next morning when it is after the cut-off: the clock
    of the unit's task is counted so by its own calendar (Decree 61/2018 art. 18).
    """
    if turn.dossier.accepted_at is not None:
        raise Refusal("dossiers.already-accepted")
    if not turn.around.next_code:
        raise ValueError("accept needs surroundings.next_code")
    clock = turn.start(turn.procedure.limit, turn.dossier.body_id, cutoff=True)
    turn.put(code=turn.around.next_code, accepted_at=turn.now, status=Status.ACCEPTED, clock=clock)
    turn.close_task(turn.task, "accept")
    code = turn.dossier.code
    turn.act("dossier.accepted", code=code, due_at=clock.due_at, why=clock.why)
    turn.effect("slip", form="01", code=code, due_at=clock.due_at)
    turn.notify("dossier-accepted", code=code, due_at=clock.due_at)
    advance(turn, "accept")
    _tell_transfer(turn)


def _tell_transfer(turn: Turn) -> None:
    if turn.dossier.body_id == turn.dossier.desk_id:
        return
    by = deadlines.start(turn.around.desk_calendar, SAME_DAY, turn.now).due_at
    turn.act("dossier.transferred", to=turn.dossier.body_id, by=by)


@verb("transfer", on=(STEP,), in_may=False, guards=(guards.nothing_open, guards.undecided))
def transfer(turn: Turn) -> None:
    """Misrouted: on to the body that is competent, the same working day that it arrived.

    params: body_id, say. The legal clock runs on: the mistake is not the applicant's.
    """
    target: Any = turn.param("body_id")
    why = words(turn)
    old = turn.dossier.body_id
    if target in (None, old):
        raise Refusal("dossiers.same-body")
    if turn.now > _transfer_until(turn):
        raise Refusal("dossiers.too-late-to-transfer")
    if any(t.kind != STEP for t in turn.dossier.open_tasks):
        raise Refusal("dossiers.others-at-work")
    task = turn.task
    turn.put(body_id=target)
    if task.body_id == old and turn.procedure.step(task.state).at != "desk":
        turn.close_task(task, "transfer")
        open_step(turn, turn.procedure.step(task.state))
    turn.act("dossier.transferred", origin=old, to=target, say=why, misrouted=True)
    turn.notify("dossier-transferred", say=why)


def _transfer_until(turn: Turn) -> datetime:
    calendar = turn.around.calendar_of(turn.dossier, turn.task.body_id)
    return deadlines.start(calendar, SAME_DAY, turn.task.opened_at).due_at
