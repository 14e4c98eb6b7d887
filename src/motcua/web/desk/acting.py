"""One action on a dossier: its page, what it would issue, and doing it.

The page is the same for all verbs and services; what it asks comes from the table of verbs and
from the choice that the dossier offers. A refusal comes back on the same page with all that was
typed.
"""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from motcua.dossiers import api as dossiers
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Problem, Refusal, sentence_of
from motcua.web.desk import bodies, files, forms, history
from motcua.web.desk.access import Raw, kept_for, officer, raw_of
from motcua.web.desk.dossiers import frame, view_of
from motcua.web.desk.verbs import VERBS, Verb
from motcua.web.shell.controls import Typed
from motcua.web.shell.forms import is_redraw, see_other

FILES_KEY = "file:"


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def act(request: HttpRequest, actor: Actor, *, dossier_id: UUID, verb: str) -> HttpResponseBase:
    """Ask (GET), preview the slip (POST with "preview"), or do it (POST)."""
    of = VERBS.get(verb)
    if of is None:
        raise Refusal("dossiers.unknown-verb", verb=verb)
    if request.method == "POST" and not is_redraw(request):
        return _said(request, actor, dossier_id, verb=verb)
    view = view_of(actor, dossier_id)
    choice = _choice(view, verb, _task_of(request))
    if choice is None:
        raise Refusal("dossiers.not-in-this-state", verb=verb)
    return _form(request, actor, view, choice=choice, raw=_typed(request))


def _said(request: HttpRequest, actor: Actor, dossier_id: UUID, *, verb: str) -> HttpResponseBase:
    of, raw = VERBS[verb], raw_of(request)
    faults = tuple(forms.missing(verb, of, raw))
    if faults:
        return _again(request, actor, dossier_id, verb=verb, problems=faults)
    try:
        if request.POST.get("preview"):
            return _preview(actor, dossier_id, verb=verb, raw=raw, task_id=_task_of(request))
        _carry_out(request, actor, dossier_id, verb=verb, raw=raw)
    except Refusal as no:
        if sentence_of(no.code).status == 404:
            raise
        problems = forms.problems_of(no)
        return _again(request, actor, dossier_id, verb=verb, problems=problems, no=no)
    return see_other("desk:dossier", dossier_id, query=f"?done={verb}")


def _carry_out(
    request: HttpRequest, actor: Actor, dossier_id: UUID, *, verb: str, raw: Raw
) -> None:
    of, typed = VERBS[verb], Typed(raw)
    granted = "grant" not in of.asks or forms.is_granted(typed)
    uploads = {
        name.removeprefix(FILES_KEY): request.FILES.getlist(name)
        for name in request.FILES
        if name.startswith(FILES_KEY)
    }
    dossiers.act_on(
        actor,
        dossier_id,
        verb,
        task_id=_task_of(request),
        version=forms.version_of(raw),
        raw=raw if typed.one("fields") and granted else None,
        uploads=uploads,
        **forms.params_of(of, raw),
    )


def _preview(
    actor: Actor, dossier_id: UUID, *, verb: str, raw: Raw, task_id: UUID | None
) -> HttpResponseBase:
    params = forms.params_of(VERBS[verb], raw) | {"task_id": task_id}
    return files.pdf(dossiers.preview_slip(actor, dossier_id, verb, params))


def _again(
    request: HttpRequest,
    actor: Actor,
    dossier_id: UUID,
    *,
    verb: str,
    problems: tuple[Problem, ...],
    no: Refusal | None = None,
) -> HttpResponseBase:
    """The same page with what was typed; or, when the moment has passed, why and by whom."""
    view = view_of(actor, dossier_id)
    raw, task_id = raw_of(request), _task_of(request)
    if no is not None and _is_done_by(actor, view, verb, task_id):
        return see_other("desk:dossier", dossier_id, query=f"?done={verb}")  # a second click
    status = sentence_of(no.code).status if no else 422
    choice = _choice(view, verb, task_id)
    if choice is None or (VERBS[verb].direct and no is not None):
        return _passed(request, actor, view, verb=verb, problems=problems, status=status)
    return _form(
        request, actor, view, choice=choice, raw=raw, problems=problems,
        status=409 if status == 409 else 422,
    )  # fmt: skip


