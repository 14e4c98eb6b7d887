"""Withdraw an application; ask for a mistake in a result to be mended. Both ask first."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import api as dossiers
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Problem, Refusal
from motcua.web.portal.access import forget_kept, kept_for, signed_in
from motcua.web.shell.forms import see_other
from motcua.web.shell.sentences import of_refusal


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def withdraw(request: HttpRequest, actor: Actor, dossier_id: UUID) -> HttpResponseBase:
    """Take the application back, as long as nothing is decided."""
    view = dossiers.dossier_view(actor, dossier_id)
    if view.choice("withdraw") is None:
        return see_other("portal:dossier", dossier_id)
    if request.method != "POST":
        return _page(request, "portal/withdraw.html", view)
    say = request.POST.get("say", "").strip()
    dossiers.act_on(actor, dossier_id, "withdraw", version=_version(request), say=say)
    messages.success(request, _("The application was withdrawn. The office has been told."))
    return see_other("portal:dossier", dossier_id)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def correction(request: HttpRequest, actor: Actor, dossier_id: UUID) -> HttpResponseBase:
    """Say what is wrong in the result; it is mended free of charge."""
    view = dossiers.dossier_view(actor, dossier_id)
    if view.choice("request-correction") is None:
        return see_other("portal:dossier", dossier_id)
    if request.method != "POST":
        return _page(request, "portal/correction.html", view)
    say = request.POST.get("say", "").strip()
    try:
        dossiers.act_on(actor, dossier_id, "request-correction", version=_version(request), say=say)
    except Refusal as no:
        if no.code != "dossiers.say-needed":
            raise
        text = dict.fromkeys(("vi", "en", "fr"), of_refusal(no))
        problems = (Problem(path="say", code=no.code, text=text),)
        return _page(request, "portal/correction.html", view, problems)
    forget_kept(request)
    messages.success(request, _("Thank you. The office looks at the result again."))
    return see_other("portal:dossier", dossier_id)


def _page(
    request: HttpRequest,
    template: str,
    view: dossiers.DossierView,
    problems: tuple[Problem, ...] = (),
) -> HttpResponse:
    kept = kept_for(request).get("say", [""])[0]
    context = {
        "view": view,
        "version": view.version,
        "problems": problems,
        "say": request.POST.get("say", "") or kept,
        "page_form": "form",
    }
    return render(request, template, context, status=422 if problems else 200)


def _version(request: HttpRequest) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 9 else None
