"""My dossiers, and one of them: where it stands, what I may do, what was said and given."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from motcua.dossiers import api as dossiers
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Problem, Refusal
from motcua.web.portal.access import forget_kept, kept_for, signed_in
from motcua.web.portal.titles import paper_title
from motcua.web.public import words
from motcua.web.shell.components import Row, StepItem
from motcua.web.shell.downloads import shown
from motcua.web.shell.extracts import tables
from motcua.web.shell.forms import see_other
from motcua.web.shell.headers import embeddable
from motcua.web.shell.sentences import of_refusal, pick

SAYABLE = {"dossiers.say-needed", "dossiers.text-too-long", "dossiers.rate-one-to-five"}


@require_safe
@signed_in
def mine(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What waits for me first, then what is on its way, then what has ended."""
    rows = dossiers.my_dossiers(actor)
    context = {
        "drafts": dossiers.my_drafts(actor),
        "mine": [row for row in rows if row.your_turn],
        "open": [row for row in rows if not row.your_turn and row.ended_at is None],
        "ended": [row for row in rows if not row.your_turn and row.ended_at is not None],
        "for_business": request.session.get("on_behalf_of_name", ""),
    }
    return render(request, "portal/dossiers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def dossier(request: HttpRequest, actor: Actor, dossier_id: UUID) -> HttpResponseBase:
    """The whole dossier; POST writes a message (`do`=message) or rates (`do`=rate)."""
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        problems = _said(request, actor, dossier_id)
        if not problems:
            forget_kept(request)
            return see_other("portal:dossier", dossier_id)
    view = dossiers.dossier_view(actor, dossier_id)
    kept = kept_for(request)
    context = {
        "view": view,
        "dossier": view.dossier,
        "procedure": view.procedure,
        "problems": problems,
        "text": request.POST.get("text", "") or next(iter(kept.get("text", [])), ""),
        "actions": _actions(view),
        "timeline": _timeline(view),
        "sections": answers_of(view),
        "papers": _papers(view),
        "uploads": _uploads(view),
        "result": _result(view),
        "extracts": tables(view),
        "stars": [(str(n), _stars(n)) for n in range(5, 0, -1)],
    }
    return render(request, "portal/dossier.html", context, status=422 if problems else 200)


def _said(request: HttpRequest, actor: Actor, dossier_id: UUID) -> tuple[Problem, ...]:
    text = request.POST.get("text", "")
    try:
        if request.POST.get("do") == "rate":
            stars = request.POST.get("stars", "")
            number = int(stars) if stars in {"1", "2", "3", "4", "5"} else 0
            dossiers.rate(actor, dossier_id, number, text=text)
            messages.success(request, _("Thank you. Your rating is counted."))
        else:
            dossiers.send_message(actor, dossier_id, text)
            messages.success(request, _("Your message was sent to the office that holds it."))
    except Refusal as no:
        if no.code not in SAYABLE:
            raise
        path = "stars" if no.code == "dossiers.rate-one-to-five" else "text"
        sentence = dict.fromkeys(("vi", "en", "fr"), of_refusal(no))
        return (Problem(path=path, code=no.code, text=sentence),)
    return ()


def _stars(number: int) -> str:
    return {
        5: _("5: very content"),
        4: _("4: content"),
        3: _("3: neither"),
        2: _("2: not content"),
        1: _("1: not content at all"),
    }[number]


def _actions(view: dossiers.DossierView) -> dict[str, str]:
    """The pages that lead to what may be done now."""
    pages = {
        "supplement": "supplement",
        "agree": "confirm-draft",
        "withdraw": "withdraw",
        "request-correction": "correction",
    }
    return {
        verb.replace("-", "_"): reverse(f"portal:{name}", args=[view.id])
        if view.choice(verb)
        else ""
        for verb, name in pages.items()
    }


def _timeline(view: dossiers.DossierView) -> list[StepItem]:
    """Newest first: what happened, by whom, and what was said."""
    return [
        StepItem(
            title=words.event(entry.verb),
            at=entry.at,
            text=_who(entry),
            state="bad-end" if entry.verb in {"dossier.refused", "dossier.stopped"} else "done",
        )
        for entry in reversed(view.timeline)
    ]


def _who(entry: dossiers.Entry) -> str:
    said = str(entry.detail.get("say") or "")
    parts = [pick(entry.body) or "", entry.who if entry.who_kind == "officer" else ""]
    by = ", ".join(part for part in parts if part)
    return "\n".join(part for part in (by, f"“{said}”" if said else "") if part)


def answers_of(view: dossiers.DossierView) -> list[tuple[str, list[Row]]]:
    """The answers as they stand, in the language of the page."""
    sections = catalogue.display_answers(
        view.procedure,
        view.dossier.answers,
        (get_language() or "vi")[:2],
        context=catalogue.Context(
            today=directory.today(),
            filed=view.dossier.submitted_at,
            recorded=view.dossier.recorded,
        ),
        area_name=directory.area_path,
    )
    return [
        (one.title, [Row(label=row.title, value=row.value) for row in one.rows]) for one in sections
    ]


def _papers(view: dossiers.DossierView) -> list[dict[str, Any]]:
    return [
        {
            "title": paper_title(one.form),
            "url": reverse("portal:paper", args=[view.id, one.paper_id]) if one.ready else "",
            "at": one.at,
            "number": one.number,
            "code": one.code,
            "result": one.kind == "outcome",
        }
        for one in view.papers
    ]


def _result(view: dossiers.DossierView) -> dict[str, Any] | None:
    """The newest result that may be fetched."""
    ready = [one for one in _papers(view) if one["result"] and one["url"]]
    return ready[-1] if ready else None


def _uploads(view: dossiers.DossierView) -> list[tuple[str, str, str]]:
    titles = {one.paper: pick(one.title) for one in view.procedure.evidence}
    return [
        (
            titles.get(one.paper, ""),
            one.name,
            reverse("portal:file", args=[view.id, one.file_id]),
        )
        for one in view.uploads
    ]


@require_safe
@signed_in
def paper(request: HttpRequest, actor: Actor, dossier_id: UUID, paper_id: UUID) -> HttpResponseBase:  # noqa: ARG001
    """A slip or the result."""
    return shown(dossiers.open_paper(actor, dossier_id, paper_id))


@require_safe
@signed_in
def file(request: HttpRequest, actor: Actor, dossier_id: UUID, file_id: UUID) -> HttpResponseBase:  # noqa: ARG001
    """A file that was given."""
    return shown(dossiers.open_upload(actor, dossier_id, file_id))


@require_safe
@signed_in
def draft_pdf(request: HttpRequest, actor: Actor, dossier_id: UUID) -> HttpResponseBase:  # noqa: ARG001
    """The result as it would be issued, marked as a draft; only while it is asked about."""
    view = dossiers.dossier_view(actor, dossier_id)
    if view.choice("agree") is None:
        raise Refusal("dossiers.not-found")
    pdf = dossiers.preview_result(actor, dossier_id)
    return embeddable(HttpResponse(pdf, content_type="application/pdf"))
