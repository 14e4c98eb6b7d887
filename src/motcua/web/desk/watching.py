"""Readings that look unusual: why in words, and the finding of somebody who reviews access."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.registers import api as registers
from motcua.web.desk.access import officer
from motcua.web.desk.records_frame import frame, said, title_of, tried
from motcua.web.desk.records_rights import REVIEW
from motcua.web.shell.forms import see_other

KINDS: dict[str, Any] = {
    "self": gettext_lazy("read his own record through his post"),
    "own": gettext_lazy("read his own record through his post"),
    "colleague": gettext_lazy("read the record of a colleague"),
    "family": gettext_lazy("read the record of somebody of his family"),
    "watched": gettext_lazy("read the record of somebody whom many are curious about"),
    "no-dossier": gettext_lazy("read without an application that needs it"),
    "many": gettext_lazy("read far more records than usual in an hour"),
    "at-night": gettext_lazy("read outside working hours"),
    "denied": gettext_lazy("asked again and again for what no grant opens"),
    "emergency": gettext_lazy("opened records in an emergency more often than others"),
}
FINDINGS = ("explained", "abuse")
DAYS = (7, 30, 90)


@require_safe
@officer
def unusual(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The report: what waits, what was settled, and how many alarms were false."""
    _require(actor)
    days = request.GET.get("days", "")
    since_days = int(days) if days in {str(one) for one in DAYS} else 30
    rows = registers.unusual_access(actor, since=clock.now() - timedelta(days=since_days))
    waiting = [_words(row) for row in rows if not row.finding]
    settled = [_words(row) for row in rows if row.finding]
    false = sum(row.finding == "explained" for row in rows)
    context = {
        "waiting": waiting,
        "settled": settled,
        "false": false,
        "abuse": len(settled) - false,
        "share": round(100 * false / len(settled)) if settled else None,
        "days": [(one, one == since_days) for one in DAYS],
        **frame(actor, "registers-unusual"),
    }
    return render(request, "desk/registers/unusual.html", context)


@require_POST
@officer
def settle(request: HttpRequest, actor: Actor, *, act_id: UUID) -> HttpResponseBase:
    """Explained, or abuse, with a remark."""
    _require(actor)
    finding, remark = request.POST.get("finding", ""), said(request, "remark")
    if finding not in FINDINGS or not remark:
        messages.error(request, _("Say what you found, and in words what it rests on."))
        return see_other("desk:registers-unusual")
    tried(
        request,
        lambda: registers.settle_unusual(actor, act_id, finding=finding, remark=remark),
        _("Settled."),
    )
    return see_other("desk:registers-unusual")


def _require(actor: Actor) -> None:
    if REVIEW not in actor.permissions:
        raise PermissionDenied


def _words(row: Any) -> dict[str, Any]:
    register = str(getattr(row, "register", "") or "")
    return {
        "row": row,
        "why": KINDS.get(row.kind, row.kind),
        "register": title_of(register) if register else "",
    }
