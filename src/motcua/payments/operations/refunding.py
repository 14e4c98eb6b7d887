"""Money goes back: asked for by one, approved by another, made by the gateway or by hand.

What is asked for is taken off what may still be asked for at once, so two refunds never meet. An
approved refund is owed (account "refunds") until it is made.
"""

from uuid import UUID

from django.db import transaction

from motcua.identity import api as identity
from motcua.kernel import clock, jobs
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal
from motcua.payments import gateways
from motcua.payments.gateways.protocol import GatewayFault, RefundAnswer, RefundOrder
from motcua.payments.models import Bill, Payment, Refund, SuspenseItem
from motcua.payments.models.bills import (
    APPROVED,
    ASKED,
    CONFIRMED,
    DECLINED,
    FAILED,
    MADE,
    SENT,
)
from motcua.payments.operations import books
from motcua.payments.operations.bill_rows import (
    TREASURERS,
    holder_of,
    locked,
    record,
    require_treasurer,
)
from motcua.payments.rules import accounts
from motcua.payments.rules.references import reference_of

JOB = "payments.refund"
MAY_ASK = (*TREASURERS, "process", "receive")


class StillPending(Exception):
    """The gateway has the refund and has not made it yet: ask again."""


@transaction.atomic
def request_refund(
    actor: Actor,
    payment_id: UUID,
    *,
    amount_vnd: int,
    reason: str,
    say: str = "",
    key: str = "",
) -> UUID:
    """Ask that money which paid a bill go back; an officer of the creditor. The same `key` asks
    once. Surplus money is settled from suspense instead.

    Refusals: payments.payment-not-found, payments.refund-too-much (left_vnd), identity.not-allowed.
    """
    bill, payment = _payment(payment_id)
    if not any(identity.may(actor, right, bill.creditor_id) for right in MAY_ASK):
        identity.require(actor, MAY_ASK[0], bill.creditor_id)
    key = key or f"officer:{new_id()}"
    known = Refund.objects.filter(bill_id=bill.id, key=key).first()
    if known:
        return known.id
    about = {"reason": reason, "say": say, "key": key}
    return _ask(actor, bill, payment, amount=amount_vnd, source="bill", **about).id


@transaction.atomic
def approve_refund(actor: Actor, refund_id: UUID) -> None:
    """Another officer than the one who asked; a job makes it. Repeatable.

    Refusals: payments.refund-not-found, payments.refund-own, payments.refund-decided.
    """
    bill, refund = _to_decide(actor, refund_id)
    if refund.status == ASKED:
        _approve(actor, bill, refund)
    elif refund.decided_by != actor.account_id or refund.status == DECLINED:
        raise Refusal("payments.refund-decided")


@transaction.atomic
def decline_refund(actor: Actor, refund_id: UUID, *, say: str) -> None:
    """No refund; the same rights and refusals. Surplus money waits for a human again."""
    bill, refund = _to_decide(actor, refund_id)
    if refund.status != ASKED:
        raise Refusal("payments.refund-decided")
    refund.status, refund.decided_at = DECLINED, clock.now()
    refund.decided_by, refund.say = actor.account_id, say
    refund.save()
    payment = Payment.objects.get(bill_id=bill.id, id=refund.payment_id)
    _reserve(payment, refund.source, -refund.amount_vnd)
    waiting = SuspenseItem.objects.filter(bill_id=bill.id, payment_id=payment.id, how="give-back")
    waiting.update(settled_at=None, settled_by=None, how="", say="")
    record(actor, "refund.declined", bill, refund=refund.id, vnd=refund.amount_vnd)


@transaction.atomic
def refund_made_by_hand(actor: Actor, refund_id: UUID, *, reference: str) -> None:
    """The money was given back outside any gateway: approved, and paid by card, cash or transfer,
    or a gateway has refused. Repeatable. Refusals: payments.refund-not-ready."""
    bill, refund = _refund(refund_id)
    require_treasurer(actor, bill.creditor_id)
    payment = Payment.objects.get(bill_id=bill.id, id=refund.payment_id)
    if refund.status == MADE:
        return
    if refund.status != FAILED and (refund.status != APPROVED or payment.means == "gateway"):
        raise Refusal("payments.refund-not-ready")
    _made(actor, bill, refund, reference, by_hand=refund.status == FAILED)


