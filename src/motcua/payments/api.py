"""The door of payments: bills, payments, receipts, refunds, debts and the books that hold them.

Shapes are in `shapes.py`; money is whole đồng; refusals start with "payments.". Legal sources:
Law 20/2023/QH15 (a signed electronic receipt is an original), Law 91/2025/QH15 (a payer's data are
for the payer and the creditor), Decree 224/2026/ND-CP, art. 15 (paying online).
"""

from motcua.payments.operations.bills import cancel_bill, open_bill
from motcua.payments.operations.counter import record_counter_payment
from motcua.payments.operations.debts import pay_debts, put_debts, withdraw_debt
from motcua.payments.operations.looking import find_debts
from motcua.payments.operations.notices import come_back, take_notice
from motcua.payments.operations.reconciliation import (
    DifferenceView,
    ReconciliationRun,
    differences,
    reconcile,
)
from motcua.payments.operations.refunding import (
    approve_refund,
    decline_refund,
    refund_late,
    refund_made_by_hand,
    request_refund,
)
from motcua.payments.operations.settling_differences import reconcile_day, settle_difference
from motcua.payments.operations.starting import start_payment
from motcua.payments.operations.statements import fetch_statement, import_statement
from motcua.payments.operations.suspense import settle_suspense
from motcua.payments.operations.viewing import (
    bill,
    debts_of,
    my_bills,
    open_receipt,
    refunds_to_decide,
    statement_of,
    suspense,
)
from motcua.payments.queries.bills import bill_by_code, bills_of
from motcua.payments.queries.books import trial_balance
from motcua.payments.shapes import (
    BillLine,
    BillView,
    DebtCard,
    DebtDraft,
    DebtView,
    Payer,
    PaymentView,
    PutCounts,
    ReceiptView,
    RefundView,
    ReturnView,
    StatementLine,
    SuspenseView,
    TransferView,
    TrialLine,
)

__all__ = [
    "BillLine",
    "BillView",
    "DebtCard",
    "DebtDraft",
    "DebtView",
    "DifferenceView",
    "Payer",
    "PaymentView",
    "PutCounts",
    "ReceiptView",
    "ReconciliationRun",
    "RefundView",
    "ReturnView",
    "StatementLine",
    "SuspenseView",
    "TransferView",
    "TrialLine",
    "approve_refund",
    "bill",
    "bill_by_code",
    "bills_of",
    "cancel_bill",
    "come_back",
    "debts_of",
    "decline_refund",
    "differences",
    "fetch_statement",
    "find_debts",
    "import_statement",
    "my_bills",
    "open_bill",
    "open_receipt",
    "pay_debts",
    "put_debts",
    "reconcile",
    "reconcile_day",
    "record_counter_payment",
    "refund_late",
    "refund_made_by_hand",
    "refunds_to_decide",
    "request_refund",
    "settle_difference",
    "settle_suspense",
    "start_payment",
    "statement_of",
    "suspense",
    "take_notice",
    "trial_balance",
    "withdraw_debt",
]
