"""A payer leaves for the gateway: the attempt is a row, committed, before his browser is sent."""

from uuid import UUID

from django.conf import settings
from django.db import transaction

from motcua.documents.rules.codes import read_code
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.payments import gateways
from motcua.payments.gateways.protocol import GatewayFault, Order
from motcua.payments.models import Bill, Payment
from motcua.payments.models.bills import STARTED
from motcua.payments.operations.bill_rows import is_payable, locked, record
from motcua.payments.operations.debts import refuse_changed
from motcua.payments.operations.receiving import new_payment
from motcua.payments.rules import asking
from motcua.payments.rules.references import content_of, reference_of


def start_payment(
    actor: Actor,
    bill_code: str,
    *,
    key: str,
    return_url: str = "",
    notify_url: str = "",
    language: str = "vi",
    ip: str = "",
    gateway: str = "",
) -> str:
    """The address of the gateway where the payer goes next. The same `key` gives the same attempt
    while it is open. The ways back default to /pay/return|notice/<gateway>/ of MOTCUA_ORIGIN.

    Refusals: payments.bill-not-found, payments.bill-not-open, payments.debt-changed (total_vnd),
    payments.no-such-gateway, payments.gateway-unavailable. Call it outside a transaction.
    """
    connected = gateways.gateway(gateway)
    bill, payment = _attempt(actor, bill_code, key or "-", name=connected.name)
    if payment.url:
        return payment.url
    assert payment.expires_at is not None
    order = Order(
        reference=reference_of(bill.code, payment.nth),
        amount_vnd=payment.amount_vnd,
        title=content_of(bill.code),
        created_at=payment.started_at,
        expires_at=payment.expires_at,
        return_url=return_url or f"{settings.MOTCUA_ORIGIN}/pay/return/{connected.name}/",
        notify_url=notify_url or f"{settings.MOTCUA_ORIGIN}/pay/notice/{connected.name}/",
        language=language,
        ip=ip,
    )
    try:
        url = connected.start(order)
    except GatewayFault as fault:  # the attempt stays: the poll finds out what became of it
        raise Refusal("payments.gateway-unavailable") from fault
    Payment.objects.filter(bill_id=bill.id, id=payment.id).update(url=url)
    return url


@transaction.atomic
def _attempt(actor: Actor, bill_code: str, key: str, *, name: str) -> tuple[Bill, Payment]:
    """The open attempt with this key, or a new one."""
    bill = locked(bill_id_of(bill_code))
    if not is_payable(bill):
        raise Refusal("payments.bill-not-open", status=bill.status)
    now = clock.now()
    known = Payment.objects.filter(bill_id=bill.id, key__in=[key, *_more(bill, key)])
    open_one = known.filter(
        status=STARTED, gateway=name, expires_at__gt=now, amount_vnd=bill.amount_vnd - bill.paid_vnd
    ).first()
    if open_one:
        return bill, open_one
    refuse_changed(bill)
    payment = new_payment(
        bill,
        means="gateway",
        key=f"{key}#{known.count() + 1}" if known.exists() else key,
        amount_vnd=bill.amount_vnd - bill.paid_vnd,
        gateway=name,
        account_id=actor.account_id,
        expires_at=now + asking.LIFETIME,
        ask_at=asking.next_ask(0, now, now),
    )
    payment.save(force_insert=True)
    about = {"payment": payment.id, "vnd": payment.amount_vnd, "gateway": name}
    record(actor, "payment.started", bill, **about)
    return bill, payment


def _more(bill: Bill, key: str) -> list[str]:
    """The keys of later attempts under the same key, made when an earlier one had ended."""
    keys = Payment.objects.filter(bill_id=bill.id, key__startswith=f"{key}#")
    return list(keys.values_list("key", flat=True))


def bill_id_of(code: str) -> UUID:
    """The bill of a code however it was typed. Refusal payments.bill-not-found."""
    read = read_code(code)
    found = Bill.objects.filter(code=read).values_list("id", flat=True).first() if read else None
    if found is None:
        raise Refusal("payments.bill-not-found")
    return found
