"""Reading bills: four statements however many they are, and the payer only for who may know him."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import QuerySet

from motcua.documents.rules.codes import read_code
from motcua.kernel.refusals import Refusal
from motcua.payments import collecting
from motcua.payments.models import Bill, Payment, Receipt, Refund
from motcua.payments.models.bills import ASKED, CANCELLED, FAILED, PAID
from motcua.payments.rules import words
from motcua.payments.rules.references import reference_of
from motcua.payments.shapes import (
    BillLine,
    BillView,
    Payer,
    PaymentView,
    ReceiptView,
    RefundView,
)

_PAYMENT = (
    "id", "means", "gateway", "transaction", "amount_vnd", "status", "started_at", "confirmed_at",
    "paid_vnd", "applied_vnd", "surplus_vnd",
)  # fmt: skip
_REFUND = (
    "id", "payment_id", "amount_vnd", "source", "status", "reason", "asked_at", "decided_at",
    "made_at", "bill_id",
)  # fmt: skip


def bill_by_code(code: str) -> BillView:
    """For anybody who holds the code, however it was typed; without personal data.

    Refusal payments.bill-not-found.
    """
    read = read_code(code)
    row = Bill.objects.filter(code=read).first() if read else None
    if row is None:
        raise Refusal("payments.bill-not-found")
    return views([row])[0]


def bills_of(dossier_ids: Sequence[UUID]) -> dict[UUID, tuple[BillView, ...]]:
    """The bills of dossiers whose reader the caller has checked, oldest first; without the payer.
    Dossiers without a bill are not in the answer."""
    rows = Bill.objects.filter(dossier_id__in=list(dossier_ids)).order_by("opened_at", "id")
    found: dict[UUID, tuple[BillView, ...]] = {}
    for view in views(rows):
        if view.dossier_id is not None:
            found[view.dossier_id] = (*found.get(view.dossier_id, ()), view)
    return found


def refunds_waiting(creditor_id: UUID, limit: int) -> tuple[RefundView, ...]:
    """What waits for a second officer of a body, and what failed, oldest first."""
    rows = Refund.objects.filter(creditor_id=creditor_id, status__in=[ASKED, FAILED])
    return tuple(_refund(row, said=True) for row in rows.order_by("asked_at")[:limit])


def views(rows: Iterable[Bill], *, with_payer: bool = False) -> list[BillView]:
    """Bills with all that hangs on them."""
    bills = list(rows)
    ids = [row.id for row in bills]
    payments = _by_bill(Payment.objects.filter(bill_id__in=ids).order_by("nth"))
    receipts = _by_bill(Receipt.objects.filter(bill_id__in=ids).order_by("issued_at", "id"))
    refunds = _by_bill(Refund.objects.filter(bill_id__in=ids).order_by("asked_at", "id"))
    return [
        _view(
            row,
            payments=tuple(_payment(row, one) for one in payments[row.id]),
            receipts=tuple(_receipt(one) for one in receipts[row.id]),
            refunds=tuple(_refund(one, said=with_payer) for one in refunds[row.id]),
            payer=msgspec.convert(row.payer, Payer) if with_payer else None,
        )
        for row in bills
    ]


def _by_bill(rows: QuerySet[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.bill_id].append(row)
    return found


def _view(row: Bill, **hanging: Any) -> BillView:
    left = 0 if row.status in (PAID, CANCELLED) else row.amount_vnd - row.paid_vnd
    transfer = collecting.transfer_to(row.creditor_id, row.code, left)
    return BillView(
        id=row.id,
        code=row.code,
        creditor_id=row.creditor_id,
        lines=msgspec.convert(row.lines, tuple[BillLine, ...]),
        amount_vnd=row.amount_vnd,
        paid_vnd=row.paid_vnd,
        status=row.status,  # type: ignore[arg-type]
        opened_at=row.opened_at,
        due_at=row.due_at,
        vietqr=transfer.vietqr if transfer else "",
        in_words=words.in_all_languages(row.amount_vnd),
        object=(row.object_kind, row.object_id),
        dossier_id=row.dossier_id,
        version=row.version,
        transfer=transfer,
        of_guest=row.payer_account_id is None,
        **hanging,
    )


def _payment(bill: Bill, row: Payment) -> PaymentView:
    values = {name: getattr(row, name) for name in _PAYMENT}
    reference = reference_of(bill.code, row.nth)
    back = row.applied_back_vnd + row.surplus_back_vnd
    return PaymentView(reference=reference, refunded_vnd=back, **values)


def _receipt(row: Receipt) -> ReceiptView:
    return ReceiptView(
        id=row.id,
        number=row.number,
        paper_id=row.paper_id,
        payment_id=row.payment_id,
        amount_vnd=row.amount_vnd,
        at=row.issued_at,
    )


def _refund(row: Refund, *, said: bool) -> RefundView:
    values = {name: getattr(row, name) for name in _REFUND}
    return RefundView(say=row.say if said else "", **values)
