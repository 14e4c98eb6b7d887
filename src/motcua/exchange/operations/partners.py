"""Partners: systems that ask registers, their keys and the one address where they are answered."""

import ipaddress
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from motcua.acts import api as acts
from motcua.exchange.models import Partner
from motcua.exchange.queries import partner_view
from motcua.exchange.rules import signing
from motcua.exchange.shapes import PartnerView
from motcua.identity import api as identity
from motcua.kernel import addresses, clock
from motcua.kernel.actors import Actor
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Problem, Refusal


@transaction.atomic
def register_partner(
    actor: Actor,
    *,
    application_id: UUID,
    sender_id: str,
    callback: str,
    keys: Sequence[Mapping[str, Any]],
) -> PartnerView:
    """Let an application of the officer's body (permission lead) speak to registers as
    `sender_id`, signing with one of `keys` (public JWKs), called back only below `callback`.

    Refusals: identity.application-not-found, exchange.partner-faults (422, all `problems`),
    exchange.partner-known.
    """
    card = identity.application(actor, application_id)
    if card.kind != "body" or card.closed_at:
        raise Refusal("identity.application-not-found")
    base = callback.strip() + ("" if callback.strip().endswith("/") else "/")
    if faults := _faults(sender_id, base, keys):
        raise Refusal("exchange.partner-faults", faults)
    row = Partner(
        id=new_id(),
        application_id=application_id,
        body_id=actor.body_id,
        sender_id=sender_id,
        callback=base,
        keys=[dict(one) for one in keys],
        created_at=clock.now(),
        created_by=actor.account_id,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Refusal("exchange.partner-known") from None
    _note(actor, "partner.registered", row)
    return partner_view(row)


def _faults(
    sender_id: str, callback: str, keys: Sequence[Mapping[str, Any]]
) -> tuple[Problem, ...]:
    networks = [ipaddress.ip_network(one) for one in settings.MOTCUA_WEBHOOK_NETWORKS]
    loopback = any(network.is_loopback for network in networks)
    faults = []
    if not 0 < len(sender_id) <= 100 or not sender_id.isprintable() or "|" in sender_id:
        faults.append(Problem(path="sender_id", code="exchange.sender-wrong"))
    fault = addresses.url_fault(callback, loopback=loopback)
    if fault or len(callback) > 400 or "?" in callback or "#" in callback:
        code = f"exchange.{fault or 'url-malformed'}"
        faults.append(Problem(path="callback", code=code))
    try:
        signing.read_keys(keys)
    except signing.KeyFaultError:
        faults.append(Problem(path="keys", code="exchange.keys-wrong"))
    return tuple(faults)


@transaction.atomic
def close_partner(actor: Actor, partner_id: UUID) -> None:
    """No more messages from it or to it, and its subscriptions end. Refusal
    exchange.partner-not-found."""
    identity.require(actor, "lead", actor.body_id)
    row = Partner.objects.filter(id=partner_id, body_id=actor.body_id, closed_at=None).first()
    if row is None:
        raise Refusal("exchange.partner-not-found")
    now = clock.now()
    row.closed_at = now
    row.save(update_fields=["closed_at"])
    row.subscriptions.filter(ended_at=None).update(ended_at=now)
    row.messages.exclude(state="delivered").update(state="failed", fault="closed", asked="")
    _note(actor, "partner.closed", row)


def partner_of(application_id: UUID) -> PartnerView | None:
    """The partner as which an application is registered."""
    row = Partner.objects.filter(application_id=application_id, closed_at=None).first()
    return partner_view(row) if row else None


def partners(actor: Actor) -> tuple[PartnerView, ...]:
    """Those of the officer's body (permission lead), oldest first."""
    identity.require(actor, "lead", actor.body_id)
    rows = Partner.objects.filter(body_id=actor.body_id, closed_at=None).order_by("created_at")
    return tuple(partner_view(row) for row in rows)


def check_signature(
    partner: PartnerView, signature: str, *, header: Mapping[str, Any], message: Any
) -> None:
    """That one of the partner's keys signed header and message. Refusals
    exchange.signature-missing, exchange.signature-wrong."""
    if not signature:
        raise Refusal("exchange.signature-missing")
    try:
        keys = signing.read_keys(partner.keys)
        payload = signing.canonical(header, message)
    except (signing.KeyFaultError, ValueError, RecursionError):
        raise Refusal("exchange.signature-wrong") from None
    if not signing.is_signed(signature, payload, keys, sender=partner.sender_id, at=clock.now()):
        raise Refusal("exchange.signature-wrong")


def _note(actor: Actor, verb: str, row: Partner) -> None:
    acts.record(
        actor,
        verb,
        object=("partner", row.id),
        body_id=row.body_id,
        detail={"sender": row.sender_id},
    )
