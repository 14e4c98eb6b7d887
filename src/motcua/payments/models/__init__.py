"""The tables of payments, by what they hold."""

from motcua.payments.models.bills import Bill, Payment, Receipt, Refund
from motcua.payments.models.debts import Debt, DebtOnBill, LookupCount
from motcua.payments.models.ledger import Journal, LedgerAccount, Posting, SuspenseItem
from motcua.payments.models.statements import (
    Difference,
    Reconciliation,
    Statement,
    StatementEntry,
)

__all__ = [
    "Bill",
    "Debt",
    "DebtOnBill",
    "Difference",
    "Journal",
    "LedgerAccount",
    "LookupCount",
    "Payment",
    "Posting",
    "Receipt",
    "Reconciliation",
    "Refund",
    "Statement",
    "StatementEntry",
    "SuspenseItem",
]
