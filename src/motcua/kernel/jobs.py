"""Background work without a broker: enqueued in the caller's transaction, run by a worker.

A handler runs outside any transaction of the worker and opens its own; it may run again after a
crash, so it must be repeatable. Attempts back off from seconds to hours; after the last one the
job is dead and stays where an operator sees it (`motcua jobs`).
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec
from django.db import connection, transaction
from django.db.models import Count, Max, Q

from motcua.kernel import clock
from motcua.kernel.ids import new_id
from motcua.kernel.models import Job, Period

log = logging.getLogger("motcua.jobs")

Handler = Callable[[dict[str, Any]], None]
LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 10
BATCH = 20

# In every operation: by hand, since the ORM takes longer to write it than to send it.
_ENQUEUE = """
INSERT INTO kernel_job (id, name, payload, key, run_at, attempts, last_error)
VALUES (%s, %s, %s::jsonb, %s, coalesce(%s::timestamptz, statement_timestamp()), 0, '')
ON CONFLICT DO NOTHING
"""
_ENQUEUE_MANY = """
INSERT INTO kernel_job (id, name, payload, key, attempts, last_error)
SELECT r.id, %s, r.payload, r.key, 0, ''
FROM jsonb_to_recordset(%s::jsonb) AS r(id uuid, payload jsonb, key text)
ON CONFLICT DO NOTHING
"""

_handlers: dict[str, Handler] = {}
_duties: dict[str, tuple[Callable[[], object], timedelta]] = {}


def job(name: str) -> Callable[[Handler], Handler]:
    """Register the handler of the jobs called `name` ("documents.seal")."""

    def register(handler: Handler) -> Handler:
        if name in _handlers:
            raise ValueError(f"two handlers for the job {name}")
        _handlers[name] = handler
        return handler

    return register


def periodic(name: str, *, seconds: int) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Register a duty that a worker does every `seconds`, one worker at a time."""

    def register(duty: Callable[[], object]) -> Callable[[], object]:
        _duties[name] = (duty, timedelta(seconds=seconds))
        return duty

    return register


def enqueue(
    name: str, payload: dict[str, Any], *, key: str = "", run_at: datetime | None = None
) -> None:
    """Ask for work, in the transaction of the caller. The same `key` is accepted once, ever."""
    if name not in _handlers:
        raise KeyError(f"no handler is registered for the job {name}")
    # Jobs wait in real time: a demo that lives in the past must not hold back its own effects.
    with connection.cursor() as cursor:
        cursor.execute(_ENQUEUE, [new_id(), name, _json(payload), key, run_at])


def enqueue_many(name: str, payloads: Mapping[str, dict[str, Any]]) -> None:
    """Ask for several pieces of work of one kind, key -> payload, in one statement."""
    if name not in _handlers:
        raise KeyError(f"no handler is registered for the job {name}")
    rows = [{"id": new_id(), "payload": payload, "key": key} for key, payload in payloads.items()]
    with connection.cursor() as cursor:
        cursor.execute(_ENQUEUE_MANY, [name, _json(rows)])


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def run_due(*, limit: int = 1000, only: tuple[str, ...] = (), key: str = "") -> int:
    """Do what is due now, in this process; the number of jobs that were tried.

    `only` names the kinds of jobs to do, `key` one job among them; all when they are empty.
    """
    tried = 0
    while tried < limit and (batch := _lease(min(BATCH, limit - tried), only, key)):
        for row in batch:
            _run(row)
        tried += len(batch)
    return tried


def run_duties() -> None:
    """Do the periodic duties whose time has come."""
    for name, (duty, every) in _duties.items():
        if _claim_duty(name, every):
            try:
                duty()
            except Exception:  # the boundary: one broken duty must not stop the others
                log.exception("duty_failed", extra={"duty": name})


def work(stop: threading.Event, *, idle_s: float = 0.5) -> None:
    """The worker's loop, until `stop` is set."""
    while not stop.is_set():
        try:
            run_duties()
            if not run_due(limit=100):
                stop.wait(idle_s)
        except Exception:  # the boundary: the database may be away for a while
            log.exception("worker_failed")
            connection.close()
            stop.wait(5)


def _lease(limit: int, only: tuple[str, ...] = (), key: str = "") -> list[Job]:
    """Take up to `limit` open jobs for ourselves; others skip them until the lease ends."""
    now = clock_of_database()
    with transaction.atomic():
        rows = list(
            Job.objects.select_for_update(skip_locked=True)
            .filter(done_at__isnull=True, dead_at__isnull=True, run_at__lte=now)
            .filter(Q(leased_until__isnull=True) | Q(leased_until__lte=now))
            .filter(Q(name__in=only) if only else Q(), Q(key=key) if key else Q())
            .order_by("run_at", "id")[:limit]
        )
        Job.objects.filter(id__in=[row.id for row in rows]).update(leased_until=now + LEASE)
    return rows


def _run(row: Job) -> None:
    started = time.monotonic()
    try:
        handler = _handlers[row.name]
        handler(row.payload)
    except Exception as error:  # the boundary: whatever a handler raises is kept with the job
        _postpone(row, error)
        return
    now = clock_of_database()
    Job.objects.filter(id=row.id).update(done_at=now, leased_until=None, last_error="")
    log.debug("job_done", extra={"job": row.name, "seconds": time.monotonic() - started})


def _postpone(row: Job, error: Exception) -> None:
    """Try again later (2, 4, 8 ... seconds, at most an hour), or declare the job dead."""
    attempts = row.attempts + 1
    now = clock_of_database()
    log.warning("job_failed", extra={"job": row.name, "job_id": str(row.id)}, exc_info=error)
    # The kind of error only: its text may carry personal data.
    changes: dict[str, Any] = {"attempts": attempts, "leased_until": None}
    changes["last_error"] = type(error).__name__
    if attempts >= MAX_ATTEMPTS:
        changes["dead_at"] = now
    else:
        changes["run_at"] = now + timedelta(seconds=min(3600, 2**attempts))
    Job.objects.filter(id=row.id).update(**changes)


def _claim_duty(name: str, every: timedelta) -> bool:
    now = clock.now()
    with transaction.atomic():
        period, new = Period.objects.get_or_create(name=name, defaults={"ran_at": now})
        if new:
            return True
        return bool(
            Period.objects.filter(name=name, ran_at=period.ran_at, ran_at__lte=now - every).update(
                ran_at=now
            )
        )


def clock_of_database() -> datetime:
    """The database's real time: the one clock that all workers share."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        row = cursor.fetchone()
    moment: datetime = row[0]
    return moment


def summary() -> list[dict[str, Any]]:
    """Per kind of job: how many are open, how many dead, and the newest kind of error."""
    waiting = Q(done_at__isnull=True, dead_at__isnull=True)
    rows = (
        Job.objects.filter(done_at__isnull=True)
        .values("name")
        .annotate(
            open=Count("id", filter=waiting),
            dead=Count("id", filter=Q(dead_at__isnull=False)),
            last_error=Max("last_error"),
        )
        .order_by("name")
    )
    return [dict(row) for row in rows]


def retry_dead() -> int:
    """Give every dead job a new set of attempts; how many there were."""
    return Job.objects.filter(dead_at__isnull=False).update(
        dead_at=None, attempts=0, leased_until=None, run_at=clock_of_database()
    )
