"""The same request twice has one effect: the answer is kept with the work, in one transaction."""

import hashlib
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from django.db import OperationalError, connection, transaction

from motcua.exchange.models import StoredAnswer
from motcua.kernel import clock
from motcua.kernel.refusals import Refusal

KEPT = timedelta(days=7)
_KEY = re.compile(r"[!-~]{1,200}")
_LOCK_NOT_AVAILABLE = "55P03"


class Answer(NamedTuple):
    """`body` is JSON, the same bytes at the first and at any later time."""

    status: int
    body: bytes
    replayed: bool


def once(
    application_id: UUID,
    key: str,
    fingerprint: str,
    *,
    do: Callable[[], tuple[int, Any]],
    patience_ms: int = 5000,
) -> Answer:
    """Do the work of this key once, ever (for seven days), and give its answer each time.

    `do` returns (HTTP status, anything that msgspec writes as JSON) and works inside this
    transaction. A Refusal that it raises undoes everything and is not kept: asking again tries
    again. `fingerprint` stands for the request (see `fingerprint_of`). A second caller waits for
    the first, up to `patience_ms`.
    Refusals: exchange.key-malformed (400), exchange.key-reused (422, the key came with
    another request before), exchange.key-in-progress (409, the first one takes too long).
    """
    if not _KEY.fullmatch(key):
        raise Refusal("exchange.key-malformed")
    with transaction.atomic():
        if not _take([application_id, key, fingerprint, clock.now(), str(patience_ms)]):
            return _kept(application_id, key, fingerprint)
        status, body = do()
        written = msgspec.json.encode(body)
        StoredAnswer.objects.filter(application_id=application_id, key=key).update(
            status=status, body=written
        )
    return Answer(status, written, False)


def fingerprint_of(method: str, path: str, body: bytes) -> str:
    """What tells one request from another: its method, its path with query, its body."""
    return hashlib.sha256(f"{method} {path}\n".encode() + body).hexdigest()


def forget_old_answers() -> int:
    """Drop the answers that are older than seven days; how many they were."""
    return StoredAnswer.objects.filter(at__lt=clock.now() - KEPT).delete()[0]


# The time limit holds for the wait at the key alone: whoever got it has no limit any more.
_TAKE = """
INSERT INTO exchange_storedanswer (application_id, key, fingerprint, body, at)
SELECT %s, %s, %s, '', %s FROM (SELECT set_config('lock_timeout', %s, true) AS t) AS s
WHERE s.t <> '' ON CONFLICT (application_id, key) DO NOTHING
RETURNING set_config('lock_timeout', '0', true)
"""


def _take(values: list[UUID | str | datetime]) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_TAKE, values)
            return cursor.fetchone() is not None
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == _LOCK_NOT_AVAILABLE:
            raise Refusal("exchange.key-in-progress") from None
        raise


def _kept(application_id: UUID, key: str, fingerprint: str) -> Answer:
    row = StoredAnswer.objects.get(application_id=application_id, key=key)
    if row.fingerprint != fingerprint:
        raise Refusal("exchange.key-reused")
    if row.status is None:  # a key used again inside its own work
        raise Refusal("exchange.key-in-progress")
    return Answer(row.status, bytes(row.body), True)
