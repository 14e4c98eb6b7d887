"""The pure rules of webhooks: which acts an endpoint hears, signatures, back-off."""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid5

KIND = re.compile(r"[a-z-]{1,40}\.(?:[a-z-]{1,60}|\*)")
MOST = timedelta(hours=1)
PATIENT_FAILURES = 3  # so many single failures before the whole endpoint rests


def wants(kinds: Sequence[str], verb: str) -> bool:
    """Whether these patterns ("dossier.accepted", "bill.*"; none: everything) take the verb."""
    return not kinds or verb in kinds or f"{verb.partition('.')[0]}.*" in kinds


def message_id(act_id: UUID, endpoint_id: UUID) -> str:
    """`webhook-id`: the same at every attempt, so that a receiver knows what it has already."""
    return f"{act_id.hex}-{endpoint_id.hex}"


def delivery_id(act_id: UUID, endpoint_id: UUID) -> UUID:
    return uuid5(endpoint_id, act_id.hex)


def signature(secret: str, message: str, at: datetime, *, body: str) -> str:
    """One signature as Standard Webhooks v1 writes it; `secret` is "whsec_" and base64."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message}.{int(at.timestamp())}.{body}".encode()
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def headers(secrets: Iterable[str], message: str, at: datetime, *, body: str) -> dict[str, str]:
    """The three headers; one signature for each live secret."""
    return {
        "webhook-id": message,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signature(one, message, at, body=body) for one in secrets),
    }


def back_off(attempts: int, chance: float) -> timedelta:
    """How long to wait after `attempts` failures: 2, 4, 8 ... seconds, at most an hour, and up to a
    quarter more or less by `chance` (0 to 1), so that a crowd does not come back together."""
    seconds = min(MOST.total_seconds(), 2.0 ** min(attempts, 20))
    return timedelta(seconds=seconds * (0.75 + chance / 2))


def rest(failures: int, silent: bool, chance: float) -> timedelta | None:
    """How long the whole endpoint is left alone after so many failures without a success: at once
    when it did not answer at all, after some when it did."""
    beyond = failures if silent else failures - PATIENT_FAILURES
    return back_off(beyond, chance) if beyond > 0 else None
