"""Writes facts into the registers: nothing is overwritten, what held before stays provable."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from msgspec import Struct

from motcua.acts import api as acts
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal
from motcua.registers.models import FactVersion
from motcua.registers.operations import cards
from motcua.registers.operations.belief import Belief, held_on
from motcua.registers.operations.checking import Ready, ready
from motcua.registers.operations.keeping import require_writer
from motcua.registers.queries.people import person_ids
from motcua.registers.rules import axes
from motcua.registers.rules.declaration import POPULATION
from motcua.registers.rules.ids import record_id
from motcua.registers.rules.shapes import Fact

NOTHING = UUID(int=0)  # what an ending of nothing answers


class Done(Struct, kw_only=True):
    """What a write did to one record: the act that says so, and the versions that bear it."""

    verb: str
    register: str
    fact: str
    subject: str
    holder: str
    rows: list[FactVersion]
    detail: dict[str, Any] = {}
    basis: str = ""


@transaction.atomic(savepoint=False)
def write_facts(actor: Actor, facts: Iterable[Fact], dossier_id: UUID | None = None) -> list[UUID]:
    """Record facts, in order, and return the identifiers of their versions.

    The outcome of a dossier may write (`dossier_id`), the keepers of the register, the system, and
    a person his own declarations where the register grants it. What this dossier wrote before
    (same register, subject, fact and item) is not written again. Texts are put in one form, days
    stored in ISO, sealed fields encrypted. One act "registers.fact-recorded" each, or
    "registers.fact-ended" for an `end` (whose identifier is that of what held until then; nil
    where nothing did). Facts of the population register also change the card of the person.
    Refusals: registers.no-such-register, .unknown-fact, .incomplete-fact (with all `problems`),
    .already-recorded, .changed-meanwhile, identity.not-allowed.
    """
    today = timezone.localdate(clock.now())
    wanted = [ready(fact, today, dossier_id) for fact in facts]
    require_writer(actor, wanted, dossier_id)
    belief = Belief({one.line[0] for one in wanted}, dossier_id)
    done: list[Done] = []
    ids = [_one(belief, one, done, dossier_id=dossier_id) for one in wanted]
    if done:
        finish(actor, belief, done, dossier_id)
    return ids


def finish(actor: Actor, belief: Belief, done: Sequence[Done], dossier_id: UUID | None) -> None:
    """Bring the cards in step, write the acts, and store the versions that bear them."""
    people = cards.renew(belief, [one.subject for one in done if one.register == POPULATION])
    people |= person_ids({one.holder for one in done} - people.keys())
    drafts = [_draft(one, people.get(one.holder), dossier_id) for one in done]
    for one, act in zip(done, acts.record_many(actor, drafts), strict=True):
        for row in one.rows:
            row.act_id = act
    belief.store()


def holder_of(belief: Belief, one: Ready) -> str:
    """Whom the fact concerns: as it says itself, or as the record's fact of the holder does."""
    path = one.register.subject.holder
    if one.holder or not path:
        return one.holder
    fact, _, field = path.partition(".")
    rows = belief.of(one.line[0], fact)
    current = held_on(rows, one.since) or rows
    return str(current[-1].values.get(field) or "") if current else ""


def _one(belief: Belief, one: Ready, done: list[Done], *, dossier_id: UUID | None) -> UUID:
    if one.fact.end:
        return _end(belief, one, done)
    if known := belief.written_before(one.line):
        return known
    spans = belief.spans(one.line)
    if spans and one.kind.event:
        raise Refusal("registers.already-recorded", fact=one.kind.fact)
    holder = holder_of(belief, one)
    row = belief.put(
        one.line,
        axes.change(spans, one.since, one.fact.valid_until),
        id=new_id(),
        register=one.register.register,
        subject=one.fact.subject,
        values=one.stored,
        holder="" if holder == one.fact.subject else holder,
        valid=DateRange(one.since, one.fact.valid_until),
        dossier_id=dossier_id,
    )
    done.append(_done(one, "registers.fact-recorded", holder, rows=[row], version=row.id))
    return row.id


def _end(belief: Belief, one: Ready, done: list[Done]) -> UUID:
    """The fact holds no longer; of several, the item that the values name, else all."""
    record, fact, item = one.line
    named = bool(one.kind.many in one.values)
    lines = [line for line in belief.lines if line[:2] == (record, fact)]
    rows: list[FactVersion] = []
    ended: list[UUID] = []
    for line in lines:
        change = axes.ending(belief.spans(line), one.since)
        if change.ended and (not named or line[2] == item):
            ended += change.ended
            rows += belief.change(line, change)
    if ended:
        holder = holder_of(belief, one)
        done.append(_done(one, "registers.fact-ended", holder, rows=rows, version=ended[-1]))
    return (rows[-1].id if rows else ended[-1]) if ended else NOTHING


def _done(one: Ready, verb: str, holder: str, *, rows: list[FactVersion], **detail: Any) -> Done:
    return Done(
        verb=verb,
        register=one.register.register,
        fact=one.kind.fact,
        subject=one.fact.subject,
        holder=holder,
        rows=rows,
        detail=detail,
    )


def _draft(one: Done, person: UUID | None, dossier_id: UUID | None) -> acts.ActDraft:
    return acts.ActDraft(
        verb=one.verb,
        object=("record", record_id(one.register, one.subject)),
        dossier_id=dossier_id,
        subjects=(person,) if person else (),
        basis=one.basis,
        detail={"register": one.register, "fact": one.fact, **one.detail},
    )
