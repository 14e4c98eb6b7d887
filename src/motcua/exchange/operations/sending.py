"""Deliveries on their way: leased, sent several at a time, and told what came of them.

A delivery is tried only while it is the oldest waiting one of its lane. A process that dies leaves
a lease; when it ends, the same message goes out again under the same `webhook-id`.
"""

import ipaddress
import random
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import connection, transaction

from motcua.exchange import sealing
from motcua.exchange.models import Endpoint, WebhookDelivery
from motcua.exchange.operations.pausing import pause_failing
from motcua.exchange.rules import webhooks
from motcua.kernel import clock, jobs, outgoing

LEASE = timedelta(minutes=1)
AT_ONCE, AT_ONCE_EACH = 16, 4
BUDGET_S = 20.0
FAILING_LONG = timedelta(days=2)


class Sent(msgspec.Struct, frozen=True):
    """What came of one attempt; fault "" is success."""

    endpoint_id: UUID
    delivery_id: UUID
    fault: str
    answer: int | None


def send_due(*, budget_s: float = BUDGET_S, deadline_s: float = outgoing.DEADLINE_S) -> int:
    """Send what is due; how many attempts. Calls strangers: outside any transaction."""
    tried, end = 0, time.monotonic() + budget_s
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while time.monotonic() < end and (leased := _lease(clock.now())):
            moment = jobs.clock_of_database()  # receivers compare it with their own clocks
            results = list(pool.map(lambda one, at=moment: _send(one, at, deadline_s), leased))
            _settle(results)
            tried += len(results)
    return tried


# The oldest waiting delivery of each lane, if it is due; a failing endpoint gets one at a time.
_HEADS = """
SELECT d.endpoint_id, d.id FROM exchange_endpoint AS e CROSS JOIN LATERAL (
    SELECT w.endpoint_id, w.id, w.next_at FROM exchange_webhookdelivery AS w
    WHERE w.endpoint_id = e.id AND w.state = 'waiting' AND w.next_at <= %(now)s
    AND (w.leased_until IS NULL OR w.leased_until <= %(now)s)
    AND NOT EXISTS (
        SELECT 1 FROM exchange_webhookdelivery AS earlier
        WHERE earlier.endpoint_id = w.endpoint_id AND earlier.lane = w.lane
        AND earlier.place < w.place AND earlier.state = 'waiting'
    )
    ORDER BY w.next_at, w.place
    LIMIT CASE WHEN e.not_before IS NULL THEN %(each)s ELSE 1 END
) AS d
WHERE e.paused_at IS NULL AND (e.not_before IS NULL OR e.not_before <= %(now)s)
ORDER BY d.next_at LIMIT %(most)s
"""


def _lease(now: datetime) -> list[WebhookDelivery]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_HEADS, {"now": now, "each": AT_ONCE_EACH, "most": AT_ONCE})
            found = cursor.fetchall()
        if not found:
            return []
        endpoints, ids = zip(*found, strict=True)
        these = WebhookDelivery.objects.filter(endpoint_id__in=set(endpoints), id__in=ids)
        free = these.filter(state="waiting").exclude(leased_until__gt=now)
        rows = list(
            free.select_related("endpoint").select_for_update(of=("self",), skip_locked=True)
        )
        these.filter(id__in=[row.id for row in rows]).update(leased_until=now + LEASE, tried_at=now)
    return rows


def _send(row: WebhookDelivery, moment: datetime, deadline_s: float) -> Sent:
    """In a thread of its own: no database here."""
    about = (row.endpoint_id, row.id)
    try:
        secrets = _secrets(row.endpoint, moment)
    except sealing.UnreadableSecretError:
        return Sent(*about, "unreadable", None)
    message = webhooks.message_id(row.act_id, row.endpoint_id)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "MotCua",
        **webhooks.headers(secrets, message, moment, body=row.body),
    }
    networks = [ipaddress.ip_network(one) for one in settings.MOTCUA_WEBHOOK_NETWORKS]
    try:
        answer = outgoing.post(
            row.endpoint.url,
            headers,
            row.body.encode(),
            networks=networks,
            deadline_s=deadline_s,
        )
    except outgoing.NotDeliveredError as no:
        return Sent(*about, no.fault, no.answer)
    return Sent(*about, "", answer)


def _secrets(endpoint: Endpoint, now: datetime) -> list[str]:
    """The new secret first, and the former one while it lives."""
    sealed = [endpoint.secret]
    if endpoint.former_until and endpoint.former_until > now:
        sealed.append(endpoint.former_secret)
    return [sealing.unseal(one) for one in sealed]


@transaction.atomic
def _settle(results: Sequence[Sent]) -> None:
    """Write down what came of a batch: endpoints first, always in one order."""
    now = clock.now()
    ids = {one.endpoint_id for one in results}
    rows = Endpoint.objects.select_for_update().filter(id__in=ids).order_by("id")
    endpoints = {row.id: row for row in rows}
    for one in results:
        if one.endpoint_id in endpoints:  # not removed meanwhile
            _settle_one(one, endpoints[one.endpoint_id], now)
    for endpoint in endpoints.values():
        endpoint.save(update_fields=["failures", "failing_since", "not_before", "succeeded_at"])
        worst = {one.fault for one in results if one.endpoint_id == endpoint.id}
        long = endpoint.failing_since and now - endpoint.failing_since >= FAILING_LONG
        if why := next((one for one in ("gone", "unreadable") if one in worst), ""):
            pause_failing(endpoint, why)
        elif long:
            pause_failing(endpoint, "failing")


def _settle_one(one: Sent, endpoint: Endpoint, now: datetime) -> None:
    where = WebhookDelivery.objects.filter(endpoint_id=one.endpoint_id, id=one.delivery_id)
    row = where.filter(state="waiting").first()
    if row is None:  # another process, after our lease had ended, was faster
        return
    changes: dict[str, object] = {"attempts": row.attempts + 1, "leased_until": None}
    changes |= {"answer": one.answer, "fault": one.fault}
    if not one.fault:
        where.update(**changes, state="delivered", delivered_at=now)
        endpoint.failures, endpoint.failing_since, endpoint.not_before = 0, None, None
        endpoint.succeeded_at = now
        return
    chance = random.random()  # noqa: S311 - keeps a crowd apart, hides nothing
    where.update(**changes, next_at=now + webhooks.back_off(row.attempts + 1, chance))
    endpoint.failures += 1
    endpoint.failing_since = endpoint.failing_since or now
    silent = one.answer is None
    if pause := webhooks.rest(endpoint.failures, silent, chance):
        endpoint.not_before = now + pause
