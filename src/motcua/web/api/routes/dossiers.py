"""Dossiers, seen by the applicant or by the office: one door for every verb."""

import json
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router

from motcua.documents import api as documents
from motcua.dossiers import api as dossiers
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.web.api import shapes
from motcua.web.api.bodies import ActIn, Limit, RatingIn, TextIn
from motcua.web.api.callers import READ, WRITE, actor_of
from motcua.web.api.describing import operation
from motcua.web.api.reading import Raw, check_storable, nested, raw_of, unknown_answers, version_of
from motcua.web.api.writing import reply, written

router = Router()
GROUP = "dossiers"
DOSSIER = "/dossiers/{uuid:dossier_id}"
ANSWERING = {"supplement", "correct", "reissue"}
PDF = "application/pdf"
SUPPLEMENT = {
    "type": "object",
    "properties": {
        "answers": {"type": "string", "description": "JSON object of answers"},
        "say": {"type": "string", "maxLength": 4000},
        "version": {"type": "string", "pattern": "^[0-9]{1,9}$"},
    },
    "additionalProperties": {"type": "array", "items": {"type": "string", "format": "binary"}},
}


@router.get(
    "/dossiers",
    **operation("list_dossiers", _("My dossiers"), shapes.Dossiers, group=GROUP, key=READ),
)
def list_dossiers(
    request: HttpRequest,
    open_only: bool = False,
    after: UUID | None = None,
    limit: Limit = 50,
) -> HttpResponse:
    """One's own, or those of the business acted for; newest first."""
    found = dossiers.my_dossiers(
        actor_of(request), open_only=open_only, after=after, limit=limit + 1
    )
    page = tuple(found[:limit])
    return reply(shapes.Dossiers(items=page, next=str(page[-1].id) if len(found) > limit else ""))


@router.get(
    DOSSIER, **operation("get_dossier", _("One dossier"), shapes.Dossier, group=GROUP, key=READ)
)
def get_dossier(
    request: HttpRequest,
    dossier_id: UUID,
    purpose: Annotated[str, Query(max_length=100)] = "processing",
) -> HttpResponse:
    """Its ETag is its version. An officer's look is recorded, with its `purpose`."""
    view = dossiers.dossier_view(actor_of(request), dossier_id, purpose=purpose)
    return reply(shapes.dossier_of(view))


@router.post(
    f"{DOSSIER}/acts/{{slug:verb}}",
    **operation("act", _("Say a verb"), shapes.Dossier, group=GROUP, key=WRITE, writes=True),
)
def act(
    request: HttpRequest, dossier_id: UUID, verb: str, body: ActIn | None = None
) -> HttpResponse:
    """Any verb of `choices`: agree, correct, withdraw, accept, propose, sign, hand-over, ...

    With `version` (or If-Match), a change by somebody else meanwhile is refused with 409."""
    given, actor = body or ActIn(), actor_of(request)
    version = version_of(request, given.version)

    def do() -> shapes.Dossier:
        return _said(actor, dossier_id, verb, given=given, version=version)

    return written(request, do)


def _said(
    actor: Actor, dossier_id: UUID, verb: str, *, given: ActIn, version: int | None
) -> shapes.Dossier:
    params = given.model_dump(exclude_none=True, exclude={"task_id", "version"})
    answers, values = params.pop("answers", None), params.pop("values", None)
    raw = None
    if answers is not None or values is not None:
        told = answers if verb in ANSWERING else values
        raw = _raw(actor, dossier_id, verb, told=told or {})
    dossiers.act_on(
        actor, dossier_id, verb, task_id=given.task_id, version=version, raw=raw, **params
    )
    return shapes.dossier_of(dossiers.dossier_view(actor, dossier_id))


def _raw(actor: Actor, dossier_id: UUID, verb: str, *, told: dict[str, Any]) -> Raw:
    """The answers as the engine's shell reads them; everything that is wrong at once."""
    view = dossiers.dossier_view(actor, dossier_id)
    choice = view.choice(verb)
    fields = view.procedure.fields()
    if choice is not None and verb not in ANSWERING:
        fields = choice.fields
    given = nested(told)
    raw, problems = raw_of(fields, given)
    names = {field.field for field in fields}
    problems += unknown_answers(view.procedure, given, also=names)
    if problems:
        raise Refusal("dossiers.form-incomplete", problems, count=len(problems))
    return raw


