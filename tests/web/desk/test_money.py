"""Money at the desk: taken at the counter, given back by two persons, explained by a treasurer."""

from typing import Any

import pytest
from django.test import Client

from motcua.payments import api as payments
from tests.payments.conftest import Town, gateway, town
from tests.web.desk.screens import screen
from tests.web.public.through import barriers

__all__ = ["gateway", "town"]
pytestmark = pytest.mark.django_db
COUNTER = {"do": "counter", "means": "cash", "reference": "Quyển 12, số 7", "key": "one-click"}


def send(client: Client, path: str, data: dict[str, Any], status: int = 303) -> str:
    response = client.post(path, data)
    assert response.status_code == status, response.content.decode()[-2000:]
    return response.content.decode()


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")


def paid(town: Town, vnd: int = 100_000) -> payments.BillView:
    """A bill that was paid in cash at the counter."""
    bill_id = town.bill(vnd)
    send(screen(town.clerk), f"/desk/bills/{bill_id}", COUNTER)
    return town.see(bill_id)


def asked(town: Town, vnd: int = 40_000) -> payments.BillView:
    """A paid bill of which the clerk asks a part back."""
    bill = paid(town)
    form = {"do": "refund", "key": "r1", "payment": bill.payments[0].id, "say": "Thu thừa"}
    send(screen(town.clerk), f"/desk/bills/{bill.id}", {**form, "amount": f"{vnd:,}"})
    return town.see(bill.id)


def test_a_payment_at_the_counter_is_recorded_once_and_gives_a_receipt(town: Town) -> None:
    bill_id = town.bill()
    clerk = screen(town.clerk)
    assert "Record 100,000 dong" in page(clerk, f"/desk/bills/{bill_id}")
    send(clerk, f"/desk/bills/{bill_id}", COUNTER)
    clerk.post(f"/desk/bills/{bill_id}", COUNTER)
    bill = town.see(bill_id)
    assert (bill.status, len(bill.payments), len(bill.receipts)) == ("paid", 1, 1)
    assert bill.receipts[0].number in page(clerk, f"/desk/bills/{bill_id}")


def test_a_payment_without_its_number_comes_back_with_what_was_typed(town: Town) -> None:
    bill_id = town.bill()
    form = {**COUNTER, "means": "transfer", "reference": ""}
    text = send(screen(town.clerk), f"/desk/bills/{bill_id}", form, status=422)
    assert 'value="transfer" checked' in text
    assert town.see(bill_id).status == "open"


def test_money_that_was_paid_in_no_known_way_is_not_recorded(town: Town) -> None:
    bill_id = town.bill()
    for means in ("", "gold", "bank"):
        send(screen(town.clerk), f"/desk/bills/{bill_id}", {**COUNTER, "means": means}, status=422)
    assert town.see(bill_id).paid_vnd == 0


def test_a_refund_takes_two_persons(town: Town) -> None:
    bill = asked(town)
    (refund,) = bill.refunds
    path = f"/desk/treasury/refunds/{refund.id}"
    assert screen(town.clerk).post(path, {"do": "approve"}).status_code == 403
    chair = screen(town.chair)
    waiting = page(chair, "/desk/treasury")
    assert "40,000 dong" in waiting
    assert "Thu thừa" in waiting
    send(chair, path, {"do": "approve"})
    assert town.see(bill.id).refunds[0].status != "asked"


def test_who_asked_for_a_refund_is_told_that_somebody_else_approves(town: Town) -> None:
    bill = paid(town)
    form = {"do": "refund", "payment": bill.payments[0].id, "say": "Thu thừa", "amount": "1.000"}
    head = screen(town.head)
    send(head, f"/desk/bills/{bill.id}", form)
    (refund,) = town.see(bill.id).refunds
    send(head, f"/desk/treasury/refunds/{refund.id}", {"do": "approve"})
    assert "Another officer" in page(head, "/desk/treasury")
    assert town.see(bill.id).refunds[0].status == "asked"


def test_a_button_that_nobody_pressed_decides_nothing(town: Town) -> None:
    (refund,) = asked(town).refunds
    for do in ("", "nonsense"):
        send(screen(town.chair), f"/desk/treasury/refunds/{refund.id}", {"do": do, "say": "x"})
    assert [one.id for one in payments.refunds_to_decide(town.chair)] == [refund.id]


@pytest.mark.parametrize("amount", ["", "0", "-5", "nothing", "9" * 40])
def test_an_amount_that_cannot_go_back_is_said_beside_the_question(town: Town, amount: str) -> None:
    bill = paid(town)
    form = {"do": "refund", "payment": bill.payments[0].id, "say": "Thu thừa", "amount": amount}
    text = send(screen(town.clerk), f"/desk/bills/{bill.id}", form, status=422)
    assert 'id="amount"' in text
    assert not town.see(bill.id).refunds


@pytest.mark.parametrize("path", ["treasury", "treasury/takings", "treasury/debts"])
def test_an_ordinary_officer_does_not_read_the_books(town: Town, path: str) -> None:
    page(screen(town.clerk), f"/desk/{path}", status=403)


def test_an_officer_of_another_body_sees_no_bill(town: Town) -> None:
    page(screen(town.elsewhere), f"/desk/bills/{town.bill()}", status=404)


def test_a_sum_is_settled_only_in_a_way_that_exists_and_with_a_reason(town: Town) -> None:
    (item,) = surplus(town)
    path, chair = f"/desk/treasury/suspense/{item.id}", screen(town.chair)
    for how in ("", "nonsense", "asked", "taken-in"):
        send(chair, path, {"how": how, "say": "Chuyển thừa"})
    assert len(payments.suspense(town.chair)) == 1
    send(chair, path, {"how": "explained", "say": ""})
    assert len(payments.suspense(town.chair)) == 1
    send(chair, path, {"how": "give-back", "say": "Chuyển thừa"})
    assert not payments.suspense(town.chair)


def test_what_came_in_is_shown_between_two_days(town: Town) -> None:
    paid(town, 70_000)
    text = page(screen(town.chair), "/desk/treasury/takings")
    assert "70,000 dong" in text
    nothing = page(screen(town.chair), "/desk/treasury/takings?since-day=1&since-month=x")
    assert "70,000 dong" in nothing


@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("path", ["bill", "treasury"])
def test_the_pages_of_money_have_no_barriers(town: Town, browser: object, path: str) -> None:
    asked(town)
    where = {"bill": f"/desk/bills/{town.bill()}", "treasury": "/desk/treasury"}
    assert not barriers(browser, screen(town.chair), where[path])


def surplus(town: Town) -> tuple[payments.SuspenseView, ...]:
    """Somebody transfers more than was due."""
    code = town.see(town.bill()).code.replace("-", "")
    notice = {"sign": "good", "vnd": "130000", "kind": "transfer", "transaction": "B1"}
    payments.take_notice("fake", {**notice, "content": f"MC{code}", "account": "MCX"})
    return payments.suspense(town.chair)
