"""Reading the books: the trial balance, a creditor's statement, what waits for a human."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from motcua.payments.models import Posting, SuspenseItem
from motcua.payments.rules import accounts
from motcua.payments.shapes import StatementLine, SuspenseView, TrialLine

_SUSPENSE = (
    "id", "why", "amount_vnd", "gateway", "transaction", "bill_id", "payment_id", "detail",
    "opened_at", "settled_at", "how",
)  # fmt: skip


def trial_balance() -> tuple[TrialLine, ...]:
    """Every account that ever moved, with its debits and credits; the balances sum to zero."""
    rows = (
        Posting.objects.values("account_id")
        .annotate(
            debit=Coalesce(Sum("vnd", filter=Q(vnd__gt=0)), Value(0)),
            credit=Coalesce(Sum("vnd", filter=Q(vnd__lt=0)), Value(0)),
        )
        .order_by("account_id")
    )
    return tuple(_line(row["account_id"], row["debit"], -row["credit"]) for row in rows)


def balance_of(account: str) -> int:
    """The balance of one account, debit positive."""
    return Posting.objects.filter(account_id=account).aggregate(vnd=Sum("vnd"))["vnd"] or 0


def statement(
    body_id: UUID, since: date | None = None, until: date | None = None
) -> tuple[StatementLine, ...]:
    """What was collected for a body (positive) and left again, from `since` to the end of `until`;
    the balance counts from the beginning."""
    rows = _postings(accounts.payable(body_id))
    if until:
        rows = rows.filter(journal__at__lte=_moment(until, time.max))
    first = _moment(since, time.min) if since else None
    lines, balance = [], 0
    for row in rows:
        balance -= row["vnd"]
        if first is None or row["journal__at"] >= first:
            lines.append(
                StatementLine(
                    at=row["journal__at"],
                    what=row["journal__kind"],
                    bill_id=row["journal__bill_id"],
                    vnd=-row["vnd"],
                    balance_vnd=balance,
                )
            )
    return tuple(lines)


def suspended_items(creditor_id: UUID | None, *, unclaimed: bool, limit: int) -> Any:
    """Open items of a creditor and, if `unclaimed`, those of nobody; oldest first."""
    wanted = Q(creditor_id=creditor_id) if creditor_id else Q(pk__in=[])
    if unclaimed:
        wanted |= Q(creditor_id__isnull=True)
    rows = SuspenseItem.objects.filter(wanted, settled_at__isnull=True).order_by("opened_at", "id")
    return tuple(
        SuspenseView(**{name: getattr(row, name) for name in _SUSPENSE}) for row in rows[:limit]
    )


def _postings(account: str) -> QuerySet[Posting, Any]:
    names = ("vnd", "journal__at", "journal__kind", "journal__bill_id")
    rows = Posting.objects.filter(account_id=account).order_by("journal__at", "journal_id", "nth")
    found: QuerySet[Posting, Any] = rows.values(*names)
    return found


def _line(account: str, debit: int, credit: int) -> TrialLine:
    kind, owner = accounts.kind_and_owner(account)
    return TrialLine(account=account, kind=kind, owner=owner, debit_vnd=debit, credit_vnd=credit)


def _moment(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))
