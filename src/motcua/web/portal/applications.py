"""Software that acts for me, or for the business that I act for."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from motcua.kernel.actors import Actor
from motcua.web.api import managing
from motcua.web.portal.access import signed_in

PLACE = managing.Place(base="portal/base.html", room="portal")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def applications(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """What is connected, and connecting more."""
    return managing.applications(request, actor, PLACE)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@sensitive_variables()
def application(request: HttpRequest, actor: Actor, application_id: UUID) -> HttpResponseBase:
    """One of them and its keys."""
    return managing.application(request, actor, application_id, place=PLACE)
