"""Only for officers at a post: who signed in works through one, and looks at one body's work.

What was typed when a session ran out waits in the (now anonymous) session until the sign-in is
done; a signed key in the way back binds it to its page, for an hour.
"""

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from motcua.identity import api as identity
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.web.shell.actors import actor_of

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Actor, P], HttpResponseBase]
Raw = dict[str, list[str]]
SLOT, SALT, KEPT_S, MOST_KEPT, MOST_CHARACTERS = "desk-kept", "desk.kept", 3600, 3, 60_000


def officer(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Give the view its officer; others sign in, or choose at which post they work."""

    @functools.wraps(view)
    def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _sign_in(request)
        actor = _at_post(request)
        if actor is None:
            back = urlencode({"next": request.get_full_path()})
            return HttpResponseRedirect(f"{reverse('desk:posts')}?{back}", status=303)
        return view(request, actor, *args, **kwargs)

    return checked


def _at_post(request: HttpRequest) -> Actor | None:
    """The officer at the post in use, or at the only one held; None when there is a choice."""
    if request.session.get("post"):
        try:
            return actor_of(request)
        except Refusal as no:
            if no.code != "identity.post-not-held":
                raise
            del request.session["post"]  # the appointment ended
    posts = identity.current_posts(request.user.id) if request.user.id else []
    if not posts:
        raise PermissionDenied
    if len(posts) > 1:
        return None
    return take_post(request, str(posts[0].id))


def take_post(request: HttpRequest, post_id: str) -> Actor:
    """Work at this post from now on; Refusal identity.post-not-held."""
    actor = identity.switch_post(request.user, post_id)  # type: ignore[arg-type]
    request.session["post"] = str(actor.post_id)
    request._actor = actor  # type: ignore[attr-defined]  # noqa: SLF001 - as shell.actors keeps it
    return actor


def _sign_in(request: HttpRequest) -> HttpResponseBase:
    if request.method != "POST":
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    path, raw = request.get_full_path(), raw_of(request)
    if sum(len(text) for values in raw.values() for text in values) <= MOST_CHARACTERS:
        kept = dict(list(request.session.get(SLOT, {}).items())[-MOST_KEPT + 1 :])
        request.session[SLOT] = {**kept, request.path: raw}
        mark = "&" if "?" in path else "?"
        path += f"{mark}kept={signing.dumps(request.path, salt=SALT)}"
    response = redirect_to_login(path, settings.LOGIN_URL)
    response.status_code = 303
    return response


def kept_for(request: HttpRequest) -> Raw:
    """What was typed on this page before the session ran out; given once, {} for none."""
    try:
        path = signing.loads(request.GET.get("kept", ""), salt=SALT, max_age=KEPT_S)
    except signing.BadSignature:
        return {}
    slot = dict(request.session.get(SLOT, {}))
    found: Raw = slot.pop(request.path, {}) if path == request.path else {}
    request.session[SLOT] = slot
    return found


def raw_of(request: HttpRequest) -> Raw:
    """The fields of a POST as the doors take them."""
    lists: Any = request.POST.lists()
    return {name: list(values) for name, values in lists if name != "csrfmiddlewaretoken"}
