"""Filing for somebody at the counter: the whole form on one dense page, scans, and the receipt."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from msgspec import Struct

from motcua.catalogue import api as catalogue
from motcua.dossiers import api as dossiers
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Problem, Refusal, sentence_of
from motcua.web.desk.access import Raw, kept_for, officer, raw_of
from motcua.web.desk.dossiers import frame, view_of
from motcua.web.desk.queues import place_of, side_of
from motcua.web.shell.controls import raw_values
from motcua.web.shell.downloads import shown
from motcua.web.shell.extracts import source_in_words
from motcua.web.shell.forms import is_redraw, see_other
from motcua.web.shell.sentences import pick

FILES_KEY = "file:"


class Given(Struct, frozen=True, kw_only=True):
    """A paper of the evidence as the page asks for it."""

    name: str
    title: str
    hint: Any
    accepts: tuple[str, ...]
    optional: bool
    files: list[tuple[str, str, str]]


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def draft(request: HttpRequest, actor: Actor, *, draft_id: UUID) -> HttpResponseBase:
    """Show the form; on POST keep everything, then show what is wrong, or send it."""
    try:
        opened = dossiers.draft(actor, draft_id)
    except Refusal as no:
        return _sent_already(actor, draft_id, no)
    if request.method != "POST":
        kept = kept_for(request)
        return _show(request, actor, opened, typed=kept)
    raw = raw_of(request)
    if request.POST.get("discard"):
        dossiers.discard(actor, draft_id)
        return see_other("desk:counter")
    opened, problems = _save(actor, opened, raw, autosave="autosave" in request.GET)
    if "autosave" in request.GET:
        return HttpResponse(status=204)
    opened, more = _papers(request, actor, opened)
    if is_redraw(request) or not request.POST.get("send"):
        return _show(request, actor, opened, typed=raw, problems=more)
    return _send(request, actor, opened, raw=raw, problems=(*problems, *more))


@require_safe
@officer
def file(_request: HttpRequest, actor: Actor, *, draft_id: UUID, file_id: UUID) -> HttpResponseBase:
    """A scan that was just added."""
    return shown(dossiers.open_draft_upload(actor, draft_id, file_id))


@require_safe
@officer
def filed(request: HttpRequest, actor: Actor, *, dossier_id: UUID) -> HttpResponse:
    """After filing: the code, the due date, and the receipt to print."""
    view = view_of(actor, dossier_id)
    receipt = next((one for one in view.papers if one.form == "01"), None)
    context = {**frame(view, actor), "receipt": receipt}
    return render(request, "desk/filed.html", context)


def _send(
    request: HttpRequest,
    actor: Actor,
    opened: dossiers.DraftView,
    *,
    raw: Raw,
    problems: tuple[Problem, ...],
) -> HttpResponseBase:
    problems = problems or _new_questions(opened, raw)
    if problems:
        return _show(request, actor, opened, typed=raw, problems=problems)
    try:
        dossier_id = dossiers.submit(actor, opened.id, str(opened.id), accept=True)
    except Refusal as no:
        if not no.problems and sentence_of(no.code).status not in {409, 422}:
            raise
        faults = no.problems or (Problem(path="draft", code=no.code, params=no.params),)
        return _show(request, actor, opened, typed=raw, problems=faults)
    return see_other("desk:filed", dossier_id)


def _save(
    actor: Actor, opened: dossiers.DraftView, raw: Raw, *, autosave: bool
) -> tuple[dossiers.DraftView, tuple[Problem, ...]]:
    """Every page that was shown or of which something was sent; all faults together."""
    faults: list[Problem] = []
    seen = {page.page for page in _pages(opened)}
    for page in opened.procedure.form:
        sent = any(_belongs(name, field.field) for name in raw for field in page.ask)
        if page.page not in seen and not sent:
            continue
        opened, problems = dossiers.save_page(actor, opened.id, page.page, raw, autosave=autosave)
        faults += problems
    return opened, tuple(faults)


def _belongs(name: str, path: str) -> bool:
    return name == path or name.startswith((f"{path}-", f"{path}."))


def _new_questions(opened: dossiers.DraftView, raw: Raw) -> tuple[Problem, ...]:
    """What the answers opened and nobody has seen yet is asked before it can be missing."""
    return tuple(
        Problem(path=field.field, code="catalogue.required", params={"title": field.title})
        for page in _pages(opened)
        for field in page.ask
        if not field.optional
        and catalogue.get(opened.answers, field.field) is None
        and not any(_belongs(name, field.field) for name in raw)
    )


def _papers(
    request: HttpRequest, actor: Actor, opened: dossiers.DraftView
) -> tuple[dossiers.DraftView, tuple[Problem, ...]]:
    """Take scans in and away; a refused file is a fault of its paper."""
    faults: list[Problem] = []
    for name in request.FILES:
        paper = name.removeprefix(FILES_KEY)
        try:
            opened = dossiers.attach(actor, opened.id, paper, request.FILES.getlist(name))
        except Refusal as no:
            faults.append(Problem(path=name, code=no.code, params=no.params))
    paper, _bar, file_id = request.POST.get("remove", "").partition("|")
    if paper and file_id:
        opened = dossiers.detach(actor, opened.id, paper, UUID(file_id))
    return opened, tuple(faults)


def _pages(opened: dossiers.DraftView) -> tuple[catalogue.Page, ...]:
    return catalogue.visible_pages(opened.procedure, opened.answers, _context())


def _context() -> catalogue.Context:
    now = clock.now()
    return catalogue.Context(today=timezone.localtime(now).date(), filed=now, channel="counter")


def _show(
    request: HttpRequest,
    actor: Actor,
    opened: dossiers.DraftView,
    *,
    typed: Raw | None = None,
    problems: tuple[Problem, ...] = (),
) -> HttpResponse:
    pages = _pages(opened)
    values: dict[str, Any] = {}
    for page in pages:
        values |= raw_values(page.ask, opened.answers) | opened.typed.get(page.page, {})
    context = {
        "draft": opened,
        "pages": pages,
        "values": {**values, **_without_known(opened, typed or {})},
        "known": {path: source_in_words(one) for path, one in opened.sources.items()},
        "problems": problems,
        "papers": list(_given(opened)),
        "applicant": opened.applicant,
        "page_form": "draft",
        "side": side_of(None),
        **place_of(actor),
    }
    return render(request, "desk/draft.html", context, status=422 if problems else 200)


def _without_known(opened: dossiers.DraftView, typed: Raw) -> Raw:
    """What was typed, less the blanks of questions that registers have answered since."""
    return {
        name: values
        for name, values in typed.items()
        if any(values) or not any(_belongs(name, path) for path in opened.sources)
    }


def _given(opened: dossiers.DraftView) -> Iterator[Given]:
    answers, context = opened.answers, _context()
    held = catalogue.evidence_replaced(opened.procedure, answers, context)
    welcome = [one for one in held if one.instead in opened.silent]
    for one in (*catalogue.evidence_needed(opened.procedure, answers, context), *welcome):
        yield Given(
            name=FILES_KEY + one.paper,
            title=pick(one.title),
            hint=one.hint,
            accepts=one.accepts,
            optional=True,  # the clerk sees the paper itself
            files=[
                (
                    file.name,
                    reverse("desk:draft-file", args=[opened.id, file.file_id]),
                    f"{one.paper}|{file.file_id}",
                )
                for file in opened.uploads_of(one.paper)
            ],
        )


def _sent_already(actor: Actor, draft_id: UUID, no: Refusal) -> HttpResponseBase:
    try:
        view_of(actor, draft_id)
    except Refusal:
        raise no from None
    return see_other("desk:filed", draft_id)
