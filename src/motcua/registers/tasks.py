"""Background work of the registers: cards that change by themselves, retention by rule."""

from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.kernel.actors import SYSTEM
from motcua.kernel.jobs import job, periodic
from motcua.registers.operations import cards, retention

DAY = 24 * 3600


@job(cards.RENEW)
def renew_cards(payload: dict[str, Any]) -> None:
    """Facts that begin or end today change the cards of their persons. May run again."""
    with transaction.atomic():
        cards.renew_records([UUID(record) for record in payload["records"]])


@periodic("registers.retention", seconds=DAY)
def keep_no_longer() -> int:
    """What the declared rules keep no longer is taken away."""
    return sum(done.count for done in retention.run_retention(SYSTEM))
