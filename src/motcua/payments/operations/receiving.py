"""Money comes in: one transaction writes the payment, the books, the receipt, the acts and what
follows. Everybody who brings money ends here, with the bill's row locked."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.utils import timezone

from motcua.acts import api as acts
from motcua.directory import api as directory
from motcua.documents import api as documents
from motcua.kernel import clock, jobs
from motcua.kernel.actors import Actor
from motcua.kernel.ids import new_id
from motcua.kernel.texts import money as written
from motcua.payments.models import Bill, Payment, Receipt
from motcua.payments.models.bills import CONFIRMED, PAID
from motcua.payments.operations import books, crediting, refunding
from motcua.payments.operations.bill_rows import draft, holder_of
from motcua.payments.rules import accounts, settling, words

SERIES = "BL"  # biên lai: the issue book that numbers a creditor's receipts, from 01 each year


class Money(msgspec.Struct, frozen=True, kw_only=True):
    """A sum that surely came in. `holder`: the account where it lies already, if it is booked."""

    means: str
    amount_vnd: int
    gateway: str = ""
    transaction: str = ""
    bank_account: str = ""
    holder: str = ""
    at: datetime | None = None


def receive(actor: Actor, bill: Bill, payment: Payment, money: Money) -> settling.Split:
    """Confirm `payment`, a row of `bill` (locked by the caller), with `money`.

    The caller has made sure that this money was not received before.
    """
    split = settling.split(
        amount=bill.amount_vnd, paid=bill.paid_vnd, status=bill.status, money=money.amount_vnd
    )
    _confirm(payment, money, split)
    was_paid = bill.status == PAID
    _count(bill, split)
    holder = money.holder or holder_of(bill, payment, money.bank_account)
    books.book(
        "payment",
        f"payment:{payment.id}",
        [
            (holder, money.amount_vnd),
            (accounts.payable(bill.creditor_id), -split.applied),
            (accounts.SUSPENSE, -split.surplus),
        ],
        bill_id=bill.id,
        payment_id=payment.id,
        at=money.at,
    )
    done = [_confirmed(bill, payment, split)]
    if split.applied:
        done += [_receipt(actor, bill, payment), *crediting.credit_debts(bill, payment)]
    acts.record_many(actor, done)
    if split.surplus:
        _surplus(bill, payment, split.why)
    if bill.status == PAID and not was_paid and bill.then:
        about = {"bill_id": str(bill.id), "dossier_id": bill.dossier_id and str(bill.dossier_id)}
        jobs.enqueue(bill.then, about, key=str(bill.id))
    return split


def next_nth(bill_id: UUID) -> int:
    """The number of the bill's next payment; the bill is locked."""
    last = Payment.objects.filter(bill_id=bill_id).order_by("-nth").values_list("nth", flat=True)
    return (last.first() or 0) + 1


def new_payment(bill: Bill, *, means: str, key: str, amount_vnd: int, **more: Any) -> Payment:
    """A payment that is not saved yet."""
    return Payment(
        bill_id=bill.id,
        id=new_id(),
        nth=next_nth(bill.id),
        key=key,
        means=means,
        amount_vnd=amount_vnd,
        started_at=clock.now(),
        **more,
    )


def _confirm(payment: Payment, money: Money, split: settling.Split) -> None:
    payment.status, payment.confirmed_at = CONFIRMED, clock.now()
    payment.transaction, payment.paid_vnd = money.transaction, money.amount_vnd
    payment.applied_vnd, payment.surplus_vnd = split.applied, split.surplus
    payment.ask_at = None
    payment.save()


def _count(bill: Bill, split: settling.Split) -> None:
    bill.paid_vnd += split.applied
    bill.status, bill.version = split.status, bill.version + 1
    if bill.status == PAID and bill.paid_at is None:
        bill.paid_at = clock.now()
    bill.save(update_fields=["paid_vnd", "status", "paid_at", "version"])


def _confirmed(bill: Bill, payment: Payment, split: settling.Split) -> acts.ActDraft:
    about: dict[str, object] = {"payment": payment.id, "means": payment.means}
    about |= {"vnd": payment.paid_vnd, "surplus_vnd": split.surplus, "bill": split.status}
    return draft("payment.confirmed", bill, **about)


def _surplus(bill: Bill, payment: Payment, why: str) -> None:
    """What the bill did not need goes back by itself, or waits for a human."""
    if settling.goes_back_by_itself(payment.means, why):
        refunding.by_system(bill, payment, payment.surplus_vnd, source="surplus", reason=why)
        return
    books.suspend(
        f"surplus:{payment.id}",
        why=why,
        amount_vnd=payment.surplus_vnd,
        means=payment.means,
        gateway=payment.gateway,
        transaction=payment.transaction,
        bill_id=bill.id,
        payment_id=payment.id,
        creditor_id=bill.creditor_id,
    )


def _receipt(actor: Actor, bill: Bill, payment: Payment) -> acts.ActDraft:
    """The receipt of a payment, numbered now and signed by a job after the commit."""
    paper_id = documents.issue_paper(
        actor,
        template="receipt",
        data=_said(bill, payment),
        body_id=bill.creditor_id,
        object=("bill", bill.id),
        dossier_id=bill.dossier_id,
        series=SERIES,
        sign=True,
        language=bill.language,
    )
    receipt = Receipt(
        bill_id=bill.id,
        id=new_id(),
        payment_id=payment.id,
        creditor_id=bill.creditor_id,
        number=documents.paper(paper_id).number,
        paper_id=paper_id,
        amount_vnd=payment.applied_vnd,
        issued_at=clock.now(),
    )
    receipt.save(force_insert=True)
    return draft("receipt.issued", bill, number=receipt.number, vnd=receipt.amount_vnd)


def _said(bill: Bill, payment: Payment) -> dict[str, Any]:
    """What the receipt prints."""
    return {
        "body": directory.body(bill.creditor_id).name["vi"],
        "date": timezone.localdate(clock.now()).isoformat(),
        "payer": {
            "name": bill.payer.get("name", ""),
            "number": bill.payer.get("personal_number", ""),
        },
        "bill": {"code": bill.code},
        "lines": [
            {
                "label": line["title"],
                "value": written(line["vnd"], "vi"),
                "law": line.get("law", ""),
            }
            for line in bill.lines
        ],
        "amount": written(payment.applied_vnd, "vi"),
        "in_words": words.in_all_languages(payment.applied_vnd),
        "part_of": written(bill.amount_vnd, "vi") if payment.applied_vnd < bill.amount_vnd else "",
        "means": MEANS[payment.means],
        "transaction": payment.transaction,
    }


# Printed, hence in all languages here: the paper shows Vietnamese and the reader's language.
MEANS = {
    "gateway": {"vi": "Cổng thanh toán", "en": "Payment gateway", "fr": "Passerelle de paiement"},
    "transfer": {"vi": "Chuyển khoản", "en": "Bank transfer", "fr": "Virement"},
    "card": {"vi": "Thẻ, tại quầy", "en": "Card, at the counter", "fr": "Carte, au guichet"},
    "cash": {"vi": "Tiền mặt, tại quầy", "en": "Cash, at the counter", "fr": "Espèces, au guichet"},
}
