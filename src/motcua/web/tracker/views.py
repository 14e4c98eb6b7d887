"""findUsage, usagePeriod and heartbeat: parsed, asked of openness, answered as published."""

import functools
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from motcua.identity import api as identity
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.openness import api as openness
from motcua.web.api import callers, problems
from motcua.web.shell.middleware import check_address, check_size
from motcua.web.tracker.reading import asked

SCOPE = "usage:read"
SYSTEM = "MotCua"
Service = Callable[[HttpRequest], dict[str, Any]]


def _service(service: Service) -> Callable[[HttpRequest], HttpResponseBase]:
    """GET only, JSON always; a refusal becomes a problem with its status. No cookie counts."""

    @csrf_exempt
    @functools.wraps(service)
    def answered(request: HttpRequest) -> HttpResponseBase:
        request.COOKIES = {}
        try:
            if request.method not in {"GET", "HEAD"}:
                raise Refusal("shell.method-not-allowed")
            check_size(request)
            check_address(request)
            content = msgspec.json.encode(service(request))
            response = HttpResponse(content, content_type="application/json")
        except Refusal as no:
            response = problems.answer(no)
        response.headers["Cache-Control"] = "private, no-store"
        patch_vary_headers(response, ["Authorization", "Accept-Language", "X-Road-UserId"])
        return response

    return answered


def _portal(request: HttpRequest) -> Actor:
    """The software that asks. Refusals identity.key-needed, identity.scope-missing."""
    caller = callers.identify(request)
    if caller is None:
        raise Refusal("identity.key-needed")
    if SCOPE not in caller.scopes:
        raise Refusal("identity.scope-missing", scope=SCOPE)
    identity.require(caller.actor, "relay-usage", caller.actor.body_id)
    return caller.actor


@_service
def find_usage(request: HttpRequest) -> dict[str, Any]:
    """The uses of a person's data, newest first, with how many there are in all."""
    portal = _portal(request)
    wanted = asked(request)
    total, entries = openness.usage_for(
        portal,
        user=wanted.user,
        subject=wanted.subject,
        since=wanted.since,
        until=wanted.until,
        offset=wanted.offset,
        limit=wanted.limit,
    )
    return {"totalUsages": total, "usages": [_usage(one) for one in entries]}


def _usage(one: openness.Usage) -> dict[str, str]:
    return {
        "logtime": _utc(one.at),
        "action": openness.action_of(one),
        "receiverCode": one.body_code or SYSTEM,
        "receiverName": openness.said(one.body) or openness.who(one),
        "receiverSystem": openness.said(one.register_title) or SYSTEM,
    }


@_service
def usage_period(request: HttpRequest) -> dict[str, Any]:
    """From when on there are entries; without an end they reach to the present moment."""
    _portal(request)
    return {"periodStart": _utc(openness.log_begins())}


@_service
def heartbeat(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001
    """Whether the log can be read."""
    try:
        openness.log_begins()
    except DatabaseError:
        return {"status": "FAIL", "message": "The log cannot be read."}
    return {"status": "OK", "message": "API is ready"}


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
