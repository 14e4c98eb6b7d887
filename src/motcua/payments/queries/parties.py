"""Whom bills and debts concern, for the readers of the ledger that tell others' software."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from motcua.exchange import api as exchange
from motcua.payments.models.bills import Bill
from motcua.payments.models.debts import Debt

INSIDE = ("debt.looked-up", "debt.listed", "difference.found", "difference.settled")


def of_bills(ids: Sequence[UUID]) -> Mapping[UUID, exchange.Parties]:
    """The creditor, the desk that may take the money, and who pays; the status as it is now."""
    rows = Bill.objects.filter(id__in=ids)
    return {
        row.id: exchange.Parties(
            bodies=frozenset({row.creditor_id} | ({row.desk_id} if row.desk_id else set())),
            account_id=row.payer_account_id,
            status=row.status,
        )
        for row in rows.only("creditor_id", "desk_id", "payer_account_id", "status")
    }


def of_debts(ids: Sequence[UUID]) -> Mapping[UUID, exchange.Parties]:
    """The creditor alone: a debt is not tied to an account."""
    rows = Debt.objects.filter(id__in=ids).values_list("id", "creditor_id")
    return {debt: exchange.Parties(bodies=frozenset({creditor})) for debt, creditor in rows}


exchange.describe("bill", of_bills, internal=INSIDE)
exchange.describe("debt", of_debts)
