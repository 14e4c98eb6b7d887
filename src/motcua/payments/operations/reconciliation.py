"""The daily reconciliation: our books, the gateway's statement, the bank's credits, and the rows
that say what differs and who owes an explanation."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q
from msgspec import Struct

from motcua.acts import api as acts
from motcua.identity import api as identity
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.payments import gateways
from motcua.payments.models import Difference, Reconciliation
from motcua.payments.operations import books
from motcua.payments.operations.bill_rows import require_treasurer
from motcua.payments.operations.statements import lines_of
from motcua.payments.queries.movements import Booked, booked
from motcua.payments.rules import accounts, reconciling
from motcua.payments.rules.reconciling import StatementLine, compare, settled_vnd

# How long the treasurer has for an explanation; our own measure, no law names one.
DAYS_TO_SETTLE = 3


class DifferenceView(Struct, frozen=True, kw_only=True):
    """A difference for the person who must settle it. `kind` is one of reconciling.KINDS."""

    id: UUID
    gateway: str
    day: date
    kind: str
    source: str
    about: str
    number: str
    reference: str
    ours_vnd: int
    theirs_vnd: int
    ours_status: str
    theirs_status: str
    bill_id: UUID | None
    owner_body_id: UUID | None
    owner_role: str
    due_on: date
    is_settled: bool
    how: str
    say: str


class ReconciliationRun(Struct, frozen=True, kw_only=True):
    """What a comparison found; `open` are the differences that nobody has settled yet."""

    id: UUID
    gateway: str
    day: date
    ours: int
    theirs: int
    owed_vnd: int
    credited_vnd: int
    fees_vnd: int
    found: tuple[DifferenceView, ...]

    @property
    def open(self) -> tuple[DifferenceView, ...]:
        return tuple(difference for difference in self.found if not difference.is_settled)


@transaction.atomic
def reconcile(actor: Actor, day: date, gateway: str = "") -> ReconciliationRun:
    """Compare a day with the statements that were imported for it. Repeatable: what is found again
    is the same row, what has come right is settled as "agreed", and the settlement that the bank
    received is booked once. Permission "treasurer". Acts: reconciliation.run, difference.found.
    """
    identity.require(actor, "treasurer")
    name = gateways.gateway(gateway).name
    with connection.cursor() as cursor:  # two comparisons of the same day wait for each other
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [f"reconcile:{name}:{day}"]
        )
    lines = lines_of(name, day)
    ours = booked(name, day, lines)
    found = {one.key: one for one in compare(ours.movements, lines)}
    known = {row.key: row for row in Difference.objects.filter(gateway=name, day=day)}
    run = _run(actor, name, day, ours, lines=lines, found=len(found))
    _settle_agreed(actor, [row for key, row in known.items() if key not in found])
    _add_new(actor, run, [one for key, one in found.items() if key not in known], ours)
    _open_again([row for key, row in known.items() if key in found and row.how == "agreed"])
    rows = Difference.objects.filter(gateway=name, day=day, key__in=list(found))
    return ReconciliationRun(
        id=run.id,
        gateway=name,
        day=day,
        ours=run.ours,
        theirs=run.theirs,
        owed_vnd=run.owed_vnd,
        credited_vnd=run.credited_vnd,
        fees_vnd=run.fees_vnd,
        found=tuple(view(row) for row in rows.order_by("key")),
    )


def differences(
    actor: Actor, *, day: date | None = None, settled: bool = False, limit: int = 200
) -> tuple[DifferenceView, ...]:
    """What the actor's body must settle (or has settled), the most urgent first; a treasurer also
    sees what belongs to no body. Permission "treasurer" or "lead"."""
    mine = Q()
    if actor.kind != "system":
        assert actor.body_id is not None
        require_treasurer(actor, actor.body_id)
        mine = Q(owner_body_id=actor.body_id)
        if identity.may(actor, "treasurer"):
            mine |= Q(owner_body_id__isnull=True)
    rows = Difference.objects.filter(mine, settled_at__isnull=not settled)
    if day is not None:
        rows = rows.filter(day=day)
    return tuple(view(row) for row in rows.order_by("due_on", "id")[:limit])


def view(row: Difference) -> DifferenceView:
    """A row as it leaves this room."""
    return DifferenceView(
        is_settled=row.settled_at is not None,
        **{name: getattr(row, name) for name in _COLUMNS},
    )


_COLUMNS = tuple(f for f in DifferenceView.__struct_fields__ if f != "is_settled")


def _run(
    actor: Actor,
    name: str,
    day: date,
    ours: Booked,
    *,
    lines: tuple[StatementLine, ...],
    found: int,
) -> Reconciliation:
    """Write down the comparison, and book what the bank received since the last one."""
    settlements = [line for line in lines if line.kind == "settlement"]
    row = Reconciliation.objects.create(
        gateway=name,
        day=day,
        at=clock.now(),
        by=actor.account_id,
        ours=sum(movement.status == "done" for movement in ours.movements),
        theirs=len(lines) - len(settlements),
        found=found,
        owed_vnd=settled_vnd(lines),
        credited_vnd=sum(line.amount_vnd for line in settlements),
        fees_vnd=sum(line.fee_vnd for line in lines if line.status == "done"),
    )
    account = next((line.account for line in settlements if line.account), f"settlement-{name}")
    _book_settlement(row, account)
    detail = {"gateway": name, "day": day.isoformat(), "found": found}
    acts.record(actor, "reconciliation.run", object=("reconciliation", row.id), detail=detail)
    return row


def _book_settlement(run: Reconciliation, account: str) -> None:
    """The bank has it instead of the gateway, and the gateway kept its fees: only what is new."""
    earlier = Reconciliation.objects.filter(gateway=run.gateway, day=run.day).exclude(id=run.id)
    last = earlier.order_by("-at", "-id").first()
    credited = run.credited_vnd - (last.credited_vnd if last else 0)
    fees = run.fees_vnd - (last.fees_vnd if last else 0)
    if not run.credited_vnd and not (last and last.credited_vnd):
        fees = 0  # the gateway keeps its fees when it settles
    if credited or fees:
        books.book(
            "settlement",
            f"settlement:{run.id}",
            [
                (accounts.bank(account), credited),
                (accounts.fees(run.gateway), fees),
                (accounts.gateway(run.gateway), -credited - fees),
            ],
            detail={"gateway": run.gateway, "day": run.day.isoformat()},
        )


def _add_new(
    actor: Actor, run: Reconciliation, found: list[reconciling.Difference], ours: Booked
) -> None:
    rows = [_row(run, one, ours) for one in found]
    Difference.objects.bulk_create(rows)
    acts.record_many(
        actor,
        [_act("difference.found", row, {"vnd": row.ours_vnd - row.theirs_vnd}) for row in rows],
    )


def _row(run: Reconciliation, one: reconciling.Difference, ours: Booked) -> Difference:
    bill_id = ours.bills.get(one.movement)
    return Difference(
        gateway=run.gateway,
        day=run.day,
        key=one.key,
        kind=one.kind,
        source=one.source,
        about=one.about,
        number=one.number,
        reference=one.reference,
        ours_vnd=one.ours_vnd,
        theirs_vnd=one.theirs_vnd,
        ours_status=one.ours_status,
        theirs_status=one.theirs_status,
        bill_id=bill_id,
        owner_body_id=ours.owners.get(one.movement),
        found_at=run.at,
        due_on=max(run.day, run.at.date()) + timedelta(days=DAYS_TO_SETTLE),
    )


def _settle_agreed(actor: Actor, gone: list[Difference]) -> None:
    """Both sides say the same by now: a late notice, a poll, a corrected statement."""
    for row in gone:
        if row.settled_at is None:
            settle_row(actor, row, "agreed", "")


def _open_again(back: list[Difference]) -> None:
    """What seemed right and is wrong again: a statement was replaced once more."""
    for row in back:
        row.settled_at, row.settled_by, row.how, row.say = None, None, "", ""
        row.save(update_fields=["settled_at", "settled_by", "how", "say"])


def settle_row(actor: Actor, row: Difference, how: str, say: str) -> None:
    """Close a difference, in the caller's transaction."""
    row.settled_at, row.settled_by, row.how, row.say = clock.now(), actor.account_id, how, say
    row.save(update_fields=["settled_at", "settled_by", "how", "say"])
    acts.record_many(actor, [_act("difference.settled", row, {"how": how})])


def _act(verb: str, row: Difference, more: Mapping[str, object]) -> acts.ActDraft:
    detail = {"gateway": row.gateway, "day": row.day.isoformat(), "kind": row.kind}
    return acts.ActDraft(
        verb=verb,
        object=("difference", row.id),
        body_id=row.owner_body_id,
        detail={**detail, "number": row.number, **more},
    )
