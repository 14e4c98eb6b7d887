"""Acts of one body by verb: how many, how often, which. For limits and for who reviews them.

An index of its own (`acts_by_reader`) holds the acts of reading personal data only.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from motcua.acts.models import Act
from motcua.acts.queries import ActRow
from motcua.kernel.actors import Actor

# What the index holds: each of these verbs names a look at what registers hold.
READINGS = (
    "registers.read",
    "registers.read-denied",
    "registers.not-found",
    "registers.too-many-reads",
    "registers.people-found",
)
_LISTED = ", ".join(f"'{verb}'" for verb in READINGS)
_AMONG = f"verb IN ({_LISTED})"
_COUNT = f"""
SELECT count(*) FROM acts_act WHERE {_AMONG}
    AND body_id IS NOT DISTINCT FROM %s AND actor_id = %s AND at > %s
"""  # noqa: S608 - names of ours
_HOURS = f"""
SELECT actor_id, date_trunc('hour', at), count(*) FROM acts_act
WHERE {_AMONG} AND body_id = %s AND at >= %s AND at < %s AND actor_id IS NOT NULL
GROUP BY 1, 2
"""  # noqa: S608 - names of ours


def readings_count(actor: Actor, since: datetime) -> int:
    """How often the actor has looked at registers since, in this body."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [actor.body_id, actor.account_id, since])
        return int(cursor.fetchone()[0])


def readings_by_hour(
    body_id: UUID, since: datetime, until: datetime
) -> dict[UUID, dict[datetime, int]]:
    """How many looks each account of a body made in each hour in which it made any."""
    with connection.cursor() as cursor:
        cursor.execute(_HOURS, [body_id, since, until])
        rows = cursor.fetchall()
    found: dict[UUID, dict[datetime, int]] = {}
    for account, hour, count in rows:
        found.setdefault(account, {})[hour] = count
    return found


def readings_of(
    body_id: UUID, since: datetime, until: datetime, *, limit: int = 20_000
) -> list[ActRow]:
    """The looks of a body's officers, newest first."""
    acts = Act.objects.filter(
        body_id=body_id, verb__in=READINGS, actor_kind="officer", at__gte=since, at__lt=until
    )
    return [_row(act) for act in acts.order_by("-at", "-id")[:limit]]


def readings_by_id(body_id: UUID, ids: Sequence[UUID]) -> list[ActRow]:
    """Those of the body's looks that have these identifiers."""
    acts = Act.objects.filter(body_id=body_id, verb__in=READINGS, id__in=list(ids))
    return [_row(act) for act in acts.order_by("at", "id")]


def readings_marked(
    body_ids: Sequence[UUID], mark: str, values: Sequence[str], *, since: datetime, until: datetime
) -> list[ActRow]:
    """Those of these bodies whose detail has one of these values under a name, oldest first."""
    acts = Act.objects.filter(
        body_id__in=list(body_ids), verb__in=READINGS, at__gte=since, at__lte=until
    ).filter(**{f"detail__{mark}__in": list(values)})
    return [_row(act) for act in acts.order_by("at", "id")]


def _row(act: Act) -> ActRow:
    values = {name: getattr(act, name) for name in ActRow.__struct_fields__}
    return ActRow(**values | {"subjects": tuple(act.subjects)})
