"""Names that screens show: bodies, units, steps, officers. Officers are named in office only."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from motcua.catalogue.rules.procedure import Procedure
from motcua.directory import api as directory
from motcua.dossiers.paper_data import step_title
from motcua.dossiers.rules.state import Dossier, Task
from motcua.dossiers.shapes import Holder, Text
from motcua.identity import api as identity
from motcua.kernel.refusals import Refusal


def officers(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Names of officers by account, in one statement (none for nobody)."""
    wanted = {one for one in ids if one is not None}
    if not wanted:
        return {}
    return {key: card.full_name for key, card in identity.accounts(sorted(wanted)).items()}


def body_name(body_id: UUID | None) -> Text:
    """The name of a body; {} for none or an unknown one."""
    try:
        return directory.body(body_id).name if body_id else {}
    except Refusal:
        return {}


def holders(procedure: Procedure, dossier: Dossier, names: dict[UUID, str]) -> tuple[Holder, ...]:
    """Who holds the dossier now: agency, unit, officer, since and until (Decree 224 art. 15)."""
    return tuple(_holder(procedure, task, names) for task in dossier.open_tasks)


def _holder(procedure: Procedure, task: Task, names: dict[UUID, str]) -> Holder:
    return Holder(
        body_id=task.body_id,
        body=body_name(task.body_id),
        unit=unit_title(task),
        role=role_title(task.role),
        officer=names.get(task.officer_id, "") if task.officer_id else "",
        since=task.opened_at,
        until=due_of(task),
        kind=task.kind,
        state=task.state,
        title=step_title(procedure, task.state),
    )


def due_of(task: Task) -> datetime | None:
    """When the task is due; None while its clock stands or if it has none."""
    return task.clock.due_at if task.clock and task.clock.paused_at is None else None


def role_title(role: str) -> Text:
    """The title of a role; {} for the applicant, the system and unknown ones."""
    found = directory.roles().get(role)
    return found.title if found else {}


def unit_title(task: Task) -> Text:
    """The unit where the task's role sits in the task's body; {} if that is not clear."""
    if task.body_id is None or not task.role:
        return {}
    post = next(iter(directory.posts_in(task.body_id, role=task.role)), None)
    if post is None:
        return {}
    units = {unit.kind: unit.title for unit in directory.units_of(task.body_id)}
    return units.get(post.unit_kind, {})
