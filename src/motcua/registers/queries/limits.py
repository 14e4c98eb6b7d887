"""How often somebody may look: counted in the ledger, remembered here between its answers.

Asking the ledger at every look would cost as much as the look. So each process counts its own looks
and asks again after some of them; with several processes an hour's limit is overrun by at most
that many looks of each.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from msgspec import Struct

from motcua.acts import api as acts
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.registers.rules.ids import record_id

HOUR = timedelta(hours=1)
_MOST_REMEMBERED = 20_000


class _Seen(Struct):
    known: int  # what the ledger said
    since: int  # looks of this process after that
    asked_at: datetime


_seen: dict[tuple[UUID, UUID | None], _Seen] = {}


def limit_of(actor: Actor) -> int:
    """Looks in an hour: of an account, or of software that a body has connected."""
    if actor.application_id is not None and actor.kind == "officer":
        return int(settings.MOTCUA_READS_PER_HOUR_OF_SOFTWARE)
    return int(settings.MOTCUA_READS_PER_HOUR)


def check(actor: Actor, count: int, *, register: str, purpose: str) -> None:
    """Refusal "registers.too-many-reads" when `count` more looks would be too many in an hour.

    The refusal is an act of its own, without subjects; what was looked for is not in it.
    """
    if actor.account_id is None:
        return
    limit = limit_of(actor)
    if _looks(actor, limit) + count <= limit:
        _seen[_key(actor)].since += count
        return
    acts.record(
        actor,
        "registers.too-many-reads",
        object=("register", record_id(register, "")),
        purpose=purpose,
        detail={"register": register, "limit": limit, "asked": count},
    )
    raise Refusal("registers.too-many-reads", limit=limit)


def forget() -> None:
    """As in a new process."""
    _seen.clear()


def _key(actor: Actor) -> tuple[UUID, UUID | None]:
    return actor.account_id or UUID(int=0), actor.body_id


def _step(limit: int) -> int:
    """After how many looks the ledger is asked again; counting many looks takes it long."""
    return max(1, min(50, limit // 10), limit // 100)


def _looks(actor: Actor, limit: int) -> int:
    now, step = clock.now(), _step(limit)
    seen = _seen.get(_key(actor))
    if seen is None or not seen.asked_at <= now < seen.asked_at + HOUR:
        if len(_seen) > _MOST_REMEMBERED:
            _seen.clear()
        # A new reader's first looks are taken on trust; the ledger is asked after `step` of them.
        seen = _seen[_key(actor)] = _Seen(known=0, since=0, asked_at=now)
    if seen.since >= step:
        seen.known, seen.since = acts.readings_count(actor, now - HOUR), 0
        seen.asked_at = now
    return seen.known + seen.since
