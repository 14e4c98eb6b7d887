"""Who calls, by the key alone, and whether the key has the scope that an operation needs."""

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer

from motcua.identity import api as identity
from motcua.kernel.actors import GUEST, Actor
from motcua.kernel.refusals import Refusal

LONGEST = 200


class Call(HttpRequest):
    """A request whose caller is known (only a type: the attribute is set by `identify`)."""

    caller: identity.Caller | None


def identify(request: HttpRequest) -> identity.Caller | None:
    """The caller, None without a key; Refusals of `identity.actor_of_key`."""
    request.caller = None  # type: ignore[attr-defined]
    header = request.headers.get("Authorization", "")
    if not header:
        return None
    scheme, _space, secret = header.partition(" ")
    if scheme.lower() != "bearer" or len(secret) > LONGEST:
        raise Refusal("identity.key-unknown")
    caller = identity.actor_of_key(secret.strip())
    request.caller = caller  # type: ignore[attr-defined]
    return caller


def actor_of(request: HttpRequest) -> Actor:
    """Who asks; a guest without a key."""
    caller: identity.Caller | None = getattr(request, "caller", None)
    return caller.actor if caller else GUEST


class Key(HttpBearer):
    """Lets a request pass whose key has the scope: `officer`, if given, for an officer's."""

    def __init__(self, scope: str, *, officer: str = "") -> None:
        super().__init__()
        self.scope, self.officer = scope, officer
        self.scopes = (scope, officer) if officer else (scope,)

    def __call__(self, request: HttpRequest) -> Any:
        caller: identity.Caller | None = getattr(request, "caller", None)
        if caller is None:
            raise Refusal("identity.key-needed")
        works = bool(self.officer) and caller.actor.kind == "officer"
        scope = self.officer if works else self.scope
        if scope not in caller.scopes:
            raise Refusal("identity.scope-missing", scope=scope)
        return caller

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        raise NotImplementedError  # `__call__` asks what the middleware found out


# Applications are filed with dossiers:*, by citizens and at the counter; a dossier is read and
# acted on with dossiers:* by its applicant and with queue:* by the office.
READ = Key("dossiers:read", officer="queue:read")
WRITE = Key("dossiers:write", officer="queue:write")
FILED = Key("dossiers:read")
FILE = Key("dossiers:write")
