"""Connected software and its keys, for a person at home and for who leads a body at the desk.

A secret is shown in the answer to the click that made it and nowhere else, so that click is not
followed by a redirect; the page knows which key was the newest, and a second click makes no other.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from msgspec import Struct

from motcua.directory import api as directory
from motcua.identity import api as identity
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Problem, Refusal
from motcua.web.api.pages import SCOPES
from motcua.web.shell.forms import see_other
from motcua.web.shell.sentences import of_refusal, pick

DAYS = {
    "30": gettext_lazy("30 days"),
    "90": gettext_lazy("90 days"),
    "365": gettext_lazy("1 year"),
}
STATES = {
    "live": gettext_lazy("Valid"),
    "ended": gettext_lazy("Ended"),
    "revoked": gettext_lazy("Revoked"),
}


class Place(Struct, frozen=True, kw_only=True):
    """Where these pages stand: the layout that they extend, and the names of their addresses."""

    base: str
    room: str

    @property
    def all(self) -> str:
        return f"{self.room}:applications"

    @property
    def one(self) -> str:
        return f"{self.room}:application"


def applications(request: HttpRequest, actor: Actor, place: Place) -> HttpResponseBase:
    """What is connected; POST connects another one."""
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        post = _uuid(request.POST.get("post", ""))
        try:
            made = identity.create_application(
                actor, name=request.POST.get("name", ""), post_id=post
            )
        except Refusal as no:
            problems = (_fault(no, "post" if "post" in no.code else "name"),)
        else:
            return see_other(place.one, made.id)
    context = {
        "base": place.base,
        "one_url": place.one,
        "items": identity.applications_of(actor),
        "posts": [(str(post.id), pick(post.title)) for post in identity.lendable_posts(actor)],
        "for_body": actor.kind == "officer",
        "body": pick(directory.body(actor.body_id).name) if actor.body_id else "",
        "values": request.POST,
        "problems": problems,
    }
    return render(request, "web_api/applications.html", context, status=422 if problems else 200)


def application(
    request: HttpRequest, actor: Actor, application_id: UUID, *, place: Place
) -> HttpResponseBase:
    """One application with its keys; POST issues, rotates, revokes or disconnects."""
    found = identity.application(actor, application_id)
    if request.method != "POST":
        return _show(request, found, place)
    do, _colon, which = request.POST.get("do", "").partition(":")
    act = _ACTS.get(do)
    if act is None:
        return see_other(place.one, found.id)
    try:
        secret = act(request, actor, found, _uuid(which))
    except Refusal as no:
        return _show(request, found, place, problems=(_fault(no, "scopes"),))
    if secret:
        again = identity.application(actor, found.id)
        return _show(request, again, place, secret=secret)
    return see_other(
        place.all if do == "close" else place.one, *(() if do == "close" else (found.id,))
    )


Act = Callable[[HttpRequest, Actor, identity.ApplicationCard, UUID | None], str]


def _issue(
    request: HttpRequest, actor: Actor, found: identity.ApplicationCard, _key: UUID | None
) -> str:
    _unless_seen(request, found)
    days = request.POST.get("days", "")
    scopes = request.POST.getlist("scopes")
    issued = identity.issue_key(
        actor, found.id, scopes=scopes, days=int(days) if days in DAYS else 365
    )
    return issued.secret


def _rotate(
    request: HttpRequest, actor: Actor, found: identity.ApplicationCard, key: UUID | None
) -> str:
    _unless_seen(request, found)
    return identity.rotate_key(actor, key).secret if key else ""


def _revoke(
    _request: HttpRequest, actor: Actor, found: identity.ApplicationCard, key: UUID | None
) -> str:
    if key and any(one.id == key for one in found.keys):
        identity.revoke_key(actor, key)
    return ""


def _close(
    _request: HttpRequest, actor: Actor, found: identity.ApplicationCard, _key: UUID | None
) -> str:
    if found.closed_at is None:
        identity.close_application(actor, found.id)
    return ""


_ACTS: dict[str, Act] = {"issue": _issue, "rotate": _rotate, "revoke": _revoke, "close": _close}


def _unless_seen(request: HttpRequest, found: identity.ApplicationCard) -> None:
    """The second half of a double click: a newer key is there than the page knew."""
    if request.POST.get("newest", "") != newest_of(found):
        raise Refusal("api.key-made-already")


def newest_of(found: identity.ApplicationCard) -> str:
    return str(found.keys[0].id) if found.keys else ""


def _show(
    request: HttpRequest,
    found: identity.ApplicationCard,
    place: Place,
    *,
    secret: str = "",
    problems: tuple[Problem, ...] = (),
) -> HttpResponse:
    scopes = [(name, f"{name}: {SCOPES[name]}") for name in identity.scopes_for(found.kind)]
    context: dict[str, Any] = {
        "base": place.base,
        "all_url": place.all,
        "found": found,
        "newest": newest_of(found),
        "keys": [(one, STATES[one.state], one.state == "live") for one in found.keys],
        "acts_as": _acts_as(found),
        "scopes": scopes,
        "days": list(DAYS.items()),
        "values": request.POST,
        "secret": secret,
        "problems": problems,
    }
    response = render(request, "web_api/application.html", context, status=422 if problems else 200)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _acts_as(found: identity.ApplicationCard) -> str:
    if found.kind == "body" and found.post_id and found.body_id:
        title = pick(directory.post(found.post_id).title)
        return f"{title}, {pick(directory.body(found.body_id).name)}"
    if found.kind == "business":
        return found.on_behalf_of.removeprefix("business:")
    return _("you yourself")


def _fault(no: Refusal, path: str) -> Problem:
    return Problem(path=path, code=no.code, text=dict.fromkeys(("vi", "en", "fr"), of_refusal(no)))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
