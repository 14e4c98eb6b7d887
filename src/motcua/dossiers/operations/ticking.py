"""The duty that lets time act: whatever became due is decided by the engine, dossier by dossier.

Rows are taken with SKIP LOCKED, one transaction each: two workers never hold one dossier, and a
fault in one stops no other. Ticking again at the same moment changes nothing.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from motcua.catalogue import api as catalogue
from motcua.dossiers import storage
from motcua.dossiers.operations import billing
from motcua.dossiers.operations.acting import carry_out
from motcua.dossiers.rules.state import Dossier
from motcua.dossiers.rules.timers import warn_from
from motcua.dossiers.surroundings import around
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM
from motcua.kernel.refusals import Refusal

log = logging.getLogger("motcua.dossiers")

AGAIN_AFTER_FAULT = timedelta(hours=1)
BATCH = 500


def tick_due(limit: int = BATCH) -> int:
    """Let time act on up to `limit` dossiers; how many were looked at."""
    seen = 0
    while seen < limit and _tick_one():
        seen += 1
    return seen


@transaction.atomic
def _tick_one() -> bool:
    now = clock.now()
    for dossier_id in storage.to_wake(now, 1):
        dossier = storage.load(dossier_id)
        if dossier is not None:
            _tick(dossier, now)
        return True
    return False


def _tick(dossier: Dossier, now: datetime) -> None:
    try:
        with transaction.atomic():
            after = _let_time_act(dossier)
    except Refusal as no:
        # A service whose next body is not known cannot go on by itself: people see it as late.
        log.warning("tick_refused", extra={"dossier_id": str(dossier.id), "code": no.code})
        storage.sleep_until(dossier.id, now + AGAIN_AFTER_FAULT)
        return
    storage.sleep_until(dossier.id, next_moment(after, now))


def _let_time_act(dossier: Dossier) -> Dossier:
    """A tick; but nobody is stopped for want of money that has come already."""
    charge = dossier.open_charge
    if charge is not None and billing.is_paid(dossier):
        return carry_out(SYSTEM, dossier, "pay", params={"charge_id": charge.id})
    return carry_out(SYSTEM, dossier, "tick")


def next_moment(dossier: Dossier, now: datetime) -> datetime | None:
    """When time may act next on this dossier; None if never."""
    clocks = [task.clock for task in dossier.open_tasks if not task.reported]
    moments = [one.due_at for one in clocks if one and one.paused_at is None]
    legal = dossier.clock
    if legal and legal.paused_at is None and dossier.ended_at is None:
        moments.append(legal.due_at)
        if dossier.apology is None:
            calendar = around(catalogue.procedure(dossier.procedure), dossier).calendar
            moments.append(warn_from(legal, calendar))
    # A clock is late after its due minute, not in it.
    later = [
        moment + timedelta(minutes=1) for moment in moments if moment + timedelta(minutes=1) > now
    ]
    return min(later, default=None)
