"""A gateway that lives in this process and keeps the contract of every gateway."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from motcua.kernel import clock
from motcua.payments.gateways.protocol import (
    BadNotice,
    GatewayFault,
    Notice,
    Order,
    RefundAnswer,
    RefundOrder,
)
from motcua.payments.rules.reconciling import StatementLine

PATH = "tests.payments.fakes.FakeGateway"


class Book:
    """What the fake gateway knows; emptied by the fixture `gateway`."""

    orders: dict[str, Order] = {}
    paid: dict[str, list[Notice]] = {}
    refunds: dict[str, RefundOrder] = {}
    ended: dict[str, str] = {}
    is_down = False
    refuses = False

    @classmethod
    def empty(cls) -> None:
        cls.orders, cls.paid, cls.refunds, cls.ended = {}, {}, {}, {}
        cls.is_down = cls.refuses = False


class FakeGateway:
    name = "fake"

    def start(self, order: Order) -> str:
        if Book.is_down:
            raise GatewayFault("down", permanent=False)
        Book.orders[order.reference] = order
        return f"https://gateway.example/pay?ref={order.reference}"

    def read_notice(self, params: Mapping[str, str]) -> Notice:
        if params.get("sign") != "good":
            raise BadNotice("signature")
        return Notice(
            gateway=params.get("gateway", self.name),
            kind=params.get("kind", "payment"),
            reference=params.get("ref", ""),
            transaction=params.get("transaction", ""),
            amount_vnd=int(params["vnd"]),
            currency=params.get("currency", "VND"),
            state=params.get("state", "paid"),
            content=params.get("content", ""),
            account=params.get("account", ""),
        )

    def answer(self, verdict: str) -> dict[str, Any]:
        return {"verdict": verdict}

    def ask(self, reference: str) -> tuple[Notice, ...]:
        if Book.is_down:
            raise GatewayFault("down", permanent=False)
        if reference in Book.paid:
            return tuple(Book.paid[reference])
        order = Book.orders.get(reference)
        if order is None:
            return ()
        state = Book.ended.get(reference) or (
            "expired" if clock.now() > order.expires_at + timedelta(minutes=1) else "pending"
        )
        about = {"gateway": self.name, "reference": reference, "amount_vnd": order.amount_vnd}
        return (Notice(state=state, **about),)

    def refund(self, order: RefundOrder) -> RefundAnswer:
        if Book.is_down:
            raise GatewayFault("down", permanent=False)
        if Book.refuses:
            return RefundAnswer(state="refused", code="no")
        Book.refunds.setdefault(order.key, order)
        return RefundAnswer(state="made", transaction=f"R-{order.key[-6:]}")

    def statement(self, day: date) -> tuple[StatementLine, ...]:
        return ()


def pay(reference: str, transaction: str = "T1") -> dict[str, str]:
    """A person pays at the gateway; the notice that it sends."""
    order = Book.orders[reference]
    notice = Notice(
        gateway="fake",
        reference=reference,
        transaction=transaction,
        amount_vnd=order.amount_vnd,
        state="paid",
    )
    Book.paid.setdefault(reference, []).append(notice)
    return said(reference, order.amount_vnd, transaction=transaction)


def said(reference: str, vnd: int, **more: str) -> dict[str, str]:
    """A signed notice."""
    return {"sign": "good", "ref": reference, "vnd": str(vnd), "transaction": "T1", **more}
