"""The answers that are not given at once: made here, sealed and sent by exchange."""

from typing import Any
from uuid import UUID

import msgspec

from motcua.exchange import api as exchange
from motcua.identity import api as identity
from motcua.kernel.jobs import job
from motcua.kernel.refusals import Refusal
from motcua.web.doors.dci import replies
from motcua.web.doors.dci.answering import Asked, answer, outcome_of
from motcua.web.doors.dci.envelope import FORMS
from motcua.web.doors.dci.services import SERVICES
from motcua.web.doors.dci.telling import notification


@job("exchange.answer")
def answer_partner(payload: dict[str, Any]) -> None:
    """Answer what a partner asked, or write what it is told of an event."""
    asked = exchange.asked_message(UUID(payload["partner"]), UUID(payload["message"]))
    if asked is None:
        return
    try:
        actor = identity.actor_of_application(asked.partner.application_id)
    except Refusal:  # disconnected meanwhile: nobody is there to be told
        exchange.drop_message(asked.partner.id, asked.id)
        return
    about = Asked(
        partner=asked.partner,
        service=SERVICES[asked.service],
        actor=actor,
        correlation_id=str(asked.id),
    )
    if asked.action == "notify":
        made = notification(about, asked)
    else:
        made = answer(about, msgspec.convert(asked.asked, FORMS[asked.action]))
    if made is None:
        exchange.drop_message(asked.partner.id, asked.id)
        return
    letter = replies.envelope(
        made,
        action=replies.ON.get(asked.action, "notify"),
        to=asked.partner.sender_id,
        status=replies.status_of(made),
        **replies.counted(made),
    )
    exchange.answer_message(asked.partner.id, asked.id, letter, outcome=outcome_of(made))
