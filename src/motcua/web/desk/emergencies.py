"""Break-glass: a record that no grant opens, for a quarter of an hour, with why in words.

Somebody else reviews each of them; nobody reviews his own.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Problem, Refusal
from motcua.registers import api as registers
from motcua.web.desk import records_looks as looks
from motcua.web.desk.access import Raw, kept_for, officer, raw_of
from motcua.web.desk.records_frame import (
    as_fault,
    fault,
    frame,
    needed,
    said,
    title_of,
    tried,
)
from motcua.web.desk.records_rights import BREAK, REVIEW
from motcua.web.desk.records_words import field_title
from motcua.web.shell.forms import see_other
from motcua.web.shell.sentences import pick

VERDICTS = ("justified", "not-justified")


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def break_glass(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """The form with what happens then; a POST opens the record at once."""
    if BREAK not in actor.permissions:
        raise PermissionDenied
    if request.method != "POST":
        return _form(request, actor, kept_for(request))
    raw = raw_of(request)
    problems = _faults(request)
    if not problems:
        register, key = request.POST["register"], said(request, "key", 80)
        try:
            card = registers.open_emergency(
                actor, register=register, key=key, why=said(request, "why")
            )
        except Refusal as no:
            problems = as_fault(no, "why")
        else:
            wanted = looks.Look(
                kind="record",
                purpose="emergency",
                reason=said(request, "why"),
                register=register,
                key=key,
                until=card.until.isoformat(),
            )
            return see_other("desk:registers-record", looks.keep(request, wanted))
    return _form(request, actor, raw, problems)


@require_safe
@officer
def emergencies(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Those that this officer has open, and those of the body that wait for a review."""
    if not {BREAK, REVIEW} & actor.permissions:
        raise PermissionDenied
    reviews = REVIEW in actor.permissions
    waiting = registers.emergencies_to_review(actor) if reviews else []
    past = registers.emergencies_to_review(actor, reviewed=True) if reviews else []
    context = {
        "open": [
            (key, one, title_of(one.register), looks.minutes_left(one))
            for key, one in looks.emergencies(request)
        ],
        "waiting": [(one, title_of(one.register), _fields(one)) for one in waiting],
        "past": [(one, title_of(one.register)) for one in past],
        "may_break": BREAK in actor.permissions,
        "may_review": reviews,
        "verdicts": [("justified", _("Justified")), ("not-justified", _("Not justified"))],
        **frame(actor, "registers-emergencies"),
    }
    return render(request, "desk/registers/emergencies.html", context)


@require_POST
@officer
def review(request: HttpRequest, actor: Actor, *, emergency_id: UUID) -> HttpResponseBase:
    """Somebody else's verdict, with a remark."""
    verdict, remark = request.POST.get("verdict", ""), said(request, "remark")
    if verdict not in VERDICTS or not remark:
        messages.error(request, _("Give a verdict, and say in words what it rests on."))
        return see_other("desk:registers-emergencies")
    tried(
        request,
        lambda: registers.review_emergency(actor, emergency_id, verdict=verdict, remark=remark),
        _("Reviewed."),
    )
    return see_other("desk:registers-emergencies")


def _fields(one: registers.EmergencyCard) -> list[str]:
    """What was read, by its labels."""
    register = registers.registers().get(one.register)
    return [field_title(register, path) for path in one.fields] if register else []


def _faults(request: HttpRequest) -> tuple[Problem, ...]:
    found: list[Problem] = []
    if request.POST.get("register", "") not in registers.registers():
        found.append(fault("register", _("Choose the register.")))
    found += needed(request, "key", _("Type the key of the record: a number, a plate, a code."))
    return (*found, *needed(request, "why", _("Say in words why this cannot wait.")))


def _form(
    request: HttpRequest, actor: Actor, raw: Raw, problems: tuple[Problem, ...] = ()
) -> HttpResponse:
    context: dict[str, Any] = {
        "registers": [
            (one.register, f"{pick(one.title)} ({pick(one.subject.title)})")
            for one in registers.registers().values()
        ],
        "values": raw,
        "problems": problems,
        **frame(actor, "registers-emergencies"),
    }
    status = 422 if problems else 200
    return render(request, "desk/registers/break.html", context, status=status)