def _form(
    request: HttpRequest,
    actor: Actor,
    view: dossiers.DossierView,
    *,
    choice: dossiers.Choice,
    raw: Raw | None,
    problems: tuple[Problem, ...] = (),
    status: int = 200,
) -> HttpResponse:
    of = VERBS[choice.verb]
    values: Any = raw or forms.first_values(view, choice)
    context = {
        **frame(view, actor),
        "choice": choice,
        "of": of,
        "values": values,
        "problems": problems,
        "conflict": _conflict(view, problems),
        "options": forms.options_of(view, choice),
        "law": choice.law or of.law,
        "has_slip": bool(of.slip) or (choice.verb == "sign" and not _grants(view)),
        "has_draft": choice.verb in {"propose", "sign"} and _grants(view),
        "proposal": _proposal(view) if choice.verb in {"sign", "send-back"} else None,
        "asked": forms.asked_for(view) if choice.verb == "supplement" else (),
        "page_form": "act",
        **_lists(actor, view, of=of, choice=choice, values=values),
    }
    return render(request, "desk/act.html", context, status=status)


def _lists(
    actor: Actor, view: dossiers.DossierView, *, of: Verb, choice: dossiers.Choice, values: Any
) -> dict[str, Any]:
    """People and bodies to choose from, only for the forms that ask for them."""
    lists: dict[str, Any] = {}
    if "officer" in of.asks:
        known = dossiers.colleagues(actor, choice.task_id)
        lists["officers"] = [(str(key), name) for key, name, _title in known]
    if "body" in of.asks:
        find = Typed(values).one("find").strip()[:100]
        lists["bodies"] = bodies.found(find, actor.body_id, view.dossier.body_id)
    return lists


def _passed(
    request: HttpRequest,
    actor: Actor,
    view: dossiers.DossierView,
    *,
    verb: str,
    problems: tuple[Problem, ...],
    status: int,
) -> HttpResponse:
    """It can no longer be done: why, what happened last, and the words that were written."""
    context = {
        **frame(view, actor),
        "of": VERBS[verb],
        "problems": problems,
        "last": next((one for one in history.events(view) if not one.quiet), None),
        "say": request.POST.get("say", ""),
    }
    return render(request, "desk/passed.html", context, status=status)


def _conflict(view: dossiers.DossierView, problems: tuple[Problem, ...]) -> history.Event | None:
    """What a colleague did meanwhile, when that is why the form came back."""
    if not any(one.code == "dossiers.changed-meanwhile" for one in problems):
        return None
    return next((one for one in history.events(view) if not one.quiet), None)


def _is_done_by(actor: Actor, view: dossiers.DossierView, verb: str, task_id: UUID | None) -> bool:
    """Whether this very task was ended by this officer with this verb: a double click."""
    return task_id is not None and any(
        task.id == task_id and task.verb == verb and task.closed_by == actor.account_id
        for task in view.dossier.tasks
    )


def _grants(view: dossiers.DossierView) -> bool:
    return not view.dossier.proposal or bool(view.dossier.proposal.get("grant"))


def _proposal(view: dossiers.DossierView) -> dict[str, Any] | None:
    """What the officer proposed, in words, for whoever signs."""
    proposal = view.dossier.proposal
    if not proposal:
        return None
    by = next((name for key, name in view.names.items() if str(key) == proposal.get("by")), "")
    reason = history.reason_of(view.procedure, proposal.get("reason", ""))
    return {"grant": proposal["grant"], "by": by, "say": proposal.get("say", ""), **reason}


def _choice(view: dossiers.DossierView, verb: str, task_id: UUID | None) -> dossiers.Choice | None:
    """The choice of this verb on this task; the first one when no task is named."""
    fitting = [one for one in view.choices if one.verb == verb]
    if task_id is None:
        return next(iter(fitting), None)
    return next((one for one in fitting if one.task_id == task_id), None)


def _task_of(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("task") or request.GET.get("task", ""))
    except ValueError:
        return None


def _typed(request: HttpRequest) -> Raw | None:
    return raw_of(request) if request.method == "POST" else kept_for(request) or None
