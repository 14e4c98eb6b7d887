"""What a person has under way."""

from datetime import datetime

from django.db.models import Exists, OuterRef

from motcua.catalogue import api as catalogue
from motcua.dossiers.models import Dossier, Task
from motcua.dossiers.paper_data import step_title
from motcua.dossiers.queries.names import body_name
from motcua.dossiers.shapes import DossierRow
from motcua.kernel import clock
from motcua.kernel.actors import Actor


def my_dossiers(actor: Actor, *, open_only: bool = False, limit: int = 100) -> list[DossierRow]:
    """One's own dossiers, newest first; one statement. [] for a guest.

    Who acts for a business sees that business's, whoever of its representatives filed them."""
    if actor.account_id is None:
        return []
    owed = Task.objects.filter(
        dossier_id=OuterRef("id"), body_id__isnull=True, closed_at__isnull=True
    )
    if actor.on_behalf_of:
        rows = Dossier.objects.filter(on_behalf_of=actor.on_behalf_of)
    else:
        rows = Dossier.objects.filter(applicant_id=actor.account_id)
    if open_only:
        rows = rows.filter(ended_at__isnull=True)
    found = rows.annotate(owed=Exists(owed)).order_by("-submitted_at", "-id")[:limit]
    now = clock.now()
    return [_row(row, now=now, your_turn=row.owed) for row in found]


def _row(row: Dossier, *, now: datetime, your_turn: bool) -> DossierRow:
    procedure = catalogue.procedure(row.procedure)
    paused = bool(row.state.get("clock", {}).get("paused_at"))
    running = row.due_at is not None and row.ended_at is None and not paused
    return DossierRow(
        id=row.id,
        code=row.code,
        service=row.service,
        title=procedure.title,
        status=row.status,
        at=row.at,
        step=step_title(procedure, row.at),
        body=body_name(row.body_id),
        submitted_at=row.submitted_at,
        due_at=row.due_at,
        paused=paused,
        ended_at=row.ended_at,
        returned_at=row.returned_at,
        your_turn=your_turn,
        late=running and row.due_at is not None and row.due_at < now,
    )
