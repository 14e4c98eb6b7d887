"""Each day, without anybody asking: fetch the statements, compare, settle what needs no person."""

import logging
from datetime import timedelta

from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM
from motcua.kernel.jobs import periodic
from motcua.kernel.refusals import Refusal
from motcua.payments import gateways
from motcua.payments.models import Reconciliation
from motcua.payments.operations.settling_differences import reconcile_day
from motcua.payments.queries.movements import span
from motcua.payments.rules.signing import HERE

log = logging.getLogger("motcua.payments")

# A gateway that is down for a night does not leave a hole.
DAYS_BACK = 7


@periodic("payments.reconcile", seconds=3600)
def reconcile_what_is_over() -> int:
    """Every day that is over and was not compared since it ended; how many days were done."""
    today = clock.now().astimezone(HERE).date()
    done = 0
    for name in gateways.names():
        for back in range(DAYS_BACK, 0, -1):
            day = today - timedelta(days=back)
            _, end = span(day)
            if Reconciliation.objects.filter(gateway=name, day=day, at__gte=end).exists():
                continue
            try:
                reconcile_day(SYSTEM, day, name)
                done += 1
            except Refusal as refusal:
                log.warning("not_reconciled", extra={"gateway": name, "why": refusal.code})
    return done
