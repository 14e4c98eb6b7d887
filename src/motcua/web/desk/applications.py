"""Software that works for the body, through one of its posts; for who leads."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from motcua.identity import api as identity
from motcua.kernel.actors import Actor
from motcua.web.api import managing
from motcua.web.desk.access import officer

PLACE = managing.Place(base="shell/desk.html", room="desk")


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def applications(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """What is connected, and connecting more."""
    identity.require(actor, "lead", actor.body_id)
    return managing.applications(request, actor, PLACE)


@require_http_methods(["GET", "HEAD", "POST"])
@officer
@sensitive_variables()
def application(request: HttpRequest, actor: Actor, *, application_id: UUID) -> HttpResponseBase:
    """One of them and its keys."""
    identity.require(actor, "lead", actor.body_id)
    return managing.application(request, actor, application_id, place=PLACE)
