"""Replies of the digital registries API: plain JSON, and {"detail": ...} for every no."""

from typing import Any

import msgspec
from django.http import HttpResponse

from motcua.kernel.refusals import Refusal, sentence_of
from motcua.web.shell import sentences


def reply(body: Any, status: int = 200) -> HttpResponse:
    return HttpResponse(msgspec.json.encode(body), status=status, content_type="application/json")


def nothing() -> HttpResponse:
    """204: done, and there is nothing to say."""
    response = HttpResponse(status=204)
    del response.headers["Content-Type"]
    return response


def refused(no: Refusal) -> HttpResponse:
    """A refusal; a record that is not there and one that may not be seen sound alike."""
    status = sentence_of(no.code).status
    detail = "no record found" if no.code == "doors.no-record" else sentences.of_refusal(no)
    body: dict[str, Any] = {"detail": detail, "code": no.code}
    if no.problems:
        body["problems"] = [{"path": one.path, "code": one.code} for one in no.problems]
    response = reply(body, status)
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    if status == 429:
        response.headers["Retry-After"] = str(no.params.get("seconds", 60))
    return response
