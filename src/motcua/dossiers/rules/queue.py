"""Whose work it is: taking, giving and putting back a task; marks on what was checked."""

from typing import Any

from motcua.dossiers.rules.grounds import known_items
from motcua.dossiers.rules.registry import (
    BRANCH,
    CORRECTION_TASK,
    HANDOVER_TASK,
    OPINION,
    STEP,
    verb,
)
from motcua.dossiers.rules.turn import Turn
from motcua.kernel.refusals import Refusal

OFFICERS = (STEP, BRANCH, OPINION, HANDOVER_TASK, CORRECTION_TASK)
MARKS = ("ok", "doubt", "")


@verb("take", on=OFFICERS, in_may=False)
def take(turn: Turn) -> None:
    """ "I do this." Taking twice changes nothing; what another took is refused."""
    if turn.task.officer_id == turn.command.by:
        return
    turn.change_task(turn.task, officer_id=turn.command.by)
    turn.act("task.taken", task=turn.task.id, state=turn.task.state)


@verb("assign", on=OFFICERS, in_may=False, needs=("lead",), alone=False)
def assign(turn: Turn) -> None:
    """A leader gives a task to an officer, or to another one. params: officer_id."""
    officer: Any = turn.param("officer_id")
    if officer is None:
        raise Refusal("dossiers.no-officer-named")
    if turn.task.officer_id == officer:
        return
    turn.change_task(turn.task, officer_id=officer)
    turn.act("task.assigned", task=turn.task.id, state=turn.task.state, officer=officer)
    turn.effect("notify", template="task-assigned", to="officer", officer_id=officer)


@verb("release", on=OFFICERS, in_may=False, alone=False)
def release(turn: Turn) -> None:
    """Back to the unit: by whoever took it, or by a leader."""
    held, lead = turn.task.officer_id, "lead" in turn.command.permissions
    if held is None:
        return
    if held != turn.command.by and not lead:
        raise Refusal("dossiers.taken-by-other", who=str(held))
    turn.change_task(turn.task, officer_id=None)
    turn.act("task.released", task=turn.task.id, state=turn.task.state)


@verb("check", on=(STEP, BRANCH), in_may=False)
def check(turn: Turn) -> None:
    """Mark one paper, page or field. params: item, mark ("ok", "doubt" or "" to unmark), say."""
    item, mark = turn.said("item"), turn.said("mark")
    if item not in known_items(turn.procedure):
        raise Refusal("dossiers.unknown-item", item=item)
    if mark not in MARKS:
        raise Refusal("dossiers.unknown-mark", mark=mark)
    if turn.dossier.checks.get(item, "") == mark:
        return
    checks = {**turn.dossier.checks, item: mark}
    turn.put(checks={name: value for name, value in checks.items() if value})
    turn.act("dossier.checked", item=item, mark=mark or "none", say=turn.said())
