"""Records: what a register holds, as of a day and as known at a moment, field by field.

Two statements for a look, however many records: the versions with their persons and disputes, and
the acts. The acts are written before anything is handed out.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from motcua.acts import api as acts
from motcua.kernel.actors import Actor
from motcua.registers import sealing
from motcua.registers.declared import register
from motcua.registers.queries import remote, versions
from motcua.registers.queries.looking import Found, Look, act_of, looking
from motcua.registers.queries.relations import Target
from motcua.registers.queries.versions import Row
from motcua.registers.rules import access
from motcua.registers.rules.access import Asker
from motcua.registers.rules.declaration import RELATIONS
from motcua.registers.rules.ids import record_id
from motcua.registers.rules.shapes import Ask, Held, Record

READ, DENIED, NOT_FOUND = "registers.read", "registers.read-denied", "registers.not-found"


def read(
    actor: Actor,
    ask: Ask,
    *,
    purpose: str,
    dossier_id: UUID | None = None,
    reason: str = "",
    as_of: date | None = None,
    known_at: datetime | None = None,
) -> Record | None:
    """One record for a purpose; None for what is not there or may not be seen. See `read_many`."""
    found = read_many(
        actor, [ask], purpose=purpose, dossier_id=dossier_id, reason=reason,
        as_of=as_of, known_at=known_at,
    )  # fmt: skip
    return found[0]


def read_many(
    actor: Actor,
    asks: Sequence[Ask],
    *,
    purpose: str,
    dossier_id: UUID | None = None,
    reason: str = "",
    as_of: date | None = None,
    known_at: datetime | None = None,
) -> list[Record | None]:
    """Records in the order of `asks`, each look an act "registers.read" with purpose, legal
    ground, dossier and the names of the fields ("registers.read-denied", "registers.not-found").

    `purpose` is "own", "procedure/<slug>", "duty/<name>" or "emergency"; `as_of` (today) is the day
    for which it is true, `known_at` (now) the moment at which it was believed. Only fields that a
    grant of the register gives are in the answer; None says neither that there is nothing nor that
    it may not be seen. Refusals: registers.purpose-needed, .no-such-purpose, .reason-needed,
    .dossier-needed (an officer reads for a procedure only in a dossier: `dossiers.read_record`),
    .no-such-register, .closed (it does not answer now), .too-many-reads, .too-slow.
    """
    look = looking(
        actor, purpose, dossier_id=dossier_id, reason=reason, as_of=as_of, known_at=known_at
    )
    if not asks:
        return []
    declared = [register(ask.register) for ask in asks]
    look.admit(declared)
    records = [record_id(ask.register, ask.key) for ask in asks]
    rows: dict[UUID, list[Row]] = {}
    for row in look.rows(records):
        rows.setdefault(row.record_id, []).append(row)
    for one, ask, record in zip(declared, asks, records, strict=True):
        if one.source:
            rows[record] = remote.rows_of(look, one, ask)
    if missing := {ask.register for ask, one in zip(asks, records, strict=True) if one not in rows}:
        versions.refuse_closed(missing)
    seen = [
        see(look, look.found(one, ask, rows.get(record, ())))
        for one, ask, record in zip(declared, asks, records, strict=True)
    ]
    acts.record_many(actor, [act for _, act in seen])
    return [record for record, _ in seen]


def readable(actor: Actor, name: str, purpose: str, key: str | None = None) -> tuple[str, ...]:
    """The fields of a register that the actor may read for a purpose: for menus and forms.

    No data, hence no act. Without `key` a person is taken to ask about himself; with it, about
    whom the record concerns. Nothing is told of whether the record exists: whoever may read
    nothing of it gets (), as for what is not there.
    """
    one = register(name)
    look = looking(actor, purpose, dossier_id=UUID(int=0), reason="-")
    if key is not None:
        rows = look.rows([record_id(name, key)])
        return look.found(one, Ask(register=name, key=key), rows).decision.fields
    asker = Asker(kind="person", relations=frozenset(RELATIONS))
    if actor.kind != "person":
        return look.decide(one, Target(register=name, key="")).fields
    return access.decide(one, asker, purpose, duty=look.duty).fields


def see(look: Look, found: Found) -> tuple[Record | None, acts.ActDraft]:
    """The part of a record that may be seen, if any, and the act that tells of the look."""
    decision, rows, wanted = found.decision, found.rows, found.ask.fields
    if not decision.is_allowed or not rows:
        # Where nothing is, a refusal names whom the key would mean: the question tells something.
        is_about_somebody = bool(rows) or (found.person_id and not decision.is_allowed)
        verb = DENIED if is_about_somebody else NOT_FOUND
        return None, act_of(look, found, verb=verb, fields=wanted)
    facts = facts_of(found, rows)
    names = dict.fromkeys(f"{one.fact}.{name}" for one in facts for name in one.values)
    record = Record(
        register=found.register.register,
        key=found.ask.key,
        id=rows[0].record_id,
        holder=found.holder,
        person_id=found.person_id,
        facts=facts,
        as_of=look.as_of or look.today,
        known_at=look.known_at,
        withheld=tuple(
            path
            for path in found.register.paths()
            if path not in decision.fields and (not wanted or path in wanted)
        ),
    )
    return record, act_of(look, found, verb=READ, fields=tuple(names))


def facts_of(found: Found, rows: Sequence[Row]) -> tuple[Held, ...]:
    """The versions with the values that are granted (and wanted); those without any are left out,
    since that something is there would be told by them."""
    granted, wanted = found.decision.fields, found.ask.fields
    names: dict[str, list[str]] = {}
    for path in granted:
        if not wanted or path in wanted:
            fact, _, name = path.partition(".")
            names.setdefault(fact, []).append(name)
    seen = []
    for row in rows:
        values = _opened(row, names[row.fact]) if row.fact in names else {}
        if values:
            seen.append(versions.held(row, values, fields=granted))
    return tuple(seen)


def _opened(row: Row, names: Sequence[str]) -> dict[str, Any]:
    stored = row.values
    return {
        name: sealing.open_value(
            row.register, row.subject, f"{row.fact}.{name}", value=stored[name]
        )
        for name in names
        if name in stored
    }
