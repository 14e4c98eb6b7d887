"""Check your answers, send once, and the confirmation that can be opened again."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from motcua.dossiers import api as dossiers
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Problem, Refusal
from motcua.web.portal.access import signed_in, with_draft
from motcua.web.portal.progress import Progress, form_context, problems_by_page, progress_of
from motcua.web.shell.components import Row
from motcua.web.shell.deadlines import limit_in_words
from motcua.web.shell.extracts import register_name
from motcua.web.shell.forms import see_other
from motcua.web.shell.sentences import of_problem, pick
from motcua.web.shell.squares import square


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def check(request: HttpRequest, actor: Actor, draft_id: UUID) -> HttpResponseBase:
    """Everything on one page, each answer with its way back; then send."""
    if request.method == "POST":
        return _send(request, actor, draft_id)
    return _review(request, draft_id=draft_id)


@with_draft
def _review(
    request: HttpRequest,
    actor: Actor,
    draft: dossiers.DraftView,
    problems: tuple[Problem, ...] | None = None,
    undeclared: bool = False,
) -> HttpResponse:
    progress = progress_of(draft)
    if problems is None:
        problems = dossiers.check_draft(actor, draft.id)
    context = {
        "draft": draft,
        "procedure": draft.procedure,
        "sections": _sections(progress),
        "papers": _papers(progress),
        "replaced": [(one, register_name(one.instead)) for one in progress.replaced],
        "faults": [(of_problem(one), url) for one, url in problems_by_page(progress, problems)],
        "undeclared": undeclared,
        "key": get_random_string(24),
        "papers_url": reverse("portal:papers", args=[draft.id]),
        "for_business": request.session.get("on_behalf_of_name", ""),
        **_decider(draft),
    }
    faulty = undeclared or request.method == "POST"
    return render(request, "portal/check.html", context, status=422 if faulty else 200)


def _send(request: HttpRequest, actor: Actor, draft_id: UUID) -> HttpResponseBase:
    if request.POST.get("declared") != "yes":
        return _review(request, draft_id=draft_id, undeclared=True)
    try:
        dossier_id = dossiers.submit(actor, draft_id, request.POST.get("key", "")[:64])
    except Refusal as no:
        if no.code != "dossiers.form-incomplete":
            raise
        return _review(request, draft_id=draft_id, problems=no.problems)
    return see_other("portal:sent", dossier_id)


def _sections(progress: Progress) -> list[tuple[str, list[Row]]]:
    draft = progress.draft
    shown = catalogue.display_answers(
        draft.procedure,
        draft.answers,
        (get_language() or "vi")[:2],
        context=form_context(),
        area_name=directory.area_path,
    )
    return [
        (
            section.title,
            [
                Row(label=row.title, value=row.value, url=_change(draft.id, section.page, row.path))
                for row in section.rows
            ],
        )
        for section in shown
    ]


def _change(draft_id: UUID, page: str, path: str) -> str:
    return reverse("portal:page", args=[draft_id, page]) + f"?from=check#{path}"


def _papers(progress: Progress) -> list[Row]:
    url = reverse("portal:papers", args=[progress.draft.id])
    return [
        Row(
            label=pick(one.evidence.title),
            value="\n".join(file.name for file in one.files),
            url=url,
        )
        for one in (*progress.papers, *progress.welcome)
    ]


def _decider(draft: dossiers.DraftView) -> dict[str, Any]:
    """Which body will decide and what it costs; words instead where the place is not known yet."""
    procedure = draft.procedure
    value = catalogue.get(draft.answers, procedure.decided_by.of)
    place = str(value.get("area", "") if isinstance(value, dict) else value or "")
    body, province = None, ""
    if place:
        try:
            body = dossiers.deciding_body(procedure.decided_by.body, place, directory.today())
            found = directory.province_of(place)
            province = found.code if found else ""
        except Refusal:
            body = None
    fee = catalogue.fee_of(
        procedure,
        draft.answers,
        channel="online",
        province=province,
        on=directory.today(),
        context=form_context(),
    )
    limit = limit_in_words(procedure.limit.unit, procedure.limit.count)
    return {"body": body, "fee": fee, "limit": limit}


@require_safe
@signed_in
def sent(request: HttpRequest, actor: Actor, dossier_id: UUID) -> HttpResponse:
    """It arrived: the number or link to keep, what happens next, the receipt once it is made."""
    view = dossiers.dossier_view(actor, dossier_id)
    code = view.dossier.code
    track = reverse("public:track") + "?" + urlencode({"code": code or str(view.id)})
    link = request.build_absolute_uri(track)
    receipt = next((p for p in view.papers if p.kind == "slip" and p.form == "01"), None)
    first = next((one for one in view.holders if not one.is_applicant), None)
    context = {
        "view": view,
        "code": code,
        "title": _("Your application is on its way") if not code else _("Application accepted"),
        "link": link,
        "square": square(link),
        "receipt": receipt if receipt and receipt.ready else None,
        "first": first,
        "contact": view.dossier.applicant.get("phone") or view.dossier.applicant.get("email", ""),
    }
    return render(request, "portal/sent.html", context)
