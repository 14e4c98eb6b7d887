"""Writes facts into the registers: nothing is overwritten, what held before stays provable."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from django.utils import timezone
from msgspec import Struct

from motcua.acts import api as acts
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal
from motcua.registers.declared import register
from motcua.registers.models import FactVersion
from motcua.registers.operations.cards import project
from motcua.registers.queries.people import person_ids
from motcua.registers.rules.axes import Span, change
from motcua.registers.rules.declaration import FactKind
from motcua.registers.rules.ids import record_id
from motcua.registers.rules.shapes import Fact

Line = tuple[UUID, str, str]  # record, fact, item: of these one version holds at a time
_TICK = timedelta(microseconds=1)


class _Writing(Struct, kw_only=True):
    """A fact on its way: where it goes and which version it becomes."""

    fact: Fact
    kind: FactKind
    line: Line
    since: date
    id: UUID


@transaction.atomic(savepoint=False)
def write_facts(actor: Actor, facts: Iterable[Fact], dossier_id: UUID | None = None) -> list[UUID]:
    """Record facts, in order, and return the identifiers of their versions.

    What this dossier wrote before (same register, subject, fact and item) is not written again.
    One act "registers.fact-recorded" each; facts of the population register also change the card
    of the person. Refusals: registers.no-such-register, .unknown-fact, .incomplete-fact,
    .already-recorded, .number-taken.
    """
    wanted = [_writing(fact, dossier_id) for fact in facts]
    _take_turns({one.line[0] for one in wanted})
    believed = _believed({one.line[0] for one in wanted})
    ids: list[UUID] = []
    fresh: list[_Writing] = []
    for one in wanted:
        known = _written_before(believed, one, dossier_id)
        ids.append(known or one.id)
        if known is None:
            fresh.append(one)
    if fresh:
        project(fact=[one.fact for one in fresh])
        _write(actor, fresh, believed, dossier_id)
    return ids


def _writing(fact: Fact, dossier_id: UUID | None) -> _Writing:
    kind = register(fact.register).fact(fact.fact)
    if kind is None:
        raise Refusal("registers.unknown-fact", fact=fact.fact)
    if not fact.subject:
        raise Refusal("registers.incomplete-fact", field="subject")
    for field in kind.fields:
        if not field.optional and fact.values.get(field.field) in (None, ""):
            raise Refusal("registers.incomplete-fact", field=field.field)
    version = new_id()
    line = (record_id(fact.register, fact.subject), fact.fact, _item(kind, fact, dossier_id))
    since = fact.valid_from or timezone.localdate(clock.now())
    return _Writing(fact=fact, kind=kind, line=line, since=since, id=version)


def _item(kind: FactKind, fact: Fact, dossier_id: UUID | None) -> str:
    if not kind.many:
        return ""
    if kind.many == "dossier":
        return str(dossier_id or new_id())
    return str(fact.values.get(kind.many, ""))


def _take_turns(records: set[UUID]) -> None:
    """Two who write the same record write one after the other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(r::text, 0))"
            " FROM unnest(%s::uuid[]) AS r ORDER BY r",
            [sorted(records)],
        )


def _believed(records: set[UUID]) -> dict[Line, list[FactVersion]]:
    rows = FactVersion.objects.filter(record_id__in=records, recorded__upper_inf=True)
    found: dict[Line, list[FactVersion]] = {}
    for row in rows:
        found.setdefault((row.record_id, row.fact, row.item), []).append(row)
    return found


def _written_before(
    believed: dict[Line, list[FactVersion]], one: _Writing, dossier_id: UUID | None
) -> UUID | None:
    if dossier_id is None:
        return None
    rows = believed.get(one.line, ())
    return next((row.id for row in rows if row.dossier_id == dossier_id), None)


def _write(
    actor: Actor,
    fresh: Sequence[_Writing],
    believed: dict[Line, list[FactVersion]],
    dossier_id: UUID | None,
) -> None:
    """End the belief in what is touched, then write all acts and all versions at once."""
    people = person_ids(_holder(one) for one in fresh)
    acts_made = acts.record_many(
        actor,
        [
            acts.ActDraft(
                verb="registers.fact-recorded",
                object=("record", one.line[0]),
                dossier_id=dossier_id,
                subjects=(people[_holder(one)],) if _holder(one) in people else (),
                detail={"register": one.fact.register, "fact": one.fact.fact, "version": one.id},
            )
            for one in fresh
        ],
    )
    rows: list[FactVersion] = []
    ended: list[UUID] = []
    now = _moment(believed, fresh)
    for one, act_id in zip(fresh, acts_made, strict=True):
        old = {row.id: row for row in believed.get(one.line, ())}
        if old and one.kind.event:
            raise Refusal("registers.already-recorded", fact=one.fact.fact)
        spans = [Span(id=row.id, since=row.valid.lower, until=row.valid.upper) for row in old.values()]
        done = change(spans, one.since, one.fact.valid_until)
        ended += done.ended
        rows += [_again(old[was], since, until, now) for was, since, until in done.kept]
        rows.append(_row(one, now, dossier_id, act_id))
    if ended:
        _end(ended, [one.line[0] for one in fresh], now)
    FactVersion.objects.bulk_create(rows)


def _holder(one: _Writing) -> str:
    path = register(one.fact.register).subject.holder
    if not path:
        return one.fact.subject
    fact, _, field = path.partition(".")
    return str(one.fact.values.get(field, "")) if fact == one.fact.fact else ""


def _moment(believed: dict[Line, list[FactVersion]], fresh: Sequence[_Writing]) -> datetime:
    """Now, but after every recording that it may end: a belief lasts at least a tick."""
    before = (row.recorded.lower for one in fresh for row in believed.get(one.line, ()))
    return max([clock.now(), *(moment + _TICK for moment in before)])


def _end(versions: list[UUID], records: list[UUID], now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE registers_factversion SET recorded = tstzrange(lower(recorded), %s)"
            " WHERE record_id = ANY(%s) AND id = ANY(%s)",
            [now, records, versions],
        )


def _again(row: FactVersion, since: date, until: date | None, now: datetime) -> FactVersion:
    names = (
        "record_id", "register", "subject", "fact", "item", "values", "holder", "corrects",
        "ground", "dossier_id", "act_id",
    )  # fmt: skip
    same: dict[str, Any] = {name: getattr(row, name) for name in names}
    return FactVersion(
        **same, id=new_id(), valid=DateRange(since, until), recorded=DateTimeTZRange(now, None)
    )


def _row(one: _Writing, now: datetime, dossier_id: UUID | None, act_id: UUID) -> FactVersion:
    record, fact, item = one.line
    holder = _holder(one)
    return FactVersion(
        id=one.id,
        record_id=record,
        register=one.fact.register,
        subject=one.fact.subject,
        fact=fact,
        item=item,
        values=one.fact.values,
        holder="" if holder == one.fact.subject else holder,
        valid=DateRange(one.since, one.fact.valid_until),
        recorded=DateTimeTZRange(now, None),
        dossier_id=dossier_id,
        act_id=act_id,
    )
