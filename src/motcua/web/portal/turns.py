"""The applicant's turn: complete what was asked for, agree to the draft or correct it."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.catalogue import api as catalogue
from motcua.dossiers import api as dossiers
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Problem, Refusal
from motcua.web.portal.access import Raw, forget_kept, kept_for, raw_of, signed_in
from motcua.web.portal.folder import answers_of
from motcua.web.shell.forms import is_redraw, see_other
from motcua.web.shell.sentences import of_refusal, pick

MENDABLE = {
    "dossiers.form-incomplete",
    "dossiers.supplement-incomplete",
    "dossiers.say-needed",
    "dossiers.place-is-fixed",
}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def supplement(request: HttpRequest, actor: Actor, dossier_id: UUID) -> HttpResponseBase:
    """Exactly what was asked for: papers and answers, or why something cannot be given."""
    view = dossiers.dossier_view(actor, dossier_id)
    if view.choice("supplement") is None:
        return see_other("portal:dossier", dossier_id)
    raw = kept_for(request)
    if request.method != "POST":
        return _ask(request, view, raw=raw)
    raw = raw_of(request)
    if is_redraw(request):
        return _ask(request, view, raw=raw)
    try:
        _answer(request, actor, view, raw)
    except Refusal as no:
        if no.code not in MENDABLE and not no.code.startswith("documents."):
            raise
        return _ask(request, view, raw=raw, problems=_problems(no, view))
    forget_kept(request)
    messages.success(request, _("Thank you. The office goes on with your dossier."))
    return see_other("portal:dossier", dossier_id)


def _answer(request: HttpRequest, actor: Actor, view: dossiers.DossierView, raw: Raw) -> None:
    uploads = {
        name.removeprefix("file:"): files
        for name, files in request.FILES.lists()
        if name.startswith("file:") and files
    }
    choice = view.choice("supplement")
    wanted = {field.field for field in choice.fields} if choice else set()
    dossiers.act_on(
        actor,
        view.id,
        "supplement",
        task_id=choice.task_id if choice else None,
        version=_version(raw),
        raw=_only(raw, wanted),
        uploads=uploads,
        say=_one(raw, "say").strip(),
    )


def _ask(
    request: HttpRequest,
    view: dossiers.DossierView,
    *,
    raw: Raw,
    problems: tuple[Problem, ...] = (),
) -> HttpResponse:
    choice = view.choice("supplement")
    asked = view.request
    fields = choice.fields if choice else ()
    values: Raw = {}
    for field in fields:
        values |= catalogue.as_typed(field, catalogue.get(view.dossier.answers, field.field))
    context = {
        "view": view,
        "asked": asked,
        "until": next((one.until for one in view.holders if one.kind == "applicant"), None),
        "papers": _asked_papers(view),
        "fields": [(field, _said_of(view, field.field)) for field in fields],
        "values": {**values, **raw} if raw else values,
        "say": _one(raw, "say"),
        "version": _one(raw, "version") or view.version,
        "problems": problems,
        "labels": {field.field: pick(field.title) for field in fields},
        "max_mb": settings.MOTCUA_UPLOAD_MAX_BYTES // 1_048_576,
        "page_form": "form",
    }
    return render(request, "portal/supplement.html", context, status=422 if problems else 200)


def _asked_papers(view: dossiers.DossierView) -> list[tuple[Any, str, str]]:
    items = view.request.items if view.request else ()
    evidence = {one.paper: one for one in view.procedure.evidence}
    return [
        (evidence[item["paper"]], f"file:{item['paper']}", _why(view, item))
        for item in items
        if item.get("paper") in evidence
    ]


def _why(view: dossiers.DossierView, item: dict[str, Any]) -> str:
    """What was said about a paper; and why it is wanted, though a register holds it."""
    reasons = {one.code: pick(one.title) for one in view.procedure.reasons}
    in_spite = reasons.get(str(item.get("in_spite") or ""), "")
    why = _("A register holds this. The office asks all the same: %(why)s.") % {"why": in_spite}
    return " ".join(part for part in (str(item.get("say") or ""), in_spite and why) if part)


def _said_of(view: dossiers.DossierView, path: str) -> str:
    items = view.request.items if view.request else ()
    return next((str(i.get("say") or "") for i in items if i.get("field") == path), "")


def _problems(no: Refusal, view: dossiers.DossierView) -> tuple[Problem, ...]:
    """Faults beside their questions; papers carry the name of their box."""
    papers = {one.paper for one in view.procedure.evidence}
    found = [
        Problem(
            path=f"file:{one.path}" if one.path in papers else one.path,
            code=one.code,
            params=one.params,
            text=one.text,
        )
        for one in no.problems
    ]
    text = dict.fromkeys(("vi", "en", "fr"), of_refusal(no))
    return tuple(found) or (Problem(path="say", code=no.code, text=text),)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def confirm_draft(request: HttpRequest, actor: Actor, dossier_id: UUID) -> HttpResponseBase:
    """The draft of the result: agree, or say what is wrong and how it should be."""
    view = dossiers.dossier_view(actor, dossier_id)
    if view.choice("agree") is None:
        return see_other("portal:dossier", dossier_id)
    if request.method != "POST":
        return _show_draft(request, view, raw=kept_for(request))
    raw = raw_of(request)
    if is_redraw(request):
        return _show_draft(request, view, raw=raw)
    try:
        if _one(raw, "answer") == "correct":
            _correct(actor, view, raw)
            messages.success(request, _("Thank you. The officer mends it and asks you again."))
        else:
            choice = view.choice("agree")
            task_id = choice.task_id if choice else None
            dossiers.act_on(actor, view.id, "agree", task_id=task_id, version=_version(raw))
            messages.success(request, _("Thank you. The draft goes to the signature."))
    except Refusal as no:
        if no.code not in MENDABLE:
            raise
        return _show_draft(request, view, raw=raw, problems=_problems(no, view))
    forget_kept(request)
    return see_other("portal:dossier", dossier_id)


def _correct(actor: Actor, view: dossiers.DossierView, raw: Raw) -> None:
    """Only what differs from what stands travels; the officer sees old and new."""
    choice = view.choice("correct")
    changed = set()
    for field in _changeable(view):
        stands = catalogue.as_typed(field, catalogue.get(view.dossier.answers, field.field))
        given = _only(raw, {field.field})
        if given and {k: v for k, v in given.items() if not k.endswith("-province")} != stands:
            changed.add(field.field)
    dossiers.act_on(
        actor,
        view.id,
        "correct",
        task_id=choice.task_id if choice else None,
        version=_version(raw),
        raw=_only(raw, changed),
        say=_one(raw, "say").strip(),
    )


def _changeable(view: dossiers.DossierView) -> tuple[catalogue.Field, ...]:
    """All answers but the place that made this body competent."""
    choice = view.choice("correct")
    place = view.procedure.decided_by.of
    return tuple(field for field in choice.fields if field.field != place) if choice else ()


def _show_draft(
    request: HttpRequest,
    view: dossiers.DossierView,
    *,
    raw: Raw,
    problems: tuple[Problem, ...] = (),
) -> HttpResponse:
    fields = _changeable(view)
    values: Raw = {}
    for field in fields:
        values |= catalogue.as_typed(field, catalogue.get(view.dossier.answers, field.field))
    context = {
        "view": view,
        "procedure": view.procedure,
        "until": next((one.until for one in view.holders if one.kind == "applicant"), None),
        "silence": any(task.on_due == "agree" for task in view.open_tasks),
        "sections": answers_of(view),
        "pdf_url": reverse("portal:draft-pdf", args=[view.id]),
        "fields": fields,
        "values": {**values, **raw} if raw else values,
        "say": _one(raw, "say"),
        "opened": bool(raw),
        "version": view.version,
        "problems": problems,
        "page_form": "correct",
    }
    return render(request, "portal/confirm_draft.html", context, status=422 if problems else 200)


def _only(raw: Raw, paths: set[str]) -> Raw:
    """The fields of these questions, with their parts."""
    marks = tuple(f"{path}{mark}" for path in paths for mark in ".-")
    return {k: v for k, v in raw.items() if k in paths or (marks and k.startswith(marks))}


def _one(raw: Raw, name: str) -> str:
    return next(iter(raw.get(name, [])), "")


def _version(raw: Raw) -> int | None:
    text = _one(raw, "version")
    return int(text) if text.isdecimal() and len(text) < 9 else None
