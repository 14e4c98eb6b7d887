"""A bill's row in the hands of an operation: locking it, the acts about it."""

from uuid import UUID

import msgspec

from motcua.acts import api as acts
from motcua.identity import api as identity
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.payments import collecting
from motcua.payments.models import Bill, Payment
from motcua.payments.models.bills import OPEN, PARTLY
from motcua.payments.rules import accounts

TREASURERS = ("treasurer", "lead")


def locked(bill_id: UUID) -> Bill:
    """The bill, locked to the end of the transaction. Refusal payments.bill-not-found."""
    row = Bill.objects.select_for_update().filter(id=bill_id).first()
    if row is None:
        raise Refusal("payments.bill-not-found")
    return row


def is_payable(row: Bill) -> bool:
    """Whether something is left to pay."""
    return row.status in (OPEN, PARTLY)


def holder_of(row: Bill, payment: Payment, bank_account: str = "") -> str:
    """The account of the books where the money of a payment lies."""
    if payment.means == "gateway":
        return accounts.gateway(payment.gateway)
    if payment.means == "transfer":
        return accounts.bank(bank_account or collecting.account_of(row.creditor_id) or "")
    return accounts.till(payment.received_body_id or row.creditor_id)


def record(actor: Actor, verb: str, row: Bill, **detail: object) -> None:
    """An act about a bill, in the name of its creditor."""
    acts.record_many(actor, [draft(verb, row, **detail)])


def draft(verb: str, row: Bill, **detail: object) -> acts.ActDraft:
    """The same, to be written together with others."""
    return acts.ActDraft(
        verb=verb,
        object=("bill", row.id),
        dossier_id=row.dossier_id,
        body_id=row.creditor_id,
        detail=msgspec.to_builtins({"code": row.code, **detail}),
    )


def require_treasurer(actor: Actor, creditor_id: UUID) -> None:
    """Refusal identity.not-allowed for all but the creditor's treasurer or head."""
    if not any(identity.may(actor, right, creditor_id) for right in TREASURERS):
        identity.require(actor, TREASURERS[0], creditor_id)
