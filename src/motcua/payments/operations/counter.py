"""Money at a counter, or seen on the creditor's account by an officer."""

from uuid import UUID

from django.db import transaction

from motcua.identity import api as identity
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.payments.models import Payment
from motcua.payments.operations.bill_rows import is_payable, locked
from motcua.payments.operations.debts import refuse_changed
from motcua.payments.operations.receiving import Money, new_payment, receive

COUNTER = ("card", "cash", "transfer")


@transaction.atomic
def record_counter_payment(
    actor: Actor, bill_id: UUID, *, means: str, reference: str, key: str, amount_vnd: int = 0
) -> None:
    """An officer took money ("card", "cash"), or saw it arrive ("transfer", the creditor's only).

    Permission "receive", in the creditor's body, the bill's desk or, where it names none, any
    body. `amount_vnd` 0: all that is left. The same `key` is received once. `reference` is the
    terminal's or the bank's number. Refusals: payments.bill-not-open, payments.reference-missing,
    payments.amount-too-high (left_vnd), payments.debt-changed, identity.not-allowed.
    """
    if means not in COUNTER:
        raise ValueError(f"no such means at a counter: {means}")
    bill = locked(bill_id)
    where = bill.creditor_id if means == "transfer" else actor.body_id
    if where != bill.creditor_id and bill.desk_id not in (None, where):
        where = bill.creditor_id  # and so it is refused
    identity.require(actor, "receive", where, owner_id=bill.payer_account_id)
    if Payment.objects.filter(bill_id=bill.id, key=f"counter:{key}").exists():
        return
    if not is_payable(bill):
        raise Refusal("payments.bill-not-open", status=bill.status)
    if means != "cash" and not reference.strip():
        raise Refusal("payments.reference-missing")
    refuse_changed(bill)
    left = bill.amount_vnd - bill.paid_vnd
    amount = amount_vnd or left
    if not 0 < amount <= left:
        raise Refusal("payments.amount-too-high", left_vnd=left)
    known = Payment.objects.filter(bill_id=bill.id, transaction=reference.strip(), means=means)
    if reference.strip() and known.exists():
        raise Refusal("payments.reference-used")
    payment = new_payment(
        bill,
        means=means,
        key=f"counter:{key}",
        amount_vnd=amount,
        received_by=actor.account_id,
        received_body_id=where,
    )
    money = Money(means=means, amount_vnd=amount, transaction=reference.strip())
    receive(actor, bill, payment, money)
