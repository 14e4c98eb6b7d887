"""What the door of exchange hands out."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec


class Parties(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a dossier (bill, debt) concerns, and the little that may be said of it.

    `bodies` work on it; it belongs to the account, or to the business ("business:<number>").
    """

    bodies: frozenset[UUID]
    account_id: UUID | None = None
    on_behalf_of: str = ""
    code: str = ""
    status: int | str | None = None


Describe = Callable[[Sequence[UUID]], Mapping[UUID, Parties]]


class EndpointView(msgspec.Struct, frozen=True, kw_only=True):
    """state: "active", "resting" (failing, tried again at `not_before`) or "paused".

    why (when paused): "asked", "failing", "gone" (answered 410), "unreadable" (its
    secret: rotate it).
    """

    id: UUID
    body_id: UUID | None
    application_id: UUID | None
    title: str
    url: str
    kinds: tuple[str, ...]
    state: str
    why: str
    created_at: datetime
    waiting: int
    failures: int
    failing_since: datetime | None
    not_before: datetime | None
    succeeded_at: datetime | None
    former_until: datetime | None


class NewEndpoint(msgspec.Struct, frozen=True, kw_only=True):
    """The one moment at which the secret is shown."""

    endpoint: EndpointView
    secret: str


class DeliveryView(msgspec.Struct, frozen=True, kw_only=True):
    """One message to one endpoint; `message_id` is the header `webhook-id`. state: "waiting" or
    "delivered". fault: timeout, unreachable, private, tls, nonsense, redirect, gone, status,
    unreadable (the secret)."""

    id: UUID
    endpoint_id: UUID
    message_id: str
    act_id: UUID
    kind: str
    dossier_id: UUID | None
    body: str
    state: str
    attempts: int
    created_at: datetime
    next_at: datetime
    tried_at: datetime | None
    delivered_at: datetime | None
    answer: int | None
    fault: str
    place: int


class PartnerView(msgspec.Struct, frozen=True, kw_only=True):
    """A system that asks registers as `sender_id`; it is called back below `callback` only."""

    id: UUID
    application_id: UUID
    sender_id: str
    callback: str
    keys: tuple[dict[str, Any], ...]
    created_at: datetime


class AskedMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A partner's message that waits for its answer; `id` is the correlation id."""

    partner: PartnerView
    id: UUID
    service: str
    action: str
    transaction_id: str
    asked: Any


class MessageState(msgspec.Struct, frozen=True, kw_only=True):
    """state: "received", "answered", "delivered" or "failed"; `outcome` as it was answered, without
    anything personal."""

    id: UUID
    transaction_id: str
    references: tuple[str, ...]
    state: str
    outcome: dict[str, Any]
    received_at: datetime


class NewSubscription(msgspec.Struct, frozen=True, kw_only=True):
    """What a partner wants to hear: facts ("civil-status.birth") of one person, or of those whom
    the door's own `criteria` let through."""

    service: str
    event: str
    facts: tuple[str, ...]
    record_type: str
    purpose: str
    person_id: UUID | None = None
    criteria: Any = None
    locale: str = ""
    since: datetime | None = None
    until: datetime | None = None


class SubscriptionView(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    service: str
    event: str
    record_type: str
    person_id: UUID | None
    criteria: Any
    purpose: str
    locale: str
    since: datetime
    until: datetime | None
    created_at: datetime
