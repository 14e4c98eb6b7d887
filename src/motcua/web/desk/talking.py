"""Marks on what was checked, words to the applicant, notes among officers."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.dossiers import api as dossiers
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal, sentence_of
from motcua.web.desk import dossiers as pages
from motcua.web.desk.access import officer
from motcua.web.shell.forms import see_other


@require_POST
@officer
def check(request: HttpRequest, actor: Actor, *, dossier_id: UUID) -> HttpResponseBase:
    """Mark one paper, page or answer; back to the same line of the page."""
    mark, _bar, item = request.POST.get("mark", "").partition("|")
    dossiers.mark_check(actor, dossier_id, item, mark)
    doc = request.POST.get("doc", "")
    query = f"?doc={doc}" if doc.replace("-", "").isalnum() else ""
    return see_other("desk:dossier", dossier_id, query=f"{query}#at-{item}")


@require_POST
@officer
def message(request: HttpRequest, actor: Actor, *, dossier_id: UUID) -> HttpResponseBase:
    """Write to the applicant."""
    text = request.POST.get("message", "")
    try:
        dossiers.send_message(actor, dossier_id, text)
    except Refusal as no:
        return _again(request, actor, dossier_id, field="message", no=no)
    messages.success(request, _("Sent to the applicant."))
    return see_other("desk:dossier", dossier_id, query="#messages")


@require_POST
@officer
def note(request: HttpRequest, actor: Actor, *, dossier_id: UUID) -> HttpResponseBase:
    """Write for the officers only."""
    text = request.POST.get("note", "")
    try:
        dossiers.add_note(actor, dossier_id, text)
    except Refusal as no:
        return _again(request, actor, dossier_id, field="note", no=no)
    messages.success(request, _("Noted for the officers."))
    return see_other("desk:dossier", dossier_id, query="#notes")


def _again(
    request: HttpRequest, actor: Actor, dossier_id: UUID, *, field: str, no: Refusal
) -> HttpResponseBase:
    if sentence_of(no.code).status != 422:
        raise no
    return pages.show(request, actor, dossier_id, fault=(field, no))
