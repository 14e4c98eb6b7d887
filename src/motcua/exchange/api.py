"""The door of exchange: each request once; webhooks; messages of partners to the registers.

`once` keeps the answer of a request under the caller's Idempotency-Key. An endpoint belongs to a
body, or to a person or business; it is told of acts in the form of Standard Webhooks, at least
once, those of one dossier in their order. Shapes: `Answer`, `EndpointView`, `NewEndpoint`,
`DeliveryView`; rooms further up register whom their things concern with `describe`.

A partner is a system of a body that asks registers by signed messages: `receive_message` keeps
what is answered later (by a job of the door that took it, with `asked_message` and
`answer_message`), subscriptions tell it of facts. It is called back below its own address only.
"""

from motcua.exchange.describing import describe
from motcua.exchange.node_key import public_keys, signed
from motcua.exchange.operations.endpoints import (
    BOTH_LIVE,
    add_endpoint,
    pause,
    remove_endpoint,
    resume,
    retry,
    rotate_secret,
)
from motcua.exchange.operations.messages import (
    answer_message,
    asked_message,
    callback_of,
    drop_message,
    message_states,
    receive_message,
    send_message,
)
from motcua.exchange.operations.once import Answer, fingerprint_of, once
from motcua.exchange.operations.partners import (
    check_signature,
    close_partner,
    partner_of,
    partners,
    register_partner,
)
from motcua.exchange.operations.reading import read_ledger
from motcua.exchange.operations.sending import send_due
from motcua.exchange.operations.subscriptions import (
    add_subscription,
    end_subscription,
    read_events,
    subscription,
    tell_of,
)
from motcua.exchange.queries import PAGE, deliveries, endpoint, endpoints
from motcua.exchange.rules.signing import canonical
from motcua.exchange.shapes import (
    AskedMessage,
    DeliveryView,
    EndpointView,
    MessageState,
    NewEndpoint,
    NewSubscription,
    Parties,
    PartnerView,
    SubscriptionView,
)

__all__ = [
    "BOTH_LIVE",
    "PAGE",
    "Answer",
    "AskedMessage",
    "DeliveryView",
    "EndpointView",
    "MessageState",
    "NewEndpoint",
    "NewSubscription",
    "Parties",
    "PartnerView",
    "SubscriptionView",
    "add_endpoint",
    "add_subscription",
    "answer_message",
    "asked_message",
    "callback_of",
    "canonical",
    "check_signature",
    "close_partner",
    "deliveries",
    "describe",
    "drop_message",
    "end_subscription",
    "endpoint",
    "endpoints",
    "fingerprint_of",
    "message_states",
    "once",
    "partner_of",
    "partners",
    "pause",
    "public_keys",
    "read_events",
    "read_ledger",
    "receive_message",
    "register_partner",
    "remove_endpoint",
    "resume",
    "retry",
    "rotate_secret",
    "send_due",
    "send_message",
    "signed",
    "subscription",
    "tell_of",
]
