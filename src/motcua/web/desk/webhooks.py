"""Webhooks of the body: where they go, what became of each message; for who leads."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.exchange import api as exchange
from motcua.kernel.actors import Actor
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal
from motcua.web.desk.access import officer
from motcua.web.desk.queues import place_of, side_of
from motcua.web.shell.forms import see_other

FRESH = "webhook-secret"  # in the session from the change until it was shown, once
STATES = {
    "active": (_("in use"), "ok"),
    "resting": (_("does not answer; we try again"), "warn"),
    "paused": (_("paused"), "late"),
}
WHYS = {
    "asked": _("Paused by your body."),
    "failing": _("Nothing reached it for two days."),
    "gone": _("It answered that it is gone for good (410)."),
    "unreadable": _("Its secret can no longer be read: make a new one, then resume."),
}
FAULTS = {
    "timeout": _("no answer in time"),
    "unreachable": _("not reachable"),
    "private": _("not a public address"),
    "tls": _("no valid certificate"),
    "nonsense": _("the answer was not HTTP"),
    "redirect": _("it points elsewhere; redirects are not followed"),
    "gone": _("gone for good"),
    "status": _("it refused"),
    "unreadable": _("the secret can no longer be read"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def webhooks(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """All webhooks of the body, and the form for one more."""
    if request.method != "POST":
        return _list(request, actor, {})
    try:
        new = exchange.add_endpoint(
            actor,
            url=request.POST.get("url", ""),
            title=request.POST.get("title", ""),
            kinds=request.POST.get("kinds", "").replace(",", " ").split(),
            endpoint_id=_uuid(request.POST.get("key", "")),
        )
    except Refusal as no:
        if not no.problems:
            raise
        return _list(request, actor, {"problems": no.problems, "values": request.POST}, status=422)
    _keep(request, new.endpoint.id, new.secret)
    return see_other("desk:webhook", new.endpoint.id)


def _list(
    request: HttpRequest, actor: Actor, more: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    rows = [(one, *STATES[one.state]) for one in exchange.endpoints(actor)]
    context: dict[str, Any] = {"rows": rows, "key": str(new_id()), "values": {}, "problems": ()}
    context |= {"side": side_of(None), **place_of(actor), **more}
    return render(request, "desk/webhooks.html", context, status=status)


@require_safe
@officer
def webhook(request: HttpRequest, actor: Actor, endpoint_id: UUID) -> HttpResponse:
    """One webhook: its state, its secret if it is new, and its deliveries."""
    before = request.GET.get("before", "")
    waiting = "waiting" in request.GET
    one = exchange.endpoint(actor, endpoint_id)
    found = exchange.deliveries(
        actor,
        endpoint_id,
        waiting_only=waiting,
        before=int(before) if before.isdecimal() and len(before) < 18 else None,
    )
    here = reverse("desk:webhook", args=[endpoint_id])
    more = "waiting&" if waiting else ""
    context = {
        "one": one,
        "word": STATES[one.state],
        "why": WHYS.get(one.why, ""),
        "secret": _shown_once(request, endpoint_id),
        "rows": [(row, FAULTS.get(row.fault, "")) for row in found],
        "waiting_only": waiting,
        "next_url": f"{here}?{more}before={found[-1].place}" if len(found) == exchange.PAGE else "",
        "side": side_of(None),
        **place_of(actor),
    }
    return render(request, "desk/webhook.html", context)


@require_POST
@officer
def change(request: HttpRequest, actor: Actor, endpoint_id: UUID, verb: str) -> HttpResponseBase:
    """Pause, resume, remove, a new secret, or one message again."""
    if verb == "rotate":
        return _rotate(request, actor, endpoint_id)
    if verb == "retry":
        delivery_id = _uuid(request.POST.get("delivery", "")) or endpoint_id
        exchange.retry(actor, endpoint_id, delivery_id)
    elif verb == "pause":
        exchange.pause(actor, endpoint_id)
    elif verb == "resume":
        exchange.resume(actor, endpoint_id)
    elif verb == "remove":
        exchange.remove_endpoint(actor, endpoint_id)
        return see_other("desk:webhooks")
    else:
        raise Http404
    return see_other("desk:webhook", endpoint_id)


def _rotate(request: HttpRequest, actor: Actor, endpoint_id: UUID) -> HttpResponseBase:
    both_live = timedelta(0) if request.POST.get("leaked") else exchange.BOTH_LIVE
    try:
        _keep(request, endpoint_id, exchange.rotate_secret(actor, endpoint_id, both_live=both_live))
    except Refusal as no:
        if no.code != "exchange.rotation-under-way":  # a second click: the first one did it
            raise
    return see_other("desk:webhook", endpoint_id)


def _keep(request: HttpRequest, endpoint_id: UUID, secret: str) -> None:
    if secret:
        request.session[FRESH] = [str(endpoint_id), secret]


def _shown_once(request: HttpRequest, endpoint_id: UUID) -> str:
    kept = request.session.get(FRESH, ["", ""])
    if kept[0] != str(endpoint_id):
        return ""
    del request.session[FRESH]
    return str(kept[1])


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
