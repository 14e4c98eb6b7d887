"""Who calls a door: a body's application by its key, and whether the key opens it."""

from django.http import HttpRequest

from motcua.identity import api as identity
from motcua.kernel.refusals import Refusal


def caller_with(request: HttpRequest, scope: str) -> identity.Caller:
    """The caller, whose key has the scope. Refusals identity.key-needed, identity.scope-missing."""
    caller: identity.Caller | None = getattr(request, "caller", None)
    if caller is None:
        raise Refusal("identity.key-needed")
    if scope not in caller.scopes or caller.actor.kind != "officer":
        raise Refusal("identity.scope-missing", scope=scope)
    return caller
