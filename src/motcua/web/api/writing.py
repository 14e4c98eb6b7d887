"""Answers: JSON by msgspec, versions as ETags, and every write at most once for its key."""

import hashlib
from collections.abc import Callable
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse

from motcua.exchange import api as exchange
from motcua.identity import api as identity
from motcua.kernel.refusals import Refusal

HEADER = "Idempotency-Key"


def reply(value: Any, *, status: int = 200) -> HttpResponse:
    """A value as JSON; what carries a version gets it as ETag."""
    response = HttpResponse(
        msgspec.json.encode(value), status=status, content_type="application/json"
    )
    version = getattr(value, "version", None)
    if isinstance(version, int):
        response.headers["ETag"] = f'"{version}"'
    return response


def nothing() -> HttpResponse:
    """204: done, and there is nothing to say."""
    response = HttpResponse(status=204)
    del response.headers["Content-Type"]
    return response


def written(
    request: HttpRequest, do: Callable[[], Any], *, status: int = 200, needs_key: bool = False
) -> HttpResponse:
    """Do a write, once for its Idempotency-Key; repeated, it gives the first answer again."""
    key = request.headers.get(HEADER, "")
    caller: identity.Caller | None = getattr(request, "caller", None)
    if not key and needs_key:
        raise Refusal("api.key-needed")
    if not key or caller is None:
        return _answer(do(), status)
    answer = exchange.once(
        caller.application_id, key, _fingerprint(request), do=lambda: (status, do())
    )
    if answer.status == 204:
        return nothing()
    response = HttpResponse(answer.body, status=answer.status, content_type="application/json")
    if answer.replayed:
        response.headers["Idempotent-Replayed"] = "true"
    return response


def _answer(value: Any, status: int) -> HttpResponse:
    return nothing() if status == 204 else reply(value, status=status)


def _fingerprint(request: HttpRequest) -> str:
    method, path = str(request.method), request.get_full_path()
    if request.content_type != "multipart/form-data":
        return exchange.fingerprint_of(method, path, request.body)
    parts = [f"{name}={values}" for name, values in sorted(request.POST.lists())]
    for name, uploads in sorted(request.FILES.lists()):
        for upload in uploads:
            digest = hashlib.sha256(upload.read()).hexdigest()
            upload.seek(0)
            parts.append(f"{name}:{upload.name}:{digest}")
    return exchange.fingerprint_of(method, path, "\n".join(parts).encode())
