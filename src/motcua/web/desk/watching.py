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
from motcua.web.desk.records_frame import frame, purpose_in_words, said, title_of, tried
from motcua.web.desk.records_rights import REVIEW
from motcua.web.desk.records_words import field_title
from motcua.web.shell.forms import see_other

KINDS: dict[str, Any] = {
    "own-record": gettext_lazy("own record, outside of own affairs"),
    "limit": gettext_lazy("more looks in an hour than are allowed"),
    "colleague": gettext_lazy("record of a colleague"),
    "watched": gettext_lazy("record of somebody whom many are curious about"),
    "denied": gettext_lazy("asked for what no grant opens"),
    "many": gettext_lazy("far more looks in an hour than usual"),
    "no-dossier": gettext_lazy("neither an application nor a reason"),
    "out-of-hours": gettext_lazy("outside of working hours"),
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
    since = clock.now() - timedelta(days=since_days)
    rows = registers.unusual_access(actor, since=since)
    counts = registers.unusual_counts(actor, since=since)
    settled = counts.explained + counts.abuse
    context = {
        "waiting": [_words(actor, row) for row in rows if not row.finding],
        "settled": [_words(actor, row) for row in rows if row.finding],
        "counts": counts,
        "share": round(100 * counts.explained / settled) if settled else None,
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


def _words(actor: Actor, row: registers.UnusualRow) -> dict[str, Any]:
    register = registers.registers().get(row.register)
    return {
        "row": row,
        "why": [KINDS.get(kind, kind) for kind in row.kinds],
        "register": title_of(row.register) if row.register else "",
        "purpose": purpose_in_words(row.purpose) if row.purpose else "",
        "fields": [field_title(register, path) for path in row.fields] if register else [],
        "own": row.account_id == actor.account_id,
    }
