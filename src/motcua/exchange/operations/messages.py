"""Messages of partners: taken in once, answered by a job, sent by another until they arrive."""

import ipaddress
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

import msgspec
from django.conf import settings
from django.db import transaction

from motcua.exchange import sealing
from motcua.exchange.models import PartnerMessage
from motcua.exchange.queries import partner_view
from motcua.exchange.rules import signing
from motcua.exchange.shapes import AskedMessage, MessageState, PartnerView
from motcua.kernel import clock, jobs, outgoing
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal

KEPT = timedelta(days=30)
ANSWER = "exchange.answer"  # the job of the door that took the message
MOST_ATTEMPTS = jobs.MAX_ATTEMPTS


@transaction.atomic
def receive_message(
    partner: PartnerView,
    *,
    service: str,
    action: str,
    transaction_id: str,
    references: tuple[str, ...],
    asked: Any,
    uri: str,
) -> UUID:
    """Keep (sealed) what the job "exchange.answer" is to answer later; the correlation id.

    `uri` must lie below the partner's registered address: Refusal exchange.callback-unknown.
    """
    to = callback_of(partner, uri)
    row = PartnerMessage.objects.create(
        partner_id=partner.id,
        id=new_id(),
        service=service,
        action=action,
        transaction_id=transaction_id,
        references=list(references),
        uri=to,
        asked=sealing.seal(msgspec.json.encode(asked).decode()),
        received_at=clock.now(),
    )
    jobs.enqueue(ANSWER, _name(row), key=f"answer:{row.id}")
    return row.id


def callback_of(partner: PartnerView, uri: str) -> str:
    """The address itself, when it lies below the registered one; Refusal
    exchange.callback-unknown."""
    if not signing.is_below(partner.callback, uri):
        raise Refusal("exchange.callback-unknown")
    return uri


def asked_message(partner_id: UUID, message_id: UUID) -> AskedMessage | None:
    """What is to be answered, for the job that answers; None when that was done."""
    rows = PartnerMessage.objects.select_related("partner")
    row = rows.filter(partner_id=partner_id, id=message_id, state="received").first()
    if row is None or row.partner.closed_at:
        return None
    return AskedMessage(
        partner=partner_view(row.partner),
        id=row.id,
        service=row.service,
        action=row.action,
        transaction_id=row.transaction_id,
        asked=msgspec.json.decode(sealing.unseal(row.asked)),
    )


@transaction.atomic
def answer_message(
    partner_id: UUID, message_id: UUID, answer: dict[str, Any], *, outcome: dict[str, Any]
) -> None:
    """The answer, to be sent: sealed until it has arrived. `outcome`: what stays to be told to who
    asks for its state; nothing personal."""
    rows = PartnerMessage.objects.select_for_update()
    row = rows.filter(partner_id=partner_id, id=message_id, state="received").first()
    if row is None:
        return
    row.answer = sealing.seal(msgspec.json.encode(answer).decode())
    row.asked, row.outcome, row.state = "", outcome, "answered"
    row.save(update_fields=["answer", "asked", "outcome", "state"])
    jobs.enqueue("exchange.send-message", _name(row), key=f"send:{row.id}")


@transaction.atomic
def tell_partner(
    partner: PartnerView,
    *,
    service: str,
    event_id: UUID,
    subscription_id: UUID,
    asked: Any,
) -> bool:
    """A notification of an event under a subscription: once, however often the event is seen."""
    row, new = PartnerMessage.objects.get_or_create(
        partner_id=partner.id,
        id=uuid5(subscription_id, event_id.hex),
        defaults={
            "service": service,
            "action": "notify",
            "transaction_id": uuid5(subscription_id, event_id.hex).hex,
            "references": [str(subscription_id)],
            "uri": f"{partner.callback}registry/notify",
            "asked": sealing.seal(msgspec.json.encode(asked).decode()),
            "received_at": clock.now(),
        },
    )
    if new:
        jobs.enqueue(ANSWER, _name(row), key=f"answer:{row.id}")
    return new


def drop_message(partner_id: UUID, message_id: UUID) -> None:
    """Nothing is said to this one: the filter does not let it through, or nobody may hear it."""
    rows = PartnerMessage.objects.filter(partner_id=partner_id, id=message_id, state="received")
    rows.update(state="failed", asked="", fault="dropped")


def send_message(partner_id: UUID, message_id: UUID) -> None:
    """One attempt; NotDeliveredError lets the job try again later. Outside any transaction."""
    rows = PartnerMessage.objects.select_related("partner")
    row = rows.filter(partner_id=partner_id, id=message_id, state="answered").first()
    if row is None or row.partner.closed_at:
        return
    networks = [ipaddress.ip_network(one) for one in settings.MOTCUA_WEBHOOK_NETWORKS]
    headers = {"Content-Type": "application/json", "User-Agent": "MotCua"}
    mine = PartnerMessage.objects.filter(partner_id=partner_id, id=message_id, state="answered")
    attempts = row.attempts + 1
    try:
        outgoing.post(row.uri, headers, sealing.unseal(row.answer).encode(), networks=networks)
    except outgoing.NotDeliveredError as no:
        over = attempts >= MOST_ATTEMPTS
        gone = {"state": "failed", "answer": ""} if over else {}
        mine.update(attempts=attempts, fault=no.fault, **gone)
        if over:
            return
        raise
    mine.update(attempts=attempts, fault="", state="delivered", delivered_at=clock.now(), answer="")


def message_states(
    partner: PartnerView, *, service: str, action: str, attribute: str, values: tuple[str, ...]
) -> tuple[MessageState, ...]:
    """What became of the partner's own messages; `attribute`: transaction_id, correlation_id or
    reference_id_list. Newest first, at most 20."""
    rows = PartnerMessage.objects.filter(partner_id=partner.id, service=service, action=action)
    if attribute == "correlation_id":
        rows = rows.filter(id__in=[found for one in values if (found := _uuid(one))])
    elif attribute == "transaction_id":
        rows = rows.filter(transaction_id__in=values)
    else:
        rows = rows.filter(references__overlap=list(values))
    return tuple(
        MessageState(
            id=row.id,
            transaction_id=row.transaction_id,
            references=tuple(row.references),
            state=row.state,
            outcome=row.outcome,
            received_at=row.received_at,
        )
        for row in rows.order_by("-received_at", "-id")[:20]
    )


def forget_messages() -> int:
    """Drop messages after a month; how many."""
    return PartnerMessage.objects.filter(received_at__lt=clock.now() - KEPT).delete()[0]


def _uuid(given: str) -> UUID | None:
    try:
        return UUID(given)
    except ValueError:
        return None


def _name(row: PartnerMessage) -> dict[str, Any]:
    return {"partner": str(row.partner_id), "message": str(row.id)}
