"""Along the route: which state comes next, who owes it, and how a dossier stops.

Natural order unless `then` says otherwise; states whose `when` is false are passed over. A route
that runs out ends like a signature. The applicant's turn and an unpaid bill stop the legal clock.
"""

from typing import Any
from uuid import UUID

from motcua.catalogue.rules.procedure import Step
from motcua.dossiers.rules import charges
from motcua.dossiers.rules.registry import APPLICANT
from motcua.dossiers.rules.state import END, HANDOVER, Status, Task
from motcua.dossiers.rules.surroundings import place_of
from motcua.dossiers.rules.turn import Turn
from motcua.kernel import deadlines
from motcua.kernel.refusals import Refusal


def reception(turn: Turn) -> Step:
    """The first state of every route: the check at the desk."""
    return turn.procedure.route[0]


def advance(turn: Turn, verb: str) -> None:
    """Leave the present state by `verb` and enter what follows."""
    state = turn.dossier.at
    target = turn.procedure.step(state).then.get(verb) or following(turn, state)
    enter(turn, target, transferred=verb == "accept")


def following(turn: Turn, state: str) -> str:
    """The next state in the file whose condition holds, or HANDOVER after the last."""
    true = turn.truth()
    for step in _steps_after(turn, state):
        if true(step.when):
            return step.state
    return HANDOVER


def signature_after(turn: Turn, state: str) -> str:
    """The next state where somebody signs: where a negative proposal goes at once."""
    true = turn.truth()
    for step in _steps_after(turn, state):
        if "sign" in step.may and true(step.when):
            return step.state
    return HANDOVER


def officer_before(turn: Turn, state: str) -> str:
    """The last state before this one that an officer of the deciding body owes."""
    true = turn.truth()
    names = [step.state for step in turn.procedure.route]
    for step in reversed(turn.procedure.route[1 : names.index(state)]):
        if step.who != APPLICANT and not step.together and true(step.when):
            return step.state
    raise Refusal("dossiers.nothing-before", state=state)


def enter(turn: Turn, state: str, **fields: Any) -> None:
    """Open what a state asks for: a task, parallel branches, the applicant's turn, or a bill.

    A paying state at which nothing is due is passed over.
    """
    if state == HANDOVER:
        finish(turn)
        return
    step = turn.procedure.step(state)
    turn.put(at=state)
    if step.pay:
        if not charges.ask(turn, step):
            enter(turn, step.then.get("pay") or following(turn, state), **fields)
        return
    if step.who == APPLICANT:
        _applicant_turn(turn, step)
        return
    for branch in step.together:
        turn.open_task(
            kind="branch",
            state=state,
            role=branch.who,
            name=branch.name,
            body_id=turn.around.body(branch.body, place_of(turn.dossier.answers, branch.of)),
            within=branch.within,
            may=branch.may,
            on_due="report",
            transferred=fields.get("transferred", False),
        )
    if step.may or not step.together:
        open_step(turn, step, **fields)


def open_step(turn: Turn, step: Step, **fields: Any) -> Task:
    """The task of an officer's state, at the desk or in the deciding body."""
    dossier = turn.dossier
    return turn.open_task(
        kind="step",
        state=step.state,
        role=step.who,
        body_id=dossier.desk_id if step.at == "desk" else dossier.body_id,
        within=step.within,
        may=step.may,
        on_due=step.silence,
        **fields,
    )


def reopen(turn: Turn, task: Task, *, clock: deadlines.Clock | None = None) -> Task:
    """The same work again, for the same officer; with its old clock, or a new one."""
    within = None if clock else _within(turn, task)
    return turn.open_task(
        kind=task.kind,
        state=task.state,
        role=task.role,
        name=task.name,
        body_id=task.body_id,
        officer_id=task.officer_id,
        within=within,
        may=task.may,
        on_due=task.on_due,
        **({"clock": clock} if clock else {}),
    )


