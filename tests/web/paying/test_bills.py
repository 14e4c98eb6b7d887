"""A bill on the screen: anybody with its code may pay, only the payer learns who pays."""

import re

import pytest
from django.test import Client

from motcua.kernel import jobs
from motcua.payments import api as payments
from tests.payments.conftest import Town
from tests.payments.fakes import Book
from tests.web import axe
from tests.web.public.through import barriers, opened

FIND = "/pay/find/utility-bill-payment/"
TYPED = {
    "bill.of": "electricity",
    "bill.customer_code": "PD01000123456",
    "bill.phone_end": "1234",
}
POWER = payments.DebtDraft(
    kind="utility-bill",
    reference="HD-1",
    keys={"supply": "electricity", "customer_code": "PD01000123456", "phone_end": "1234"},
    amount_vnd=250_000,
)
pytestmark = pytest.mark.django_db


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def pay(client: Client, code: str) -> str:
    """Press the button; the address of the gateway."""
    response = client.post(f"/pay/{code}/start", {"key": "one-click"})
    assert response.status_code == 303
    return str(response.headers["Location"])


def test_whoever_holds_the_code_sees_what_is_due_but_not_who_owes_it(
    town: Town, guest: Client
) -> None:
    code = town.see(town.bill(100_000)).code
    text = page(guest, f"/pay/{code}/")
    assert "100.000" in text or "100,000" in text
    assert "Trần Thị Bích" not in text


def test_a_code_that_nobody_issued_is_not_found(town: Town, guest: Client) -> None:
    page(guest, "/pay/NOSUCHCODE/", status=404)


def test_the_button_leads_to_the_gateway_and_the_notice_pays(town: Town, guest: Client) -> None:
    code = town.see(town.bill(100_000)).code
    assert pay(guest, code).startswith("https://gateway.example/pay?ref=")
    assert pay(guest, code) == pay(guest, code)
    (reference,) = Book.orders
    notice = {"sign": "good", "ref": reference, "vnd": "100000", "transaction": "T1"}
    answer = guest.get("/pay/notice/fake/", notice)
    assert answer.status_code == 200
    assert guest.get("/pay/notice/fake/", notice).status_code == 200
    assert "Paid" in page(guest, f"/pay/{code}/")
    assert len(payments.bill_by_code(code).receipts) == 1


def test_a_notice_with_a_wrong_signature_changes_nothing(town: Town, guest: Client) -> None:
    code = town.see(town.bill(100_000)).code
    pay(guest, code)
    (reference,) = Book.orders
    wrong = {"sign": "bad", "ref": reference, "vnd": "100000", "transaction": "T1"}
    assert guest.get("/pay/notice/fake/", wrong).status_code == 200
    assert payments.bill_by_code(code).status == "open"


def test_coming_back_alone_proves_nothing(town: Town, guest: Client) -> None:
    code = town.see(town.bill(100_000)).code
    pay(guest, code)
    (reference,) = Book.orders
    back = guest.get(
        "/pay/return/fake/", {"sign": "good", "ref": reference, "vnd": "100000", "state": "paid"}
    )
    assert back.status_code == 303
    assert payments.bill_by_code(code).status == "open"
    assert "wait for the confirmation" in page(guest, str(back.headers["Location"]))


def test_a_strange_return_is_answered_in_words(town: Town, guest: Client) -> None:
    assert "do not know" in page(guest, "/pay/return/fake/?x=1", status=404)


def test_a_gateway_that_is_down_loses_nothing(town: Town, guest: Client) -> None:
    code = town.see(town.bill(100_000)).code
    Book.is_down = True
    response = guest.post(f"/pay/{code}/start", {"key": "k"})
    assert response.status_code == 409
    assert "could not begin" in response.content.decode()


def test_only_the_payer_fetches_the_receipt(town: Town, guest: Client, mother: Client) -> None:
    code = town.see(town.bill(50_000)).code
    pay(mother, code)
    (reference,) = Book.orders
    guest.get(
        "/pay/notice/fake/",
        {"sign": "good", "ref": reference, "vnd": "50000", "transaction": "T1"},
    )
    jobs.run_due(only=("documents.seal",))
    (receipt,) = payments.bill_by_code(code).receipts
    path = f"/pay/{code}/receipts/{receipt.id}"
    assert guest.get(path).status_code == 404
    fetched = mother.get(path)
    assert fetched.status_code == 200
    assert fetched.content.startswith(b"%PDF")
    assert receipt.number in page(mother, "/my/payments")


def test_a_guest_who_paid_fetches_the_receipt_with_the_code(town: Town, guest: Client) -> None:
    code = owe(town, guest)
    pay(guest, code)
    (reference,) = Book.orders
    vnd = str(payments.bill_by_code(code).amount_vnd)
    guest.get(
        "/pay/notice/fake/", {"sign": "good", "ref": reference, "vnd": vnd, "transaction": "T1"}
    )
    jobs.run_due(only=("documents.seal",))
    (receipt,) = payments.bill_by_code(code).receipts
    path = f"/pay/{code}/receipts/{receipt.id}"
    assert path in page(guest, f"/pay/{code}/")
    assert guest.get(path).content.startswith(b"%PDF")


def test_the_bill_of_a_debt_names_the_service_and_the_creditor(town: Town, guest: Client) -> None:
    text = page(guest, f"/pay/{owe(town, guest)}/")
    assert "Electricity and water bill payment: HD-1" in text


def owe(town: Town, guest: Client) -> str:
    """A guest finds a bill by its numbers and ticks it; the code to pay by."""
    payments.put_debts(town.chair, town.ward.id, [POWER])
    listed = guest.post(FIND, TYPED)
    assert listed.status_code == 200
    tokens = re.findall(r'name="debt" value="([^"]+)"', listed.content.decode())
    made = guest.post(f"{FIND}bill", {"debt": tokens, "payer": "Ông Sáu", "key": "k"})
    assert made.status_code == 303
    return str(made.headers["Location"]).split("/")[2]


@pytest.mark.xdist_group("browser")
def test_finding_what_is_owed_has_no_barriers(town: Town, guest: Client, browser: object) -> None:
    payments.put_debts(town.chair, town.ward.id, [POWER])
    with opened(browser, guest, FIND) as tab:
        assert not axe.faults_of(tab)
        tab.check("input[value=electricity]")
        for name in ("bill.customer_code", "bill.phone_end"):
            tab.fill(f"[name='{name}']", TYPED[name])
        with tab.expect_navigation():
            tab.click("#find .button.big")
        assert "HD-1" in tab.inner_text("main")
        assert not axe.faults_of(tab)


@pytest.mark.xdist_group("browser")
def test_a_bill_has_no_barriers(town: Town, guest: Client, browser: object) -> None:
    code = town.see(town.bill(100_000)).code
    assert not barriers(browser, guest, f"/pay/{code}/")
