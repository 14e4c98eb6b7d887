"""Who saw the data of a person: the ledger's readings and writings in words, newest first.

What is told only later is not there before its day, and not counted. Nobody but the person sees
entries that heirs must not see: no parent, no proxy, no heir. Officers are told by body and post.
"""

import base64
import binascii
from datetime import UTC, datetime, timedelta
from uuid import UUID

from msgspec.structs import replace

from motcua.acts import api as acts
from motcua.directory import api as directory
from motcua.dossiers import api as dossiers
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.openness.queries.describing import described
from motcua.openness.queries.questions import questions_about
from motcua.openness.queries.relatives import oneself, whose
from motcua.openness.rules.entries import FAMILIES, NEVER, VERBS
from motcua.openness.shapes import Text, Usage, UsagePage

MOST = 1000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def usage_of(
    actor: Actor,
    person_id: UUID | None = None,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    body_id: UUID | None = None,
    own: bool = False,
    after: str = "",
    limit: int = 50,
) -> UsagePage:
    """Who read, searched or wrote what of a person, newest first, a page at a time.

    `person_id`: oneself by default, or a minor child. `own`: with what one looked at oneself.
    `after` is `next` of the page before: a page stays the same while new acts come. At most seven
    statements. Refusals: openness.person-needed, openness.not-yours.
    """
    relative = whose(actor, person_id)
    wanted = disclosure(
        actor, relative.person_id if relative else None,
        since=since, until=until, body_id=body_id, own=own,
    )  # fmt: skip
    limit = max(1, min(limit, MOST))
    rows = acts.disclosed(wanted, after=_position(after), limit=limit + 1)
    page = rows[:limit]
    last = page[-1] if len(rows) > limit else None
    return UsagePage(items=_told(actor, wanted, page), next=_mark(last.at, last.id) if last else "")


def disclosure(
    actor: Actor,
    other: UUID | None,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    body_id: UUID | None = None,
    own: bool = False,
    act_id: UUID | None = None,
) -> acts.Disclosure:
    """What of the ledger a person may see about himself, or about `other` (checked before)."""
    return acts.Disclosure(
        person_id=other or oneself(actor)[0],
        today=directory.today(),
        families=FAMILIES,
        verbs=VERBS,
        never=NEVER,
        heirs=other is not None,
        since=since,
        until=until,
        not_by=None if own else actor.account_id,
        body_id=body_id,
        act_id=act_id,
    )


def entry(actor: Actor, act_id: UUID) -> Usage:
    """One entry of one's own log. What is told only later is as if it were not there.

    Refusals: openness.no-such-entry, openness.person-needed.
    """
    return _told(actor, wanted := disclosure(actor, None, own=True), [_row(wanted, act_id)])[0]


def row_of(actor: Actor, act_id: UUID) -> acts.ActRow:
    """The act of one entry; as `entry`."""
    return _row(disclosure(actor, None, own=True), act_id)


def _row(wanted: acts.Disclosure, act_id: UUID) -> acts.ActRow:
    found = acts.disclosed(replace(wanted, act_id=act_id), limit=1)
    if not found:
        raise Refusal("openness.no-such-entry")
    return found[0]


def bodies_in_log(actor: Actor, person_id: UUID | None = None) -> tuple[tuple[UUID, Text], ...]:
    """The bodies that one's log names, by code: for a filter."""
    relative = whose(actor, person_id)
    wanted = disclosure(actor, relative.person_id if relative else None)
    found = directory.bodies(acts.bodies_disclosed(wanted))
    rows = sorted(found.values(), key=lambda one: one.code)
    return tuple((one.id, one.name) for one in rows)


def _told(actor: Actor, wanted: acts.Disclosure, rows: list[acts.ActRow]) -> tuple[Usage, ...]:
    himself = not wanted.heirs
    entries = described(
        rows,
        own_account=actor.account_id if himself else None,
        codes=_codes(actor, rows) if himself else {},
    )
    asked = questions_about(wanted.person_id, [row.id for row in rows]) if himself else {}
    return tuple(replace(one, question=asked.get(one.id)) for one in entries)


def _codes(actor: Actor, rows: list[acts.ActRow]) -> dict[UUID, str]:
    """The codes of the person's own dossiers."""
    if not any(row.dossier_id for row in rows):
        return {}
    return {one.id: one.code for one in dossiers.my_dossiers(actor, limit=500)}


def _mark(at: datetime, act_id: UUID) -> str:
    text = f"{(at - _EPOCH) // timedelta(microseconds=1)}:{act_id.hex}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _position(mark: str) -> tuple[datetime, UUID] | None:
    """Where a page ended; a mark that nobody gave means the beginning."""
    if not mark or len(mark) > 100:
        return None
    try:
        text = base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)).decode("ascii")
        micros, _, act = text.partition(":")
        at = _EPOCH + timedelta(microseconds=int(micros))
        return at, UUID(hex=act)
    except (ValueError, OverflowError, binascii.Error):
        return None
