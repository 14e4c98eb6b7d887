"""Corrections and endings: the keeper of a register says that it was wrong, or is over."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from msgspec import Struct

from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal
from motcua.kernel.texts import normalise
from motcua.registers.declared import register as declared_register
from motcua.registers.models import FactVersion
from motcua.registers.operations.belief import Belief
from motcua.registers.operations.checking import (
    check,
    check_days,
    day_of_event,
    holder_in,
    item_of,
    kind_of,
)
from motcua.registers.operations.facts import Done, finish
from motcua.registers.operations.keeping import require_another, require_keeper
from motcua.registers.rules import axes, quality
from motcua.registers.rules.declaration import FactKind
from motcua.registers.rules.ids import record_id
from motcua.registers.sealing import is_sealed, seal_values

Line = tuple[UUID, str, str]


class _Right(Struct, kw_only=True):
    """What is to stand in place of a version."""

    values: dict[str, Any]
    since: date
    until: date | None


@transaction.atomic
def correct(
    actor: Actor,
    *,
    register: str,
    key: str,
    version_id: UUID,
    values: Mapping[str, Any],
    ground: str,
    valid_from: date | None = None,
    valid_until: date | None = None,
    dossier_id: UUID | None = None,
) -> UUID:
    """Say what is right in place of a version that is believed; the new version's identifier.

    `values` are those that change (None takes one away), the others stay; so do the days, unless
    given (`date.max`: without end; the day of an event follows its date). What was believed stays
    readable by `known_at`. Act "registers.fact-corrected", its basis the `ground`. Only who keeps
    the register, and never about himself. Refusals: identity.not-allowed, registers.own-affair,
    .ground-needed, .no-such-version, .changed-meanwhile (it is believed no longer),
    .incomplete-fact, .no-such-register.
    """
    declared = declared_register(register)
    require_keeper(actor, declared)
    ground = _ground(ground)
    record = record_id(register, key)
    belief = Belief({record})
    row = _believed(belief, record, version_id)
    require_another(actor, row.holder or row.subject)
    kind = kind_of(declared, row.fact)
    right = _right(row, kind, values)
    right.since = valid_from or right.since
    if valid_until is not None:
        right.until = None if valid_until == axes.FOREVER else valid_until
    check_days(kind, (right.since, right.until), timezone.localdate(clock.now()))
    stored = seal_values(register, key, kind, values=right.values)
    holder = holder_in(declared, kind, right.values, subject=key) or row.holder
    new = _put(belief, row, right, stored=(kind, stored), ground=ground, dossier_id=dossier_id,
               holder="" if holder == key else holder)  # fmt: skip
    done = Done(
        verb="registers.fact-corrected", register=register, fact=kind.fact, subject=key,
        holder=holder, rows=[new], detail={"version": new.id, "corrects": row.id}, basis=ground,
    )  # fmt: skip
    finish(actor, belief, [done], dossier_id)
    return new.id


@transaction.atomic
def end_fact(
    actor: Actor,
    *,
    register: str,
    key: str,
    fact: str,
    on: date,
    item: str = "",
    ground: str = "",
    dossier_id: UUID | None = None,
) -> UUID:
    """Say that a fact holds no longer from the day `on`; the identifier of what held until then.

    An ending on the first day or before says that it never held: it needs a `ground`, and the
    answer is the version that is believed no longer. Act "registers.fact-ended". Only who keeps the
    register, and never about himself. Refusals: identity.not-allowed, registers.own-affair,
    .nothing-to-end, .ground-needed, .no-such-register, .unknown-fact.
    """
    declared = declared_register(register)
    require_keeper(actor, declared)
    kind_of(declared, fact)
    line: Line = (record_id(register, key), fact, item)
    belief = Belief({line[0]})
    old = {row.id: row for row in belief.lines.get(line, ())}
    change = axes.ending(belief.spans(line), on)
    if not change.ended:
        raise Refusal("registers.nothing-to-end", fact=fact)
    last = old[change.ended[-1]]
    require_another(actor, last.holder or last.subject)
    if len(change.kept) < len(change.ended):
        ground = _ground(ground)
    rows = belief.change(line, change, ground=normalise(ground))
    done = Done(
        verb="registers.fact-ended", register=register, fact=fact, subject=key,
        holder=last.holder or key, rows=rows, basis=normalise(ground),
        detail={"version": last.id, "on": on.isoformat()},
    )  # fmt: skip
    finish(actor, belief, [done], dossier_id)
    return rows[-1].id if rows else last.id


def _ground(ground: str) -> str:
    words = normalise(ground)
    if not words:
        raise Refusal("registers.ground-needed")
    return words


def _believed(belief: Belief, record: UUID, version_id: UUID) -> FactVersion:
    for row in belief.of(record):
        if row.id == version_id:
            return row
    known = FactVersion.objects.filter(record_id=record, id=version_id).exists()
    raise Refusal("registers.changed-meanwhile" if known else "registers.no-such-version")


def _right(row: FactVersion, kind: FactKind, values: Mapping[str, Any]) -> _Right:
    """The version's values with the changes, checked; closed ones that stay are not looked at."""
    given = quality.plain(values)
    gone = values.keys() - given.keys()
    merged = {name: value for name, value in row.values.items() if name not in gone} | given
    kept = frozenset(n for n, v in merged.items() if n not in given and is_sealed(v))
    check(kind, merged, timezone.localdate(clock.now()), kept=kept)
    followed = day_of_event(kind, row.values) == row.valid.lower
    day = day_of_event(kind, merged) if followed else None
    return _Right(values=merged, since=day or row.valid.lower, until=row.valid.upper)


def _put(
    belief: Belief, row: FactVersion, right: _Right, *, stored: tuple[FactKind, dict[str, Any]],
    **columns: Any,
) -> FactVersion:  # fmt: skip
    """The right version in place of the wrong one, perhaps as another item."""
    kind, values = stored
    was: Line = (row.record_id, row.fact, row.item)
    item = row.item if kind.many in ("", "dossier") else item_of(kind, values, None)
    line: Line = (row.record_id, row.fact, item)
    if line == was:
        change = axes.correction(belief.spans(line), row.id, since=right.since, until=right.until)
    else:
        belief.change(was, axes.Change(ended=(row.id,)))
        change = axes.change(belief.spans(line), right.since, right.until)
    return belief.put(
        line, change, id=new_id(), register=row.register, subject=row.subject, values=values,
        valid=DateRange(right.since, right.until), corrects=row.id, **columns,
    )  # fmt: skip
