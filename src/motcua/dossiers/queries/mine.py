"""What a person has under way."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery
from msgspec.structs import replace

from motcua.catalogue import api as catalogue
from motcua.dossiers.models import Dossier, Task
from motcua.dossiers.paper_data import step_title
from motcua.dossiers.queries.names import body_name
from motcua.dossiers.shapes import DossierRow
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.payments import api as payments


def my_dossiers(
    actor: Actor, *, open_only: bool = False, limit: int = 100, after: UUID | None = None
) -> list[DossierRow]:
    """One's own dossiers, newest first; one statement. [] for a guest.

    `after`: those that follow this dossier, so that pages stay the same while new ones come.
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
    if after is not None:
        rows = rows.filter(_following(after))
    found = rows.annotate(owed=Exists(owed)).order_by("-submitted_at", "-id")[:limit]
    now = clock.now()
    return _with_codes([_row(row, now=now, your_turn=row.owed) for row in found])


def _following(dossier_id: UUID) -> Q:
    """What comes after a dossier in the order of the list; nothing after one that is not there."""
    then = Subquery(Dossier.objects.filter(id=dossier_id).values("submitted_at"))
    return Q(submitted_at__lt=then) | Q(submitted_at=then, id__lt=dossier_id)


def _with_codes(rows: list[DossierRow]) -> list[DossierRow]:
    """The codes of the bills that are to pay; one statement if there are any."""
    asked = [row.id for row in rows if row.to_pay_vnd]
    bills = payments.bills_of(asked) if asked else {}
    codes = {
        dossier_id: bill.code
        for dossier_id, found in bills.items()
        for bill in found
        if bill.status in {"open", "partly"}
    }
    return [replace(row, bill_code=codes.get(row.id, "")) for row in rows]


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
        to_pay_vnd=sum(c["amount_vnd"] for c in row.state.get("charges", ()) if not c.get("ended")),
        late=running and row.due_at is not None and row.due_at < now,
    )