@router.post(
    f"{DOSSIER}/supplement",
    **operation(
        "supplement", _("Supplement what was asked for"), shapes.Dossier,
        group=GROUP, key=WRITE, writes=True, form=SUPPLEMENT,
    ),
)  # fmt: skip
def supplement(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Answers as JSON in the part `answers`; files in parts named after the paper that was asked
    for. The verb supplement without files can be said as any other verb."""
    actor, answers = actor_of(request), _json_part(request, "answers")
    version = request.POST.get("version", "")
    known = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else None

    def do() -> shapes.Dossier:
        raw = _raw(actor, dossier_id, "supplement", told=answers)
        dossiers.act_on(
            actor,
            dossier_id,
            "supplement",
            version=version_of(request, known),
            raw=raw,
            uploads={str(name)[:80]: files for name, files in request.FILES.lists()},
            say=request.POST.get("say", ""),
        )
        return shapes.dossier_of(dossiers.dossier_view(actor, dossier_id))

    return written(request, do)


def _json_part(request: HttpRequest, name: str) -> dict[str, Any]:
    text = request.POST.get(name, "").strip()
    if not text:
        return {}
    try:
        found = json.loads(text)
        check_storable(found)
    except (ValueError, RecursionError):
        raise Refusal("api.unreadable") from None
    if not isinstance(found, dict):
        raise Refusal("api.unreadable")
    return found


@router.post(
    f"{DOSSIER}/messages",
    **operation(
        "send_message", _("Write to the other side"), shapes.Created,
        group=GROUP, key=WRITE, status=201, writes=True,
    ),
)  # fmt: skip
def send_message(request: HttpRequest, dossier_id: UUID, body: TextIn) -> HttpResponse:
    """The applicant to the office, or the office to the applicant; read them in the dossier."""
    return written(
        request,
        lambda: shapes.Created(id=dossiers.send_message(actor_of(request), dossier_id, body.text)),
        status=201,
    )


@router.post(
    f"{DOSSIER}/rating",
    **operation(
        "rate", _("Rate the service"), None, group=GROUP, key=WRITE, status=204, writes=True
    ),
)
def rate(request: HttpRequest, dossier_id: UUID, body: RatingIn) -> HttpResponse:
    """Once, by the applicant, when the dossier has ended."""
    return written(
        request,
        lambda: dossiers.rate(actor_of(request), dossier_id, body.stars, text=body.text),
        status=204,
    )


@router.get(
    f"{DOSSIER}/result",
    **operation("get_result", _("Fetch the result"), bytes, group=GROUP, key=READ, media_type=PDF),
)
def get_result(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """The newest signed result, as PDF."""
    actor = actor_of(request)
    view = dossiers.dossier_view(actor, dossier_id)
    ready = [one for one in view.papers if one.kind == "outcome" and one.ready]
    if not ready:
        raise Refusal("api.no-result")
    return download(dossiers.open_paper(actor, dossier_id, ready[-1].paper_id))


@router.get(
    f"{DOSSIER}/papers/{{uuid:paper_id}}",
    **operation(
        "open_paper", _("Fetch a slip or a result"), bytes, group=GROUP, key=READ, media_type=PDF
    ),
)
def open_paper(request: HttpRequest, dossier_id: UUID, paper_id: UUID) -> HttpResponse:
    """One of `papers`, as PDF."""
    return download(dossiers.open_paper(actor_of(request), dossier_id, paper_id))


@router.get(
    f"{DOSSIER}/files/{{uuid:file_id}}",
    **operation(
        "open_file", _("Fetch a file that was given"), bytes,
        group=GROUP, key=READ, media_type="*/*",
    ),
)  # fmt: skip
def open_file(request: HttpRequest, dossier_id: UUID, file_id: UUID) -> HttpResponse:
    """One of `uploads`, with its true type."""
    return download(dossiers.open_upload(actor_of(request), dossier_id, file_id))


def download(opened: documents.OpenedFile) -> HttpResponse:
    """Bytes with their true type."""
    response = HttpResponse(opened.content, content_type=opened.card.media_type)
    disposition = content_disposition_header(as_attachment=True, filename=opened.card.name)
    response.headers["Content-Disposition"] = str(disposition)
    return response
