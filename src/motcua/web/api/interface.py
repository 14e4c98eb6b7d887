"""The API as one thing: its routes, how it reads, how it refuses, how it describes itself."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from motcua.kernel.refusals import Refusal
from motcua.web.api import problems
from motcua.web.api.describing import completed
from motcua.web.api.reading import StrictParser
from motcua.web.api.routes import catalogue, dossiers, drafts, hooks, money, registers, work

DESCRIPTION = """Everything that a person can do on the screens, by the same operations.

Send a key: `Authorization: Bearer mc_...`. Faults are problem+json (RFC 9457) with stable codes,
all at once, in the language of `Accept-Language` (vi, en, fr). Writes take an `Idempotency-Key`.
"""


class Described(NinjaAPI):
    """Ninja's description, completed by what is really answered."""

    def get_openapi_schema(self, **options: Any) -> Any:
        return completed(super().get_openapi_schema(**options))


def built() -> NinjaAPI:
    """The API with all its routes."""
    api = Described(
        title="MotCua",
        version="1",
        urls_namespace="api",
        description=DESCRIPTION,
        docs_url=None,
        parser=StrictParser(),
        servers=[{"url": settings.MOTCUA_ORIGIN}],
    )
    for room in (catalogue, drafts, dossiers, money, work, registers, hooks):
        api.add_router("", room.router)
    for kind, handler in _HANDLERS.items():
        api.add_exception_handler(kind, handler)
    return api


def _refused(request: HttpRequest, no: Any) -> HttpResponse:  # noqa: ARG001
    return problems.answer(no)


def _invalid(request: HttpRequest, fault: Any) -> HttpResponse:  # noqa: ARG001
    return problems.answer(problems.invalid(fault.errors))


def _unreadable(request: HttpRequest, fault: Any) -> HttpResponse:  # noqa: ARG001
    return problems.answer(Refusal("api.unreadable"))


def _missing(request: HttpRequest, fault: Any) -> HttpResponse:  # noqa: ARG001
    return problems.answer(Refusal("api.not-found"))


def _bug(request: HttpRequest, fault: Any) -> HttpResponse:  # noqa: ARG001
    raise fault  # to the boundary in the middleware


_HANDLERS: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
    Refusal: _refused,
    ValidationError: _invalid,
    HttpError: _unreadable,
    Http404: _missing,
    Exception: _bug,
}
api = built()


@cache
def described() -> Any:
    """The OpenAPI description, made once."""
    return api.get_openapi_schema()