@transaction.atomic
def refund_late(bill_id: UUID, *, reason: str = "charge-closed") -> None:
    """The system gives back all that paid a bill whose matter was closed meanwhile. Repeatable."""
    give_back_all(locked(bill_id), reason=reason)


def give_back_all(bill: Bill, *, reason: str) -> None:
    """Everything that paid the bill (locked by the caller) and is not on its way back yet."""
    came_in = Payment.objects.filter(bill_id=bill.id, status=CONFIRMED).order_by("nth")
    for payment in list(came_in):
        left = payment.applied_vnd - payment.applied_back_vnd
        by_system(bill, payment, left, source="bill", reason=reason)


def by_system(bill: Bill, payment: Payment, amount: int, *, source: str, reason: str) -> None:
    """A refund without a person asking. Through a gateway it returns to where it came from and is
    made at once; what came by transfer, card or cash needs an officer who approves."""
    key = f"system:{reason}:{source}:{payment.id}"
    if amount <= 0 or Refund.objects.filter(bill_id=bill.id, key=key).exists():
        return
    row = _ask(SYSTEM, bill, payment, amount=amount, source=source, reason=reason, key=key)
    if payment.means == "gateway":
        _approve(SYSTEM, bill, row)


def give_back_surplus(actor: Actor, item: SuspenseItem, *, say: str) -> None:
    """Ask that a payment's surplus, which waits as `item`, go back; another officer decides."""
    if item.bill_id is None or item.payment_id is None:
        raise Refusal("payments.suspense-not-so")
    bill = locked(item.bill_id)
    payment = Payment.objects.get(bill_id=bill.id, id=item.payment_id)
    if payment.status != CONFIRMED:
        raise Refusal("payments.suspense-not-so")
    about = {"source": "surplus", "reason": item.why, "say": say, "key": f"item:{new_id()}"}
    _ask(actor, bill, payment, amount=item.amount_vnd, **about)


def make_refund(bill_id: UUID, refund_id: UUID) -> None:
    """Ask the gateway for the money; repeated until it answers. Called outside any transaction."""
    with transaction.atomic():
        bill = locked(bill_id)
        refund = Refund.objects.get(bill_id=bill_id, id=refund_id)
        if refund.status not in (APPROVED, SENT):
            return
        refund.status, refund.sent_at = SENT, refund.sent_at or clock.now()
        refund.save(update_fields=["status", "sent_at"])
        payment = Payment.objects.get(bill_id=bill_id, id=refund.payment_id)
    order = RefundOrder(
        key=refund.id.hex,
        reference=reference_of(bill.code, payment.nth),
        transaction=payment.transaction,
        amount_vnd=refund.amount_vnd,
        reason=refund.reason,
    )
    try:
        answer = gateways.gateway(payment.gateway).refund(order)
    except GatewayFault as fault:
        if not fault.permanent:
            raise
        answer = RefundAnswer(state="refused", code=fault.code)
    _settle(bill_id, refund_id, answer)


@transaction.atomic
def _settle(bill_id: UUID, refund_id: UUID, answer: RefundAnswer) -> None:
    bill = locked(bill_id)
    refund = Refund.objects.get(bill_id=bill_id, id=refund_id)
    if refund.status != SENT:
        return
    if answer.state == "made":
        _made(SYSTEM, bill, refund, answer.transaction)
    elif answer.state == "refused":
        refund.status = FAILED
        refund.save(update_fields=["status"])
        record(SYSTEM, "refund.failed", bill, refund=refund.id, reason=answer.code)
    else:
        raise StillPending


