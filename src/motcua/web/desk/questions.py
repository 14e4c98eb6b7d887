"""Questions of people about accesses by the body: acknowledged and answered by a colleague."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Problem, Refusal
from motcua.openness import api as openness
from motcua.web.desk.access import officer
from motcua.web.desk.queues import place_of, side_of
from motcua.web.shell.forms import see_other

_WORDS = {"openness.answer-needed", "openness.question-too-long"}


@require_safe
@officer
def questions(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The open questions, the one due first on top, and the latest answered ones."""
    context = {
        "open": [_line(one) for one in openness.questions(actor)],
        "answered": [_line(one) for one in openness.questions(actor, open_only=False, limit=20)],
        "side": side_of(None),
        **place_of(actor),
    }
    return render(request, "desk/questions.html", context)


def _line(one: openness.QuestionTask) -> dict[str, Any]:
    return {
        "task": one,
        "standing": openness.STANDINGS[one.question.standing],
        "finding": openness.FINDINGS.get(one.question.finding, ""),
        "kind": {"late": "late", "unseen": "late", "answered": "ok"}.get(one.question.standing, ""),
        "who": openness.who(one.entry),
        "what": openness.what_happened(one.entry),
        "why": openness.why(one.entry),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def question(request: HttpRequest, actor: Actor, *, question_id: UUID) -> HttpResponseBase:
    """One question with the access that it is about; POST acknowledges or answers."""
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            return _carry_out(request, actor, question_id)
        except Refusal as no:
            if no.code not in _WORDS:
                raise
            problems = (Problem(path="answer", code=no.code, params=no.params),)
    context = {
        "one": _line(openness.question(actor, question_id)),
        "findings": list(openness.FINDINGS.items()),
        "values": {name: [request.POST.get(name, "")] for name in ("answer", "finding")},
        "problems": problems,
        "side": side_of(None),
        **place_of(actor),
    }
    return render(request, "desk/question.html", context, status=422 if problems else 200)


def _carry_out(request: HttpRequest, actor: Actor, question_id: UUID) -> HttpResponseBase:
    if request.POST.get("do") == "acknowledge":
        openness.acknowledge_question(actor, question_id)
        messages.success(request, _("Acknowledged. The person sees it beside the entry."))
        return see_other("desk:question", question_id)
    openness.answer_question(
        actor,
        question_id,
        answer=request.POST.get("answer", ""),
        finding=request.POST.get("finding", ""),
    )
    messages.success(request, _("Answered. The answer stands beside the entry."))
    return see_other("desk:questions")


@require_safe
@officer
def delays(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The readings of this year of which people are told only later."""
    text = request.GET.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None
    found = openness.delayed(actor, year=year)
    context = {"delays": found, "side": side_of(None), **place_of(actor)}
    return render(request, "desk/delays.html", context)
