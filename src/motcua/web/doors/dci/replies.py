"""Replies of the door in the envelopes of the standard; ours are signed."""

from typing import Any

import msgspec
from django.http import HttpResponse

from motcua.exchange import api as exchange
from motcua.kernel import clock
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal, sentence_of
from motcua.web.shell import sentences

OURSELVES = "motcua"
ON = {
    "search": "on-search",
    "subscribe": "on-subscribe",
    "unsubscribe": "on-unsubscribe",
    "txn-status": "txn-on-status",
}
# What the standard calls our refusals; anything else of ours is a bad request.
CODES = {
    "identity.key-needed": "err.request.unauthorized",
    "identity.key-unknown": "err.request.unauthorized",
    "identity.key-ended": "err.request.unauthorized",
    "identity.scope-missing": "err.request.forbidden",
    "identity.not-allowed": "err.request.forbidden",
    "exchange.signature-missing": "err.signature.missing",
    "exchange.signature-wrong": "err.signature.invalid",
    "exchange.callback-unknown": "err.sender_uri.invalid",
    "doors.no-partner": "err.sender_id.invalid",
    "doors.sender": "err.sender_id.invalid",
    "doors.receiver": "err.receiver_id.invalid",
    "doors.version": "err.version.not_supported",
    "doors.encrypted": "err.encryption.invalid",
    "shell.too-many-requests": "err.request.too_many_requests",
    "api.not-found": "err.request.not_found",
    "api.fault": "err.service.unavailable",
}
REASONS = {
    "doors.version": "rjct.version.invalid",
    "doors.action": "rjct.action.invalid",
    "doors.count": "rjct.total_count.invalid",
    "doors.stale": "rjct.message_ts.invalid",
    "exchange.key-reused": "rjct.message_id.duplicate",
}
TRANSPORT = frozenset({401, 403, 404, 405, 413, 415, 429, 500})


def envelope(message: Any, *, action: str, to: str, status: str, **more: Any) -> dict[str, Any]:
    """A signed message of ours."""
    header = {
        "version": "1.0.0",
        "message_id": str(new_id()),
        "message_ts": clock.now().isoformat(),
        "action": action,
        "status": status,
        "sender_id": OURSELVES,
        "receiver_id": to,
        "is_msg_encrypted": False,
        **more,
    }
    signature = exchange.signed(exchange.canonical(header, message))
    return {"signature": signature, "header": header, "message": message}


def status_of(message: dict[str, Any]) -> str:
    """The status of a whole answer: rejected when each of its items is."""
    items = message.get("search_response") or message.get("subscribe_response") or [message]
    states = {one.get("status", "succ") for one in items}
    return "rjct" if states == {"rjct"} else "succ"


def counted(message: dict[str, Any]) -> dict[str, int]:
    """How many requests there were, and how many are answered: all."""
    items = message.get("search_response") or message.get("subscribe_response") or [message]
    return {"total_count": len(items), "completed_count": len(items)}


def reply(body: Any, status: int = 200) -> HttpResponse:
    return HttpResponse(msgspec.json.encode(body), status=status, content_type="application/json")


def ack(correlation_id: str) -> dict[str, Any]:
    """Taken: the answer follows by callback."""
    return {
        "message": {
            "ack_status": "ACK",
            "timestamp": clock.now().isoformat(),
            "correlation_id": correlation_id,
        }
    }


def refused(no: Refusal) -> HttpResponse:
    """A refusal in the words of the standard: what concerns the line as HttpErrorResponse, what
    concerns the message also as an acknowledgement with ERR and as a rejected header."""
    status = sentence_of(no.code).status
    code = CODES.get(no.code, "err.request.bad")
    error = {"code": code, "message": sentences.of_refusal(no)[:999]}
    body: dict[str, Any] = {"errors": [error]}
    if status not in TRANSPORT:
        now = clock.now().isoformat()
        body["header"] = {
            "message_id": str(new_id()),
            "message_ts": now,
            "action": "on-search",
            "status": "rjct",
        }
        if no.code in REASONS:
            body["header"]["status_reason_code"] = REASONS[no.code]
        body["message"] = {
            "ack_status": "ERR",
            "timestamp": now,
            "correlation_id": str(new_id()),
            "error": error,
        }
    response = reply(body, status)
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    if status == 429:
        response.headers["Retry-After"] = str(no.params.get("seconds", 60))
    return response
