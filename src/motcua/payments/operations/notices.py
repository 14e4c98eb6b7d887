"""What gateways tell us, asked or unasked: one door for notices, answers and returns.

Whatever comes twice, late, before the return, after a cancellation or a refund, or wrong changes
nothing twice. Money that surely came and fits nothing is booked in suspense, with a row for a
human.
"""

import logging
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.acts import api as acts
from motcua.kernel import clock, jobs
from motcua.kernel.actors import SYSTEM
from motcua.kernel.refusals import Refusal
from motcua.payments import gateways
from motcua.payments.gateways.protocol import BadNotice, GatewayFault, Notice
from motcua.payments.models import Bill, Payment
from motcua.payments.models.bills import (
    CANCELLED,
    CONFIRMED,
    EXPIRED,
    FAILED,
    STARTED,
    UNEXPLAINED,
)
from motcua.payments.operations import books
from motcua.payments.operations.bill_rows import locked, record
from motcua.payments.operations.receiving import Money, new_payment, receive
from motcua.payments.rules import accounts, asking
from motcua.payments.rules.references import codes_in, read_reference, reference_of
from motcua.payments.shapes import ReturnView

log = logging.getLogger("motcua.payments")

ASK = "payments.ask"
TAKEN, BEFORE, UNKNOWN, WRONG = "taken", "taken-before", "unknown-order", "wrong-amount"
BAD, TROUBLE = "bad-signature", "trouble"
_ENDS = {"cancelled": CANCELLED, "failed": FAILED, "expired": EXPIRED}
POLL_AT_ONCE = 200


def take_notice(gateway: str, params: Mapping[str, str]) -> dict[str, Any]:
    """A gateway tells something; what it expects to hear. Raises only for a gateway that is not
    connected (payments.no-such-gateway): whatever else goes wrong, it is asked to tell it again."""
    connected = gateways.gateway(gateway)
    try:
        return connected.answer(settle(connected.read_notice(params)))
    except BadNotice as fault:
        log.warning("notice_not_believed", extra={"gateway": gateway, "fault": fault.code})
        return connected.answer(BAD)
    except Exception:  # the boundary: a gateway cannot do anything with our faults
        log.exception("notice_failed", extra={"gateway": gateway})
        return connected.answer(TROUBLE)


def come_back(gateway: str, params: Mapping[str, str]) -> ReturnView:
    """Somebody comes back from the gateway: what is proven so far, and have the rest asked.

    The address proves nothing, even signed; it only names the attempt.
    """
    try:
        notice = gateways.gateway(gateway).read_notice(params)
    except (BadNotice, Refusal):
        return ReturnView(state="unknown")
    named = _named(notice.reference, notice.gateway)
    if named is None:
        return ReturnView(state="unknown")
    code, payment = named
    if payment.status == CONFIRMED:
        return ReturnView(state="paid", bill_code=code)
    if payment.status in (STARTED, EXPIRED):
        ask_soon(payment)
    ended = {CANCELLED: "cancelled", FAILED: "failed"}.get(payment.status)
    state = ended or {"cancelled": "cancelled", "failed": "failed"}.get(notice.state, "pending")
    return ReturnView(state=state, bill_code=code)  # type: ignore[arg-type]


@transaction.atomic
def settle(notice: Notice) -> str:
    """Do what a believed notice implies, once; the verdict for the gateway."""
    if notice.kind == "transfer":
        return _transfer(notice)
    named = _named(notice.reference, notice.gateway)
    if named is None:
        if notice.state == "paid":
            _unexplained(notice, "unknown-order")
        return UNKNOWN
    bill = locked(named[1].bill_id)
    payment = Payment.objects.get(bill_id=bill.id, id=named[1].id)
    if notice.state == "paid":
        return _paid(bill, payment, notice)
    if payment.status == CONFIRMED or notice.state not in _ENDS:
        return BEFORE if payment.status == CONFIRMED else TAKEN
    return _ended(bill, payment, notice)


