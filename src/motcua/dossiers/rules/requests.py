"""Asking the applicant: one complete request (slip 02), the return within three working days,
the answer, and what happens when none comes. The legal clock stands still meanwhile."""

from typing import Any

from msgspec.structs import replace

from motcua.catalogue.rules.answers import flatten, get, merged
from motcua.dossiers.rules import charges, guards
from motcua.dossiers.rules.grounds import (
    Items,
    asked_items,
    code_in_spite,
    coded_reason,
    wanted_in_spite,
)
from motcua.dossiers.rules.registry import APPLICANT, BRANCH, STEP, verb
from motcua.dossiers.rules.routes import law_of, reopen, stop
from motcua.dossiers.rules.state import Request, Status, Task
from motcua.dossiers.rules.surroundings import place_of
from motcua.dossiers.rules.turn import Turn
from motcua.kernel import deadlines
from motcua.kernel.durations import Duration
from motcua.kernel.refusals import Problem, Refusal

RETURN_WITHIN = Duration(unit="working-days", count=3)  # of receipt: Decree 61/2018 art. 19.4
ANSWER_WITHIN = Duration(unit="days", count=30)  # a rule of this house: nobody waits for ever
RETURN_LAW = "61/2018/NĐ-CP 19.4"


@verb("ask-once", on=(STEP, BRANCH), guards=(guards.nothing_open, guards.not_asked_before))
def ask_once(turn: Turn) -> None:
    """All that is missing, in one request. params: reason, say, items [{paper|field, say}]."""
    reason, say = coded_reason(turn, "ask-once")
    items = _in_spite(turn, asked_items(turn), reason)
    _ask(turn, "ask-once", reason=reason, say=say, items=items)
    turn.act(
        "dossier.supplement-requested",
        basis=law_of(turn, reason),
        reason=reason,
        say=say,
        items=items,
    )
    turn.effect("slip", form="02", reason=reason, say=say, items=items)
    turn.notify("supplement-requested", reason=reason, say=say, items=items)


@verb(
    "return",
    on=(STEP,),
    guards=(guards.accepted, guards.nothing_open, guards.not_returned_before),
)
def give_back(turn: Turn) -> None:
    """Not eligible after appraisal: back with slip 02; the limit will start again from zero."""
    reason, say = coded_reason(turn, "return")
    items = tuple(dict(item) for item in turn.param("items") or ())
    until = _return_until(turn)
    if turn.now > until:
        raise Refusal("dossiers.too-late-to-return", until=until.isoformat())
    if items:
        items = _in_spite(turn, asked_items(turn), reason)
    _ask(turn, "return", reason=reason, say=say, items=items)
    basis = law_of(turn, reason) or RETURN_LAW
    turn.act("dossier.returned-to-applicant", basis=basis, reason=reason, say=say, items=items)
    turn.effect("slip", form="02", reason=reason, say=say, items=items)
    turn.notify("dossier-returned", reason=reason, say=say, items=items)


@verb("supplement", by=(APPLICANT,), on=(APPLICANT,), guards=(guards.request_waits,))
def supplement(turn: Turn) -> None:
    """The answer: params answers (nested), papers {name: [file ids]}, say (why something lacks)."""
    request = turn.dossier.open_request
    assert request is not None  # the guard asked
    answers, papers = turn.param("answers") or {}, _papers(turn)
    _check_complete(turn, request, answers=answers, papers=papers)
    changed = lay_over(turn, answers)
    turn.put(
        papers={**turn.dossier.papers, **papers},
        requests=tuple(
            replace(r, answered_at=turn.now) if r.id == request.id else r
            for r in turn.dossier.requests
        ),
    )
    turn.close_task(turn.task, "supplement")
    turn.act("dossier.supplemented", say=turn.said(), papers=sorted(papers), changed=changed)
    charges.note_change(turn)
    _go_on(turn, request)


@verb("refuse-unanswered", needs=("receive", "process"), guards=(guards.request_waits,))
def refuse_unanswered(turn: Turn) -> None:
    """The file was never completed: refused with a reason, only when the time to answer is over."""
    task = _waiting(turn)
    if task.clock and turn.now < task.clock.due_at:
        raise Refusal("dossiers.applicant-has-time", until=task.clock.due_at.isoformat())
    reason, say = coded_reason(turn, "refuse")
    stop(turn, reason=reason, say=say)


