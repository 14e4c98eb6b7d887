"""Notices, own details, and for whom the account acts."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST

from motcua.catalogue.rules.procedure import Field
from motcua.catalogue.rules.reading import Unreadable, read_answer
from motcua.identity import api as identity
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Problem
from motcua.web.portal.access import raw_of, signed_in
from motcua.web.portal.starting import act_for
from motcua.web.shell.forms import see_other
from motcua.web.shell.views import YEAR_S

PER_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def notices(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """What I was told, newest first; POST marks one (`id`) or all as read."""
    account_id = _own_id(actor)
    if request.method == "POST":
        one = _uuid(request.POST.get("id", ""))
        identity.mark_read(account_id, [one] if one else None)
        return see_other("portal:notices")
    before = _moment(request.GET.get("before", ""))
    found = identity.notifications_of(account_id, before=before, limit=PER_PAGE + 1)
    older = ""
    if len(found) > PER_PAGE:
        last = found[PER_PAGE - 1].created_at.isoformat()
        older = reverse("portal:notices") + "?" + urlencode({"before": last})
    context = {
        "notices": found[:PER_PAGE],
        "unread": identity.unread_count(account_id),
        "older": older,
        "newer": reverse("portal:notices") if before else "",
    }
    return render(request, "portal/notices.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def profile(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """What the account knows; the phone number and the language can be changed here."""
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        problems = _change(request, actor)
        if not problems:
            return _changed(request)
    card = identity.account(_own_id(actor))
    context = {
        "card": card,
        "values": raw_of(request) if problems else {"phone": [card.phone]},
        "problems": problems,
        "languages": settings.LANGUAGES,
        "businesses": identity.representations(card.id),
        "behalf": actor.on_behalf_of,
    }
    return render(request, "portal/profile.html", context, status=422 if problems else 200)


def _change(request: HttpRequest, actor: Actor) -> tuple[Problem, ...]:
    title = dict.fromkeys(("vi", "en", "fr"), _("Phone number"))
    field = Field(field="phone", kind="phone", title=title, optional=True)
    try:
        phone = read_answer(field, raw_of(request)) or ""
    except Unreadable as fault:
        params = {"title": title, **fault.params}
        return (Problem(path="phone", code=f"catalogue.{fault.code}", params=params),)
    identity.change_contact(actor, phone=phone, language=request.POST.get("language"))
    return ()


def _changed(request: HttpRequest) -> HttpResponseBase:
    """In the language just chosen, here and in what is sent."""
    response = see_other("portal:profile")
    code = request.POST.get("language", "")
    if code in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=YEAR_S,
            samesite="Lax",
            secure=settings.CSRF_COOKIE_SECURE,
        )
    with override(code if code in dict(settings.LANGUAGES) else None):
        messages.success(request, _("Saved."))
    return response


@require_POST
@signed_in
def acting_for(request: HttpRequest, actor: Actor) -> HttpResponse:  # noqa: ARG001
    """Act for a business that one represents, or for oneself again."""
    act_for(request, request.POST.get("behalf", ""))
    return see_other("portal:profile")


def _own_id(actor: Actor) -> UUID:
    assert actor.account_id is not None  # signed in
    return actor.account_id


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and found.tzinfo else None
