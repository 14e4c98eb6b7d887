"""Acts as the persons concerned may see them: newest first, without what is told only later.

`detail.told_after` hides an act until that day, `detail.heirs` = false from everybody but the
person himself. Months are walked backwards, so that a page of the newest reads no older partition.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from motcua.acts.queries import ActRow
from motcua.kernel import clock


class Disclosure(msgspec.Struct, frozen=True, kw_only=True):
    """Which acts about a person are wanted. `since` and `until` are both included.

    `today`: what is told after that day is left out. `heirs`: somebody else looks, so that acts
    with detail "heirs": false are left out. `not_by`: an account whose own acts are left out.
    `families` are verbs by their first part ("registers"), `verbs` further whole ones, `never`
    those that are left out all the same.
    """

    person_id: UUID
    today: date
    families: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    heirs: bool = False
    since: datetime | None = None
    until: datetime | None = None
    not_by: UUID | None = None
    body_id: UUID | None = None
    act_id: UUID | None = None


def disclosed(
    wanted: Disclosure,
    *,
    after: tuple[datetime, UUID] | None = None,
    offset: int = 0,
    limit: int = 50,
) -> list[ActRow]:
    """The acts, newest first; `after` is the (at, id) of the last one seen. One statement."""
    terms = _terms(wanted) | {
        "after_at": after[0] if after else None,
        "after_id": after[1] if after else None,
        "offset": offset,
        "limit": limit,
        "most": offset + limit,
        "high": min(wanted.until or clock.now(), after[0] if after else clock.now()),
    }
    with connection.cursor() as cursor:
        cursor.execute(_PAGE, terms)
        return [_row(values) for values in cursor.fetchall()]


def count_disclosed(wanted: Disclosure) -> int:
    """How many there are; what is hidden is not counted. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, _terms(wanted))
        return int(cursor.fetchone()[0])


def bodies_disclosed(wanted: Disclosure) -> list[UUID]:
    """The bodies whose acts these are. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_BODIES, _terms(wanted))
        return [row[0] for row in cursor.fetchall()]


def told_later(body_id: UUID, since: datetime, until: datetime) -> list[ActRow]:
    """The acts of a body in [since, until) whose disclosure was put off, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(_LATER, {"body": body_id, "since": since, "until": until})
        return [_row(values) for values in cursor.fetchall()]


def acts_of(keys: Sequence[tuple[datetime, UUID]]) -> dict[UUID, ActRow]:
    """Acts by their (at, id). One statement, and none for none."""
    if not keys:
        return {}
    terms: dict[str, Any] = {
        "ats": [at for at, _id in keys],
        "ids": [act_id for _at, act_id in keys],
    }
    with connection.cursor() as cursor:
        cursor.execute(_THESE, terms)
        rows = [_row(values) for values in cursor.fetchall()]
    return {row.id: row for row in rows}


def first_act_at() -> datetime | None:
    """From when on there are acts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(at) FROM acts_act")
        found: datetime | None = cursor.fetchone()[0]
        return found


def _terms(wanted: Disclosure) -> dict[str, Any]:
    return {
        "person": [wanted.person_id],
        "today": wanted.today.isoformat(),
        "families": list(wanted.families),
        "verbs": list(wanted.verbs),
        "never": list(wanted.never),
        "heirs": wanted.heirs,
        "since": wanted.since,
        "until": wanted.until,
        "not_by": wanted.not_by,
        "body": wanted.body_id,
        "act": wanted.act_id,
    }


_NAMES = ActRow.__struct_fields__
_COLUMNS = ", ".join(_NAMES)
# The index of subjects is partial: its condition is repeated, or it would not be used.
_WHERE = """
    subjects @> %(person)s::uuid[] AND subjects <> '{}'
    AND (split_part(verb, '.', 1) = ANY(%(families)s::text[]) OR verb = ANY(%(verbs)s::text[]))
    AND verb <> ALL(%(never)s::text[])
    AND coalesce(detail ->> 'told_after', '') <= %(today)s::text
    AND (NOT %(heirs)s::bool OR coalesce(detail ->> 'heirs', 'true') <> 'false')
    AND (%(since)s::timestamptz IS NULL OR at >= %(since)s::timestamptz)
    AND (%(until)s::timestamptz IS NULL OR at <= %(until)s::timestamptz)
    AND (%(not_by)s::uuid IS NULL OR actor_id IS DISTINCT FROM %(not_by)s::uuid)
    AND (%(body)s::uuid IS NULL OR body_id = %(body)s::uuid)
    AND (%(act)s::uuid IS NULL OR id = %(act)s::uuid)
"""
_PAGE = f"""
SELECT {_COLUMNS}
FROM (
    SELECT month, month + interval '1 month' AS next
    FROM generate_series(
        date_trunc('month', %(high)s::timestamptz),
        date_trunc('month', coalesce(
            %(since)s::timestamptz, (SELECT min(at) FROM acts_act), %(high)s::timestamptz
        )),
        interval '-1 month'
    ) AS month
) AS months
CROSS JOIN LATERAL (
    SELECT {_COLUMNS} FROM (
        SELECT {_COLUMNS} FROM acts_act
        WHERE at >= months.month AND at < months.next AND {_WHERE}
        AND (%(after_at)s::timestamptz IS NULL
            OR (at, id) < (%(after_at)s::timestamptz, %(after_id)s::uuid))
        OFFSET 0  -- or the month would be walked by time, past the acts of everybody
    ) AS theirs
    ORDER BY at DESC, id DESC LIMIT %(most)s::bigint
) AS found
OFFSET %(offset)s::bigint LIMIT %(limit)s::bigint
"""  # noqa: S608 - names of ours
_COUNT = f"SELECT count(*) FROM acts_act WHERE {_WHERE}"  # noqa: S608 - names of ours
_BODIES = f"SELECT DISTINCT body_id FROM acts_act WHERE body_id IS NOT NULL AND {_WHERE}"  # noqa: S608
_LATER = f"""
SELECT {_COLUMNS} FROM acts_act
WHERE body_id = %(body)s::uuid AND at >= %(since)s::timestamptz AND at < %(until)s::timestamptz
AND (detail ->> 'told_after') IS NOT NULL
ORDER BY at DESC, id DESC
"""  # noqa: S608 - names of ours


_THESE = f"""
SELECT {_COLUMNS} FROM acts_act
WHERE at = ANY(%(ats)s::timestamptz[]) AND id = ANY(%(ids)s::uuid[])
"""  # noqa: S608 - names of ours


def _row(values: tuple[Any, ...]) -> ActRow:
    found = dict(zip(_NAMES, values, strict=True))
    detail = found["detail"]
    found["detail"] = msgspec.json.decode(detail) if isinstance(detail, str | bytes) else detail
    found["subjects"] = tuple(found["subjects"])
    return ActRow(**found)