def _in_spite(turn: Turn, items: Items, reason: str) -> Items:
    """Each paper that a register holds and that is wanted all the same: an act of its own, counted,
    and its reason beside the item for the applicant to read."""
    code = code_in_spite(turn, reason)
    held = {one.paper: one for one in wanted_in_spite(turn, items, reason)}
    for name, evidence in held.items():
        turn.act(
            "paper.asked-in-spite",
            basis=law_of(turn, code),
            paper=name,
            register=evidence.instead,
            reason=code,
            against=evidence.law,
        )
        turn.effect("ask-in-spite", paper=name, register=evidence.instead, reason=code)
    return tuple({**one, "in_spite": code} if one.get("paper") in held else one for one in items)


def _ask(turn: Turn, how: str, *, reason: str, say: str, items: Items) -> None:
    """Close the officer's task with its clock stopped; the applicant owes the next step."""
    task, calendar = turn.task, turn.around.calendar_of(turn.dossier, turn.task.body_id)
    if task.clock:
        clock = deadlines.pause(task.clock, calendar, turn.now, reason=how)
        task = turn.change_task(task, clock=clock)
    turn.close_task(task, how)
    turn.pause(how)
    assert turn.command.by is not None  # officers only
    request = Request(
        id=turn.around.new_id(),
        at=turn.now,
        by=turn.command.by,
        verb=how,
        items=items,
        reason=reason,
        say=say,
    )
    turn.put(requests=(*turn.dossier.requests, request), status=Status.SUPPLEMENT_REQUESTED)
    turn.open_task(
        kind=APPLICANT,
        state=turn.dossier.at,
        role=APPLICANT,
        name=how,
        within=ANSWER_WITHIN,
        may=("supplement",),
    )


def _go_on(turn: Turn, request: Request) -> None:
    """Back to the officer who asked: his clock runs on, or starts again after a return."""
    asked = [t for t in turn.dossier.tasks if t.closed_at == request.at and t.verb == request.verb]
    task = asked[-1]
    calendar = turn.around.calendar_of(turn.dossier, task.body_id)
    if request.verb == "return" and turn.dossier.clock:
        clock = deadlines.restart(turn.dossier.clock, turn.around.calendar, turn.now)
        turn.put(clock=clock, told=())
        turn.act("clock.restarted", basis=RETURN_LAW, due_at=clock.due_at, why=clock.why)
        reopen(turn, task)
    else:
        turn.resume()
        old = deadlines.resume(task.clock, calendar, turn.now) if task.clock else None
        reopen(turn, task, clock=old)
    accepted = turn.dossier.accepted_at is not None
    turn.put(status=Status.IN_PROCESSING if accepted else Status.NEW)


def _return_until(turn: Turn) -> Any:
    received = turn.dossier.accepted_at
    assert received is not None  # the guard asked
    return deadlines.start(turn.around.calendar, RETURN_WITHIN, received).due_at


def _waiting(turn: Turn) -> Task:
    return next(t for t in turn.dossier.open_tasks if "supplement" in t.may)


def _papers(turn: Turn) -> dict[str, tuple[str, ...]]:
    given = turn.param("papers") or {}
    known = {evidence.paper for evidence in turn.procedure.evidence}
    for name in given:
        if name not in known:
            raise Refusal("dossiers.unknown-item", item=name)
    return {name: tuple(str(i) for i in ids) for name, ids in given.items() if ids}


def check_place(turn: Turn, answers: dict[str, Any]) -> None:
    """The place that made this body competent may not change under way."""
    path = turn.procedure.decided_by.of
    old, new = place_of(turn.dossier.answers, path), place_of(answers, path)
    if new and new != old:
        raise Refusal("dossiers.place-is-fixed", field=path)


def _check_complete(
    turn: Turn, request: Request, *, answers: dict[str, Any], papers: dict[str, tuple[str, ...]]
) -> None:
    if turn.said():
        return  # the applicant explains what is missing; the officer judges it
    missing = []
    for item in request.items:
        name = str(item.get("paper") or item.get("field"))
        given = papers.get(name) if item.get("paper") else get(answers, name)
        if given in (None, "", ()):
            missing.append(Problem(path=name, code="dossiers.still-missing"))
    if missing:
        raise Refusal("dossiers.supplement-incomplete", tuple(missing))


def lay_over(turn: Turn, given: dict[str, Any]) -> list[str]:
    """Answers given later, laid over the earlier ones and computed again; the paths that differ."""
    check_place(turn, given)
    old = turn.dossier.answers
    turn.put(answers=turn.completed(merged(old, given)))
    return changed_paths(old, turn.dossier.answers)


def changed_paths(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Field paths whose answer differs."""
    return [path for path, value in flatten(new).items() if get(old, path) != value]