def _ask(
    actor: Actor, bill: Bill, payment: Payment, *, amount: int, source: str, reason: str, key: str,
    say: str = "",
) -> Refund:  # fmt: skip
    left = {
        "bill": payment.applied_vnd - payment.applied_back_vnd,
        "surplus": payment.surplus_vnd - payment.surplus_back_vnd,
    }[source]
    if not 0 < amount <= left:
        raise Refusal("payments.refund-too-much", left_vnd=left)
    row = Refund(
        bill_id=bill.id,
        id=new_id(),
        payment_id=payment.id,
        creditor_id=bill.creditor_id,
        key=key,
        source=source,
        amount_vnd=amount,
        reason=reason,
        say=say,
        asked_by=actor.account_id,
        asked_at=clock.now(),
    )
    row.save(force_insert=True)
    _reserve(payment, source, amount)
    record(actor, "refund.requested", bill, refund=row.id, vnd=amount, reason=reason)
    return row


def _reserve(payment: Payment, source: str, amount: int) -> None:
    column = "applied_back_vnd" if source == "bill" else "surplus_back_vnd"
    setattr(payment, column, getattr(payment, column) + amount)
    payment.save(update_fields=[column])


def _approve(actor: Actor, bill: Bill, refund: Refund) -> None:
    refund.status, refund.decided_at, refund.decided_by = APPROVED, clock.now(), actor.account_id
    refund.save(update_fields=["status", "decided_at", "decided_by"])
    owed_by = accounts.payable(bill.creditor_id) if refund.source == "bill" else accounts.SUSPENSE
    books.book(
        "refund-approved",
        f"refund:{refund.id}",
        [(owed_by, refund.amount_vnd), (accounts.REFUNDS, -refund.amount_vnd)],
        bill_id=bill.id,
        payment_id=refund.payment_id,
    )
    record(actor, "refund.approved", bill, refund=refund.id, vnd=refund.amount_vnd)
    if Payment.objects.filter(bill_id=bill.id, id=refund.payment_id, means="gateway").exists():
        about = {"bill_id": str(bill.id), "refund_id": str(refund.id)}
        jobs.enqueue(JOB, about, key=str(refund.id))


def _made(
    actor: Actor, bill: Bill, refund: Refund, reference: str, *, by_hand: bool = False
) -> None:
    """`by_hand`: the gateway refused, so the money left the creditor's bank account instead."""
    payment = Payment.objects.get(bill_id=bill.id, id=refund.payment_id)
    if by_hand:
        payment.means = "transfer"  # for the account only; not saved
    refund.status, refund.made_at, refund.transaction = MADE, clock.now(), reference
    refund.save(update_fields=["status", "made_at", "transaction"])
    books.book(
        "refund-made",
        f"refund-made:{refund.id}",
        [
            (accounts.REFUNDS, refund.amount_vnd),
            (holder_of(bill, payment), -refund.amount_vnd),
        ],
        bill_id=bill.id,
        payment_id=payment.id,
    )
    record(actor, "refund.made", bill, refund=refund.id, vnd=refund.amount_vnd)


def _payment(payment_id: UUID) -> tuple[Bill, Payment]:
    bill_id = Payment.objects.filter(id=payment_id).values_list("bill_id", flat=True).first()
    if bill_id is None:
        raise Refusal("payments.payment-not-found")
    bill = locked(bill_id)
    return bill, Payment.objects.get(bill_id=bill_id, id=payment_id)


def _refund(refund_id: UUID) -> tuple[Bill, Refund]:
    bill_id = Refund.objects.filter(id=refund_id).values_list("bill_id", flat=True).first()
    if bill_id is None:
        raise Refusal("payments.refund-not-found")
    bill = locked(bill_id)
    return bill, Refund.objects.get(bill_id=bill_id, id=refund_id)


def _to_decide(actor: Actor, refund_id: UUID) -> tuple[Bill, Refund]:
    bill, refund = _refund(refund_id)
    require_treasurer(actor, bill.creditor_id)
    if refund.asked_by is not None and refund.asked_by == actor.account_id:
        raise Refusal("payments.refund-own")
    return bill, refund
