"""A file that somebody may see: shown in our own frame, or downloaded when it is neither."""

from django.http import HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

from motcua.documents import api as documents
from motcua.web.shell.headers import embeddable

PDF = "application/pdf"


def shown(opened: documents.OpenedFile) -> HttpResponseBase:
    """Bytes with their true type; pictures and PDFs in the browser, the rest downloaded."""
    card = opened.card
    inline = card.media_type == PDF or card.media_type.startswith("image/")
    response = HttpResponse(opened.content, content_type=card.media_type)
    disposition = content_disposition_header(as_attachment=not inline, filename=card.name)
    response.headers["Content-Disposition"] = str(disposition)
    return embeddable(response)
