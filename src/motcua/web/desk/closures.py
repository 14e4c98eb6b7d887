"""The keeper announces that a register does not answer for a while, and opens it again."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Problem, Refusal
from motcua.registers import api as registers
from motcua.web.desk.access import Raw, kept_for, officer, raw_of
from motcua.web.desk.moments import moment_of
from motcua.web.desk.records_frame import as_fault, fault, frame, needed, said
from motcua.web.desk.records_rights import keeps
from motcua.web.shell.controls import Typed
from motcua.web.shell.forms import see_other


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def closure(request: HttpRequest, actor: Actor, *, register: str) -> HttpResponseBase:
    """Close (`do`=close) with a reason and maybe an end, or open again (`do`=reopen)."""
    if not keeps(actor, register):
        raise PermissionDenied
    if request.method != "POST":
        return _form(request, actor, register, raw=kept_for(request))
    raw = raw_of(request)
    problems: tuple[Problem, ...] = ()
    try:
        if request.POST.get("do") == "reopen":
            registers.reopen_register(actor, register)
            messages.success(request, _("The register answers again."))
            return see_other("desk:registers")
        problems = _faults(request, raw)
        if not problems:
            until = moment_of(raw, "until")
            registers.close_register(actor, register, why=said(request, "why"), until=until)
            messages.success(request, _("Closed. Whoever asks is told why, and until when."))
            return see_other("desk:registers")
    except Refusal as no:
        problems = as_fault(no, "why")
    return _form(request, actor, register, raw=raw, problems=problems)


def _faults(request: HttpRequest, raw: Raw) -> tuple[Problem, ...]:
    typed, until = Typed(raw), moment_of(raw, "until")
    parts = ("day", "month", "year", "time")
    found = list(needed(request, "why", _("Say in words why: everybody who asks reads it.")))
    if any(typed.one(f"until-{part}").strip() for part in parts):
        if until is None:
            words = _("Give a day that exists and a time such as 14:30.")
            found.append(fault("until", words))
        elif until <= clock.now():
            found.append(fault("until", _("The end must lie in the future.")))
    return tuple(found)


def _form(
    request: HttpRequest,
    actor: Actor,
    register: str,
    *,
    raw: Raw,
    problems: tuple[Problem, ...] = (),
) -> HttpResponse:
    context: dict[str, Any] = {
        "register": registers.register(register),
        "closure": registers.closure_of(register),
        "values": raw,
        "problems": problems,
        **frame(actor, "registers"),
    }
    status = 422 if problems else 200
    return render(request, "desk/registers/closure.html", context, status=status)
