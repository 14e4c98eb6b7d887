"""The control sheet of one dossier (slip 05) and the register of received dossiers (slip 06)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from motcua.catalogue import api as catalogue
from motcua.dossiers import access
from motcua.dossiers.models import Dossier as DossierRow
from motcua.dossiers.paper_data import step_title
from motcua.dossiers.queries.names import body_name, due_of, officers
from motcua.dossiers.rules.state import Dossier
from motcua.dossiers.shapes import ControlLine, RegisterLine
from motcua.identity import api as identity
from motcua.kernel import clock
from motcua.kernel.actors import Actor


def control_sheet(actor: Actor, dossier_id: UUID) -> tuple[ControlLine, ...]:
    """Who had the dossier, from when until when, and how it left them; for officers."""
    dossier = access.visible(actor, dossier_id)
    if access.party(actor, dossier) == "applicant":
        raise access.missing()
    return control_lines(dossier)


def control_lines(dossier: Dossier) -> tuple[ControlLine, ...]:
    """The same without asking who wants to know."""
    procedure = catalogue.procedure(dossier.procedure)
    names = officers(one for t in dossier.tasks for one in (t.officer_id, t.closed_by))
    now = clock.now()
    return tuple(
        ControlLine(
            step=step_title(procedure, task.state),
            body=body_name(task.body_id),
            officer=names.get(task.officer_id, "") if task.officer_id else "",
            received_at=task.opened_at,
            due_at=task.clock.due_at if task.clock else None,
            handed_on_at=task.closed_at,
            verb=task.verb,
            late=_is_late(due_of(task), task.closed_at or now),
        )
        for task in dossier.tasks
    )


def register(
    actor: Actor, *, since: datetime, until: datetime, limit: int = 500
) -> tuple[RegisterLine, ...]:
    """The dossiers accepted by the officer's desk from `since` until before `until`, by time.

    Needs "receive". Refusal identity.not-allowed."""
    identity.require(actor, "receive", actor.body_id)
    if actor.body_id is None:
        return ()
    rows = DossierRow.objects.filter(
        desk_id=actor.body_id, accepted_at__gte=since, accepted_at__lt=until
    )
    return tuple(_lines(rows.order_by("accepted_at", "code")[:limit]))


def _lines(rows: Iterable[DossierRow]) -> Iterable[RegisterLine]:
    for row in rows:
        yield RegisterLine(
            code=row.code,
            title=catalogue.procedure(row.procedure).title,
            applicant=str(row.state.get("applicant", {}).get("name", "")),
            submitted_at=row.submitted_at,
            accepted_at=row.accepted_at,
            due_at=row.due_at,
            ended_at=row.ended_at,
            returned_at=row.returned_at,
            status=row.status,
        )


def _is_late(due_at: datetime | None, at: datetime) -> bool:
    return due_at is not None and due_at < at
