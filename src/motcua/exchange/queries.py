"""Reads of endpoints and deliveries, for those to whom they belong."""

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from motcua.exchange.models import Endpoint, Partner, WebhookDelivery
from motcua.exchange.rules import webhooks
from motcua.exchange.shapes import DeliveryView, EndpointView, PartnerView
from motcua.identity import api as identity
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal

PAGE = 50


def endpoints(actor: Actor, *, application_id: UUID | None = None) -> tuple[EndpointView, ...]:
    """The endpoints of the officer's body (permission lead), or of the person or business, oldest
    first; with `application_id` those of that application only."""
    rows = _owned(actor, application_id).order_by("created_at", "id")
    waiting = Count("deliveries", filter=Q(deliveries__state="waiting"))
    return tuple(view(row, row.waiting) for row in rows.annotate(waiting=waiting))


def endpoint(
    actor: Actor, endpoint_id: UUID, *, application_id: UUID | None = None
) -> EndpointView:
    """One of them; Refusal exchange.endpoint-not-found."""
    return view(mine(actor, endpoint_id, application_id))


def deliveries(
    actor: Actor,
    endpoint_id: UUID,
    *,
    waiting_only: bool = False,
    before: int | None = None,
    limit: int = PAGE,
    application_id: UUID | None = None,
) -> tuple[DeliveryView, ...]:
    """What was told or waits to be, newest first. `before`: the `place` to page on from."""
    rows = mine(actor, endpoint_id, application_id).deliveries.order_by("-place")
    if waiting_only:
        rows = rows.filter(state="waiting")
    if before is not None:
        rows = rows.filter(place__lt=before)
    return tuple(_delivery(row) for row in rows[: min(limit, PAGE)])


def mine(
    actor: Actor, endpoint_id: UUID, application_id: UUID | None, *, lock: bool = False
) -> Endpoint:
    """The row, if the actor has the say over it; who has not hears that there is none."""
    rows = _owned(actor, application_id)
    row = (rows.select_for_update() if lock else rows).filter(id=endpoint_id).first()
    if row is None:
        raise Refusal("exchange.endpoint-not-found")
    return row


def _owned(actor: Actor, application_id: UUID | None) -> QuerySet[Endpoint]:
    rows = Endpoint.objects.all()
    if application_id is not None:
        rows = rows.filter(application_id=application_id)
    if actor.kind == "officer":
        if application_id is None:
            identity.require(actor, "lead", actor.body_id)
        return rows.filter(body_id=actor.body_id)
    if actor.kind == "person":
        return rows.filter(account_id=actor.account_id, on_behalf_of=actor.on_behalf_of)
    return rows.none()


def view(row: Endpoint, waiting: int | None = None) -> EndpointView:
    if waiting is None:
        waiting = row.deliveries.filter(state="waiting").count()
    resting = "resting" if row.not_before else "active"
    return EndpointView(
        id=row.id,
        body_id=row.body_id,
        application_id=row.application_id,
        title=row.title,
        url=row.url,
        kinds=tuple(row.kinds),
        state="paused" if row.paused_at else resting,
        why=row.paused_why,
        created_at=row.created_at,
        waiting=waiting,
        failures=row.failures,
        failing_since=row.failing_since,
        not_before=row.not_before,
        succeeded_at=row.succeeded_at,
        former_until=row.former_until,
    )


def partner_view(row: Partner) -> PartnerView:
    return PartnerView(
        id=row.id,
        application_id=row.application_id,
        sender_id=row.sender_id,
        callback=row.callback,
        keys=tuple(row.keys),
        created_at=row.created_at,
    )


def _delivery(row: WebhookDelivery) -> DeliveryView:
    plain = set(DeliveryView.__struct_fields__) - {"message_id"}
    return DeliveryView(
        message_id=webhooks.message_id(row.act_id, row.endpoint_id),
        **{name: getattr(row, name) for name in plain},
    )
