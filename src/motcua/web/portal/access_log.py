"""Who saw my data, newest first, with one button to question each entry."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Problem, Refusal
from motcua.openness import api as openness
from motcua.web.portal.access import signed_in
from motcua.web.portal.my_data import chosen
from motcua.web.shell.forms import see_other
from motcua.web.shell.sentences import pick

PER_PAGE = 25
PERIODS: dict[str, tuple[Any, int]] = {
    "": (gettext_lazy("All"), 0),
    "30": (gettext_lazy("The last 30 days"), 30),
    "365": (gettext_lazy("The last year"), 365),
}
_WORDS = {"openness.question-needed", "openness.question-too-long"}


@require_safe
@signed_in
def access_log(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The log, by body and period, a page at a time; with one's own looks if wanted."""
    of, asked = chosen(request), request.GET
    body, own = _uuid(asked.get("body", "")), asked.get("own") == "1"
    period = asked.get("period", "") if asked.get("period", "") in PERIODS else ""
    page = openness.usage_of(
        actor, of, since=_since(period), body_id=body, own=own,
        after=asked.get("after", "")[:100], limit=PER_PAGE,
    )  # fmt: skip
    kept = {"of": of, "body": body, "period": period, "own": "1" if own else ""}
    query = {name: str(value) for name, value in kept.items() if value}
    here = reverse("portal:access-log")
    context = {
        "entries": [in_words(one) for one in page.items],
        "older": f"{here}?{urlencode({**query, 'after': page.next})}" if page.next else "",
        "newest": f"{here}?{urlencode(query)}" if asked.get("after") else "",
        "bodies": [("", _("All bodies"))]
        + [(str(key), pick(name)) for key, name in openness.bodies_in_log(actor, of)],
        "body": str(body or ""),
        "periods": [(key, words) for key, (words, _days) in PERIODS.items()],
        "period": period,
        "own": own,
        "of": of,
        "who": next((one for one in openness.relatives(actor) if one.person_id == of), None)
        if of
        else None,
    }
    return render(request, "portal/my-data-access.html", context)


def in_words(one: openness.Usage) -> dict[str, Any]:
    """An entry as a page shows it."""
    question = one.question
    return {
        "entry": one,
        "who": openness.who(one),
        "what": openness.what_happened(one),
        "why": openness.why(one),
        "standing": openness.STANDINGS[question.standing] if question else "",
        "finding": openness.FINDINGS.get(question.finding, "") if question else "",
    }


def _since(period: str) -> datetime | None:
    days = PERIODS[period][1]
    return clock.now() - timedelta(days=days) if days else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def ask(request: HttpRequest, actor: Actor, act_id: UUID) -> HttpResponseBase:
    """Question one entry: the body has to answer."""
    entry = openness.entry(actor, act_id)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            openness.ask_about(actor, act_id, question=request.POST.get("question", ""))
        except Refusal as no:
            if no.code not in _WORDS:
                raise
            problems = (Problem(path="question", code=no.code, params=no.params),)
        else:
            messages.success(request, _("Asked. The answer will stand beside the entry."))
            return see_other("portal:access-log")
    context = {
        "one": in_words(entry),
        "values": {"question": [request.POST.get("question", "")]},
        "problems": problems,
    }
    return render(request, "portal/my-data-ask.html", context, status=422 if problems else 200)
