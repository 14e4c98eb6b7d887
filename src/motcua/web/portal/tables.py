"""A table of the form from a file: the template to fill in, and its rows with all their faults."""

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.catalogue import api as catalogue
from motcua.dossiers import api as dossiers
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Problem, Refusal
from motcua.web.portal import forms
from motcua.web.portal.access import with_draft
from motcua.web.shell.forms import see_other

MOST_BYTES = 1024 * 1024


@require_safe
@with_draft
def template(
    _request: HttpRequest, _actor: Actor, draft: dossiers.DraftView, *, page: str, field: str
) -> HttpResponse:
    """The columns of the table as a CSV file that any spreadsheet opens."""
    table = _table(draft, page, field)
    language = (get_language() or "vi")[:2]
    response = HttpResponse(
        catalogue.rows_to_csv(table, language), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{field}.csv"'
    return response


@require_POST
@with_draft
def take(
    request: HttpRequest, actor: Actor, draft: dossiers.DraftView, page: str, field: str
) -> HttpResponseBase:
    """Put the rows of a file below those that are there, or in their place (`replace`); whatever
    is wrong stands beside them, from the first row to the last."""
    table = _table(draft, page, field)
    file = request.FILES.get("file")
    if file is None or (file.size or 0) > MOST_BYTES:
        text = _("Choose a CSV file of at most 1 MB.")
        fault = Problem(
            path=field, code="catalogue.csv", text=dict.fromkeys(("vi", "en", "fr"), text)
        )
        return forms.show(request, draft, page, problems=(fault,))
    replace = "replace" in request.POST
    before = 0 if replace else len(catalogue.get(draft.answers, field) or ())
    draft, problems = dossiers.import_rows(
        actor, draft.id, table.field, file.read(), replace=replace
    )
    if problems:
        return forms.show(request, draft, page, problems=tuple(sorted(problems, key=_row_of)))
    count = len(catalogue.get(draft.answers, field) or ()) - before
    said = ngettext("%(count)d row was added.", "%(count)d rows were added.", count)
    messages.success(request, said % {"count": count})
    return see_other("portal:page", draft.id, page)


def _row_of(problem: Problem) -> int:
    """The row that a fault is about; a fault of the whole table comes first."""
    number = re.search(r"\[(\d+)\]", problem.path)
    return int(number[1]) if number else -1


def _table(draft: dossiers.DraftView, page: str, field: str) -> catalogue.Field:
    asked = next((one.ask for one in draft.procedure.form if one.page == page), ())
    for one in asked:
        if one.field == field and one.kind == "rows":
            return one
    raise Refusal("dossiers.no-such-table")
