"""The addresses of the registry standard: each checks who asks and that he signed, then answers at
once, or takes the message in and answers by callback."""

from typing import Any
from urllib.parse import urljoin

import msgspec
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from motcua.exchange import api as exchange
from motcua.identity import api as identity
from motcua.kernel import clock
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal
from motcua.web.doors.callers import caller_with
from motcua.web.doors.dci import envelope, replies
from motcua.web.doors.dci.answering import Asked, answer
from motcua.web.doors.dci.envelope import Envelope
from motcua.web.doors.dci.services import SERVICES

BACK = {
    "search": "registry/on-search",
    "subscribe": "registry/on-subscribe",
    "unsubscribe": "registry/on-unsubscribe",
    "txn-status": "registry/txn/on-status",
}


@require_POST
def sync(request: HttpRequest, service: str, action: str) -> HttpResponse:
    """Answer at once."""
    caller, partner, given = _received(request, service, action)
    asked = Asked(
        partner=partner,
        service=SERVICES[service],
        actor=caller.actor,
        correlation_id=str(new_id()),
    )
    made = answer(asked, given.message)
    return replies.reply(
        replies.envelope(
            made,
            action=replies.ON[action],
            to=partner.sender_id,
            status=replies.status_of(made),
            **replies.counted(made),
        )
    )


@require_POST
def later(request: HttpRequest, service: str, action: str) -> HttpResponse:
    """Take the message in, once for its message_id, and acknowledge; the answer follows."""
    caller, partner, given = _received(request, service, action)
    uri = given.header.sender_uri or urljoin(partner.callback, BACK[action])
    exchange.callback_of(partner, uri)

    def take() -> tuple[int, Any]:
        taken = exchange.receive_message(
            partner,
            service=service,
            action=action,
            transaction_id=given.message.transaction_id,
            references=envelope.references_of(given.message),
            asked=given.plain["message"],
            uri=uri,
        )
        return 200, replies.ack(str(taken))

    told = exchange.fingerprint_of("DCI", f"{service}/{action}", msgspec.json.encode(given.plain))
    key = exchange.fingerprint_of("DCI", "", given.header.message_id.encode())
    done = exchange.once(caller.application_id, f"dci:{key}", told, do=take)
    return HttpResponse(done.body, status=done.status, content_type="application/json")


@require_GET
def keys(_request: HttpRequest) -> HttpResponse:
    """With which others verify what we sign."""
    return replies.reply(exchange.public_keys())


def _received(
    request: HttpRequest, service: str, action: str
) -> tuple[identity.Caller, exchange.PartnerView, Envelope]:
    """Who asks, and what: key and scope, form, sender, receiver, time, signature, in this order."""
    caller = caller_with(request, "dci")
    partner = exchange.partner_of(caller.application_id)
    if partner is None:
        raise Refusal("doors.no-partner")
    given = envelope.read(request.body, action)
    header = given.header
    if header.sender_id != partner.sender_id:
        raise Refusal("doors.sender")
    if header.receiver_id not in ("", replies.OURSELVES, service, f"{service}-server"):
        raise Refusal("doors.receiver")
    exchange.check_signature(
        partner, given.signature, header=given.plain["header"], message=given.plain["message"]
    )
    envelope.check_time(header, clock.now())
    return caller, partner, given