def ask_soon(payment: Payment) -> None:
    """Have a worker ask the gateway about an attempt now."""
    about = {"bill_id": str(payment.bill_id), "payment_id": str(payment.id)}
    jobs.enqueue(ASK, about, key=f"{payment.id}:back:{int(clock.now().timestamp()) // 10}")


def poll(limit: int = POLL_AT_ONCE) -> int:
    """Have the gateways asked about attempts that we have not heard of; the number asked for."""
    now = clock.now()
    with transaction.atomic():
        due = Payment.objects.select_for_update(skip_locked=True).filter(ask_at__lte=now)
        rows = list(due.order_by("ask_at")[:limit])
        for row in rows:
            row.asked_times += 1
            row.ask_at = asking.next_ask(row.asked_times, row.started_at, now)
            row.save(update_fields=["asked_times", "ask_at"])
            about = {"bill_id": str(row.bill_id), "payment_id": str(row.id)}
            jobs.enqueue(ASK, about, key=f"{row.id}:{row.asked_times}")
    return len(rows)


def ask(bill_id: UUID, payment_id: UUID) -> None:
    """Ask the gateway what became of an attempt, and do what follows. Outside any transaction.

    A gateway that is down is asked again by a later poll.
    """
    payment = Payment.objects.get(bill_id=bill_id, id=payment_id)
    if payment.status in (CONFIRMED, UNEXPLAINED) or payment.means != "gateway":
        return
    code = Bill.objects.values_list("code", flat=True).get(id=bill_id)
    try:
        answers = gateways.gateway(payment.gateway).ask(reference_of(code, payment.nth))
    except GatewayFault as fault:
        log.warning("gateway_did_not_answer", extra={"gateway": payment.gateway, "why": fault.code})
        answers = None
    for notice in answers or ():
        settle(notice)
    _give_up(bill_id, payment_id, is_known=answers != ())


@transaction.atomic
def _give_up(bill_id: UUID, payment_id: UUID, *, is_known: bool) -> None:
    """An attempt is over when the gateway does not know it and the payer had his time to get
    there, or when we have asked for days. Money that comes all the same is taken."""
    bill = locked(bill_id)
    payment = Payment.objects.get(bill_id=bill_id, id=payment_id)
    late = payment.expires_at is not None and payment.expires_at <= clock.now()
    if payment.status == STARTED and (payment.ask_at is None or (late and not is_known)):
        _end(bill, payment, EXPIRED, why="no-answer" if is_known else "not-known-there")


def _named(reference: str, gateway: str) -> tuple[str, Payment] | None:
    """(bill code, attempt) of a reference that we gave to this gateway."""
    read = read_reference(reference)
    bill_id = read and Bill.objects.filter(code=read[0]).values_list("id", flat=True).first()
    if not read or not bill_id:
        return None
    payment = Payment.objects.filter(bill_id=bill_id, nth=read[1], gateway=gateway).first()
    return (read[0], payment) if payment else None


def _paid(bill: Bill, payment: Payment, notice: Notice) -> str:
    """Money for an order of ours, perhaps told before, perhaps wrong."""
    if _came_before(bill.id, notice) or books.suspended(_key(notice)):
        return BEFORE
    if payment.status == CONFIRMED and not notice.transaction:
        return BEFORE
    if notice.currency != "VND" or notice.amount_vnd != payment.amount_vnd:
        _unexplained(notice, _wrong(notice), bill=bill, payment=payment)
        return WRONG
    if payment.status == CONFIRMED:  # the same order, another transaction: paid twice
        payment = new_payment(
            bill,
            means="gateway",
            key=f"again:{notice.gateway}:{notice.transaction}",
            amount_vnd=notice.amount_vnd,
            gateway=notice.gateway,
        )
    receive(SYSTEM, bill, payment, _money(notice, "gateway"))
    return TAKEN


