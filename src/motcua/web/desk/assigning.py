"""Many tasks to one officer: what will happen is shown first, what was refused afterwards."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from motcua.dossiers import api as dossiers
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.web.desk.access import officer
from motcua.web.desk.queues import place_of, reference_of, side_of
from motcua.web.shell.sentences import of_refusal, pick

MOST = 200
Pair = tuple[UUID, UUID]


@require_POST
@officer
def assign(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """Confirm (first POST), then do it (second POST, with "sure")."""
    pairs = _pairs(request.POST.getlist("choose"))
    officer_id = _officer(request)
    if not pairs:
        raise Refusal("desk.nothing-chosen")
    if officer_id is None:
        raise Refusal("dossiers.no-officer-named")
    if request.POST.get("sure"):
        return _done(request, actor, pairs, officer_id)
    return _confirm(request, actor, pairs, officer_id)


def _confirm(
    request: HttpRequest, actor: Actor, pairs: list[Pair], officer_id: UUID
) -> HttpResponse:
    rows = _chosen_rows(actor, pairs)
    context = {
        "rows": rows,
        "count": len(pairs),
        "pairs": [f"{dossier_id}.{task_id}" for dossier_id, task_id in pairs],
        "officer_id": officer_id,
        "officer_name": _name(actor, officer_id),
        "back": _back(request),
        "side": side_of(None),
        **place_of(actor),
    }
    return render(request, "desk/assign.html", context)


def _done(request: HttpRequest, actor: Actor, pairs: list[Pair], officer_id: UUID) -> HttpResponse:
    result = dossiers.bulk_assign(actor, pairs, officer_id=officer_id)
    rows = {row.task_id: row for row in _chosen_rows(actor, pairs)}
    failures = [
        {
            "reference": _reference(rows.get(one.task_id), one.dossier_id),
            "url": reverse("desk:dossier", args=[one.dossier_id]),
            "why": of_refusal(Refusal(one.code, **one.params)),
        }
        for one in result.failed
    ]
    count = len(result.done)
    context = {
        "done": ngettext("%(count)d task was assigned.", "%(count)d tasks were assigned.", count)
        % {"count": count},
        "all_done": not failures,
        "failures": failures,
        "officer_name": _name(actor, officer_id),
        "back": _back(request),
        "side": side_of(None),
        **place_of(actor),
    }
    return render(request, "desk/assigned.html", context)


def _chosen_rows(actor: Actor, pairs: Iterable[Pair]) -> list[dossiers.QueueRow]:
    """The lines of the unit's queue that were chosen (what left it meanwhile is not shown)."""
    wanted = {task_id for _dossier, task_id in pairs}
    page = dossiers.queue(actor, "unit", limit=MOST)
    return [row for row in page.rows if row.task_id in wanted]


def _reference(row: dossiers.QueueRow | None, dossier_id: UUID) -> str:
    return reference_of(row.code if row else "", dossier_id)


def _name(actor: Actor, officer_id: UUID) -> str:
    """The name of a colleague; Refusal when there is none of that identifier."""
    for key, name, title in dossiers.colleagues(actor):
        if key == officer_id:
            return _("%(name)s, %(post)s") % {"name": name, "post": pick(title)}
    raise Refusal("dossiers.not-an-officer-there")


def _officer(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("officer", ""))
    except ValueError:
        return None


def _pairs(values: Iterable[str]) -> list[Pair]:
    """ "dossier.task" as the boxes of the list say it; anything else is left out."""
    found: list[Pair] = []
    for value in list(values)[:MOST]:
        dossier_id, _dot, task_id = value.partition(".")
        try:
            found.append((UUID(dossier_id), UUID(task_id)))
        except ValueError:
            continue
    return found


def _back(request: HttpRequest) -> Any:
    """The list from which one came, if it is ours."""
    target = request.POST.get("back", "")
    own = url_has_allowed_host_and_scheme(target, None) and target.startswith("/desk/")
    return target if own else reverse("desk:queue")
