"""Webhooks: where software is told of what happens, and what became of each message.

Secrets are shown once, so what makes one takes no Idempotency-Key: no answer that holds a secret
is ever kept.
"""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router

from motcua.exchange import api as exchange
from motcua.identity import api as identity
from motcua.web.api import shapes
from motcua.web.api.bodies import EndpointIn
from motcua.web.api.callers import Key, actor_of
from motcua.web.api.describing import operation
from motcua.web.api.writing import reply, written

router = Router()
GROUP = "webhooks"
HOOKS = Key("webhooks")
ONE = "/webhooks/{uuid:endpoint_id}"
PAGE = 50


@router.get(
    "/webhooks",
    **operation("list_webhooks", _("My endpoints"), shapes.Endpoints, group=GROUP, key=HOOKS),
)
def list_webhooks(request: HttpRequest) -> HttpResponse:
    """Those that this application made, with how they fare."""
    found = exchange.endpoints(actor_of(request), application_id=_application(request))
    return reply(shapes.Endpoints(items=tuple(found)))


@router.post(
    "/webhooks",
    **operation(
        "add_webhook", _("Add an endpoint"), exchange.NewEndpoint,
        group=GROUP, key=HOOKS, status=201,
    ),
)  # fmt: skip
def add_webhook(request: HttpRequest, body: EndpointIn) -> HttpResponse:
    """Signed as Standard Webhooks say; the secret is shown this once."""
    made = exchange.add_endpoint(
        actor_of(request),
        url=body.url,
        title=body.title,
        kinds=body.kinds,
        application_id=_application(request),
    )
    return reply(made, status=201)


@router.get(
    f"{ONE}/deliveries",
    **operation("list_deliveries", _("What was told"), shapes.Deliveries, group=GROUP, key=HOOKS),
)
def list_deliveries(
    request: HttpRequest,
    endpoint_id: UUID,
    waiting_only: bool = False,
    before: Annotated[int | None, Query(ge=0, le=2**62)] = None,
) -> HttpResponse:
    """Or waits to be told, newest first."""
    found = exchange.deliveries(
        actor_of(request),
        endpoint_id,
        waiting_only=waiting_only,
        before=before,
        application_id=_application(request),
    )
    last = found[-1].place if len(found) == PAGE else None
    return reply(shapes.Deliveries(items=tuple(found), next=last))


@router.post(
    f"{ONE}/deliveries/{{uuid:delivery_id}}/retry",
    **operation(
        "retry_delivery", _("Tell it again"), None,
        group=GROUP, key=HOOKS, status=204, writes=True,
    ),
)  # fmt: skip
def retry_delivery(request: HttpRequest, endpoint_id: UUID, delivery_id: UUID) -> HttpResponse:
    """Under the same `webhook-id`, so that the receiver knows it."""
    actor, own = actor_of(request), _application(request)
    return written(
        request,
        lambda: exchange.retry(actor, endpoint_id, delivery_id, application_id=own),
        status=204,
    )


@router.post(
    f"{ONE}/pause",
    **operation(
        "pause_webhook", _("Pause"), exchange.EndpointView, group=GROUP, key=HOOKS, writes=True
    ),
)
def pause_webhook(request: HttpRequest, endpoint_id: UUID) -> HttpResponse:
    """Messages gather meanwhile."""
    actor, own = actor_of(request), _application(request)
    return written(request, lambda: exchange.pause(actor, endpoint_id, application_id=own))


@router.post(
    f"{ONE}/resume",
    **operation(
        "resume_webhook", _("Resume"), exchange.EndpointView, group=GROUP, key=HOOKS, writes=True
    ),
)
def resume_webhook(request: HttpRequest, endpoint_id: UUID) -> HttpResponse:
    """With what gathered, in its order."""
    actor, own = actor_of(request), _application(request)
    return written(request, lambda: exchange.resume(actor, endpoint_id, application_id=own))


@router.post(
    f"{ONE}/secret",
    **operation("rotate_webhook_secret", _("A new secret"), shapes.Secret, group=GROUP, key=HOOKS),
)
def rotate_webhook_secret(request: HttpRequest, endpoint_id: UUID) -> HttpResponse:
    """Both sign for a day, so that no message is turned away."""
    own = _application(request)
    secret = exchange.rotate_secret(actor_of(request), endpoint_id, application_id=own)
    return reply(shapes.Secret(secret=secret))


@router.delete(
    ONE,
    **operation(
        "remove_webhook", _("Remove an endpoint"), None,
        group=GROUP, key=HOOKS, status=204, writes=True,
    ),
)  # fmt: skip
def remove_webhook(request: HttpRequest, endpoint_id: UUID) -> HttpResponse:
    """With what waits."""
    actor, own = actor_of(request), _application(request)
    return written(
        request,
        lambda: exchange.remove_endpoint(actor, endpoint_id, application_id=own),
        status=204,
    )


def _application(request: HttpRequest) -> UUID:
    caller: identity.Caller = request.caller  # type: ignore[attr-defined]
    return caller.application_id
