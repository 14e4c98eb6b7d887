"""The work of the unit for who leads it, and the register of what the desk received."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.directory import api as directory
from motcua.dossiers import api as dossiers
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Problem
from motcua.web.desk.access import officer
from motcua.web.desk.files import pdf
from motcua.web.desk.moments import boxes, day_of
from motcua.web.desk.queues import place_of, side_of

OLD = {"8-15": "warn", "16+": "late"}


@require_safe
@officer
def team(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Backlog, ages, lateness and each officer's load, each number a way into the queue."""
    report = dossiers.team_report(actor)
    context = {
        "report": report,
        "ageing": [(_days(name), count, OLD.get(name, "")) for name, count in report.ageing],
        "on_time": _percent(report.on_time_share),
        "supplemented": _percent(report.supplemented_share),
        "officers": [
            (one, f"{reverse('desk:queue')}?q=unit&officer={one.officer_id}")
            for one in report.officers
        ],
        "in_spite": sum(one.count for one in _asked_in_spite(actor)),
        "side": side_of(None),
        **place_of(actor),
    }
    return render(request, "desk/team.html", context)


def _asked_in_spite(actor: Actor) -> tuple[dossiers.AskedInSpite, ...]:
    since = _start(directory.today() - timedelta(days=30))
    return dossiers.papers_asked_in_spite(actor.body_id, since) if actor.body_id else ()


@require_safe
@officer
def register(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What the desk accepted between two days (slip 06)."""
    since, until, problems = _span(request)
    lines: Any = ()
    if not problems:
        lines = dossiers.register(actor, since=_start(since), until=_start(until + ONE_DAY))
    query = {**boxes("since", since), **boxes("until", until)}
    context = {
        "lines": lines,
        "values": request.GET if problems else query,
        "problems": problems,
        "since": since,
        "until": until,
        "pdf_url": f"{reverse('desk:register-pdf')}?{urlencode(query)}",
        "side": side_of(None),
        **place_of(actor),
    }
    return render(request, "desk/register.html", context, status=422 if problems else 200)


@require_safe
@officer
def register_pdf(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """The same as a sheet to print and sign."""
    since, until, _problems = _span(request)
    until = _start(until + ONE_DAY)
    return pdf(dossiers.register_pdf(actor, since=_start(since), until=until))


ONE_DAY = timedelta(days=1)


def _span(request: HttpRequest) -> tuple[date, date, tuple[Problem, ...]]:
    """The days asked for (today by default), and what is wrong with them."""
    today = directory.today()
    if not request.GET:
        return today, today, ()
    found = [day_of(request.GET, name) for name in ("since", "until")]
    wrong = [
        Problem(path=name, code="desk.moment-wrong")
        for name, day in zip(("since", "until"), found, strict=True)
        if day is None
    ]
    since, until = found[0] or today, found[1] or today
    if not wrong and since > until:
        wrong = [Problem(path="since", code="desk.span-wrong")]
    return since, until, tuple(wrong)


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_current_timezone())


def _days(name: str) -> str:
    return _("%(span)s days") % {"span": name.replace("-", "–")}


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"
