"""Applying: a prefilled form, its answers and papers, the check, and sending it once."""

import hashlib
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Router

from motcua.catalogue import api as catalogue
from motcua.dossiers import api as dossiers
from motcua.identity import api as identity
from motcua.kernel.refusals import Refusal
from motcua.web.api import shapes
from motcua.web.api.bodies import AnswersIn, ApplicantIn, DraftIn, SubmitIn
from motcua.web.api.callers import FILE, FILED, actor_of
from motcua.web.api.describing import operation
from motcua.web.api.problems import faults_of
from motcua.web.api.reading import nested, version_of
from motcua.web.api.routes.catalogue import form_context
from motcua.web.api.writing import HEADER, reply, written

router = Router()
GROUP = "applying"
DRAFT = "/drafts/{uuid:draft_id}"
FILES = {
    "type": "object",
    "properties": {
        "file": {"type": "array", "items": {"type": "string", "format": "binary"}, "minItems": 1}
    },
    "required": ["file"],
}


@router.post(
    "/services/{slug:service}/drafts",
    **operation(
        "open_draft", _("Open an application, prefilled"), shapes.Draft,
        group=GROUP, key=FILE, status=201, writes=True,
    ),
)  # fmt: skip
def open_draft(request: HttpRequest, service: str, body: DraftIn | None = None) -> HttpResponse:
    """With what registers know already; `sources` says which register filled which answer.

    An officer who may receive names the `applicant` for whom he files at the counter."""
    given = body.applicant.model_dump() if body and body.applicant else None

    def do() -> shapes.Draft:
        return _shown(dossiers.open_draft(actor_of(request), service, applicant=given))

    return written(request, do, status=201)


@router.get(
    "/drafts",
    **operation("list_drafts", _("Unfinished applications"), shapes.Drafts, group=GROUP, key=FILED),
)
def list_drafts(request: HttpRequest) -> HttpResponse:
    """The newest first."""
    return reply(shapes.Drafts(items=tuple(dossiers.my_drafts(actor_of(request)))))


@router.get(
    DRAFT, **operation("get_draft", _("One application"), shapes.Draft, group=GROUP, key=FILED)
)
def get_draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """With the questions that are asked with its present answers."""
    return reply(_shown(dossiers.draft(actor_of(request), draft_id)))


@router.put(
    f"{DRAFT}/applicant",
    **operation(
        "set_applicant", _("For whom a clerk files"), shapes.Draft,
        group=GROUP, key=FILE, writes=True,
    ),
)  # fmt: skip
def set_applicant(request: HttpRequest, draft_id: UUID, body: ApplicantIn) -> HttpResponse:
    """At the counter only; empty answers are filled again."""

    def do() -> shapes.Draft:
        return _shown(dossiers.set_applicant(actor_of(request), draft_id, body.model_dump()))

    return written(request, do)


@router.put(
    f"{DRAFT}/answers",
    **operation(
        "save_answers", _("Save answers"), shapes.Saved, group=GROUP, key=FILE, writes=True
    ),
)
def save_answers(request: HttpRequest, draft_id: UUID, body: AnswersIn) -> HttpResponse:
    """Right answers are kept, wrong ones too, as on the form; `problems` tells all faults at once.

    With `version` (or If-Match), a change by somebody else meanwhile is refused with 409."""
    version = version_of(request, body.version)

    def do() -> shapes.Saved:
        view, problems = dossiers.save_answers(
            actor_of(request), draft_id, nested(body.answers), version=version
        )
        return shapes.saved_of(view, _context(view), problems)

    return written(request, do)


@router.post(
    f"{DRAFT}/papers/{{slug:paper}}",
    **operation(
        "attach_files", _("Attach papers"), shapes.Draft,
        group=GROUP, key=FILE, status=201, writes=True, form=FILES,
    ),
)  # fmt: skip
def attach_files(request: HttpRequest, draft_id: UUID, paper: str) -> HttpResponse:
    """PDF, JPEG or PNG in parts named `file`; the kind is read from the bytes."""
    uploads = request.FILES.getlist("file")
    if not uploads:
        raise Refusal("api.no-file")

    def do() -> shapes.Draft:
        return _shown(dossiers.attach(actor_of(request), draft_id, paper, uploads))

    return written(request, do, status=201)


@router.delete(
    f"{DRAFT}/papers/{{slug:paper}}/{{uuid:file_id}}",
    **operation(
        "detach_file", _("Take a file away"), shapes.Draft, group=GROUP, key=FILE, writes=True
    ),
)
def detach_file(request: HttpRequest, draft_id: UUID, paper: str, file_id: UUID) -> HttpResponse:
    """Nothing happens if it is not there."""

    def do() -> shapes.Draft:
        return _shown(dossiers.detach(actor_of(request), draft_id, paper, file_id))

    return written(request, do)


@router.get(
    f"{DRAFT}/check",
    **operation("check_draft", _("Check everything"), shapes.Check, group=GROUP, key=FILED),
)
def check_draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """All faults at once: answers and missing papers."""
    problems = faults_of(dossiers.check_draft(actor_of(request), draft_id))
    return reply(shapes.Check(ready=not problems, problems=problems))


@router.post(
    f"{DRAFT}/submit",
    **operation(
        "submit", _("Submit"), shapes.Dossier,
        group=GROUP, key=FILE, status=201, writes=True, key_required=True,
    ),
)  # fmt: skip
def submit(request: HttpRequest, draft_id: UUID, body: SubmitIn | None = None) -> HttpResponse:
    """Once for its Idempotency-Key; the draft becomes a dossier with the same id."""
    given, actor = body or SubmitIn(), actor_of(request)
    caller: identity.Caller = request.caller  # type: ignore[attr-defined]
    named = f"{caller.application_id}:{request.headers.get(HEADER, '')}"
    key = hashlib.sha256(named.encode()).hexdigest()

    def do() -> shapes.Dossier:
        dossier_id = dossiers.submit(
            actor, draft_id, key, desk_id=given.desk_id, accept=given.accept
        )
        return shapes.dossier_of(dossiers.dossier_view(actor, dossier_id))

    return written(request, do, status=201, needs_key=True)


@router.delete(
    DRAFT,
    **operation(
        "discard_draft", _("Throw an application away"), None,
        group=GROUP, key=FILE, status=204, writes=True,
    ),
)  # fmt: skip
def discard_draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """With its answers and files."""
    return written(request, lambda: dossiers.discard(actor_of(request), draft_id), status=204)


def _shown(view: dossiers.DraftView) -> shapes.Draft:
    return shapes.draft_of(view, _context(view))


def _context(view: dossiers.DraftView) -> catalogue.Context:
    return form_context("counter" if view.assisted else "online")
