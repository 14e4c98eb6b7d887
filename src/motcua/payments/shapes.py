"""What travels through the door of payments: immutable values. Money is whole đồng.

`Text` is {"vi", "en", "fr"}. Nothing here carries a payer's name but `Payer` itself and
`BillView.payer`, which is filled for the payer and the creditor's officers only.
"""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from msgspec import Struct

Text = dict[str, str]
BillStatus = Literal["open", "partly", "paid", "cancelled"]
PaymentStatus = Literal["started", "confirmed", "failed", "cancelled", "expired", "unexplained"]
Means = Literal["gateway", "transfer", "card", "cash"]
RefundStatus = Literal["asked", "approved", "declined", "sent", "made", "failed"]


class BillLine(Struct, frozen=True, kw_only=True):
    """One line of a bill; `law` is why it is due."""

    code: str
    title: Text
    vnd: int
    law: str = ""


class Payer(Struct, frozen=True, kw_only=True):
    """Who owes or pays: personal data."""

    name: str = ""
    account_id: UUID | None = None
    personal_number: str = ""
    phone: str = ""
    email: str = ""


class PaymentView(Struct, frozen=True, kw_only=True):
    """One attempt or one sum of money. `amount_vnd` was asked, `paid_vnd` came in, of which
    `applied_vnd` pays the bill and `surplus_vnd` is nobody's yet or goes back."""

    id: UUID
    means: Means
    gateway: str
    reference: str
    transaction: str
    amount_vnd: int
    status: PaymentStatus
    started_at: datetime
    confirmed_at: datetime | None
    paid_vnd: int
    applied_vnd: int
    surplus_vnd: int
    refunded_vnd: int


class ReceiptView(Struct, frozen=True, kw_only=True):
    """A receipt (biên lai): its number in the creditor's book of the year, and its paper."""

    id: UUID
    number: str
    paper_id: UUID
    payment_id: UUID
    amount_vnd: int
    at: datetime


class RefundView(Struct, frozen=True, kw_only=True):
    """Money on its way back. `source`: "bill" (it had paid the bill) or "surplus".

    `say`: what the officer wrote who asked, empty for who only holds the bill's code.
    """

    id: UUID
    payment_id: UUID
    amount_vnd: int
    source: str
    status: RefundStatus
    reason: str
    asked_at: datetime
    decided_at: datetime | None
    made_at: datetime | None
    bill_id: UUID
    say: str = ""


class TransferView(Struct, frozen=True, kw_only=True):
    """The bank transfer that pays what is left of a bill; `vietqr` is what a bank app reads."""

    bank: str
    bank_name: Text
    account: str
    holder: Text
    content: str
    amount_vnd: int
    vietqr: str
    demonstration: bool


class BillView(Struct, frozen=True, kw_only=True):
    """A bill as its reader may see it; `payer` is None for everybody who may not know it.

    `of_guest`: it belongs to no account, so whoever holds its code may fetch its receipts.
    """

    id: UUID
    code: str
    creditor_id: UUID
    lines: tuple[BillLine, ...]
    amount_vnd: int
    paid_vnd: int
    status: BillStatus
    opened_at: datetime
    due_at: datetime | None
    vietqr: str  # what a bank app reads; "" when nothing is left to pay
    in_words: Text
    payments: tuple[PaymentView, ...]
    receipts: tuple[ReceiptView, ...]
    refunds: tuple[RefundView, ...]
    object: tuple[str, UUID]
    dossier_id: UUID | None
    version: int
    transfer: TransferView | None = None
    payer: Payer | None = None
    of_guest: bool = False

    @property
    def left_vnd(self) -> int:
        """What is still to be paid; nothing on a cancelled bill."""
        return 0 if self.status == "cancelled" else self.amount_vnd - self.paid_vnd


class ReturnView(Struct, frozen=True, kw_only=True):
    """Where the person stands who comes back from the gateway. Only "paid" is proven."""

    state: Literal["paid", "pending", "cancelled", "failed", "unknown"]
    bill_code: str = ""


class DebtDraft(Struct, frozen=True, kw_only=True):
    """A debt as its creditor's own books have it; (kind, reference) names it there.

    All `keys` together find it, no fewer. `version` orders the creditor's changes; 0: a change of
    content is the next version. `details` are shown as far as the service's `shows` names them.
    """

    kind: str
    reference: str
    keys: dict[str, str]
    amount_vnd: int
    lines: tuple[BillLine, ...] = ()
    details: dict[str, Any] = {}
    debtor_masked: str = ""  # for the creditor's own screen: "N*** V** A"
    due_on: date | None = None
    version: int = 0


class DebtCard(Struct, frozen=True, kw_only=True):
    """A debt for somebody who knew its keys. `token` proves that to `pay_debts` for two hours."""

    id: UUID
    token: str
    creditor_id: UUID
    kind: str
    reference: str
    amount_vnd: int  # what is left to pay
    due_on: date | None
    details: dict[str, Any] = {}


class DebtView(Struct, frozen=True, kw_only=True):
    """A debt for its creditor."""

    id: UUID
    kind: str
    reference: str
    keys: dict[str, str]
    amount_vnd: int
    paid_vnd: int
    status: Literal["open", "paid", "withdrawn"]
    details: dict[str, Any]
    debtor_masked: str
    due_on: date | None
    version: int
    changed_at: datetime


class PutCounts(Struct, frozen=True, kw_only=True):
    """What `put_debts` did: new, changed, and not touched (same content or an older version)."""

    new: int
    changed: int
    same: int


class TrialLine(Struct, frozen=True, kw_only=True):
    """One account of the ledger. Debits are positive; the balances of all lines sum to zero."""

    account: str
    kind: str
    owner: str
    debit_vnd: int
    credit_vnd: int

    @property
    def balance_vnd(self) -> int:
        return self.debit_vnd - self.credit_vnd


class StatementLine(Struct, frozen=True, kw_only=True):
    """What a posting changed for a creditor: positive is money collected for him."""

    at: datetime
    what: str
    bill_id: UUID | None
    vnd: int
    balance_vnd: int


class SuspenseView(Struct, frozen=True, kw_only=True):
    """Money that waits for a human: why, how much, and where it came from."""

    id: UUID
    why: str
    amount_vnd: int
    gateway: str
    transaction: str
    bill_id: UUID | None
    payment_id: UUID | None
    detail: dict[str, Any]
    opened_at: datetime
    settled_at: datetime | None
    how: str
