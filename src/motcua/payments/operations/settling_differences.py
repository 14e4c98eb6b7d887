"""Closing a difference: by asking the gateway, by taking in what the bank has, by placing money
that waits in suspense, or by an explanation in words. Nothing is closed without one of these."""

import logging
from datetime import date
from uuid import UUID

from django.db import transaction

from motcua.identity import api as identity
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.payments import gateways
from motcua.payments.gateways.protocol import GatewayFault, Notice
from motcua.payments.models import Difference, Payment, SuspenseItem
from motcua.payments.models.bills import CONFIRMED
from motcua.payments.operations import notices
from motcua.payments.operations.bill_rows import require_treasurer
from motcua.payments.operations.reconciliation import (
    ReconciliationRun,
    reconcile,
    settle_row,
)
from motcua.payments.operations.statements import fetch_statement, lines_of
from motcua.payments.operations.suspense import settle_suspense

log = logging.getLogger("motcua.payments")

HOW = ("asked", "taken-in", "to-bill", "give-back", "explained")


def settle_difference(
    actor: Actor, difference_id: UUID, *, how: str, say: str = "", bill_code: str = ""
) -> None:
    """Close a difference. how:

    - "asked": ask the gateway about the order and book what it proves (missing here, status);
    - "taken-in": book a transfer that the bank has and we do not: to the bill that its content
      names, else into suspense;
    - "to-bill" (`bill_code`), "give-back": place money that waits in suspense;
    - "explained": nothing moves; `say` tells why (a correction was promised, fees, ...).

    For the treasurer or head of the owning body; of what belongs to no body, a treasurer. Call it
    outside a transaction. Refusals: payments.difference-not-found, payments.already-settled,
    payments.difference-not-so (this way does not fit, or the gateway proved nothing),
    payments.say-why, payments.gateway-unavailable, and those of settle_suspense.
    """
    if how not in HOW:
        raise ValueError(f"no such way to settle: {how}")
    row = _to_settle(actor, difference_id)
    if how == "explained" and not say.strip():
        raise Refusal("payments.say-why")
    if how == "asked":
        _ask(row)
    with transaction.atomic():
        row = _to_settle(actor, difference_id, lock=True)
        if how == "taken-in":
            _take_in(row)
        elif how in ("to-bill", "give-back"):
            item_id = _suspense_of(row)
            settle_suspense(actor, item_id, how=how, say=say, bill_code=bill_code)
        settle_row(actor, row, how, say.strip())


def take_up(actor: Actor, difference_ids: list[UUID]) -> int:
    """What can be settled without a person: ask about payments that they have and we do not, book
    transfers that we were not told of. The number settled; the others wait for the treasurer."""
    settled = 0
    for row in Difference.objects.filter(id__in=difference_ids, settled_at__isnull=True):
        if row.kind not in ("missing-here", "status") or row.theirs_status != "done":
            continue
        how = "taken-in" if row.about == "transfer" else "asked"
        try:
            settle_difference(actor, row.id, how=how)
            settled += 1
        except Refusal as refusal:
            log.info("difference_waits", extra={"kind": row.kind, "why": refusal.code})
    return settled


def reconcile_day(
    actor: Actor, day: date, gateway: str = "", *, fetch: bool = True
) -> ReconciliationRun:
    """Fetch, compare, settle by machine what can be, and compare again: how the day stands.

    Call it outside a transaction. Refusals: payments.gateway-unavailable, payments.no-such-gateway.
    """
    name = gateways.gateway(gateway).name
    if fetch:
        fetch_statement(actor, name, day)
    run = reconcile(actor, day, name)
    if take_up(actor, [difference.id for difference in run.open]):
        run = reconcile(actor, day, name)
    return run


def _to_settle(actor: Actor, difference_id: UUID, *, lock: bool = False) -> Difference:
    rows = Difference.objects.select_for_update() if lock else Difference.objects.all()
    row = rows.filter(id=difference_id).first()
    if row is None:
        raise Refusal("payments.difference-not-found")
    if row.owner_body_id:
        require_treasurer(actor, row.owner_body_id)
    else:
        identity.require(actor, row.owner_role)
    if row.settled_at is not None:
        raise Refusal("payments.already-settled")
    return row


def _ask(row: Difference) -> None:
    """Book whatever the gateway proves about the order; it must be what the difference is about."""
    if row.about != "payment" or row.kind not in ("missing-here", "status") or not row.reference:
        raise Refusal("payments.difference-not-so")
    try:
        told = gateways.gateway(row.gateway).ask(row.reference)
    except GatewayFault as fault:
        raise Refusal("payments.gateway-unavailable") from fault
    for notice in told:
        notices.settle(notice)
    if not _is_here(row):
        raise Refusal("payments.difference-not-so")


def _is_here(row: Difference) -> bool:
    about = {"gateway": row.gateway, "transaction": row.number}
    booked = Payment.objects.filter(status=CONFIRMED, **about).exists()
    return bool(row.number) and (booked or SuspenseItem.objects.filter(**about).exists())


def _take_in(row: Difference) -> None:
    """The bank's line is the notice that never came."""
    if row.about != "transfer" or row.kind != "missing-here":
        raise Refusal("payments.difference-not-so")
    lines = [line for line in lines_of(row.gateway, row.day) if line.number == row.number]
    if not lines:
        raise Refusal("payments.difference-not-so")
    notices.settle(
        Notice(
            gateway=row.gateway,
            kind="transfer",
            transaction=row.number,
            amount_vnd=lines[0].amount_vnd,
            state="paid",
            paid_at=lines[0].at,
            content=lines[0].content,
            account=lines[0].account,
        )
    )


def _suspense_of(row: Difference) -> UUID:
    items = SuspenseItem.objects.filter(
        gateway=row.gateway, transaction=row.number, settled_at__isnull=True
    )
    item = items.first() if row.number else None
    if item is None:
        raise Refusal("payments.difference-not-so")
    return item.id
