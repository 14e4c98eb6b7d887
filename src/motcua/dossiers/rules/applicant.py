"""The applicant's own turn: agreeing with a draft, correcting it, withdrawing.

Silence counts as an answer only where the route says so, and then from the moment of its due time.
"""

from motcua.dossiers.rules import charges, guards
from motcua.dossiers.rules.grounds import words
from motcua.dossiers.rules.registry import APPLICANT, verb
from motcua.dossiers.rules.requests import lay_over
from motcua.dossiers.rules.routes import advance, end, enter, last_officer, officer_before
from motcua.dossiers.rules.state import Status, Task
from motcua.dossiers.rules.turn import Turn
from motcua.kernel.refusals import Refusal


@verb("agree", by=(APPLICANT,), on=(APPLICANT,), guards=(guards.nothing_open,))
def agree(turn: Turn) -> None:
    """The draft is right."""
    answer_draft(turn, "agree")


@verb("correct", by=(APPLICANT,), on=(APPLICANT,), guards=(guards.nothing_open,))
def correct(turn: Turn) -> None:
    """The draft is wrong: back to the officer. params: say, answers (what it should be)."""
    words(turn)
    changed = lay_over(turn, turn.param("answers") or {})
    answer_draft(turn, "correct", changed=changed)


@verb("withdraw", by=(APPLICANT,), guards=(guards.undecided,))
def withdraw(turn: Turn) -> None:
    """The applicant takes the application back, at any time before the decision."""
    end(turn, Status.WITHDRAWN)
    charges.settle(turn, "withdrawn")
    turn.act("dossier.withdrawn", say=turn.said())
    turn.notify("dossier-withdrawn")


def answer_draft(turn: Turn, how: str, *, changed: list[str] | None = None) -> None:
    """The applicant answered in time (what comes after the silence has counted is too late)."""
    task = turn.task
    if task.on_due and task.clock and turn.now >= task.clock.due_at:
        raise Refusal("dossiers.silence-counted", at=task.clock.due_at.isoformat())
    turn.close_task(task, how)
    turn.resume()
    turn.act(f"applicant.{PAST[how]}", state=task.state, say=turn.said(), changed=changed or None)
    charges.note_change(turn)
    if how in {"correct", "object"}:
        go_back(turn, task, how)
    else:
        advance(turn, how)


def suppose(turn: Turn, task: Task) -> None:
    """Nobody answered in time: what the law then supposes happens at the due time itself."""
    turn.close_task(task, task.on_due)
    turn.resume()
    turn.act("silence.counted", state=task.state, verb=task.on_due)
    turn.notify("silence-counted", state=task.state, verb=task.on_due)
    advance(turn, task.on_due)


def go_back(turn: Turn, task: Task, how: str) -> None:
    """To the officer's state before, or where `then` says."""
    target = turn.procedure.step(task.state).then.get(how) or officer_before(turn, task.state)
    turn.put(proposal={})
    enter(turn, target, officer_id=last_officer(turn, target))


PAST = {"agree": "agreed", "correct": "corrected", "confirm": "confirmed", "object": "objected"}
