"""Who asks: the actor of a request, from the account and what the session says it acts as."""

from django.http import HttpRequest

from motcua.identity import api as identity
from motcua.kernel.actors import GUEST, Actor
from motcua.kernel.refusals import Refusal


def actor_of(request: HttpRequest) -> Actor:
    """An officer through the post in use, else a person (or the business acted for), or a guest.

    Kept on the request, so that a page asks once. Refusals of `identity.actor_of`.
    """
    known = getattr(request, "_actor", None)
    if known is None:
        session = request.session
        post, behalf = session.get("post"), str(session.get("on_behalf_of") or "")
        known = GUEST
        if request.user.is_authenticated:
            known = identity.actor_of(request.user, post, "" if post else behalf)
        request._actor = known  # type: ignore[attr-defined]  # noqa: SLF001 - ours to keep
    return known


def person_of(request: HttpRequest) -> Actor:
    """The same human being as a citizen: an officer's own affairs are never done by the post.

    A business that may no longer be represented is forgotten, and the person acts for himself.
    """
    if not request.user.is_authenticated:
        return GUEST
    behalf = str(request.session.get("on_behalf_of") or "")
    try:
        return identity.actor_of(request.user, None, behalf)
    except Refusal as no:
        if no.code != "identity.not-representative":
            raise
        request.session.pop("on_behalf_of", None)
        return identity.actor_of(request.user)
