"""Only for the signed-in; what was typed when a session ran out waits until the sign-in is done.

The typed values lie in the (now anonymous) session, on the server; signing in keeps that session.
They are bound to the page's address, for an hour, by a signed key in the way back; the page asks
for its draft or dossier first, so nobody but its owner meets them again.
"""

import functools
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.dossiers import api as dossiers
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.web.shell.actors import person_of

View = Callable[..., HttpResponseBase]
Raw = dict[str, list[str]]
KEPT_S, MOST_KEPT, MOST_CHARACTERS = 3600, 3, 60_000
SALT, SLOT = "portal.kept", "kept"
NOT_KEPT = {"csrfmiddlewaretoken", "kept"}


def signed_in(view: View) -> View:
    """Give the view its person; send strangers to sign in, and back to where they were."""

    @functools.wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, person_of(request), *args, **kwargs)
        if request.method == "POST":
            return _come_back(request)
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)

    return checked


def _come_back(request: HttpRequest) -> HttpResponseBase:
    """Keep the typed text of a POST whose session is over, and return to the page after sign-in."""
    path = request.path.removesuffix("/autosave").removesuffix("/choose")
    raw = raw_of(request)
    if sum(len(text) for values in raw.values() for text in values) <= MOST_CHARACTERS:
        kept = dict(list(request.session.get(SLOT, {}).items())[-MOST_KEPT + 1 :])
        kept[path] = raw
        request.session[SLOT] = kept
        path += f"?{SLOT}={signing.dumps(path, salt=SALT, compress=False)}"
    if request.FILES:
        messages.warning(request, _("Files could not be kept: please choose them again."))
    response = redirect_to_login(path, settings.LOGIN_URL)
    response.status_code = 303
    return response


def kept_for(request: HttpRequest) -> Raw:
    """What was typed on this page before the session ran out; {} for none, or too long ago."""
    key = request.GET.get(SLOT, "")
    if not key:
        return {}
    try:
        path = signing.loads(key, salt=SALT, max_age=KEPT_S)
    except signing.BadSignature:
        return {}
    found: Raw = request.session.get(SLOT, {}).get(path, {}) if path == request.path else {}
    return found


def forget_kept(request: HttpRequest) -> None:
    """It is safe now (or was not wanted)."""
    kept = request.session.get(SLOT, {})
    if request.path in kept:
        request.session[SLOT] = {path: raw for path, raw in kept.items() if path != request.path}


def raw_of(request: HttpRequest) -> Raw:
    """The fields of a POST as the doors take them."""
    lists: Any = request.POST.lists()
    return {name: list(values) for name, values in lists if name not in NOT_KEPT}


def with_draft(view: View) -> View:
    """Give the view the person's own draft; one that was sent leads to its confirmation."""

    @signed_in
    @functools.wraps(view)
    def found(request: HttpRequest, actor: Actor, *args: Any, **kwargs: Any) -> HttpResponseBase:
        draft_id: UUID = kwargs.pop("draft_id")
        try:
            draft = dossiers.draft(actor, draft_id)
        except Refusal as no:
            return _sent_already(actor, draft_id, no)
        return view(request, actor, draft, *args, **kwargs)

    return found


def _sent_already(actor: Actor, draft_id: UUID, no: Refusal) -> HttpResponseBase:
    try:
        dossiers.dossier_view(actor, draft_id)
    except Refusal:
        raise no from None
    return HttpResponseRedirect(reverse("portal:sent", args=[draft_id]))
