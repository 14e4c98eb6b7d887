"""What happens to every request before and after a view: guards, language, limits, refusals.

Settings: `RATE_LIMITS_ON`, `RATE_LIMITS` (name -> (per minute, burst)), `TRUSTED_PROXIES` (how many
reverse proxies stand in front and append to X-Forwarded-For), `MOTCUA_UPLOAD_MAX_BYTES`.
"""

import re
from collections.abc import Callable
from math import ceil
from typing import Any
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.template.defaultfilters import filesizeformat

from motcua.kernel.refusals import Refusal
from motcua.web.shell import errors
from motcua.web.shell.headers import secure
from motcua.web.shell.limits import Limiter, Rate

Answer = Callable[[HttpRequest], HttpResponseBase]
FORM_BYTES = 1024 * 1024  # what a form may weigh beside its files
FILES_AT_ONCE = 5
RATES = {"address": (600, 200), "account": (300, 100), "writing": (60, 30)}
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


class SecurityHeaders:
    """Outermost, so that no answer leaves without them, not even an error or a static file."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.DEBUG:
            return self._counted(request)
        return self._secured(request)

    def _secured(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
        opening = settings.SESSION_COOKIE_NAME in response.cookies
        secure(response, personal=signed_in or opening or request.method in UNSAFE)
        return response

    def _counted(self, request: HttpRequest) -> HttpResponseBase:
        statements = 0

        def count(execute: Any, *args: Any) -> Any:
            nonlocal statements
            statements += 1
            return execute(*args)

        with connection.execute_wrapper(count):
            response = self._secured(request)
        response.headers["X-Statements"] = str(statements)
        return response


class Guards:
    """Refuse what no view could use: broken Unicode, NUL characters, bodies beyond the limit."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            check_size(request)
            check_address(request)
        except Refusal as refusal:
            return errors.refusal_page(request, refusal)
        _forget_damaged_cookies(request)
        response = self.get_response(request)
        if response.status_code == 405 and not getattr(response, "content", b"x"):
            return _not_allowed(request, response)
        return response

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        if request.method == "POST" and is_unreadable(request):
            return errors.refusal_page(request, Refusal("shell.unreadable-request"))
        return None


class _Size(int):
    """Written out when the page is made: only then is its language known."""

    def __str__(self) -> str:
        return str(filesizeformat(int(self)))


def check_size(request: HttpRequest) -> None:
    length = request.META.get("CONTENT_LENGTH") or "0"
    form = request.content_type != "multipart/form-data"
    limit = FORM_BYTES if form else FILES_AT_ONCE * settings.MOTCUA_UPLOAD_MAX_BYTES + FORM_BYTES
    if not length.isdecimal():
        raise Refusal("shell.unreadable-request")
    if int(length) > limit:
        raise Refusal("shell.request-too-large", limit=_Size(limit))


def check_address(request: HttpRequest) -> None:
    query = unquote_to_bytes(request.META.get("QUERY_STRING", "").replace("+", " "))
    path = request.path_info.encode("utf-8", "surrogateescape")
    for part in (path, query):
        try:
            text = part.decode()
        except UnicodeDecodeError:
            raise Refusal("shell.unreadable-request") from None
        if "\x00" in text or (part is path and "\ufffd" in text):
            raise Refusal("shell.unreadable-request")


def _forget_damaged_cookies(request: HttpRequest) -> None:
    """No cookie of ours holds control characters: to refuse would lock the reader out for good."""
    for name in [name for name, value in request.COOKIES.items() if not value.isprintable()]:
        del request.COOKIES[name]


_UNREADABLE = re.compile("[\x00\ufffd\ud800-\udfff]")


def is_unreadable(request: HttpRequest) -> bool:
    """NUL cannot be stored; U+FFFD is what is left of bytes that were not UTF-8."""
    fields = request.POST.lists()
    return any(
        _UNREADABLE.search(name) or any(map(_UNREADABLE.search, values)) for name, values in fields
    )


def _not_allowed(request: HttpRequest, response: HttpResponseBase) -> HttpResponse:
    page = errors.refusal_page(request, Refusal("shell.method-not-allowed"))
    page.headers["Allow"] = response.headers.get("Allow", "")
    return page


class Language(LocaleMiddleware):
    """The language cookie, else what the browser asks for, else Vietnamese."""


class RateLimits:
    """Limits per address for everybody, per account for the signed-in, and for writing."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        rates = {**RATES, **getattr(settings, "RATE_LIMITS", {})}
        self.limiters = {name: Limiter(Rate(*rate)) for name, rate in rates.items()}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not getattr(settings, "RATE_LIMITS_ON", True):
            return self.get_response(request)
        seconds = ceil(max((self._wait(*limit) for limit in _limits_of(request)), default=0))
        if not seconds:
            return self.get_response(request)
        refusal = Refusal("shell.too-many-requests", seconds=seconds)
        response = errors.refusal_page(request, refusal)
        response.headers["Retry-After"] = str(seconds)
        return response

    def _wait(self, name: str, key: str) -> float:
        return self.limiters[name].wait(key)


def _limits_of(request: HttpRequest) -> list[tuple[str, str]]:
    address = address_of(request)
    account = ""
    if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
        account = str(request.user.pk)
    limits = [("account", account)] if account else [("address", address)]
    if request.method in UNSAFE:
        limits.append(("writing", account or address))
    return limits


def address_of(request: HttpRequest) -> str:
    """The caller's address; X-Forwarded-For counts only behind `TRUSTED_PROXIES` proxies."""
    proxies = int(getattr(settings, "TRUSTED_PROXIES", 0))
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if proxies and len(forwarded) >= proxies and forwarded[-proxies].strip():
        return str(forwarded[-proxies].strip())
    return str(request.META.get("REMOTE_ADDR", ""))


class Refusals:
    """The one mapper from an expected "no" to a page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        if isinstance(exception, Refusal):
            return errors.refusal_page(request, exception)
        return None
