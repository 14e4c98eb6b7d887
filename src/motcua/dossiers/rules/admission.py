"""May this person say this verb now? One list of questions, from the general to the particular.

The shell has asked about rights before; this is the second lock on the same door.
"""

from msgspec.structs import replace

from motcua.catalogue.rules.procedure import Procedure
from motcua.dossiers.rules.registry import APPLICANT, BRANCH, OPINION, STEP, Asked, Rule
from motcua.dossiers.rules.state import END, Command, Dossier, Task
from motcua.kernel.refusals import Refusal


def admit(asked: Asked, rule: Rule) -> Task | None:
    """The task that the command concerns (None for verbs without one), or a Refusal."""
    dossier, command = asked.dossier, asked.command
    if command.version is not None and command.version != dossier.version:
        raise Refusal("dossiers.changed-meanwhile")
    party = party_of(dossier, command)
    if party not in rule.by and not (party == "officer" and APPLICANT in rule.by):
        raise Refusal("dossiers.not-your-part", verb=rule.verb)
    if command.officer and command.by is not None and command.by == dossier.applicant_id:
        raise Refusal("dossiers.own-affair")
    if dossier.at == END and not rule.ended:
        raise Refusal("dossiers.closed", status=int(dossier.status))
    asked = replace(asked, task=_task(dossier, command, rule) if rule.on else None)
    if party == APPLICANT and asked.task is not None and asked.task.kind != APPLICANT:
        raise Refusal("dossiers.not-your-part", verb=rule.verb)
    if command.officer:
        _check_officer(asked, rule)
    for guard in rule.guards:
        guard(asked)
    return asked.task


def party_of(dossier: Dossier, command: Command) -> str:
    """ "system", "officer", "applicant", or "stranger"."""
    if command.officer:
        return "officer"
    if command.by is None:
        return "system"
    own = command.applicant or command.by == dossier.applicant_id
    return APPLICANT if own else "stranger"


def permissions_of(procedure: Procedure, task: Task) -> frozenset[str]:
    """Which permissions (any of them) allow to work on a task."""
    if task.kind == "handover":
        return frozenset({"hand-over"})
    if task.kind in {OPINION, BRANCH}:
        return frozenset({"opine", "process"})
    if task.kind == "correction":
        return frozenset({"sign"})
    step = procedure.step(task.state)
    if step.at == "desk":
        return frozenset({"receive"})
    return frozenset({"sign"}) if "sign" in step.may else frozenset({"process"})


def at_desk_for_applicant(dossier: Dossier, command: Command) -> bool:
    """A clerk of the desk may speak for an applicant who stands before the counter.

    Only for dossiers filed there or by post, or whose applicant has no account.
    """
    at_counter = dossier.channel != 2 or dossier.applicant_id is None
    right = "receive" in command.permissions and command.body_id == dossier.desk_id
    return command.officer and at_counter and right


def _task(dossier: Dossier, command: Command, rule: Rule) -> Task:
    if command.task_id is None:
        return _fitting(dossier, command, rule)
    task = next((t for t in dossier.tasks if t.id == command.task_id), None)
    if task is None:
        raise Refusal("dossiers.no-such-task")
    if task.closed_at is not None:
        raise Refusal("dossiers.task-closed", verb=task.verb)
    if not _fits(task, rule):
        raise Refusal("dossiers.not-in-this-state", verb=rule.verb, state=dossier.at)
    return task


def _fitting(dossier: Dossier, command: Command, rule: Rule) -> Task:
    fitting = [t for t in dossier.open_tasks if _fits(t, rule)]
    if not fitting:
        raise Refusal("dossiers.not-in-this-state", verb=rule.verb, state=dossier.at)
    own = [t for t in fitting if t.body_id == command.body_id]
    same = [t for t in own if t.role == command.role]
    return (same or own or fitting)[0]


def _fits(task: Task, rule: Rule) -> bool:
    return task.kind in rule.on and (rule.verb in task.may or not rule.in_may)


def _check_officer(asked: Asked, rule: Rule) -> None:
    dossier, command, task = asked.dossier, asked.command, asked.task
    if "officer" not in rule.by or (task is not None and task.body_id is None):
        if not at_desk_for_applicant(dossier, command):
            raise Refusal("dossiers.not-your-part", verb=rule.verb)
        return
    if task is None:
        _check_right(command, rule.needs, {dossier.body_id, dossier.desk_id})
        return
    _check_right(command, rule.needs or permissions_of(asked.procedure, task), {task.body_id})
    if task.kind in {STEP, BRANCH} and task.role != command.role and "lead" not in rule.needs:
        raise Refusal("dossiers.other-role", role=task.role)
    if rule.alone and task.officer_id not in (None, command.by):
        raise Refusal("dossiers.taken-by-other", who=str(task.officer_id))


def _check_right(command: Command, needs: frozenset[str], bodies: set[object]) -> None:
    if command.body_id not in bodies:
        raise Refusal("dossiers.other-body")
    if needs and not needs & command.permissions:
        raise Refusal("dossiers.not-allowed", needs=sorted(needs))
