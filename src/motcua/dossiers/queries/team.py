"""The work of a body for who leads it: backlog, ages, lateness, and each officer's load."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.dossiers.queries.names import officers
from motcua.dossiers.shapes import OfficerLine, TeamReport
from motcua.identity import api as identity
from motcua.kernel import clock
from motcua.kernel.actors import Actor

WINDOW = timedelta(days=30)
AGES = (("0-1", 0, 2), ("2-3", 2, 4), ("4-7", 4, 8), ("8-15", 8, 16), ("16+", 16, 100_000))


def team_report(actor: Actor) -> TeamReport:
    """The body's open and recent work; needs "lead" there. Shares are over the last 30 days:
    on time = ended by the due date; supplemented = the applicant was asked for more.

    Three statements. Refusal identity.not-allowed.
    """
    identity.require(actor, "lead", actor.body_id)
    now = clock.now()
    counts = _counts(actor.body_id, now)
    ended, on_time, asked = counts["ended"], counts["on_time"], counts["asked"]
    return TeamReport(
        backlog=counts["backlog"],
        unassigned=counts["unassigned"],
        late=counts["late"],
        waiting=counts["waiting"],
        ageing=tuple((name, counts[f"age_{number}"]) for number, (name, _, _) in enumerate(AGES)),
        ended=ended,
        on_time=on_time,
        on_time_share=on_time / ended if ended else None,
        supplemented_share=asked / ended if ended else None,
        officers=_officers(actor.body_id, now),
    )


def _counts(body_id: UUID | None, now: datetime) -> dict[str, int]:
    ages = ", ".join(
        f"count(*) FILTER (WHERE is_open AND age >= {low} AND age < {high}) AS age_{number}"
        for number, (_, low, high) in enumerate(AGES)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            _COUNTS.replace("{ages}", ages),
            {"body": body_id, "now": now, "since": now - WINDOW},
        )
        names = [column.name for column in cursor.description]
        return dict(zip(names, cursor.fetchone(), strict=True))


def _officers(body_id: UUID | None, now: datetime) -> tuple[OfficerLine, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_BY_OFFICER, {"body": body_id, "now": now, "since": now - WINDOW})
        found: list[tuple[Any, ...]] = cursor.fetchall()
    names = officers(row[0] for row in found)
    lines = [
        OfficerLine(
            officer_id=row[0], name=names.get(row[0], ""), open=row[1], late=row[2], done=row[3]
        )
        for row in found
    ]
    return tuple(sorted(lines, key=lambda line: (-line.open, line.name)))


_COUNTS = """
WITH mine AS (
  SELECT d.id, d.status, d.due_at, d.ended_at,
    d.ended_at IS NULL AS is_open,
    extract(epoch FROM %(now)s::timestamptz - d.submitted_at) / 86400 AS age,
    d.state #>> '{clock,paused_at}' IS NOT NULL AS paused,
    d.state -> 'requests' IS NOT NULL AS asked,
    d.ended_at >= %(since)s AND d.accepted_at IS NOT NULL AND d.status <> 7 AS recent
  FROM dossiers_dossier d
  WHERE d.body_id = %(body)s AND (d.ended_at IS NULL OR d.ended_at >= %(since)s)
)
SELECT
  count(*) FILTER (WHERE is_open) AS backlog,
  count(*) FILTER (WHERE is_open AND NOT paused AND due_at < %(now)s) AS late,
  count(*) FILTER (WHERE is_open AND paused) AS waiting,
  count(*) FILTER (WHERE recent) AS ended,
  count(*) FILTER (WHERE recent AND ended_at <= due_at) AS on_time,
  count(*) FILTER (WHERE recent AND asked) AS asked,
  {ages},
  (SELECT count(*) FROM dossiers_task t
    WHERE t.body_id = %(body)s AND t.closed_at IS NULL AND t.officer_id IS NULL
      AND t.kind <> 'seal') AS unassigned
FROM mine
"""
_BY_OFFICER = """
SELECT t.officer_id,
  count(*) FILTER (WHERE t.closed_at IS NULL),
  count(*) FILTER (WHERE t.closed_at IS NULL AND t.due_at < %(now)s),
  count(*) FILTER (WHERE t.closed_at >= %(since)s)
FROM dossiers_task t
WHERE t.body_id = %(body)s AND t.officer_id IS NOT NULL
  AND (t.closed_at IS NULL OR t.closed_at >= %(since)s)
GROUP BY t.officer_id
"""
