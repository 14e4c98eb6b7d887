"""The engine: pure functions from a dossier and a command to what was decided, or to a Refusal.

The law is in the neighbouring modules, one function for each verb, registered in one table:
reception, queue, processing, requests, applicant, paying, linked, timers, results.
"""

from datetime import datetime
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from motcua.catalogue.rules.procedure import Procedure
from motcua.dossiers.rules import (  # importing a module puts its verbs into the table
    applicant,
    linked,
    paying,
    processing,
    queue,
    reception,
    requests,
    results,
    timers,
)
from motcua.dossiers.rules.admission import admit
from motcua.dossiers.rules.registry import RULES, Asked, Rule
from motcua.dossiers.rules.state import Command, Decided, Dossier, Status
from motcua.dossiers.rules.surroundings import Surroundings
from motcua.dossiers.rules.turn import Turn
from motcua.kernel.refusals import Refusal

VERB_MODULES = (applicant, linked, paying, processing, queue, reception, requests, results, timers)
AFTER_ACCEPTANCE = frozenset({"step", "branch", "opinion"})


class Allowed(Struct, frozen=True, kw_only=True):
    """A verb that somebody may say now, and the task it would concern (None for the dossier)."""

    verb: str
    task_id: UUID | None = None


def decide(
    procedure: Procedure,
    dossier: Dossier,
    command: Command,
    *,
    surroundings: Surroundings,
    now: datetime,
) -> Decided:
    """What follows from a command at a moment; raises Refusal and then nothing has happened.

    The version of the returned dossier is one higher if anything happened, and the same, with no
    acts and no effects, if nothing did (a tick too early, a task taken twice).
    """
    rule = RULES.get(command.verb)
    if rule is None:
        raise Refusal("dossiers.unknown-verb", verb=command.verb)
    turn = Turn(procedure, dossier, command, surroundings=surroundings, now=now)
    turn.given = admit(Asked(procedure=procedure, dossier=dossier, command=command), rule)
    _first_work(turn)
    rule.handler(turn)
    return turn.decided()


def open_dossier(
    procedure: Procedure, filed: Dossier, *, surroundings: Surroundings, now: datetime
) -> Decided:
    """A new dossier at the desk (status 1).

    `filed` is a Dossier with its id, body, desk, channel, applicant, answers and papers; status,
    state, time of filing and tasks are set here. `filed.filed_by` or `applicant_id` is who acts.
    """
    first = replace(
        filed,
        procedure=procedure.key or filed.procedure,
        status=Status.NEW,
        at=procedure.route[0].state,
        submitted_at=now,
        tasks=(),
        version=0,
    )
    by = filed.filed_by or filed.applicant_id
    command = Command(verb="submit", by=by, officer=filed.filed_by is not None)
    turn = Turn(procedure, first, command, surroundings=surroundings, now=now)
    reception.file(turn)
    return turn.decided()


def allowed_verbs(procedure: Procedure, dossier: Dossier, somebody: Command) -> tuple[Allowed, ...]:
    """What `somebody` (a Command of any verb) may do now, in the order of the table.

    Exactly the questions that `decide` asks before it reads parameters and clocks.
    """
    found = []
    for rule in RULES.values():
        for task in dossier.open_tasks if rule.on else (None,):
            task_id = task.id if task else None
            command = replace(somebody, verb=rule.verb, task_id=task_id, version=None)
            if _is_admitted(Asked(procedure=procedure, dossier=dossier, command=command), rule):
                found.append(Allowed(verb=rule.verb, task_id=task_id))
    return tuple(found)


def _is_admitted(asked: Asked, rule: Rule) -> bool:
    try:
        admit(asked, rule)
    except Refusal:
        return False
    return True


def _first_work(turn: Turn) -> None:
    """The first hand that the competent unit lays on an accepted dossier: status 4."""
    task = turn.given
    if turn.dossier.status != Status.ACCEPTED or not turn.command.officer or task is None:
        return
    if task.kind in AFTER_ACCEPTANCE:
        turn.put(status=Status.IN_PROCESSING)
        turn.act("dossier.processing-started", state=task.state)
