"""Before the form: may I, and for whom? Then the overview of the application."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from motcua.dossiers import api as dossiers
from motcua.identity import api as identity
from motcua.kernel.actors import Actor
from motcua.web.portal import known
from motcua.web.portal.access import signed_in, with_draft
from motcua.web.portal.progress import progress_of, task_items
from motcua.web.shell.actors import person_of
from motcua.web.shell.forms import see_other
from motcua.web.shell.sentences import pick


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def apply(request: HttpRequest, actor: Actor, service: str) -> HttpResponseBase:
    """Say what is needed, ask for whom, and open the application."""
    procedure = catalogue.current(service, directory.today())
    if actor.level < procedure.identity:
        context = {"procedure": procedure, "level": actor.level}
        return render(request, "portal/level.html", context, status=403)
    businesses = _businesses(actor.account_id, procedure)
    if request.method == "POST":
        if businesses:
            act_for(request, request.POST.get("behalf", ""))
        draft = dossiers.open_draft(person_of(request), service)
        about = known.about(service, request.GET)
        if about and not draft.done:
            dossiers.save_answers(actor, draft.id, about)
        return see_other("portal:draft", draft.id)
    waiting = [row for row in dossiers.my_drafts(actor) if row.service == service]
    context = {
        "procedure": procedure,
        "businesses": [("", actor.label), *((one, name) for one, name in businesses)],
        "choose": bool(businesses),
        "behalf": actor.on_behalf_of,
        "waiting": waiting,
    }
    return render(request, "portal/apply.html", context)


def _businesses(account_id: UUID | None, procedure: catalogue.Procedure) -> list[tuple[str, str]]:
    if account_id is None or "business" not in procedure.audience:
        return []
    return [(one.on_behalf_of, one.business_name) for one in identity.representations(account_id)]


def act_for(request: HttpRequest, behalf: str) -> None:
    """Remember for whom the account acts; only what it may is ever used (see `person_of`)."""
    account_id = person_of(request).account_id
    known = identity.representations(account_id) if account_id else []
    names = {one.on_behalf_of: one.business_name for one in known}
    if behalf in names:
        request.session["on_behalf_of"] = behalf
        request.session["on_behalf_of_name"] = names[behalf]
    else:
        request.session.pop("on_behalf_of", None)
        request.session.pop("on_behalf_of_name", None)


@require_safe
@with_draft
def overview(request: HttpRequest, actor: Actor, draft: dossiers.DraftView) -> HttpResponse:  # noqa: ARG001
    """The parts of the application and how far each is."""
    progress = progress_of(draft)
    context = {
        "draft": draft,
        "procedure": draft.procedure,
        "items": task_items(progress),
        "next_url": progress.url_after(),
        "begun": bool(draft.done),
        "complete": progress.complete,
    }
    return render(request, "portal/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def discard(request: HttpRequest, actor: Actor, draft: dossiers.DraftView) -> HttpResponseBase:
    """Throw an unfinished application away, after asking."""
    if request.method == "POST":
        dossiers.discard(actor, draft.id)
        messages.success(request, _("The unfinished application was deleted."))
        return see_other("portal:dossiers")
    context = {
        "title": _("Delete this unfinished application?"),
        "text": _("Your answers and files in it are deleted. You can begin again at any time."),
        "facts": [(_("Service"), pick(draft.title))],
        "action": "",
        "verb": _("Delete"),
        "cancel": reverse("portal:draft", args=[draft.id]),
        "hidden": {},
        "danger": True,
    }
    return render(request, "shell/confirm.html", context)
