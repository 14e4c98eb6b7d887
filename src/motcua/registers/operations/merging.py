"""Two cards that are one person: searched for, proposed, decided and undone by two officers.

Nothing is copied: a merged card points to the one that was kept, and undoing takes the pointer
away. Both numbers stay known for ever; accounts and acts keep the identifier that they have.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Q, QuerySet

from motcua.acts import api as acts
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal
from motcua.registers.declared import register
from motcua.registers.models import LikelyPair, Merge, Person
from motcua.registers.operations.keeping import require_keeper
from motcua.registers.queries.merging import Pair, found_duplicates, is_small
from motcua.registers.rules import likeness, merging
from motcua.registers.rules.declaration import POPULATION
from motcua.registers.rules.likeness import Looks

MOST_CANDIDATES = 20_000  # of each kind; the rest comes up when these are settled
_CARDS = """
SELECT p.id, p.search_key, p.born_on, p.sex, p.old_number, coalesce(v."values"->>'mother', ''),
    p.household, p.residence_area
FROM registers_person p LEFT JOIN registers_factversion v
    ON v.record_id = md5('population/' || p.personal_number)::uuid AND v.fact = 'identity'
    AND upper_inf(v.recorded) AND upper_inf(v.valid)
WHERE p.id = ANY(%s)
"""
# Candidates by what an index or one sort finds; names that differ by a slip only where a former
# number or a household brings two cards together.
_PAIRS = """
SELECT DISTINCT a.id, b.id FROM (
    SELECT {columns} FROM registers_person WHERE merged_into IS NULL AND {real}
    GROUP BY {columns} HAVING count(*) BETWEEN 2 AND 20 LIMIT %s
) g JOIN registers_person a USING ({columns}) JOIN registers_person b USING ({columns})
WHERE a.id < b.id AND a.merged_into IS NULL AND b.merged_into IS NULL
"""
_SEARCHES = (
    ("search_key, born_on", "true"),
    ("old_number", "old_number <> ''"),
    ("household, born_on", "household <> ''"),
)


def look_for_duplicates() -> int:
    """Search all cards for likely pairs and remember them; how many there are.

    Set-based, one sort of the cards for each kind of candidate. Pairs that were settled (merged,
    kept apart, or waiting for a decision) are left out.
    """
    with transaction.atomic():
        pairs = _candidates()
        cards = _looks({one for pair in pairs for one in pair})
        settled = _settled(cards)
        found = []
        for first, second in pairs:
            like = likeness.compare(cards[first], cards[second])
            if like.score >= likeness.LIKELY and frozenset((first, second)) not in settled:
                found.append(
                    LikelyPair(
                        first=first, second=second, score=like.score, reasons=list(like.reasons)
                    )
                )
        LikelyPair.objects.all().delete()
        LikelyPair.objects.bulk_create(found, batch_size=2000)
    return len(found)


def duplicates(actor: Actor, limit: int = 50) -> list[Pair]:
    """The likeliest pairs that nobody settled, each with its reasons as codes.

    A small register is searched at once; a large one as the nightly search left it. One act
    "registers.duplicates-shown" names all who are shown. Refusal "identity.not-allowed".
    """
    if is_small():
        look_for_duplicates()
    return found_duplicates(actor, limit)


@transaction.atomic
def propose_merge(
    actor: Actor, *, kept: UUID, merged: UUID, kind: str = "merge", ground: str
) -> UUID:
    """Propose that two cards are one person ("merge"; `kept` stays) or are two ("keep-apart").

    Only for keepers of the population register. Act "person.merge-proposed" with both as subjects.
    Refusals: identity.not-allowed, registers.merge-of-one, .merge-kind, .merge-ground-needed,
    .no-such-person, .merged-already, .merge-proposed-already, .own-affair.
    """
    require_keeper(actor, register(POPULATION))
    merging.check_proposal(kept=kept, merged=merged, kind=kind, ground=ground)
    _cards_of(actor, (kept, merged))
    if _of_both(kept, merged).exists():
        raise Refusal("registers.merge-proposed-already")
    row = Merge(
        id=new_id(),
        kept=kept,
        merged=merged,
        kind=kind,
        ground=ground.strip(),
        proposed_by=_account(actor),
        proposed_at=clock.now(),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Refusal("registers.merge-proposed-already") from None
    _tell(actor, "person.merge-proposed", row)
    return row.id


@transaction.atomic
def decide_merge(actor: Actor, merge_id: UUID, *, approve: bool) -> None:
    """A second officer approves or declines; an approved merge holds at once.

    Acts "person.merged", "person.kept-apart" or "person.merge-declined". Refusals:
    identity.not-allowed, registers.no-such-merge, .merge-decided, .merge-by-another,
    .merged-already, .own-affair.
    """
    row = _locked(actor, merge_id)
    if row.decision:
        raise Refusal("registers.merge-decided")
    merging.check_second(row.proposed_by, actor.account_id)
    both = _cards_of(actor, (row.kept, row.merged))
    row.decided_by, row.decided_at = _account(actor), clock.now()
    row.decision = merging.APPROVED if approve else merging.DECLINED
    row.save(update_fields=["decided_by", "decided_at", "decision"])
    verb = "person.merge-declined"
    if approve and row.kind == "merge":
        verb = "person.merged"
        both[row.merged].merged_into = row.kept
        both[row.merged].save(update_fields=["merged_into"])
    elif approve:
        verb = "person.kept-apart"
    if approve:
        low, high = sorted((row.kept, row.merged))
        LikelyPair.objects.filter(first=low, second=high).delete()
    _tell(actor, verb, row)


@transaction.atomic
def undo_merge(actor: Actor, merge_id: UUID) -> bool:
    """Ask to undo what was approved; the second officer who asks undoes it: True then.

    Everything is as before, since nothing was copied. Acts "person.merge-undo-asked",
    "person.merge-undone". Refusals: identity.not-allowed, registers.no-such-merge,
    .merge-does-not-hold, .merge-by-another, .own-affair.
    """
    row = _locked(actor, merge_id)
    if row.decision != merging.APPROVED or row.undone_at is not None:
        raise Refusal("registers.merge-does-not-hold")
    if row.undo_asked_at is None:
        row.undo_asked_by, row.undo_asked_at = _account(actor), clock.now()
        row.save(update_fields=["undo_asked_by", "undo_asked_at"])
        _tell(actor, "person.merge-undo-asked", row)
        return False
    merging.check_second(row.undo_asked_by, actor.account_id)
    row.undone_by, row.undone_at = _account(actor), clock.now()
    row.save(update_fields=["undone_by", "undone_at"])
    if row.kind == "merge":
        Person.objects.filter(id=row.merged, merged_into=row.kept).update(merged_into=None)
    _tell(actor, "person.merge-undone", row)
    return True


def _candidates() -> set[tuple[UUID, UUID]]:
    found: set[tuple[UUID, UUID]] = set()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '256MB'")
        for columns, real in _SEARCHES:
            cursor.execute(_PAIRS.format(columns=columns, real=real), [MOST_CANDIDATES])
            found.update(cursor.fetchall())
    return found


def _looks(ids: set[UUID]) -> dict[UUID, Looks]:
    with connection.cursor() as cursor:
        cursor.execute(_CARDS, [list(ids)])
        names = Looks.__struct_fields__
        return {row[0]: Looks(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()}


def _settled(ids: Iterable[UUID]) -> set[frozenset[UUID]]:
    rows = Merge.objects.filter(Q(kept__in=list(ids)), undone_at__isnull=True)
    return {
        frozenset((row.kept, row.merged))
        for row in rows.exclude(decision=merging.DECLINED).only("kept", "merged")
    }


def _of_both(one: UUID, other: UUID) -> QuerySet[Merge]:
    """Proposals about these two that wait or hold, whichever was to be kept."""
    return Merge.objects.filter(
        Q(kept=one, merged=other) | Q(kept=other, merged=one), undone_at__isnull=True
    ).exclude(decision=merging.DECLINED)


def _cards_of(actor: Actor, ids: tuple[UUID, UUID]) -> dict[UUID, Person]:
    """Both cards, locked; neither is merged, none is merged into the one that goes."""
    rows = Person.objects.select_for_update().filter(id__in=ids).order_by("id")
    found = {row.id: row for row in rows}
    if len(found) != 2:
        raise Refusal("registers.no-such-person")
    if actor.person_id in found:
        raise Refusal("registers.own-affair")
    gone = any(row.merged_into for row in found.values())
    if gone or Person.objects.filter(merged_into=ids[1]).exists():
        raise Refusal("registers.merged-already")
    return found


def _locked(actor: Actor, merge_id: UUID) -> Merge:
    require_keeper(actor, register(POPULATION))
    row = Merge.objects.select_for_update().filter(id=merge_id).first()
    if row is None:
        raise Refusal("registers.no-such-merge")
    if actor.person_id in (row.kept, row.merged):
        raise Refusal("registers.own-affair")
    return row


def _account(actor: Actor) -> UUID:
    if actor.account_id is None:
        raise Refusal("registers.merge-by-another")
    return actor.account_id


def _tell(actor: Actor, verb: str, row: Merge) -> None:
    acts.record(
        actor,
        verb,
        object=("merge", row.id),
        subjects=(row.kept, row.merged),
        purpose="duty/check-duplicates",
        detail={"kind": row.kind, "kept": row.kept, "merged": row.merged},
    )
