"""The door of payments: bills, payments, receipts, refunds, debts and the books that hold them.

Shapes are in `shapes.py`; money is whole đồng; refusals start with "payments.". Legal sources:
Decree 45/2020 and its successors (paying online), Law 20/2023 (a signed receipt is an original),
Law 91/2025 (a payer's data are for the payer and the creditor).
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from motcua.kernel.actors import Actor
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
    TrialLine,
)

__all__ = [
    "BillLine", "BillView", "DebtCard", "DebtDraft", "DebtView", "Payer", "PaymentView",
    "PutCounts", "ReceiptView", "RefundView", "ReturnView", "StatementLine", "SuspenseView",
    "TrialLine", "approve_refund", "bill", "bill_by_code", "bills_of", "cancel_bill", "come_back",
    "debts_of", "decline_refund", "find_debts", "my_bills", "open_bill", "open_receipt", "pay_debts",
    "put_debts", "record_counter_payment", "refund_late", "refund_made_by_hand", "refunds_to_decide",
    "request_refund", "settle_suspense", "start_payment", "statement_of", "suspense",
    "take_notice", "trial_balance", "withdraw_debt",
]  # fmt: skip

# Signatures first; each becomes an import from operations or queries.


def open_bill(
    actor: Actor,
    *,
    bill_id: UUID,
    creditor_id: UUID,
    lines: Sequence[BillLine],
    payer: Payer,
    object: tuple[str, UUID],  # noqa: A002
    dossier_id: UUID | None = None,
    desk_id: UUID | None = None,
    due_at: datetime | None = None,
    then: str = "",
    language: str = "vi",
) -> None:
    """Ask for money; the same `bill_id` does nothing more. `then` is a job enqueued once, with
    {"bill_id", "dossier_id"}, in the transaction that pays the bill in full. Lines of 0 đồng are
    kept, negative ones (reductions) allowed, the sum must be positive: payments.nothing-due.
    `desk_id`: the one body beside the creditor that may take the money at a counter; None: any."""
    raise NotImplementedError


def cancel_bill(actor: Actor, bill_id: UUID, reason: str) -> None:
    """Nothing more is due. Repeatable; a paid bill stays paid (nothing happens). What had been
    paid in part goes back."""
    raise NotImplementedError


def bill(actor: Actor, bill_id: UUID) -> BillView:
    """For the payer, the creditor's officers and the desk's; an officer's look is an act.
    payments.bill-not-found for everybody else."""
    raise NotImplementedError


def bill_by_code(code: str) -> BillView:
    """For anybody who holds the code; without personal data. payments.bill-not-found."""
    raise NotImplementedError


def bills_of(dossier_ids: Sequence[UUID]) -> dict[UUID, tuple[BillView, ...]]:
    """The bills of dossiers whose reader the caller has checked; without the payer."""
    raise NotImplementedError


def my_bills(actor: Actor, *, limit: int = 50) -> tuple[BillView, ...]:
    """What the account has to pay or has paid, newest first."""
    raise NotImplementedError


def open_receipt(actor: Actor, bill_code: str, receipt_id: UUID) -> Any:
    """The signed PDF (documents.OpenedFile) for the payer and the creditor's officers; of a bill
    without an account, for who holds the code."""
    raise NotImplementedError


def start_payment(
    actor: Actor,
    bill_code: str,
    *,
    key: str,
    return_url: str,
    notify_url: str,
    language: str = "vi",
    ip: str = "",
    gateway: str = "",
) -> str:
    """The address of the gateway where the payer goes next. The same `key` gives the same open
    attempt. payments.bill-not-open, payments.debt-changed, payments.no-such-gateway."""
    raise NotImplementedError


def take_notice(gateway: str, params: Mapping[str, str]) -> dict[str, Any]:
    """A gateway tells something; what it expects to hear. Never raises."""
    raise NotImplementedError


def come_back(gateway: str, params: Mapping[str, str]) -> ReturnView:
    """Somebody comes back from the gateway; what is proven so far. Never raises."""
    raise NotImplementedError


def record_counter_payment(
    actor: Actor, bill_id: UUID, *, means: str, reference: str, key: str, amount_vnd: int = 0
) -> None:
    """An officer took money ("card", "cash") or saw it arrive ("transfer"); permission "receive".
    `amount_vnd` 0: all that is left."""
    raise NotImplementedError


def request_refund(
    actor: Actor,
    payment_id: UUID,
    *,
    amount_vnd: int,
    reason: str,
    say: str = "",
    source: str = "bill",
    key: str = "",
) -> UUID:
    """Ask that money go back; an officer of the creditor. payments.refund-too-much."""
    raise NotImplementedError


def approve_refund(actor: Actor, refund_id: UUID) -> None:
    """Another officer than the one who asked ("treasurer" or "lead"); a job makes it."""
    raise NotImplementedError


def decline_refund(actor: Actor, refund_id: UUID, *, say: str) -> None:
    """No refund; the same rights."""
    raise NotImplementedError


def refund_made_by_hand(actor: Actor, refund_id: UUID, *, reference: str) -> None:
    """The money of a card, cash or transfer was given back outside any gateway."""
    raise NotImplementedError


def refund_late(bill_id: UUID, *, reason: str = "charge-closed") -> None:
    """The system gives back all that paid a bill whose matter was closed meanwhile. Repeatable."""
    raise NotImplementedError


def refunds_to_decide(actor: Actor, *, limit: int = 50) -> tuple[RefundView, ...]:
    """What waits for a second officer of the actor's body, and what failed, oldest first."""
    raise NotImplementedError


