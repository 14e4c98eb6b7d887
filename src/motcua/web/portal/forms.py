"""One page of the form: shown, saved by the way, kept when it is wrong, never lost."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.catalogue.api import question_of
from motcua.dossiers import api as dossiers
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Problem, Refusal
from motcua.web.portal import conflicts, known
from motcua.web.portal.access import Raw, forget_kept, kept_for, raw_of, with_draft
from motcua.web.portal.progress import (
    Progress,
    digest_of,
    progress_of,
    values_of,
)
from motcua.web.shell.forms import is_redraw, see_other
from motcua.web.shell.sentences import pick


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def page(
    request: HttpRequest, actor: Actor, draft: dossiers.DraftView, page: str
) -> HttpResponseBase:
    """Show a page; on POST save it and go on, or show again what is wrong."""
    if not any(one.page == page for one in draft.procedure.form):
        raise Refusal("dossiers.no-such-page")
    if request.method == "POST":
        return _save(request, actor, draft, page=page, raw=raw_of(request))
    if kept := kept_for(request):
        return _restore(request, actor, draft, page=page, raw=kept)
    return show(request, draft, page)


@require_POST
@with_draft
def autosave(
    request: HttpRequest, actor: Actor, draft: dossiers.DraftView, page: str
) -> HttpResponse:
    """In the background while somebody types; says nothing, changes no state of the page."""
    raw = raw_of(request)
    if conflicts.is_changed_elsewhere(request, draft, page, raw):
        return HttpResponse(status=409)
    draft, _problems = dossiers.save_page(actor, draft.id, page, raw, autosave=True)
    conflicts.remember(request, draft, page, raw)
    return HttpResponse(status=204)


def _save(
    request: HttpRequest, actor: Actor, draft: dossiers.DraftView, *, page: str, raw: Raw
) -> HttpResponseBase:
    redraw = is_redraw(request) or {known.WRONG, known.RIGHT} & request.POST.keys()
    if conflicts.is_changed_elsewhere(request, draft, page, raw):
        return conflicts.show(request, draft, page, raw)
    before = {one.page for one in progress_of(draft).pages}
    draft, problems = dossiers.save_page(
        actor, draft.id, page, raw, version=draft.version, autosave=bool(redraw)
    )
    draft, contested = known.press(request, actor, draft)
    conflicts.remember(request, draft, page, raw)
    forget_kept(request)
    if contested:
        return see_other("portal:page", draft.id, page, query=_back_to(request, contested))
    if redraw:
        return show(request, draft, page, values=raw)
    if request.POST.get("go") == "later":
        messages.success(request, _("Saved. You can go on from any device."))
        return see_other("portal:dossiers")
    shown = set(" ".join(raw.get("shown", [])).split())
    if problems and all(question_of(one.path) not in shown for one in problems):
        return see_other("portal:page", draft.id, page, query=f"?more=1&from={_came_from(request)}")
    if problems:
        return show(request, draft, page, values=raw, problems=problems)
    if page not in draft.done:  # filled in just now: the person looks at it first
        return see_other(
            "portal:page", draft.id, page, query=f"?filled=1&from={_came_from(request)}"
        )
    return _onward(request, draft, page, before)


def _onward(
    request: HttpRequest, draft: dossiers.DraftView, page: str, before: set[str]
) -> HttpResponseBase:
    """Back to the check when one came from there and no new page opened; else the next page."""
    progress = progress_of(draft)
    opened = {one.page for one in progress.pages} - before
    if _came_from(request) == "check" and (progress.complete or not opened):
        return see_other("portal:check", draft.id)
    return HttpResponseRedirect(progress.url_after(page), status=303)


def _back_to(request: HttpRequest, path: str) -> str:
    came_from = "?from=check" if _came_from(request) else ""
    return f"{came_from}#{path}"


def _restore(
    request: HttpRequest, actor: Actor, draft: dossiers.DraftView, *, page: str, raw: Raw
) -> HttpResponseBase:
    """What was typed before the session ran out goes into the draft now."""
    if conflicts.is_changed_elsewhere(request, draft, page, raw):
        return conflicts.show(request, draft, page, raw)
    draft, _problems = dossiers.save_page(
        actor, draft.id, page, raw, version=draft.version, autosave=True
    )
    forget_kept(request)
    messages.success(request, _("You were signed out, but what you typed was kept: here it is."))
    return HttpResponseRedirect(reverse("portal:page", args=[draft.id, page]))


def show(
    request: HttpRequest,
    draft: dossiers.DraftView,
    page: str,
    *,
    values: Raw | None = None,
    problems: tuple[Problem, ...] = (),
) -> HttpResponse:
    """The page with its questions; `values` are what was typed just now."""
    progress = progress_of(draft)
    visible = next((one for one in progress.pages if one.page == page), None)
    if visible is None:
        raise Refusal("dossiers.no-such-page")
    context = {
        **_place(request, progress, page),
        "draft": draft,
        "procedure": draft.procedure,
        "form_page": visible,
        "values": values if values is not None else values_of(draft, visible),
        "problems": problems,
        "labels": {field.field: pick(field.title) for field in visible.ask},
        "questions": known.questions(draft, visible, problems),
        "silent": known.silent_names(draft, visible),
        "filled": "filled" in request.GET,
        "seen": digest_of(draft, page),
        "window": (values or {}).get("window", [""])[0] or get_random_string(12),
        "shown": " ".join(field.field for field in visible.ask),
        "more": "more" in request.GET,
        "tables": [field for field in visible.ask if field.kind == "rows"],
        "page_form": "form",
    }
    return render(request, "portal/page.html", context, status=422 if problems else 200)


def _place(request: HttpRequest, progress: Progress, page: str) -> dict[str, Any]:
    came_from = _came_from(request)
    names = [one.page for one in progress.pages]
    back = progress.url_before(page)
    if came_from == "check":
        back = reverse("portal:check", args=[progress.draft.id])
    return {
        "came_from": came_from,
        "back_url": back,
        "number": names.index(page) + 1,
        "count": len(names),
        "autosave_url": reverse("portal:autosave", args=[progress.draft.id, page]),
    }


def _came_from(request: HttpRequest) -> str:
    given = request.POST.get("from") or request.GET.get("from", "")
    return "check" if given == "check" else ""
