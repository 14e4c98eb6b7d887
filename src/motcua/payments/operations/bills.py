"""Opening, cancelling and forgetting bills."""

import os
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from django.db import transaction

from motcua.documents.rules.codes import code_from
from motcua.identity import api as identity
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.refusals import Refusal
from motcua.payments.models import Bill, Payment
from motcua.payments.models.bills import CANCELLED, OPEN, PAID, STARTED
from motcua.payments.operations import refunding
from motcua.payments.operations.bill_rows import TREASURERS, locked, record
from motcua.payments.shapes import BillLine, Payer

EXPIRE_AT_ONCE = 100


@transaction.atomic(savepoint=False)
def open_bill(
    actor: Actor,
    *,
    bill_id: UUID,
    creditor_id: UUID,
    lines: Sequence[BillLine],
    payer: Payer,
    object: tuple[str, UUID],  # noqa: A002 - the word of the ledger for what an act is about
    dossier_id: UUID | None = None,
    desk_id: UUID | None = None,
    due_at: datetime | None = None,
    then: str = "",
    language: str = "vi",
) -> None:
    """Ask for money; the same `bill_id` does nothing more.

    `then` is a job enqueued once, with {"bill_id", "dossier_id"}, in the transaction that pays the
    bill in full. A line may reduce (negative); the sum must be positive: payments.nothing-due.
    `desk_id`: the one body beside the creditor whose counter may take the money; None: any.
    """
    amount = sum(line.vnd for line in lines)
    if amount <= 0:
        raise Refusal("payments.nothing-due")
    kind, object_id = object
    row = Bill(
        id=bill_id,
        code=code_from(os.urandom(10)),
        creditor_id=creditor_id,
        desk_id=desk_id,
        lines=msgspec.to_builtins(list(lines)),
        amount_vnd=amount,
        payer_account_id=payer.account_id,
        payer=msgspec.to_builtins(payer),
        object_kind=kind,
        object_id=object_id,
        dossier_id=dossier_id,
        then=then,
        language=language,
        opened_at=clock.now(),
        due_at=due_at,
    )
    Bill.objects.bulk_create([row], ignore_conflicts=True)
    if Bill.objects.filter(id=bill_id, code=row.code).exists():  # else it was open before
        record(actor, "bill.opened", row, vnd=amount)


@transaction.atomic
def cancel_bill(actor: Actor, bill_id: UUID, reason: str) -> None:
    """Nothing more is due. Repeatable; a paid bill stays paid: use `refund_late`.

    What had been paid in part goes back. For the system and the creditor's "process" or "lead".
    """
    row = locked(bill_id)
    if not any(identity.may(actor, right, row.creditor_id) for right in ("process", *TREASURERS)):
        identity.require(actor, "process", row.creditor_id)
    if row.status in (PAID, CANCELLED):
        return
    row.status, row.cancelled_at, row.cancelled_for = CANCELLED, clock.now(), reason or "-"
    row.version += 1
    row.save(update_fields=["status", "cancelled_at", "cancelled_for", "version"])
    record(actor, "bill.cancelled", row, reason=reason)
    refunding.give_back_all(row, reason="bill-cancelled")


def expire(limit: int = EXPIRE_AT_ONCE) -> int:
    """Cancel bills without a dossier whose time is over; a dossier's bill is its engine's affair.

    A bill that somebody is paying at the moment waits until his attempt is known to have ended.
    """
    due = Bill.objects.filter(status=OPEN, due_at__lte=clock.now(), dossier_id__isnull=True)
    ids = due.order_by("due_at").values_list("id", flat=True)[:limit]
    return sum(_expire(bill_id) for bill_id in list(ids))


@transaction.atomic
def _expire(bill_id: UUID) -> bool:
    row = locked(bill_id)
    if row.status != OPEN or Payment.objects.filter(bill_id=bill_id, status=STARTED).exists():
        return False
    cancel_bill(SYSTEM, bill_id, "expired")
    return True
