"""One batch of rows: what is new is written, what is believed already is not, faults are told."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from msgspec import Struct, json

from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.registers.operations.checking import Ready, ready
from motcua.registers.operations.facts import write_facts
from motcua.registers.rules.axes import FOREVER
from motcua.registers.rules.importing import Layout, RowFault, RowRefused, first_fault

Line = tuple[UUID, str, str]
_BELIEVED = """
SELECT record_id, fact, item, lower(valid), upper(valid), "values"::text
FROM registers_factversion
WHERE record_id = ANY(%s) AND fact = %s AND upper_inf(recorded)
"""


class Believed(Struct, frozen=True):
    """A version that is believed, or that this batch is about to write."""

    since: date
    until: date | None
    values: dict[str, Any]

    def says(self, one: Ready) -> bool:
        """Whether it says for all these days what the row says; protected fields are not asked."""
        ends = one.fact.valid_until or FOREVER
        covers = self.since <= one.since and ends <= (self.until or FOREVER)
        sealed = {field.field for field in one.kind.fields if field.sealed}
        mine = {name: value for name, value in self.values.items() if name not in sealed}
        return covers and mine == one.values


class Outcome(Struct, kw_only=True):
    """What became of a batch."""

    written: int = 0
    same: int = 0
    faults: list[RowFault] = []


def write(actor: Actor, layout: Layout, rows: Sequence[tuple[int, Sequence[Any]]]) -> Outcome:
    """Write a batch, in the transaction of the caller."""
    outcome = Outcome()
    wanted = _read(layout, rows, outcome)
    fresh = _new(wanted, outcome)
    if not fresh:
        return outcome
    try:
        with transaction.atomic():
            write_facts(actor, [one.fact for _row, one in fresh])
        outcome.written += len(fresh)
    except Refusal:
        _one_by_one(actor, fresh, outcome)
    return outcome


def _read(
    layout: Layout, rows: Sequence[tuple[int, Sequence[Any]]], outcome: Outcome
) -> list[tuple[int, Ready]]:
    """The rows as facts that are whole; the others are faults."""
    today = timezone.localdate(clock.now())
    wanted = []
    for row, cells in rows:
        try:
            wanted.append((row, ready(layout.fact(cells), today)))
        except RowRefused as no:
            outcome.faults.append(RowFault(row=row, field=no.field, code=no.code, params=no.params))
        except Refusal as no:
            outcome.faults.append(_fault(row, no))
    return wanted


def _new(wanted: Sequence[tuple[int, Ready]], outcome: Outcome) -> list[tuple[int, Ready]]:
    """Those that say something that is not believed; a repeated event is a fault."""
    believed = _believed([one for _row, one in wanted])
    fresh = []
    for row, one in wanted:
        known = believed.setdefault(one.line, [])
        if any(version.says(one) for version in known):
            outcome.same += 1
        elif one.kind.event and known:
            no = Refusal("registers.already-recorded", fact=one.kind.fact)
            outcome.faults.append(_fault(row, no))
        else:
            known.append(Believed(one.since, one.fact.valid_until, one.values))
            fresh.append((row, one))
    return fresh


def _believed(wanted: Sequence[Ready]) -> dict[Line, list[Believed]]:
    found: dict[Line, list[Believed]] = {}
    if not wanted:
        return found
    with connection.cursor() as cursor:
        records = list({one.line[0] for one in wanted})
        cursor.execute(_BELIEVED, [records, wanted[0].kind.fact])
        for record, fact, item, since, until, values in cursor.fetchall():
            version = Believed(since, until, json.decode(values))
            found.setdefault((record, fact, item), []).append(version)
    return found


def _one_by_one(actor: Actor, fresh: Sequence[tuple[int, Ready]], outcome: Outcome) -> None:
    """One of them is refused, so each is tried on its own."""
    for row, one in fresh:
        try:
            with transaction.atomic():
                write_facts(actor, [one.fact])
            outcome.written += 1
        except Refusal as no:
            outcome.faults.append(_fault(row, no))


def _fault(row: int, refusal: Refusal) -> RowFault:
    field, code, params = first_fault(refusal)
    return RowFault(row=row, field=field, code=code, params=params)
