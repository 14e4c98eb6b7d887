"""The door of exchange: each request once; webhooks and what became of them.

`once` keeps the answer of a request under the caller's Idempotency-Key. An endpoint belongs to a
body, or to a person or business; it is told of acts in the form of Standard Webhooks, at least
once, those of one dossier in their order. Shapes: `Answer`, `EndpointView`, `NewEndpoint`,
`DeliveryView`; rooms further up register whom their things concern with `describe`.
"""

from motcua.exchange.describing import describe
from motcua.exchange.operations.endpoints import (
    BOTH_LIVE,
    add_endpoint,
    pause,
    remove_endpoint,
    resume,
    retry,
    rotate_secret,
)
from motcua.exchange.operations.once import Answer, fingerprint_of, once
from motcua.exchange.operations.reading import read_ledger
from motcua.exchange.operations.sending import send_due
from motcua.exchange.queries import PAGE, deliveries, endpoint, endpoints
from motcua.exchange.shapes import DeliveryView, EndpointView, NewEndpoint, Parties

__all__ = [
    "BOTH_LIVE",
    "PAGE",
    "Answer",
    "DeliveryView",
    "EndpointView",
    "NewEndpoint",
    "Parties",
    "add_endpoint",
    "deliveries",
    "describe",
    "endpoint",
    "endpoints",
    "fingerprint_of",
    "once",
    "pause",
    "read_ledger",
    "remove_endpoint",
    "resume",
    "retry",
    "rotate_secret",
    "send_due",
]
