"""The page of a dossier: the answers and the evidence side by side, and all that may be done."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from msgspec import Struct

from motcua.dossiers import api as dossiers
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Problem, Refusal, sentence_of
from motcua.web.desk import facts, history
from motcua.web.desk.access import kept_for, officer
from motcua.web.desk.documents import paper_title, viewer
from motcua.web.desk.queues import place_of, reference_of, side_of
from motcua.web.desk.verbs import VERBS, Verb
from motcua.web.shell.extracts import tables

Fault = tuple[str, Refusal]
NOT_FOUND = "dossiers.not-found"


class Action(Struct, frozen=True, kw_only=True):
    """Something that may be done now, as a button or a page of its own."""

    verb: str
    of: Verb
    url: str
    task: str
    key: str = ""


@require_safe
@officer
def dossier(request: HttpRequest, actor: Actor, *, dossier_id: UUID) -> HttpResponse:
    """Everything about one dossier on one page."""
    return show(request, actor, dossier_id)


def view_of(actor: Actor, dossier_id: UUID) -> dossiers.DossierView:
    """The dossier as an officer sees it; his own affairs are not seen from here."""
    view = dossiers.dossier_view(actor, dossier_id)
    if view.seen_as != "officer":
        raise Refusal("dossiers.own-affair")
    return view


def show(
    request: HttpRequest, actor: Actor, dossier_id: UUID, *, fault: Fault | None = None
) -> HttpResponse:
    """The page; `fault`: a refusal of the form for messages or notes, whose text stays."""
    view = view_of(actor, dossier_id)
    typed = request.POST if fault else kept_for(request)
    problems = [Problem(path=fault[0], code=fault[1].code, params=fault[1].params)] if fault else []
    done = VERBS.get(request.GET.get("done", ""))
    found = actions(view)
    context = {
        **frame(view, actor),
        "viewer": viewer(view, request.GET),
        "sections": facts.sections(view),
        "papers": facts.papers(view),
        "may_check": view.choice("check") is not None,
        "extracts": tables(view),
        "requests": history.requests(view),
        "linked": history.linked(view),
        "events": [one for one in history.events(view) if not one.quiet],
        "quiet": [one for one in history.events(view) if one.quiet],
        "issued": [(paper, paper_title(view, paper)) for paper in view.papers],
        "messages_sent": [one for one in view.messages if one.visible],
        "notes": [one for one in view.messages if not one.visible],
        "main_actions": [one for one in found if one.of.rank == 1],
        "usual_actions": [one for one in found if one.of.rank == 2],
        "more_actions": [one for one in found if one.of.rank == 3],
        "done": done.done if done else "",
        "typed": typed,
        "problems": problems,
        "taken_by": taken_by(view, actor),
    }
    status = sentence_of(fault[1].code).status if fault else 200
    return render(request, "desk/dossier.html", context, status=status)


def frame(view: dossiers.DossierView, actor: Actor) -> dict[str, Any]:
    """What every page about one dossier shows around its matter."""
    running = view.dossier.ended_at is None and not _is_decided(view)
    return {
        "view": view,
        "dossier": view.dossier,
        "reference": reference_of(view.dossier.code, view.id),
        "bar": facts.bar(view),
        "clock": view.clock if running else None,
        "side": side_of(None),
        **place_of(actor),
    }


def actions(view: dossiers.DossierView) -> list[Action]:
    """The choices in the order of the table of verbs, each once for each task."""
    order = list(VERBS)
    mine = [one for one in view.choices if one.verb in VERBS and not _is_idle(view, one)]
    return [
        Action(
            verb=one.verb,
            of=VERBS[one.verb],
            url=action_url(view, one),
            task=str(one.task_id or ""),
            key="a" if one.verb == "take" else "",
        )
        for one in sorted(mine, key=lambda one: order.index(one.verb))
    ]


def action_url(view: dossiers.DossierView, choice: dossiers.Choice) -> str:
    """The page of an action on one task."""
    task = f"?task={choice.task_id}" if choice.task_id else ""
    return reverse("desk:act", args=[view.id, choice.verb]) + task


def _is_decided(view: dossiers.DossierView) -> bool:
    return view.dossier.at in {dossiers.HANDOVER, dossiers.END}


def _is_idle(view: dossiers.DossierView, choice: dossiers.Choice) -> bool:
    """Taking what one has, or putting back what nobody took."""
    task = next((one for one in view.dossier.tasks if one.id == choice.task_id), None)
    if task is None or choice.verb not in {"take", "release"}:
        return False
    return (task.officer_id is not None) == (choice.verb == "take")


def taken_by(view: dossiers.DossierView, actor: Actor) -> str:
    """The colleague of the same body who works on an open task; "" for oneself or nobody."""
    for task in view.dossier.open_tasks:
        if task.body_id == actor.body_id and task.officer_id not in {None, actor.account_id}:
            return view.names.get(task.officer_id, "")
    return ""
