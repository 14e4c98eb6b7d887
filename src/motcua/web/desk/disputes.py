"""What persons say is wrong in the registers that this officer keeps, by the date of its answer.

Who finds them right corrects the fact first and answers then; who does not gives reasons.
"""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Problem, Refusal
from motcua.registers import api as registers
from motcua.web.desk import records_looks as looks
from motcua.web.desk.access import Raw, kept_for, officer, raw_of
from motcua.web.desk.records_frame import as_fault, fault, frame, needed, said
from motcua.web.desk.records_rights import kept_by
from motcua.web.desk.records_words import field_title
from motcua.web.shell.forms import see_other

PURPOSE = "duty/keep-register"
OUTCOMES = ("upheld", "dismissed")


@require_safe
@officer
def disputes(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The open disputes of the registers kept here, soonest due first; `closed`: the others."""
    _require(actor)
    closed = "closed" in request.GET
    found = [
        (one, registers.register(one.register), about(one))
        for one in registers.disputes(actor, open=not closed)
    ]
    context = {"lines": found, "closed": closed, **frame(actor, "registers-disputes")}
    return render(request, "desk/registers/disputes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def dispute(request: HttpRequest, actor: Actor, *, dispute_id: UUID) -> HttpResponseBase:
    """One dispute and its answer; `corrected` in the address says that the fact was mended."""
    one = _one(actor, dispute_id)
    if request.method != "POST":
        outcome = {"outcome": ["upheld"]} if "corrected" in request.GET else {}
        return _form(request, actor, one, raw=kept_for(request) or outcome)
    raw = raw_of(request)
    outcome_said = request.POST.get("outcome", "")
    problems = (
        *(() if outcome_said in OUTCOMES else (fault("outcome", _("Say who is right.")),)),
        *needed(request, "answer", _("Write the answer: the person reads it.")),
    )
    if not problems:
        try:
            registers.close_dispute(
                actor, dispute_id, outcome=outcome_said, answer=said(request, "answer", 4000)
            )
        except Refusal as no:
            problems = as_fault(no, "outcome")
        else:
            messages.success(request, _("Answered. The person has been told."))
            return see_other("desk:registers-disputes")
    return _form(request, actor, one, raw=raw, problems=problems)


@require_POST
@officer
def open_disputed(request: HttpRequest, actor: Actor, *, dispute_id: UUID) -> HttpResponseBase:
    """Look at the record, or (`do`=correct) go to the form that corrects the disputed version."""
    one = _one(actor, dispute_id)
    wanted = looks.Look(kind="record", purpose=PURPOSE, register=one.register, key=one.subject)
    token = looks.keep(request, wanted)
    if request.POST.get("do") == "correct":
        query = f"?r={one.register}&dispute={one.id}"
        return see_other("desk:registers-correct", token, one.version_id, query=query)
    return see_other("desk:registers-record", token)


def about(one: registers.DisputeCard) -> str:
    """What is contested, by its label."""
    register = registers.register(one.register)
    return field_title(register, one.field) if one.field else _("The whole entry")


def _require(actor: Actor) -> None:
    if not kept_by(actor):
        raise PermissionDenied


def _one(actor: Actor, dispute_id: UUID) -> registers.DisputeCard:
    """A dispute of a register kept here, open or answered."""
    _require(actor)
    for is_open in (True, False):
        for one in registers.disputes(actor, open=is_open):
            if one.id == dispute_id:
                return one
    raise Http404


def _form(
    request: HttpRequest,
    actor: Actor,
    one: registers.DisputeCard,
    *,
    raw: Raw,
    problems: tuple[Problem, ...] = (),
) -> HttpResponse:
    context = {
        "one": one,
        "register": registers.register(one.register),
        "about": about(one),
        "corrected": "corrected" in request.GET,
        "outcomes": [
            ("upheld", _("The person is right; the fact has been corrected")),
            ("dismissed", _("The entry is right; it stays as it is")),
        ],
        "back": reverse("desk:registers-disputes"),
        "values": raw,
        "problems": problems,
        **frame(actor, "registers-disputes"),
    }
    status = 422 if problems else 200
    return render(request, "desk/registers/dispute.html", context, status=status)
