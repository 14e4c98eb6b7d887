"""Duties: read the ledger, send what is due, forget what is old."""

from motcua.exchange.operations.endpoints import forget_delivered
from motcua.exchange.operations.once import forget_old_answers
from motcua.exchange.operations.reading import read_ledger
from motcua.exchange.operations.sending import send_due
from motcua.kernel.jobs import periodic


@periodic("exchange.read-ledger", seconds=2)
def read() -> int:
    """New acts become deliveries."""
    return read_ledger()


@periodic("exchange.send", seconds=1)
def send() -> int:
    """Deliveries leave the house."""
    return send_due()


@periodic("exchange.forget", seconds=3600)
def forget() -> int:
    """Answers after a week, deliveries a month after they arrived."""
    return forget_old_answers() + forget_delivered()
