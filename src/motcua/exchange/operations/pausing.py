"""An endpoint that fails long is left alone, and its owner is told."""

from uuid import UUID

from motcua.acts import api as acts
from motcua.directory import api as directory
from motcua.exchange.models import Endpoint
from motcua.identity import api as identity
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM, Actor


def set_paused(actor: Actor, endpoint: Endpoint, why: str) -> None:
    """No more attempts; what is to be told still gathers."""
    endpoint.paused_at, endpoint.paused_why = clock.now(), why
    endpoint.save(update_fields=["paused_at", "paused_why"])
    note(actor, "webhook.paused", endpoint, why=why)


def pause_failing(endpoint: Endpoint, why: str) -> None:
    """Paused by the system, once: the act and the notification go with it."""
    if endpoint.paused_at is not None:
        return
    set_paused(SYSTEM, endpoint, why)
    owners = _owners(endpoint)
    if owners:
        since = (endpoint.failing_since or clock.now()).isoformat()
        params = {"title": endpoint.title, "since": since}
        key = f"webhook-paused:{endpoint.id}:{endpoint.paused_at}"
        identity.notify_all(owners, "webhook-paused", params, key=key)


def note(actor: Actor, verb: str, endpoint: Endpoint, **detail: object) -> None:
    """An act on an endpoint, in the ledger."""
    acts.record(
        actor,
        verb,
        object=("webhook", endpoint.id),
        detail={"title": endpoint.title, **detail},
        body_id=endpoint.body_id,
    )


def _owners(endpoint: Endpoint) -> list[UUID]:
    """Those who lead the body, or the account."""
    if endpoint.account_id is not None:
        return [endpoint.account_id]
    if endpoint.body_id is None:
        return []
    return [
        card.id
        for card, post in identity.officers_of(endpoint.body_id)
        if "lead" in directory.role(post.role).permissions
    ]