def _transfer(notice: Notice) -> str:
    """Money on a collecting account, with only a text to say what it is for."""
    if notice.state != "paid":
        return TAKEN
    if books.suspended(_key(notice)):
        return BEFORE
    codes = codes_in(notice.content)
    found = dict(Bill.objects.filter(code__in=codes).values_list("code", "id"))
    bill_id = next((found[code] for code in codes if code in found), None)
    if bill_id is None or notice.currency != "VND" or notice.amount_vnd <= 0:
        why = "unknown-transfer" if notice.currency == "VND" else "wrong-currency"
        _unexplained(notice, why)
        return TAKEN
    bill = locked(bill_id)
    if _came_before(bill.id, notice):
        return BEFORE
    payment = new_payment(
        bill,
        means="transfer",
        key=f"transfer:{notice.gateway}:{notice.transaction}",
        amount_vnd=notice.amount_vnd,
        gateway=notice.gateway,
    )
    receive(SYSTEM, bill, payment, _money(notice, "transfer"))
    return TAKEN


def _money(notice: Notice, means: str) -> Money:
    return Money(
        means=means,
        amount_vnd=notice.amount_vnd,
        gateway=notice.gateway,
        transaction=notice.transaction,
        bank_account=notice.account,
    )


def _came_before(bill_id: UUID, notice: Notice) -> bool:
    """Whether this very transaction is a row of the bill already."""
    return bool(notice.transaction) and (
        Payment.objects.filter(
            bill_id=bill_id, gateway=notice.gateway, transaction=notice.transaction
        ).exists()
    )


def _key(notice: Notice) -> str:
    return f"{notice.kind}:{notice.gateway}:{notice.transaction or notice.reference}"


def _wrong(notice: Notice) -> str:
    return "wrong-amount" if notice.currency == "VND" else "wrong-currency"


def _unexplained(
    notice: Notice, why: str, *, bill: Bill | None = None, payment: Payment | None = None
) -> None:
    """Book what came in as suspense, if it is money that we keep, with a row for a human."""
    vnd = notice.amount_vnd if notice.currency == "VND" and notice.amount_vnd > 0 else 0
    opened = books.suspend(
        _key(notice),
        why=why,
        amount_vnd=vnd,
        means="transfer" if notice.kind == "transfer" else "gateway",
        gateway=notice.gateway,
        transaction=notice.transaction,
        bill_id=bill.id if bill else None,
        payment_id=payment.id if payment else None,
        creditor_id=bill.creditor_id if bill else None,
        detail={
            "reference": notice.reference,
            "content": notice.content,
            "amount": notice.amount_vnd,
            "currency": notice.currency,
            "account": notice.account,
        },
    )
    if opened is None:
        return
    if vnd:
        lies = (
            accounts.bank(notice.account)
            if notice.kind == "transfer"
            else accounts.gateway(notice.gateway)
        )
        books.book("suspense", f"suspense:{opened}", [(lies, vnd), (accounts.SUSPENSE, -vnd)])
    about = {"why": why, "vnd": vnd, "transaction": notice.transaction}
    body_id = bill.creditor_id if bill else None
    verb, item = "payment.unexplained", ("suspense", opened)
    acts.record(SYSTEM, verb, object=item, body_id=body_id, detail=about)
    if bill and payment and payment.status != CONFIRMED:
        _end(bill, payment, UNEXPLAINED, why=why)


def _ended(bill: Bill, payment: Payment, notice: Notice) -> str:
    """Cancelled, failed or expired there; money may still prove otherwise later."""
    if payment.status != STARTED:
        return BEFORE
    _end(bill, payment, _ENDS[notice.state], why=notice.state)
    return TAKEN


def _end(bill: Bill, payment: Payment, status: str, *, why: str) -> None:
    payment.status, payment.ask_at = status, None
    payment.save(update_fields=["status", "ask_at"])
    record(SYSTEM, "payment.failed", bill, payment=payment.id, why=why)
