"""What a register ever held of a record, on both axes; and all that registers hold of oneself."""

from collections.abc import Sequence
from datetime import date, datetime
from operator import attrgetter
from uuid import UUID

from msgspec.structs import replace

from motcua.acts import api as acts
from motcua.kernel.actors import Actor
from motcua.registers.declared import register, registers
from motcua.registers.queries import limits, versions
from motcua.registers.queries.looking import Found, Look, act_of, looking
from motcua.registers.queries.reading import DENIED, NOT_FOUND, READ, facts_of, see
from motcua.registers.queries.versions import KEYED_BY_PERSON, Row
from motcua.registers.rules import access
from motcua.registers.rules.declaration import Register
from motcua.registers.rules.ids import record_id
from motcua.registers.rules.shapes import Ask, Held, Record

_ORDER = attrgetter("fact", "item", "valid_from", "recorded_at")


def history(
    actor: Actor,
    ask: Ask,
    *,
    purpose: str,
    dossier_id: UUID | None = None,
    reason: str = "",
) -> tuple[Held, ...]:
    """All versions of a record, replaced ones too: by fact and item, then in the order of their
    days, then of their recording. () for what is not there or may not be seen.

    Each version is seen by who may read it for its own holder: the present owner of a vehicle does
    not see who owned it before. One act, with "history" in its detail. Refusals as `read_many`.
    """
    look = looking(actor, purpose, dossier_id=dossier_id, reason=reason)
    one = register(ask.register)
    look.admit([one])
    rows = versions.ever(record_id(ask.register, ask.key), today=look.today)
    if not rows:
        versions.refuse_closed([ask.register])
    parts = _by_holder(look, one, ask, rows=rows)
    open_parts = [part for part in parts if part.decision.is_allowed]
    facts = [fact for part in open_parts for fact in facts_of(part, part.rows)]
    acts.record_many(actor, [_told(look, open_parts or parts, facts, is_there=bool(rows))])
    return tuple(sorted(facts, key=_ORDER))


def records_of(
    actor: Actor, *, as_of: date | None = None, known_at: datetime | None = None
) -> list[Record]:
    """Everything that registers hold about the actor himself, register by register: his records in
    registers of persons, and those of others whose holder he is. Four statements at most.

    Each record is an act with the purpose "own". A register that does not answer now is left out;
    [] for who is not known as a person. Refusals: registers.too-many-reads, .too-slow.
    """
    look = looking(actor, access.OWN, as_of=as_of, known_at=known_at)
    number = look.asking.number() if actor.kind == "person" else ""
    if not number:
        return []
    limits.check(actor, 1, register="", purpose=access.OWN)
    mine = [one for one in registers().values() if one.subject.kind in KEYED_BY_PERSON]
    keys = [record_id(one.register, number) for one in mine]
    day, moment = as_of or look.today, known_at or versions.NOW
    found: dict[tuple[str, str], list[Row]] = {}
    for row in versions.of_holder(number, keys, day=day, moment=moment):
        if not row.closed and row.register in registers():
            found.setdefault((row.register, row.subject), []).append(row)
    seen = []
    for (name, key), rows in sorted(found.items()):
        asked = look.found(register(name), Ask(register=name, key=key), rows)
        if asked.decision.is_allowed:
            seen.append(see(look, asked))
    acts.record_many(actor, [act for _, act in seen])
    return [record for record, _ in seen if record is not None]


def _by_holder(look: Look, one: Register, ask: Ask, *, rows: Sequence[Row]) -> list[Found]:
    """The versions by whom each concerns; what names nobody goes with the newest."""
    named = sorted((row for row in rows if row.holder), key=attrgetter("recorded_at"))
    newest = named[-1].holder if named else ""
    parts: dict[str, list[Row]] = {} if rows else {"": []}
    for row in rows:
        parts.setdefault(row.holder or newest, []).append(row)
    return [look.found(one, ask, part) for part in parts.values()]


def _told(
    look: Look, parts: Sequence[Found], facts: Sequence[Held], *, is_there: bool
) -> acts.ActDraft:
    names = dict.fromkeys(f"{one.fact}.{name}" for one in facts for name in one.values)
    first = parts[0]
    everything = replace(first, rows=[row for part in parts for row in part.rows])
    verb = READ
    if not facts:
        is_denied = is_there or (first.person_id and not first.decision.is_allowed)
        verb = DENIED if is_denied else NOT_FOUND
    wanted = tuple(names) or first.ask.fields
    return act_of(look, everything, verb=verb, fields=wanted, more={"history": True})
