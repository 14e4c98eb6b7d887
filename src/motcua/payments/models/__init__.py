"""The tables of payments, by what they hold."""

from motcua.payments.models.bills import Bill, Payment, Receipt, Refund
from motcua.payments.models.debts import Debt, DebtOnBill, LookupCount
from motcua.payments.models.ledger import Journal, LedgerAccount, Posting, SuspenseItem

__all__ = [
    "Bill",
    "Debt",
    "DebtOnBill",
    "Journal",
    "LedgerAccount",
    "LookupCount",
    "Payment",
    "Posting",
    "Receipt",
    "Refund",
    "SuspenseItem",
]
