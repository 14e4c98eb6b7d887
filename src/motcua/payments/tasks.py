"""Background work of payments: asking gateways, making refunds, forgetting what is over."""

from typing import Any
from uuid import UUID

from motcua.kernel.jobs import job, periodic
from motcua.payments.operations import bills, looking, notices, refunding


@job(notices.ASK)
def ask(payload: dict[str, Any]) -> None:
    """Ask a gateway what became of one attempt. May run again."""
    notices.ask(UUID(payload["bill_id"]), UUID(payload["payment_id"]))


@job(refunding.JOB)
def refund(payload: dict[str, Any]) -> None:
    """Have a gateway give money back; repeated until it answers, done once by its key."""
    refunding.make_refund(UUID(payload["bill_id"]), UUID(payload["refund_id"]))


@periodic("payments.poll", seconds=30)
def poll() -> int:
    """Attempts of which we have not heard."""
    return notices.poll()


@periodic("payments.expire", seconds=300)
def expire() -> int:
    """Bills that nobody paid in time, and counters of look-ups that are over."""
    looking.forget_counts()
    return bills.expire()