def last_officer(turn: Turn, state: str) -> UUID | None:
    """Who did a state the last time: a file that comes back goes to the same officer."""
    done = [t for t in turn.dossier.tasks if t.state == state and t.kind == "step" and t.closed_at]
    return done[-1].officer_id if done else None


def branches_open(turn: Turn, state: str) -> tuple[Task, ...]:
    """Parallel bodies of this state that have not answered."""
    open_tasks = turn.dossier.open_tasks
    return tuple(t for t in open_tasks if t.kind == "branch" and t.state == state)


def finish(turn: Turn) -> None:
    """Decided: the outcome is granted and its paper goes to be sealed (or refused, if proposed)."""
    proposal = turn.dossier.proposal
    if proposal and not proposal["grant"]:
        stop(turn, reason=proposal["reason"], say=proposal["say"])
        return
    turn.close_all("not-needed")
    turn.resume()
    charges.give_back_surplus(turn)
    clock = turn.dossier.clock
    decision = {"granted": True, "at": turn.now.isoformat(), "by": _who(turn)}
    turn.put(status=Status.FINISHED, at=HANDOVER, ended_at=turn.now, decision=decision)
    open_seal(turn)
    early = bool(clock and turn.now < clock.due_at)
    turn.act("dossier.granted", early=early, due_at=clock.due_at if clock else None)
    turn.effect("issue", paper=turn.procedure.outcome.issue)


def open_seal(turn: Turn) -> None:
    """The paper is being signed: the system owes it, so that no dossier is without an owner."""
    turn.open_task(
        kind="seal",
        state=HANDOVER,
        role="system",
        body_id=turn.dossier.body_id,
        within=None,
        may=("seal",),
    )


def stop(turn: Turn, *, reason: str, say: str) -> None:
    """A refusal in writing (slip 03): not accepted at the desk, stopped afterwards."""
    status = Status.STOPPED if turn.dossier.accepted_at else Status.NOT_ACCEPTED
    decision = {
        "granted": False,
        "reason": reason,
        "say": say,
        "at": turn.now.isoformat(),
        "by": _who(turn),
    }
    end(turn, status)
    charges.settle(turn, reason)
    turn.put(decision=decision)
    turn.act(
        "dossier.refused", reason=reason, say=say, status=int(status), basis=law_of(turn, reason)
    )
    turn.effect("slip", form="03", reason=reason, say=say)
    turn.notify("dossier-refused", reason=reason, say=say)


def end(turn: Turn, status: Status) -> None:
    """Nothing more is owed by anybody."""
    turn.close_all("not-needed")
    turn.put(status=status, at=END, ended_at=turn.dossier.ended_at or turn.now)


def law_of(turn: Turn, reason: str) -> str:
    """The legal ground of a coded reason."""
    return next((r.law for r in turn.procedure.reasons if r.code == reason), "")


def _applicant_turn(turn: Turn, step: Step) -> None:
    task = turn.open_task(
        kind=APPLICANT,
        state=step.state,
        role=APPLICANT,
        within=step.within,
        may=step.may,
        on_due=step.silence,
    )
    turn.pause("applicant")
    due_at = task.clock.due_at if task.clock else None
    turn.act("applicant.asked", state=step.state, due_at=due_at, silence=step.silence)
    turn.notify(
        "your-turn", state=step.state, shows=step.shows, due_at=due_at, silence=step.silence
    )


def _steps_after(turn: Turn, state: str) -> tuple[Step, ...]:
    names = [step.state for step in turn.procedure.route]
    return turn.procedure.route[names.index(state) + 1 :]


def _within(turn: Turn, task: Task) -> Any:
    step = turn.procedure.step(task.state)
    branch = next((b for b in step.together if b.name == task.name), None)
    return branch.within if task.kind == "branch" and branch else step.within


def _who(turn: Turn) -> str:
    return str(turn.command.by) if turn.command.by else ""
