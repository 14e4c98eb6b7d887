"""What every payment gateway is to us: five questions, and faults that say whether to ask again.

A gateway only speaks; it decides nothing and writes nothing. Amounts are whole đồng here, whatever
the wire says. A redirect back to us never proves a payment: a notice or an answer to `ask` does.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Protocol

from msgspec import Struct

from motcua.payments.rules.reconciling import StatementLine


class Order(Struct, frozen=True, kw_only=True):
    """What we ask a gateway to collect: `reference` is ours and is used once."""

    reference: str
    amount_vnd: int
    title: str
    created_at: datetime
    expires_at: datetime
    return_url: str
    notify_url: str
    language: str = "vi"
    ip: str = ""


class Notice(Struct, frozen=True, kw_only=True):
    """What a gateway says of one transaction, unasked (a notice) or asked (`ask`).

    kind: "payment" of an order (its `reference`), or "transfer": money that reached the collecting
    account by itself, with only a `content` to tell what it is for (`reference` is empty).
    state: "paid", "pending", "cancelled", "failed" or "expired". `transaction` is the gateway's own
    number: two paid notices with one reference and two transactions are a person who paid twice.
    """

    gateway: str
    kind: str = "payment"
    reference: str = ""
    transaction: str = ""
    amount_vnd: int
    currency: str = "VND"
    state: str
    paid_at: datetime | None = None
    bank: str = ""
    content: str = ""
    account: str = ""


class RefundOrder(Struct, frozen=True, kw_only=True):
    """Money to give back from one transaction; `key` makes it happen once."""

    key: str
    reference: str
    transaction: str
    amount_vnd: int
    reason: str = ""


class RefundAnswer(Struct, frozen=True, kw_only=True):
    """state: "made", "pending" (ask again with the same key) or "refused" (`code` says why)."""

    state: str
    transaction: str = ""
    code: str = ""


class BadNotice(ValueError):
    """A notice that cannot be believed or read: "signature", "format"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class GatewayFault(Exception):
    """The gateway did not answer usefully. `permanent`: asking again will not help."""

    def __init__(self, code: str, *, permanent: bool) -> None:
        super().__init__(code)
        self.code = code
        self.permanent = permanent


class Gateway(Protocol):
    """One connected gateway; docs/guides/payments.md tells how to write another one."""

    name: str

    def start(self, order: Order) -> str:
        """The address to which the payer's browser is sent. Asks nobody."""
        ...

    def read_notice(self, params: Mapping[str, str]) -> Notice:
        """A notice or the parameters of a return, believed only if signed: else BadNotice."""
        ...

    def answer(self, verdict: str) -> dict[str, Any]:
        """What the gateway expects to hear after a notice.

        verdict: "taken", "taken-before", "unknown-order", "wrong-amount", "bad-signature" or
        "trouble" (ours: send it again later).
        """
        ...

    def ask(self, reference: str) -> tuple[Notice, ...]:
        """Every transaction that the gateway knows of this order, oldest first; empty: unknown.

        An order that nobody has paid yet is one notice "pending" (or "expired"). GatewayFault.
        """
        ...

    def refund(self, order: RefundOrder) -> RefundAnswer:
        """Give money back; the same `key` is done once, whoever repeats it. GatewayFault."""
        ...

    def statement(self, day: date) -> tuple[StatementLine, ...]:
        """What the gateway and the bank say of a day (in Vietnam's time). GatewayFault."""
        ...
