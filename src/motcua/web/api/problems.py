"""Every "no" as problem+json (RFC 9457), with all faults at once and in the reader's language."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from django.conf import settings
from django.http import HttpResponse
from msgspec import Struct

from motcua.kernel.refusals import Problem, Refusal, sentence_of
from motcua.web.shell import errors, sentences

MEDIA_TYPE = "application/problem+json"
# What pydantic says, as far as it needs a word of its own.
_KINDS = {"missing": "api.missing", "extra_forbidden": "api.unexpected"}


class Fault(Struct, frozen=True, kw_only=True):
    """One fault: where (`child.born_on`, `body.items.0.paper`), its stable code, and in words."""

    path: str
    code: str
    detail: str


class ProblemDetails(Struct, frozen=True, kw_only=True):
    """RFC 9457. `type` leads to the code's description; `params` fill the sentence."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    params: dict[str, Any] = {}
    problems: tuple[Fault, ...] = ()


def details_of(no: Refusal) -> ProblemDetails:
    """A refusal in words."""
    status = sentence_of(no.code).status
    return ProblemDetails(
        type=f"{settings.MOTCUA_ORIGIN}/api/problems/#{no.code}",
        title=str(errors.TITLES.get(status, errors.TITLES[400])),
        status=status,
        detail=sentences.of_refusal(no),
        code=no.code,
        params=no.params,
        problems=faults_of(no.problems),
    )


def faults_of(problems: Iterable[Problem]) -> tuple[Fault, ...]:
    """Problems in words; a question is named by its title."""
    return tuple(
        Fault(
            path=one.path,
            code=one.code,
            detail=sentences.of_problem(one, sentences.pick(one.params.get("title"))),
        )
        for one in problems
    )


def answer(no: Refusal) -> HttpResponse:
    """The response for a refusal."""
    details = details_of(no)
    content = msgspec.json.encode(details, enc_hook=str)
    response = HttpResponse(content, status=details.status, content_type=MEDIA_TYPE)
    if details.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    if details.status == 429:
        response.headers["Retry-After"] = str(no.params.get("seconds", 60))
    return response


def invalid(found: Sequence[dict[str, Any]]) -> Refusal:
    """The faults that pydantic found, as a refusal."""
    problems = tuple(
        Problem(path=_path(one["loc"]), code=_KINDS.get(str(one["type"]), "api.wrong-value"))
        for one in found
    )
    return Refusal("api.invalid", problems, count=len(problems))


def _path(where: Sequence[Any]) -> str:
    """`("body", "body", "items", 0, "paper")` -> `items.0.paper`; queries keep their name."""
    parts = [str(part) for part in where[1:]]
    if where[:1] == ("body",) and parts[:1] == ["body"]:
        parts = parts[1:]
    return ".".join(parts) or "body"
