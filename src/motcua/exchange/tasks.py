"""Duties: read the ledger, send what is due, forget what is old."""

from typing import Any
from uuid import UUID

from motcua.exchange.operations.endpoints import forget_delivered
from motcua.exchange.operations.messages import forget_messages, send_message
from motcua.exchange.operations.once import forget_old_answers
from motcua.exchange.operations.reading import read_ledger
from motcua.exchange.operations.sending import send_due
from motcua.exchange.operations.subscriptions import read_events
from motcua.kernel.jobs import job, periodic


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
    """Answers after a week, deliveries and messages after a month."""
    return forget_old_answers() + forget_delivered() + forget_messages()


@periodic("exchange.read-events", seconds=2)
def read_for_partners() -> int:
    """New facts in the registers become notifications to partners."""
    return read_events()


@job("exchange.send-message")
def send_to_partner(payload: dict[str, Any]) -> None:
    """One attempt to bring an answer or a notification to a partner."""
    send_message(UUID(payload["partner"]), UUID(payload["message"]))
