"""What a subscriber is told of an event: the record as it may be read when the message goes out."""

from typing import Any
from uuid import UUID

from motcua.exchange import api as exchange
from motcua.exchange.api import AskedMessage
from motcua.kernel.refusals import Refusal
from motcua.registers import api as registers
from motcua.web.doors.dci import finding, queries
from motcua.web.doors.dci.answering import Asked, now
from motcua.web.doors.dci.finding import Reading
from motcua.web.doors.dci.records import flat


def notification(asked: Asked, message: AskedMessage) -> dict[str, Any] | None:
    """The event with its record; None when the subscription ended, the filter does not let it
    through, or the subscriber may not read it (any more)."""
    wanted = exchange.subscription(asked.partner, UUID(message.asked["subscription"]))
    number = registers.number_of(UUID(message.asked["person"]))
    if wanted is None or not number:
        return None
    reading = Reading(actor=asked.actor, purpose=wanted.purpose)
    kind = "person" if wanted.record_type == "person" else "member"
    try:
        found = finding.mapped(reading, kind, [number])
    except Refusal:
        return None
    if not found or not _fits(wanted.criteria, found[0]):
        return None
    event = {
        "reference_id": str(wanted.id),
        "timestamp": now(),
        "data": {
            "version": "1.0.0",
            "reg_type": asked.service.reg_type,
            "reg_event_type": wanted.event,
            "reg_record_type": wanted.record_type,
            "reg_records": found[0],
        },
        "locale": wanted.locale or "vie",
    }
    return {"transaction_id": message.transaction_id, "notify_event": [event]}


def _fits(criteria: Any, record: dict[str, Any]) -> bool:
    if criteria is None:
        return True
    ways = queries.read_query(criteria["type"], criteria["query"])
    about = flat(record)
    return any(all(one.holds(about) for one in way) for way in ways)
