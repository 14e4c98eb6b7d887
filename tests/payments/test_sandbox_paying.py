"""Bills, the sandbox gateway and its notices together: whatever a person and a network do."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from motcua.kernel import clock, jobs
from motcua.payments import api
from motcua.payments.operations import notices
from motcua.payments.rules import accounts
from tests.payments.conftest import Town, assert_books_balance, balance
from tests.payments.sandbox_world import PATH, SECRET, House


class Connected(House):
    """The sandbox whose notices reach our door."""

    def hear(self, params: dict[str, str]) -> tuple[int, bytes]:
        if self.answers:
            return super().hear(params)
        return 200, json.dumps(api.take_notice("sandbox", params)).encode()


@pytest.fixture
def house(town: Town, tmp_path: Path, settings: object) -> Iterator[Connected]:
    settings.MOTCUA_GATEWAYS = [PATH]  # type: ignore[attr-defined]
    settings.MOTCUA_GATEWAY_SECRET = SECRET  # type: ignore[attr-defined]
    with clock.at(clock.now().replace(microsecond=0)):
        yield Connected(tmp_path)
    assert_books_balance()


def start(town: Town, bill_code: str, key: str = "k1") -> str:
    return api.start_payment(
        town.mother, bill_code, key=key, return_url="http://motcua.example/pay/return/sandbox/"
    )


def poll(minutes: int) -> None:
    with clock.at(clock.now() + timedelta(minutes=minutes)):
        notices.poll()
        jobs.run_due(only=(notices.ASK,))


@pytest.mark.parametrize("when", ["now", "late", "twice", "never"])
def test_paid_once_whenever_the_notice_comes(town: Town, house: Connected, when: str) -> None:
    bill_id = town.bill(60_000)
    reply = house.do(start(town, town.see(bill_id).code), "pay", when)
    back = api.come_back("sandbox", dict(parse_qsl(urlsplit(reply.to).query)))
    assert back.state == "pending"  # the return proves nothing
    house.deliver(clock.now() + timedelta(minutes=1))
    poll(5)
    view = town.see(bill_id)
    assert (view.status, len(view.payments), len(view.receipts)) == ("paid", 1, 1)
    assert balance(accounts.gateway("sandbox")) == 60_000
    assert api.come_back("sandbox", dict(parse_qsl(urlsplit(reply.to).query))).state == "paid"


def test_who_pays_and_closes_the_window_has_paid(town: Town, house: Connected) -> None:
    bill_id = town.bill()
    house.do(start(town, town.see(bill_id).code), "pay-close", "never")
    poll(5)
    assert town.see(bill_id).status == "paid"


def test_who_pays_twice_gets_the_second_sum_back(town: Town, house: Connected) -> None:
    bill_id = town.bill(60_000)
    house.do(start(town, town.see(bill_id).code), "twice")
    house.deliver()
    jobs.run_due(only=("payments.refund",))
    view = town.see(bill_id)
    assert (view.status, view.paid_vnd, len(view.payments)) == ("paid", 60_000, 2)
    assert [refund.status for refund in view.refunds] == ["made"]
    assert balance(accounts.gateway("sandbox")) == 60_000
    assert [row["kind"] for row in house.rows("transactions")] == ["payment", "payment", "refund"]


@pytest.mark.parametrize("doing", ["cancel", "fail", "close"])
def test_who_does_not_pay_can_try_again(town: Town, house: Connected, doing: str) -> None:
    bill_id = town.bill()
    code = town.see(bill_id).code
    house.do(start(town, code), doing)
    house.deliver()
    poll(5)
    assert town.see(bill_id).status == "open"
    house.do(start(town, code, key="k2"), "pay")
    house.deliver()
    assert town.see(bill_id).status == "paid"


def test_a_transfer_with_the_right_content_pays_the_bill(town: Town, house: Connected) -> None:
    bill_id = town.bill(60_000)
    to = town.see(bill_id).transfer
    assert to is not None
    about = {"bank": to.bank, "account": to.account, "amount": "60000"}
    house.ask("POST", "/bank", **about, content=f"MBVCB.1 {to.content.lower()} CT tu 01")
    house.deliver()
    assert town.see(bill_id).status == "paid"
    assert balance(accounts.bank(to.account)) == 60_000


def test_our_trouble_makes_the_gateway_tell_it_again(town: Town, house: Connected) -> None:
    bill_id = town.bill()
    house.answers = ["silent", '{"RspCode": "99"}']
    house.do(start(town, town.see(bill_id).code), "pay")
    for minute in range(3):
        house.deliver(clock.now() + timedelta(minutes=minute))
    assert town.see(bill_id).status == "paid"


def test_a_gateway_that_is_down_loses_nothing(town: Town, house: Connected) -> None:
    bill_id = town.bill()
    house.do(start(town, town.see(bill_id).code), "pay", "never")
    with house.down():
        poll(5)
        assert town.see(bill_id).status == "open"
    poll(90)
    assert town.see(bill_id).status == "paid"
