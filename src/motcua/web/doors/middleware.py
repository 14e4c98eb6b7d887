"""What happens to every request at a door: no cookies, no sessions, no HTML, never a bare 500.

The key decides who asks; the view is found and called here, and whatever goes wrong is answered in
the words of the standard that is spoken at that door.
"""

import logging
import sys
from collections.abc import Callable
from math import ceil

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from django.urls import resolve
from django.utils import translation

from motcua.kernel.refusals import Refusal
from motcua.web.api import callers
from motcua.web.doors.dci import replies as dci
from motcua.web.doors.govstack import replies as govstack
from motcua.web.shell.limits import Limiter, Rate
from motcua.web.shell.middleware import address_of, check_address, check_size

Answer = Callable[[HttpRequest], HttpResponseBase]
DOORS: dict[str, Callable[[Refusal], HttpResponse]] = {
    "/dci/": dci.refused,
    "/govstack/": govstack.refused,
}
RATES = {"door-key": (600, 200), "door-guest": (60, 30)}
_log = logging.getLogger(__name__)


class Doors:
    """Answers what lies behind a door; everything else goes on."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        rates = {**RATES, **getattr(settings, "RATE_LIMITS", {})}
        self.limiters = {name: Limiter(Rate(*rates[name])) for name in RATES}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        refused = next((how for at, how in DOORS.items() if request.path_info.startswith(at)), None)
        if refused is None:
            return self.get_response(request)
        request.COOKIES = {}  # a key is the only way in, so there is nothing to forge
        with translation.override("en"):  # machines talk to machines
            response = self._answered(request, refused)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def _answered(
        self, request: HttpRequest, refused: Callable[[Refusal], HttpResponse]
    ) -> HttpResponseBase:
        try:
            return self._looked_up(request)
        except Refusal as no:
            return refused(no)
        except Http404:
            return refused(Refusal("api.not-found"))
        except (SuspiciousOperation, UnreadablePostError):
            return refused(Refusal("api.unreadable"))
        except Exception:  # the one boundary of the doors: a bug is noted, and told as a fault
            got_request_exception.send(sender=type(self), request=request)
            _log.exception("door_fault", exc_info=sys.exc_info())
            return refused(Refusal("api.fault"))

    def _looked_up(self, request: HttpRequest) -> HttpResponseBase:
        check_size(request)
        check_address(request)
        self._admit(request)
        match = resolve(request.path_info)
        request.resolver_match = match
        if request.method in {"POST", "PUT"} and request.content_type != "application/json":
            raise Refusal("api.media-type", accepts="application/json")
        response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        if response.status_code == 405:
            raise Refusal("api.method-not-allowed")
        return response

    def _admit(self, request: HttpRequest) -> None:
        """Find out who asks, and that he does not ask too often; a wrong key counts as a guest."""
        try:
            caller = callers.identify(request)
        except Refusal:
            self._slow_down("door-guest", address_of(request))
            raise
        if caller is None:
            self._slow_down("door-guest", address_of(request))
        else:
            self._slow_down("door-key", str(caller.application_id))

    def _slow_down(self, name: str, key: str) -> None:
        if not getattr(settings, "RATE_LIMITS_ON", True):
            return
        if seconds := ceil(self.limiters[name].wait(key)):
            raise Refusal("shell.too-many-requests", seconds=seconds)
