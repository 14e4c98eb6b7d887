"""Other bodies: opinions with their own deadline, and parallel branches with a lead.

Neither stops the legal clock. Silence is reported once to the head of the one-stop unit. An
objection of a parallel body does not stop the dossier: it is noted and the lead judges it.
"""

from typing import Any

from motcua.dossiers.rules import guards
from motcua.dossiers.rules.applicant import answer_draft
from motcua.dossiers.rules.grounds import record_values, words
from motcua.dossiers.rules.registry import APPLICANT, BRANCH, OPINION, STEP, verb
from motcua.dossiers.rules.routes import advance, branches_open
from motcua.dossiers.rules.turn import Turn
from motcua.kernel import durations
from motcua.kernel.durations import Duration
from motcua.kernel.refusals import Refusal

ON_THE_WAY = (guards.nothing_open, guards.branches_answered)
ANY_PARTY = ("officer", APPLICANT)


@verb("ask-opinion", on=(STEP,), guards=(guards.accepted,))
def ask_opinion(turn: Turn) -> None:
    """params: body_id, say (the question), within (Duration or words), subject."""
    body: Any = turn.param("body_id")
    if body is None:
        raise Refusal("dossiers.no-body-named")
    question, within = words(turn), _within(turn.param("within"))
    subject = turn.said("subject") or question
    task = turn.open_task(
        kind=OPINION,
        state=turn.dossier.at,
        role="",
        name=subject,
        body_id=body,
        within=within,
        may=("give-opinion",),
        on_due="report",
    )
    due_at = task.clock.due_at if task.clock else None
    turn.act("opinion.asked", task=task.id, body=body, say=question, due_at=due_at)


@verb("give-opinion", on=(OPINION,))
def give_opinion(turn: Turn) -> None:
    """params: say, agrees (true, false or None for neither)."""
    say, agrees = words(turn), turn.param("agrees")
    task = turn.close_task(turn.task, "give-opinion")
    late = bool(task.clock and turn.now > task.clock.due_at)
    turn.act("opinion.given", task=task.id, body=task.body_id, say=say, agrees=agrees, late=late)
    turn.effect("notify", template="opinion-given", to="unit", body_id=turn.dossier.body_id)


@verb("record", on=(STEP, BRANCH), guards=ON_THE_WAY)
def record(turn: Turn) -> None:
    """What was found on the spot. params: values {path: value}. Leads to the next state."""
    _answer(turn, "record")


@verb("confirm", by=ANY_PARTY, on=(STEP, BRANCH, APPLICANT), guards=ON_THE_WAY)
def confirm(turn: Turn) -> None:
    """Yes, it is so: an officer's finding, a parallel body's answer, the applicant's word."""
    _answer(turn, "confirm")


@verb("object", by=ANY_PARTY, on=(STEP, BRANCH, APPLICANT), guards=ON_THE_WAY)
def objection(turn: Turn) -> None:
    """No, with words. A parallel body's objection is noted; the lead judges it."""
    words(turn)
    _answer(turn, "object")


def _answer(turn: Turn, how: str) -> None:
    if turn.task.kind == BRANCH:
        _answer_branch(turn, how)
    elif turn.task.kind == APPLICANT:
        answer_draft(turn, how)
    else:
        asked = turn.procedure.step(turn.task.state).ask
        record_values(turn, () if how == "object" else asked)
        turn.close_task(turn.task, how)
        turn.act(f"dossier.{PAST[how]}", state=turn.task.state, say=turn.said())
        advance(turn, how)


def _answer_branch(turn: Turn, how: str) -> None:
    """One parallel body has answered; after the last one the lead (or the route) goes on."""
    task = turn.task
    step = turn.procedure.step(task.state)
    branch = next(b for b in step.together if b.name == task.name)
    record_values(turn, () if how == "object" else branch.ask)
    turn.close_task(task, how)
    say = turn.said()
    turn.act("branch.answered", name=task.name, body=task.body_id, verb=how, say=say)
    if branches_open(turn, task.state) or turn.dossier.open_request:
        return
    turn.act("branches.complete", state=task.state)
    if step.may:
        turn.effect("notify", template="branches-complete", to="unit", body_id=turn.dossier.body_id)
    else:
        objected = any(t.verb == "object" and t.state == task.state for t in turn.dossier.tasks)
        advance(turn, "object" if objected and "object" in step.then else "confirm")


def _within(given: Any) -> Duration:
    if isinstance(given, Duration):
        return given
    try:
        return durations.parse(str(given or ""))
    except ValueError:
        raise Refusal("dossiers.opinion-needs-a-deadline") from None


PAST = {"record": "recorded", "confirm": "confirmed", "object": "objected"}
