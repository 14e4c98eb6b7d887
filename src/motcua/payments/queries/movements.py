"""What our own books have of a day, in the form in which it is compared with others' statements."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q
from msgspec import Struct

from motcua.payments.models import Bill, Payment, Refund, StatementEntry, SuspenseItem
from motcua.payments.models.bills import CONFIRMED, FAILED, MADE, STARTED, UNEXPLAINED
from motcua.payments.rules.reconciling import SUSPENSE, Movement, StatementLine
from motcua.payments.rules.references import read_reference, reference_of
from motcua.payments.rules.signing import HERE

# A notice that comes late, or just after midnight, stands in the statement of another day.
NEIGHBOURS = timedelta(days=7)


class Booked(Struct, frozen=True, kw_only=True):
    """Movements of a day, and for each its bill and the body that owns it, where they are known."""

    movements: tuple[Movement, ...]
    bills: dict[str, UUID]
    owners: dict[str, UUID]


def booked(gateway: str, day: date, lines: Sequence[StatementLine]) -> Booked:
    """What we booked on `day`, and whatever these lines speak of, whenever we booked it."""
    payments = _payments(gateway, day, lines)
    suspense = _suspense(gateway, day, lines)
    refunds = _refunds(gateway, day, lines)
    ids = {row.bill_id for row in payments} | {row.bill_id for row in refunds}
    bills = {bill.id: bill for bill in Bill.objects.filter(id__in=ids)}
    left_over = set(
        SuspenseItem.objects.filter(
            payment_id__in=[row.id for row in payments], settled_at__isnull=True
        ).values_list("payment_id", flat=True)
    )
    movements = [_payment(row, bills[row.bill_id], row.id in left_over) for row in payments]
    movements += [_refund(row) for row in refunds]
    movements += [_item(row) for row in suspense]
    elsewhere = _elsewhere(gateway, day, movements)
    spoken_of = {(line.kind, line.number) for line in lines}
    kept = [
        movement
        for movement in movements
        if (movement.kind, movement.number) in spoken_of
        or (movement.kind, movement.number) not in elsewhere
    ]
    of_bill = {str(row.id): row.bill_id for row in payments}
    of_bill |= {str(row.id): row.bill_id for row in refunds}
    of_bill |= {str(row.id): row.bill_id for row in suspense if row.bill_id}
    owners = {
        key: bills[bill_id].creditor_id for key, bill_id in of_bill.items() if bill_id in bills
    }
    owners |= {str(row.id): row.creditor_id for row in suspense if row.creditor_id}
    return Booked(movements=tuple(kept), bills=of_bill, owners=owners)


def _payments(gateway: str, day: date, lines: Sequence[StatementLine]) -> list[Payment]:
    """Confirmed that day, or named by a line: by its number, or by our reference."""
    numbers = [line.number for line in lines if line.kind in ("payment", "transfer")]
    begin, end = span(day)
    asked = _named(line.reference for line in lines if line.kind == "payment")
    wanted = Q(transaction__in=numbers) | Q(confirmed_at__gte=begin, confirmed_at__lt=end)
    for bill_id, nth in asked:
        wanted |= Q(bill_id=bill_id, nth=nth)
    of_gateway = Q(gateway=gateway, means__in=["gateway", "transfer"])
    # A transfer that an officer saw on the account before we were told of it.
    seen = Q(gateway="", means="transfer", transaction__in=[n for n in numbers if n])
    rows = Payment.objects.filter((of_gateway & wanted) | seen)
    # Suspense that was booked to a bill is still the movement that once came in.
    return list(rows.exclude(status=UNEXPLAINED).exclude(key__startswith="suspense:"))


def _named(references: Iterable[str]) -> list[tuple[UUID, int]]:
    read = [found for text in references if (found := read_reference(text))]
    ids = dict(Bill.objects.filter(code__in={code for code, _ in read}).values_list("code", "id"))
    return [(ids[code], nth) for code, nth in read if code in ids]


def _suspense(gateway: str, day: date, lines: Sequence[StatementLine]) -> list[SuspenseItem]:
    """Money that fitted nothing when it came; what a payment left over is that payment's."""
    begin, end = span(day)
    wanted = Q(transaction__in=[line.number for line in lines]) | Q(
        opened_at__gte=begin, opened_at__lt=end
    )
    rows = SuspenseItem.objects.filter(wanted, gateway=gateway)
    return list(rows.exclude(key__startswith="surplus:"))


def _refunds(gateway: str, day: date, lines: Sequence[StatementLine]) -> list[Refund]:
    begin, end = span(day)
    keys = [UUID(hex=line.reference) for line in lines if _is_refund_key(line)]
    wanted = Q(id__in=keys) | Q(status=MADE, made_at__gte=begin, made_at__lt=end)
    rows = list(Refund.objects.filter(wanted))
    through = set(
        Payment.objects.filter(
            id__in=[row.payment_id for row in rows], means="gateway", gateway=gateway
        ).values_list("id", flat=True)
    )
    return [row for row in rows if row.payment_id in through]


def _is_refund_key(line: StatementLine) -> bool:
    letters = line.reference
    return (
        line.kind == "refund" and len(letters) == 32 and not set(letters) - set("0123456789abcdef")
    )


def _payment(row: Payment, bill: Bill, left_over: bool) -> Movement:
    status = {CONFIRMED: SUSPENSE if left_over else "done", STARTED: "pending"}
    return Movement(
        id=str(row.id),
        kind="transfer" if row.means == "transfer" else "payment",
        amount_vnd=row.paid_vnd or row.amount_vnd,
        status=status.get(row.status, "failed"),
        reference=reference_of(bill.code, row.nth) if row.means == "gateway" else "",
        number=row.transaction,
    )


def _item(row: SuspenseItem) -> Movement:
    return Movement(
        id=str(row.id),
        kind="transfer" if row.means == "transfer" else "payment",
        amount_vnd=row.amount_vnd,
        status="done" if row.settled_at else SUSPENSE,
        reference=row.detail.get("reference", ""),
        number=row.transaction,
    )


def _refund(row: Refund) -> Movement:
    return Movement(
        id=str(row.id),
        kind="refund",
        amount_vnd=row.amount_vnd,
        status={MADE: "done", FAILED: "failed"}.get(row.status, "pending"),
        reference=row.id.hex,
        number=row.transaction,
    )


def _elsewhere(gateway: str, day: date, movements: Sequence[Movement]) -> set[tuple[str, str]]:
    """Those that stand in a statement of another day near this one."""
    rows = StatementEntry.objects.filter(
        number__in=[movement.number for movement in movements if movement.number],
        statement__gateway=gateway,
        statement__is_current=True,
        statement__day__gte=day - NEIGHBOURS,
        statement__day__lte=day + NEIGHBOURS,
    ).exclude(statement__day=day)
    return set(rows.values_list("kind", "number"))


def span(day: date) -> tuple[datetime, datetime]:
    """The first moment of a day and of the next one, in Vietnam's time."""
    begin = datetime.combine(day, time(), HERE)
    return begin, begin + timedelta(days=1)
