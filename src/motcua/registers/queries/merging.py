"""Likely duplicates and what was decided about them, for those who keep the population register."""

from uuid import UUID

from django.db import connection
from msgspec import Struct

from motcua.acts import api as acts
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.registers.declared import register
from motcua.registers.models import LikelyPair, Merge, Person
from motcua.registers.queries.looking import Look, looking
from motcua.registers.queries.people import person_of
from motcua.registers.queries.relations import Target
from motcua.registers.rules import shapes
from motcua.registers.rules.finding import visible
from motcua.registers.rules.ids import record_id
from motcua.registers.rules.merging import MergeCard

POPULATION, PURPOSE = "population", "duty/check-duplicates"
SMALL = 30_000


class Pair(Struct, frozen=True, kw_only=True):
    """Two cards that are likely one person, how likely (0 to 1), and why, as codes."""

    first: shapes.Person
    second: shapes.Person
    likeness: float
    reasons: tuple[str, ...]


def found_duplicates(actor: Actor, limit: int = 50) -> list[Pair]:
    """The likeliest pairs that the last search found and nobody settled.

    One act "registers.duplicates-shown" names all who are shown. Refusals: identity.not-allowed,
    registers.too-many-reads.
    """
    look, fields = _look(actor)
    rows = list(LikelyPair.objects.order_by("-score", "first", "second")[:limit])
    people = Person.objects.in_bulk({one for row in rows for one in (row.first, row.second)})
    found = [
        Pair(
            first=visible(person_of(people[row.first]), fields),
            second=visible(person_of(people[row.second]), fields),
            likeness=row.score,
            reasons=tuple(row.reasons),
        )
        for row in rows
        if _is_open(people, row)
    ]
    if found:
        _tell(look, "registers.duplicates-shown", people)
    return found


def duplicate_count(actor: Actor) -> int:
    """How many likely pairs wait; shows nobody and is no act. Refusal "identity.not-allowed"."""
    _look(actor)
    return LikelyPair.objects.count()


def merges(actor: Actor, limit: int = 200) -> list[MergeCard]:
    """Proposals and decisions, the newest first; an act names all whose names are shown.

    Refusal "identity.not-allowed".
    """
    look, _fields = _look(actor)
    rows = list(Merge.objects.order_by("-proposed_at", "-id")[:limit])
    people = Person.objects.in_bulk({one for row in rows for one in (row.kept, row.merged)})
    names = {one.id: one.full_name for one in people.values()}
    if rows:
        _tell(look, "registers.merges-shown", people)
    given = [name for name in MergeCard.__struct_fields__ if not name.endswith("_name")]
    return [
        MergeCard(
            kept_name=names.get(row.kept, ""),
            merged_name=names.get(row.merged, ""),
            **{name: getattr(row, name) for name in given},
        )
        for row in rows
    ]


def is_small() -> bool:
    """Whether all cards may be searched at once, before a list is shown."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'registers_person'::regclass")
        row = cursor.fetchone()
    return bool(row[0] < SMALL)


def _look(actor: Actor) -> tuple[Look, frozenset[str]]:
    look = looking(actor, PURPOSE)
    decision = look.decide(register(POPULATION), Target(register=POPULATION, key=""))
    if not {"identity.full_name", "identity.born_on"} <= set(decision.fields):
        raise Refusal("identity.not-allowed", permission="keep-register")
    return look, frozenset(decision.fields)


def _is_open(people: dict[UUID, Person], row: LikelyPair) -> bool:
    both = [people.get(one) for one in (row.first, row.second)]
    return all(one is not None and one.merged_into is None for one in both)


def _tell(look: Look, verb: str, people: dict[UUID, Person]) -> None:
    acts.record(
        look.actor,
        verb,
        object=("register", record_id(POPULATION, "")),
        subjects=tuple(people),
        purpose=PURPOSE,
        detail={"register": POPULATION, "count": len(people)},
    )
