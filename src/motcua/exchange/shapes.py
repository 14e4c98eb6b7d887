"""What the door of exchange hands out."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
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
