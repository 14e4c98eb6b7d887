"""The registers that a post keeps or may read, and what waits in them."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from msgspec import Struct

from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.registers import api as registers
from motcua.web.desk.access import officer
from motcua.web.desk.records_frame import frame, owner_of
from motcua.web.desk.records_rights import BREAK, REVIEW, kept_by, may_open, readable_at_all
from motcua.web.shell.context import Link

SINCE_DAYS = 30


class Line(Struct, frozen=True, kw_only=True):
    """A register as the overview shows it."""

    register: registers.Register
    owner: str
    kept: bool
    closure: Any
    facts: int


@require_safe
@officer
def overview(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What this post has to do with the registers; nothing that it may not open is named."""
    if not may_open(actor):
        raise PermissionDenied
    kept = kept_by(actor)
    names = {one.register for one in kept}
    shown = [*kept, *(one for one in readable_at_all(actor) if one.register not in names)]
    context = {
        "lines": [
            Line(
                register=one,
                owner=owner_of(one),
                kept=one.register in names,
                closure=registers.closure_of(one.register),
                facts=len(one.facts),
            )
            for one in shown
        ],
        "waiting": _waiting(actor, kept),
        "may_break": BREAK in actor.permissions,
        **frame(actor, "registers"),
    }
    return render(request, "desk/registers/overview.html", context)


def _waiting(actor: Actor, kept: list[registers.Register]) -> list[Link]:
    """What waits for somebody, with how much of it."""
    found: list[tuple[str, str, int]] = []
    if kept:
        disputes = len(registers.disputes(actor))
        found.append((_("Disputes to answer"), "registers-disputes", disputes))
    if any(one.register == "population" for one in kept):
        pairs = registers.duplicate_count(actor)
        found.append((_("Likely duplicates"), "registers-duplicates", pairs))
    if kept:
        runs = [run for run in registers.import_runs(actor) if run.state != "done"]
        found.append((_("Files under way or stopped"), "registers-imports", len(runs)))
    if REVIEW in actor.permissions:
        reviews = len(registers.emergencies_to_review(actor))
        found.append((_("Emergencies to review"), "registers-emergencies", reviews))
        counts = registers.unusual_counts(actor, since=clock.now() - timedelta(days=SINCE_DAYS))
        found.append((_("Unusual access to settle"), "registers-unusual", counts.open))
    return [Link(title, reverse(f"desk:{name}"), count=str(count)) for title, name, count in found]
