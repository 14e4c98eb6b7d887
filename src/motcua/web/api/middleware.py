"""What happens to every request of a machine: no cookies, no sessions, no HTML, never a 500 page.

Requests under /api/v1/ do not pass the middleware of screens at all. The key decides who asks; the
view is found and called here, and whatever goes wrong becomes problem+json.
"""

import logging
import sys
from collections.abc import Callable
from functools import lru_cache
from math import ceil

from django.conf import settings
from django.core.exceptions import SuspiciousOperation, TooManyFilesSent
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.urls import ResolverMatch, resolve
from django.utils import translation
from django.utils.cache import patch_vary_headers

from motcua.kernel.refusals import Refusal
from motcua.web.api import callers, problems
from motcua.web.api.describing import MULTIPART
from motcua.web.shell.limits import Limiter, Rate
from motcua.web.shell.middleware import address_of, check_address, check_size, is_unreadable

Answer = Callable[[HttpRequest], HttpResponseBase]
PREFIX = "/api/v1/"
RATES = {"api-key": (600, 200), "api-guest": (120, 60)}
_log = logging.getLogger(__name__)


class Machines:
    """Answers what lies under /api/v1/; everything else goes on."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        rates = {**RATES, **getattr(settings, "RATE_LIMITS", {})}
        self.limiters = {name: Limiter(Rate(*rates[name])) for name in RATES}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        request.COOKIES = {}  # a key is the only way in, so there is nothing to forge
        language = translation.get_language_from_request(request)
        with translation.override(language):
            response = self._answered(request)
        response.headers["Content-Language"] = language
        response.headers.setdefault("Cache-Control", "private, no-store")
        patch_vary_headers(response, ["Authorization", "Accept-Language"])
        return response

    def _answered(self, request: HttpRequest) -> HttpResponseBase:
        try:
            return self._looked_up(request)
        except Refusal as no:
            return problems.answer(no)
        except Http404:
            return problems.answer(Refusal("api.not-found"))
        except (SuspiciousOperation, MultiPartParserError, TooManyFilesSent, UnreadablePostError):
            return problems.answer(Refusal("api.unreadable"))
        except Exception:  # the one boundary of the API: a bug is noted, and told as a problem
            got_request_exception.send(sender=type(self), request=request)
            _log.exception("api_fault", exc_info=sys.exc_info())
            return problems.answer(Refusal("api.fault"))

    def _looked_up(self, request: HttpRequest) -> HttpResponseBase:
        check_size(request)
        check_address(request)
        self._admit(request)
        match = _resolved(request.path_info)
        request.resolver_match = match
        _check_media_type(request, match)
        response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        if response.status_code == 405:
            allowed = response.headers.get("Allow", "")
            response = problems.answer(Refusal("api.method-not-allowed"))
            response.headers["Allow"] = allowed
        return response

    def _admit(self, request: HttpRequest) -> None:
        """Find out who asks, and that he does not ask too often; a wrong key counts as a guest."""
        try:
            caller = callers.identify(request)
        except Refusal:
            self._slow_down("api-guest", address_of(request))
            raise
        if caller is None:
            self._slow_down("api-guest", address_of(request))
        else:
            self._slow_down("api-key", str(caller.application_id))

    def _slow_down(self, name: str, key: str) -> None:
        if not getattr(settings, "RATE_LIMITS_ON", True):
            return
        if seconds := ceil(self.limiters[name].wait(key)):
            raise Refusal("shell.too-many-requests", seconds=seconds)


# Some dozens of patterns are tried one after the other: too much for what is asked every moment.
_resolved = lru_cache(maxsize=512)(resolve)


def _check_media_type(request: HttpRequest, match: ResolverMatch) -> None:
    """Bodies are JSON, and multipart where files travel."""
    if request.method not in {"POST", "PUT", "PATCH"}:
        return
    wanted = "application/json"
    if match.url_name in MULTIPART:
        wanted = "multipart/form-data"
    elif request.META.get("CONTENT_LENGTH") in (None, "", "0"):
        return
    if request.content_type != wanted or _charset(request) not in ("", "utf-8", "utf8"):
        raise Refusal("api.media-type", accepts=wanted)
    if wanted != "application/json" and is_unreadable(request):
        raise Refusal("api.unreadable")


def _charset(request: HttpRequest) -> str:
    return str((request.content_params or {}).get("charset", "")).lower()


def nothing_here(request: HttpRequest, *_given: object, **_named: object) -> HttpResponse:  # noqa: ARG001
    """The end of /api/v1/: keeps unknown addresses out of the pages' 404."""
    raise Http404
