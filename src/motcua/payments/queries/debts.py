"""A creditor's own list of debts."""

from uuid import UUID

from django.db.models import F, Q

from motcua.payments.models import Debt
from motcua.payments.shapes import DebtView

_STATUS = {
    "open": Q(withdrawn_at__isnull=True, paid_vnd__lt=F("amount_vnd")),
    "paid": Q(withdrawn_at__isnull=True, paid_vnd__gte=F("amount_vnd")),
    "withdrawn": Q(withdrawn_at__isnull=False),
}
_SHOWN = (
    "id", "kind", "reference", "keys", "amount_vnd", "paid_vnd", "details", "debtor_masked",
    "due_on", "version", "changed_at",
)  # fmt: skip


def debts_of_creditor(
    body_id: UUID, *, kind: str, status: str, limit: int, after: UUID | None
) -> tuple[DebtView, ...]:
    """Newest first by when they came; `after` is the last id of the page before."""
    rows = Debt.objects.filter(_STATUS.get(status, Q()), creditor_id=body_id)
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(id__lt=after) if after else rows
    return tuple(_view(row) for row in rows.order_by("-id")[:limit])


def _view(row: Debt) -> DebtView:
    status = "open" if row.paid_vnd < row.amount_vnd else "paid"
    values = {name: getattr(row, name) for name in _SHOWN}
    return DebtView(status="withdrawn" if row.withdrawn_at else status, **values)  # type: ignore[arg-type]
