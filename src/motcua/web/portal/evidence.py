"""The papers of an application: what the state has already, what is to be attached."""

import re
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.dossiers import api as dossiers
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Problem, Refusal
from motcua.web.portal.access import signed_in, with_draft
from motcua.web.portal.progress import Progress, progress_of
from motcua.web.shell.downloads import shown
from motcua.web.shell.extracts import register_name
from motcua.web.shell.forms import see_other
from motcua.web.shell.sentences import of_refusal

FILES = re.compile(r"file:(?P<paper>[a-z0-9-]+)")


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def papers(request: HttpRequest, actor: Actor, draft: dossiers.DraftView) -> HttpResponseBase:
    """Attach, remove, go on. A file that is refused is named with the reason."""
    if request.method != "POST":
        return _show(request, draft)
    if removed := request.POST.get("remove", ""):
        paper, _dot, file_id = removed.partition(":")
        dossiers.detach(actor, draft.id, paper, _uuid(file_id))
        return see_other("portal:papers", draft.id)
    problems = _attach_all(request, actor, draft)
    if problems:
        return _show(request, dossiers.draft(actor, draft.id), problems)
    if request.POST.get("go") != "on":
        return see_other("portal:papers", draft.id)
    progress = progress_of(dossiers.draft(actor, draft.id))
    missing = tuple(_missing(one.evidence) for one in progress.papers if one.missing)
    if missing:
        return _show(request, progress.draft, missing)
    return see_other("portal:check" if progress.complete else "portal:draft", draft.id)


def _attach_all(
    request: HttpRequest, actor: Actor, draft: dossiers.DraftView
) -> tuple[Problem, ...]:
    """File by file: one that is refused does not take the others with it."""
    problems = []
    for name, uploads in request.FILES.lists():
        found = FILES.fullmatch(name)
        for upload in uploads if found else []:
            try:
                dossiers.attach(actor, draft.id, found["paper"], [upload])  # type: ignore[index]
            except Refusal as no:
                problems.append(_refused(name, str(upload.name), no))
    return tuple(problems)


def _refused(path: str, name: str, no: Refusal) -> Problem:
    sentence = _("%(name)s was not attached. %(why)s") % {"name": name, "why": of_refusal(no)}
    return Problem(path=path, code=no.code, text=dict.fromkeys(("vi", "en", "fr"), sentence))


def _missing(evidence: Any) -> Problem:
    return Problem(
        path=f"file:{evidence.paper}",
        code="catalogue.paper-missing",
        params={"title": evidence.title},
    )


def _show(
    request: HttpRequest, draft: dossiers.DraftView, problems: tuple[Problem, ...] = ()
) -> HttpResponse:
    progress = progress_of(draft)
    context = {
        "draft": draft,
        "papers": [
            (
                one.evidence,
                f"file:{one.evidence.paper}",
                [_row(draft.id, each) for each in one.files],
            )
            for one in (*progress.papers, *progress.welcome)
        ],
        "replaced": [(one, register_name(one.instead)) for one in progress.replaced],
        "welcome": [
            (one.evidence, register_name(one.evidence.instead)) for one in progress.welcome
        ],
        "problems": problems,
        "max_mb": settings.MOTCUA_UPLOAD_MAX_BYTES // 1_048_576,
        "back_url": _last_page(progress),
    }
    return render(request, "portal/papers.html", context, status=422 if problems else 200)


def _last_page(progress: Progress) -> str:
    if not progress.pages:
        return reverse("portal:draft", args=[progress.draft.id])
    return reverse("portal:page", args=[progress.draft.id, progress.pages[-1].page])


def _row(draft_id: UUID, one: dossiers.UploadedFile) -> tuple[str, str, str]:
    url = reverse("portal:draft-file", args=[draft_id, one.file_id])
    return one.name, url, f"{one.paper}:{one.file_id}"


@require_safe
@signed_in
def file(request: HttpRequest, actor: Actor, draft_id: UUID, file_id: UUID) -> HttpResponseBase:  # noqa: ARG001
    """One's own file, before it is sent."""
    return shown(dossiers.open_draft_upload(actor, draft_id, file_id))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refusal("documents.file-not-found") from None