def put_debts(actor: Actor, body_id: UUID, debts: Sequence[DebtDraft]) -> PutCounts:
    """A creditor's books say so: upsert by (body, kind, reference), set-based."""
    raise NotImplementedError


def withdraw_debt(actor: Actor, body_id: UUID, *, kind: str, reference: str) -> None:
    """Nothing is due any more; repeatable. payments.debt-not-found."""
    raise NotImplementedError


def find_debts(
    actor: Actor, kind: str, keys: Mapping[str, str], *, by: str = "", shows: Sequence[str] = ()
) -> tuple[DebtCard, ...]:
    """Debts that all these keys name. `by` is the asker's address, counted when he has no
    account; `shows` are the details that the service shows. payments.too-many-lookups."""
    raise NotImplementedError


def pay_debts(
    actor: Actor, tokens: Sequence[str], payer: Payer, *, key: str = "", language: str = "vi"
) -> str:
    """The code of one bill for these debts of one creditor. payments.debt-token (too old or not
    ours), payments.several-creditors, payments.debt-changed (total_vnd: the new sum)."""
    raise NotImplementedError


def debts_of(
    actor: Actor, body_id: UUID, *, kind: str = "", status: str = "", limit: int = 100,
    after: UUID | None = None,
) -> tuple[DebtView, ...]:  # fmt: skip
    """The creditor's own list, newest first; for its officers."""
    raise NotImplementedError


def trial_balance() -> tuple[TrialLine, ...]:
    """Every account with its debits and credits; the balances sum to zero."""
    raise NotImplementedError


def statement_of(
    actor: Actor, body_id: UUID, *, since: date | None = None, until: date | None = None
) -> tuple[StatementLine, ...]:
    """What was collected for a body and given back, in order of time."""
    raise NotImplementedError


def suspense(actor: Actor, *, limit: int = 100) -> tuple[SuspenseView, ...]:
    """Money that waits for a human, oldest first; permission "treasurer" or "lead"."""
    raise NotImplementedError


def settle_suspense(
    actor: Actor, item_id: UUID, *, how: str, say: str, bill_code: str = ""
) -> None:
    """how: "to-bill" (pays `bill_code`), "give-back" (a refund of its payment) or "explained"
    (nothing was booked). payments.already-settled."""
    raise NotImplementedError
