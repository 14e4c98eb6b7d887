"""A human settles money that nobody could place."""

from uuid import UUID

from django.db import transaction

from motcua.acts import api as acts
from motcua.identity import api as identity
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.payments.models import Payment, SuspenseItem
from motcua.payments.models.bills import CONFIRMED
from motcua.payments.operations.bill_rows import is_payable, locked, require_treasurer
from motcua.payments.operations.receiving import Money, new_payment, receive
from motcua.payments.operations.refunding import give_back_surplus
from motcua.payments.operations.starting import bill_id_of
from motcua.payments.rules import accounts

HOW = ("to-bill", "give-back", "explained")


@transaction.atomic
def settle_suspense(
    actor: Actor, item_id: UUID, *, how: str, say: str, bill_code: str = ""
) -> None:
    """how: "to-bill" (pays `bill_code`, of the officer's body), "give-back" (asks for a refund of
    the payment, which another officer approves) or "explained" (no money was booked).

    Permission "treasurer" or "lead" of the creditor; of money without a creditor, "treasurer".
    Refusals: payments.suspense-not-found, payments.already-settled, payments.suspense-not-so
    (this way does not fit), payments.bill-not-found, payments.bill-not-open.
    """
    if how not in HOW:
        raise ValueError(f"no such way to settle: {how}")
    item = SuspenseItem.objects.select_for_update().filter(id=item_id).first()
    if item is None:
        raise Refusal("payments.suspense-not-found")
    if item.creditor_id:
        require_treasurer(actor, item.creditor_id)
    else:
        identity.require(actor, "treasurer")
    if item.settled_at is not None:
        raise Refusal("payments.already-settled")
    if (how == "explained") != (item.amount_vnd == 0):
        raise Refusal("payments.suspense-not-so")
    if how == "to-bill":
        _to_bill(actor, item, bill_code)
    elif how == "give-back":
        give_back_surplus(actor, item, say=say)
    item.settled_at, item.settled_by, item.how, item.say = clock.now(), actor.account_id, how, say
    item.save(update_fields=["settled_at", "settled_by", "how", "say"])
    acts.record(
        actor,
        "suspense.settled",
        object=("suspense", item.id),
        body_id=item.creditor_id,
        detail={"how": how, "vnd": item.amount_vnd, "why": item.why},
    )


def _to_bill(actor: Actor, item: SuspenseItem, bill_code: str) -> None:
    bill = locked(bill_id_of(bill_code))
    require_treasurer(actor, bill.creditor_id)
    if not is_payable(bill):
        raise Refusal("payments.bill-not-open", status=bill.status)
    if item.bill_id and item.payment_id:
        locked(item.bill_id)
        _was_left_over(item.bill_id, item.payment_id, item.amount_vnd)
    payment = new_payment(
        bill,
        means=item.means,
        key=f"suspense:{item.id}",
        amount_vnd=item.amount_vnd,
        gateway=item.gateway,
    )
    money = Money(
        means=item.means,
        amount_vnd=item.amount_vnd,
        gateway=item.gateway,
        transaction=item.transaction,
        holder=accounts.SUSPENSE,
    )
    receive(actor, bill, payment, money)


def _was_left_over(bill_id: UUID, payment_id: UUID, vnd: int) -> None:
    """The surplus of another payment is used up: it can no longer be refunded."""
    payment = Payment.objects.get(bill_id=bill_id, id=payment_id)
    if payment.status == CONFIRMED:
        payment.surplus_back_vnd += vnd
        payment.save(update_fields=["surplus_back_vnd"])
