"""Endpoints and their deliveries, by those to whom they belong."""

import ipaddress
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from motcua.exchange import sealing
from motcua.exchange.models import Endpoint, WebhookDelivery
from motcua.exchange.operations.pausing import note, set_paused
from motcua.exchange.queries import mine, view
from motcua.exchange.rules import webhooks
from motcua.exchange.shapes import EndpointView, NewEndpoint
from motcua.identity import api as identity
from motcua.kernel import addresses, clock
from motcua.kernel.actors import Actor
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Problem, Refusal

MOST = 20
MOST_KINDS = 50
BOTH_LIVE = timedelta(hours=24)
KEPT = timedelta(days=30)


@transaction.atomic
def add_endpoint(
    actor: Actor,
    *,
    url: str,
    title: str = "",
    kinds: Sequence[str] = (),
    application_id: UUID | None = None,
    endpoint_id: UUID | None = None,
) -> NewEndpoint:
    """Where from now on the owner's acts are told: those of the officer's body (permission lead),
    or of the person or business. `kinds`: "dossier.accepted", "bill.*"; none: everything.

    `application_id`: the application whose key with the scope webhooks asks; it stands for the
    permission, and sees its own endpoints only. `endpoint_id`, made by the form: sent again it
    adds nothing and gives the first one, with the secret "". Refusals: exchange.endpoint-faults
    (422, all `problems` at once), exchange.too-many-endpoints.
    """
    owner = _owner(actor, application_id)
    if endpoint_id and (before := Endpoint.objects.filter(id=endpoint_id).first()):
        return NewEndpoint(endpoint=view(mine(actor, before.id, application_id)), secret="")
    url, title = url.strip(), title.strip()
    if faults := _faults(url, title, kinds):
        raise Refusal("exchange.endpoint-faults", faults)
    if Endpoint.objects.filter(**owner).count() >= MOST:
        raise Refusal("exchange.too-many-endpoints", most=MOST)
    secret = sealing.new_secret()
    row = Endpoint.objects.create(
        id=endpoint_id or new_id(),
        **owner,
        application_id=application_id,
        title=title or url.split("/")[2],
        url=url,
        kinds=list(dict.fromkeys(kinds)),
        secret=sealing.seal(secret),
        created_at=clock.now(),
        created_by=actor.account_id,
    )
    note(actor, "webhook.added", row, kinds=row.kinds)
    return NewEndpoint(endpoint=view(row), secret=secret)


def _owner(actor: Actor, application_id: UUID | None) -> dict[str, object]:
    if actor.kind == "officer":
        if application_id is None:
            identity.require(actor, "lead", actor.body_id)
        return {"body_id": actor.body_id}
    if actor.kind != "person":
        raise Refusal("identity.not-allowed", permission="lead")
    return {"account_id": actor.account_id, "on_behalf_of": actor.on_behalf_of}


def _faults(url: str, title: str, kinds: Sequence[str]) -> tuple[Problem, ...]:
    networks = [ipaddress.ip_network(one) for one in settings.MOTCUA_WEBHOOK_NETWORKS]
    loopback = any(network.is_loopback for network in networks)
    faults = []
    if fault := addresses.url_fault(url, loopback=loopback):
        faults.append(Problem(path="url", code=f"exchange.{fault}"))
    if len(title) > 100:
        faults.append(Problem(path="title", code="exchange.title-too-long", params={"most": 100}))
    wrong = [kind for kind in kinds if not webhooks.KIND.fullmatch(kind)]
    if wrong or len(kinds) > MOST_KINDS:
        shown = ", ".join(wrong)[:100]
        faults.append(Problem(path="kinds", code="exchange.kind-unknown", params={"kinds": shown}))
    return tuple(faults)


@transaction.atomic
def rotate_secret(
    actor: Actor,
    endpoint_id: UUID,
    *,
    both_live: timedelta = BOTH_LIVE,
    application_id: UUID | None = None,
) -> str:
    """A new secret, shown now and never again. The former one goes on signing beside it for
    `both_live` (at most a week; nothing after a leak), so that no message is turned away.

    Refusal exchange.rotation-under-way while the former one still signs, unless it ends now.
    """
    row = mine(actor, endpoint_id, application_id, lock=True)
    if both_live and row.former_until and row.former_until > clock.now():
        until = row.former_until.isoformat()
        raise Refusal("exchange.rotation-under-way", until=until)
    secret = sealing.new_secret()
    keep = timedelta(0) < both_live and row.paused_why != Endpoint.Why.UNREADABLE
    row.former_secret = row.secret if keep else ""
    row.former_until = clock.now() + min(both_live, timedelta(days=7)) if keep else None
    row.secret = sealing.seal(secret)
    row.save(update_fields=["secret", "former_secret", "former_until"])
    note(actor, "webhook.secret-rotated", row)
    return secret


@transaction.atomic
def pause(actor: Actor, endpoint_id: UUID, *, application_id: UUID | None = None) -> EndpointView:
    """No more attempts until `resume`; deliveries still gather. Pausing again does nothing."""
    row = mine(actor, endpoint_id, application_id, lock=True)
    if row.paused_at is None:
        set_paused(actor, row, Endpoint.Why.ASKED)
    return view(row)


@transaction.atomic
def resume(actor: Actor, endpoint_id: UUID, *, application_id: UUID | None = None) -> EndpointView:
    """Go on at once with what waits, in its order. Resuming an active one does nothing."""
    row = mine(actor, endpoint_id, application_id, lock=True)
    if row.paused_at is not None or row.failures:
        row.paused_at, row.paused_why, row.not_before = None, "", None
        row.failures, row.failing_since = 0, None
        row.save(
            update_fields=["paused_at", "paused_why", "not_before", "failures", "failing_since"]
        )
        row.deliveries.filter(state="waiting", attempts__gt=0).update(next_at=clock.now())
        note(actor, "webhook.resumed", row)
    return view(row)


@transaction.atomic
def retry(
    actor: Actor, endpoint_id: UUID, delivery_id: UUID, *, application_id: UUID | None = None
) -> None:
    """Try a waiting delivery now, or send a delivered one again (the same `webhook-id`).

    Refusal exchange.delivery-not-found.
    """
    row = mine(actor, endpoint_id, application_id, lock=True)
    changed = row.deliveries.filter(id=delivery_id).update(
        state="waiting", delivered_at=None, next_at=clock.now()
    )
    if not changed:
        raise Refusal("exchange.delivery-not-found")
    Endpoint.objects.filter(id=row.id).update(not_before=None)
    note(actor, "webhook.retried", row, delivery=str(delivery_id))


@transaction.atomic
def remove_endpoint(actor: Actor, endpoint_id: UUID, *, application_id: UUID | None = None) -> None:
    """Forget the endpoint and all its deliveries, also those that wait."""
    row = mine(actor, endpoint_id, application_id, lock=True)
    note(actor, "webhook.removed", row)
    row.delete()


def forget_delivered() -> int:
    """Drop deliveries a month after they arrived, and secrets that ended; how many deliveries."""
    now = clock.now()
    Endpoint.objects.filter(former_until__lte=now).update(former_secret="", former_until=None)
    old = Q(state="delivered", delivered_at__lt=now - KEPT)
    return WebhookDelivery.objects.filter(old).delete()[0]
