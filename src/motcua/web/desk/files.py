"""Files and papers of a dossier, shown in the officer's own frame; every opening is an act."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from motcua.dossiers import api as dossiers
from motcua.kernel.actors import Actor
from motcua.web.desk.access import officer
from motcua.web.shell.downloads import PDF, shown
from motcua.web.shell.headers import embeddable


@require_safe
@officer
def upload(
    _request: HttpRequest, actor: Actor, *, dossier_id: UUID, file_id: UUID
) -> HttpResponseBase:
    """Something that the applicant gave."""
    return shown(dossiers.open_upload(actor, dossier_id, file_id))


@require_safe
@officer
def paper(
    _request: HttpRequest, actor: Actor, *, dossier_id: UUID, paper_id: UUID
) -> HttpResponseBase:
    """A slip or the result."""
    return shown(dossiers.open_paper(actor, dossier_id, paper_id))


@require_safe
@officer
def draft(_request: HttpRequest, actor: Actor, *, dossier_id: UUID) -> HttpResponseBase:
    """The result as it would be issued now."""
    return pdf(dossiers.preview_result(actor, dossier_id))


@require_safe
@officer
def control_sheet(_request: HttpRequest, actor: Actor, *, dossier_id: UUID) -> HttpResponseBase:
    """Who had the dossier and for how long (slip 05)."""
    return pdf(dossiers.control_sheet_pdf(actor, dossier_id))


def pdf(content: bytes) -> HttpResponseBase:
    """A page that was made just now and is kept nowhere."""
    return embeddable(HttpResponse(content, content_type=PDF))
