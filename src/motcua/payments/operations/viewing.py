"""Access to what is personal or internal: the right is checked, an officer's look is an act."""

from datetime import date
from uuid import UUID

from django.db import transaction

from motcua.acts import api as acts
from motcua.documents import api as documents
from motcua.identity import api as identity
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.payments.models import Bill, Receipt
from motcua.payments.operations.bill_rows import TREASURERS, require_treasurer
from motcua.payments.operations.starting import bill_id_of
from motcua.payments.queries import bills, books, debts
from motcua.payments.shapes import BillView, DebtView, RefundView, StatementLine, SuspenseView

SEES = (*TREASURERS, "receive", "process", "sign")  # of the creditor's officers


@transaction.atomic
def bill(actor: Actor, bill_id: UUID) -> BillView:
    """For the payer and the creditor's officers; for a desk that may take the money, without the
    payer. An officer's look is an act. Refusal payments.bill-not-found for everybody else."""
    row = Bill.objects.filter(id=bill_id).first()
    if row is None:
        raise Refusal("payments.bill-not-found")
    if identity.may(actor, identity.OWN, owner_id=row.payer_account_id) or actor.kind == "system":
        return bills.views([row], with_payer=True)[0]
    if _is_creditors(actor, row):
        _looked(actor, row, "bill.viewed", row.id)
        return bills.views([row], with_payer=True)[0]
    if identity.may(actor, "receive") and row.desk_id in (None, actor.body_id):
        _looked(actor, row, "bill.viewed", row.id)
        return bills.views([row])[0]
    raise Refusal("payments.bill-not-found")


def my_bills(actor: Actor, *, limit: int = 50) -> tuple[BillView, ...]:
    """What the account has to pay or has paid, newest first."""
    if actor.account_id is None:
        return ()
    rows = Bill.objects.filter(payer_account_id=actor.account_id).order_by("-opened_at", "-id")
    return tuple(bills.views(rows[:limit], with_payer=True))


@transaction.atomic
def open_receipt(actor: Actor, bill_code: str, receipt_id: UUID) -> documents.OpenedFile:
    """The signed PDF for the payer and the creditor's officers; of a bill that belongs to no
    account, for who holds its code.

    Refusals: payments.bill-not-found, documents.paper-not-ready.
    """
    row = Bill.objects.get(id=bill_id_of(bill_code))
    own = identity.may(actor, identity.OWN, owner_id=row.payer_account_id)
    if not (own or row.payer_account_id is None or _is_creditors(actor, row)):
        raise Refusal("payments.bill-not-found")
    receipt = Receipt.objects.filter(bill_id=row.id, id=receipt_id).first()
    if receipt is None:
        raise Refusal("payments.bill-not-found")
    return documents.open_paper(
        actor, receipt.paper_id, purpose="receipt", dossier_id=row.dossier_id
    )


def refunds_to_decide(actor: Actor, *, limit: int = 50) -> tuple[RefundView, ...]:
    """What waits for a second officer of the actor's body, and what failed, oldest first."""
    body_id = _own_body(actor)
    return bills.refunds_waiting(body_id, limit)


def suspense(actor: Actor, *, limit: int = 100) -> tuple[SuspenseView, ...]:
    """Money that waits for a human, oldest first: of the actor's body; for treasurers, nobody's."""
    if actor.kind == "system":
        found = books.suspended_items(None, unclaimed=True, limit=limit)
    else:
        unclaimed = identity.may(actor, "treasurer")
        found = books.suspended_items(_own_body(actor), unclaimed=unclaimed, limit=limit)
    return tuple(found)


def statement_of(
    actor: Actor, body_id: UUID, *, since: date | None = None, until: date | None = None
) -> tuple[StatementLine, ...]:
    """What was collected for a body and given back, in order of time; for its treasurer or head."""
    require_treasurer(actor, body_id)
    return books.statement(body_id, since, until)


def debts_of(
    actor: Actor,
    body_id: UUID,
    *,
    kind: str = "",
    status: str = "",
    limit: int = 100,
    after: UUID | None = None,
) -> tuple[DebtView, ...]:
    """The creditor's own list, newest first, for its treasurer or head; a look is an act.

    `status`: "open", "paid", "withdrawn" or "" for all; `after`: the last id of the page before.
    """
    require_treasurer(actor, body_id)
    about = {"kind": kind, "status": status}
    acts.record(actor, "debt.listed", object=("body", body_id), body_id=body_id, detail=about)
    return debts.debts_of_creditor(body_id, kind=kind, status=status, limit=limit, after=after)


def _is_creditors(actor: Actor, row: Bill) -> bool:
    return any(
        identity.may(actor, right, row.creditor_id, owner_id=row.payer_account_id) for right in SEES
    )


def _own_body(actor: Actor) -> UUID:
    if actor.body_id is None:
        raise Refusal("identity.not-allowed", permission=TREASURERS[0])
    require_treasurer(actor, actor.body_id)
    return actor.body_id


def _looked(actor: Actor, row: Bill, verb: str, object_id: UUID) -> None:
    payer = row.payer_account_id and identity.accounts([row.payer_account_id])
    subjects = [one.person_id for one in payer.values() if one.person_id] if payer else []
    acts.record(
        actor,
        verb,
        object=("bill", object_id),
        dossier_id=row.dossier_id,
        body_id=row.creditor_id,
        subjects=tuple(subjects),
        purpose="payment",
    )
