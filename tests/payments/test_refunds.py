"""Money goes back once, by two persons, and the books follow."""

from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from motcua.kernel import jobs
from motcua.kernel.refusals import Refusal
from motcua.payments import api
from motcua.payments.models import Refund
from motcua.payments.rules import accounts
from tests.payments.conftest import Town, assert_books_balance, balance
from tests.payments.fakes import Book, pay


def paid(town: Town) -> tuple[UUID, UUID]:
    """A bill paid by the gateway, and its payment."""
    bill_id = town.bill()
    api.take_notice("fake", pay(town.start(bill_id)))
    return bill_id, town.see(bill_id).payments[0].id


def ask(town: Town, payment_id: UUID, vnd: int = 40_000, **more: str) -> UUID:
    about = {"reason": "wrong-fee", "say": "Thu nhầm", **more}
    return api.request_refund(town.head, payment_id, amount_vnd=vnd, **about)


def test_a_refund_takes_two_officers_and_is_made_once(town: Town) -> None:
    bill_id, payment_id = paid(town)
    refund_id = ask(town, payment_id)
    with pytest.raises(Refusal, match="refund-own"):
        api.approve_refund(town.head, refund_id)
    assert [one.id for one in api.refunds_to_decide(town.chair)] == [refund_id]
    for _ in range(2):
        api.approve_refund(town.chair, refund_id)
        jobs.run_due(only=("payments.refund",))
    assert [order.amount_vnd for order in Book.refunds.values()] == [40_000]
    view = town.see(bill_id)
    assert (view.status, view.refunds[0].status) == ("paid", "made")
    assert balance(accounts.gateway("fake")) == 60_000
    assert balance(accounts.payable(town.ward.id)) == -60_000
    assert balance(accounts.REFUNDS) == 0
    assert_books_balance()


def test_the_database_holds_two_persons_too(town: Town) -> None:
    _, payment_id = paid(town)
    refund_id = ask(town, payment_id)
    row = Refund.objects.filter(id=refund_id)
    moment = row.get().asked_at
    with pytest.raises(DatabaseError, match="refund_"), transaction.atomic():
        own = town.head.account_id
        row.update(status="approved", decided_by=own, decided_at=moment)
    with pytest.raises(DatabaseError, match="refund_"), transaction.atomic():
        row.update(status="approved", decided_at=moment)


def test_never_more_goes_back_than_came(town: Town) -> None:
    _, payment_id = paid(town)
    assert ask(town, payment_id, 70_000, key="a") == ask(town, payment_id, 70_000, key="a")
    for vnd in (30_001, 0, -5):
        with pytest.raises(Refusal, match="refund-too-much"):
            ask(town, payment_id, vnd, key=str(vnd))


def test_a_declined_refund_may_be_asked_for_again(town: Town) -> None:
    bill_id, payment_id = paid(town)
    refund_id = ask(town, payment_id, 100_000)
    api.decline_refund(town.chair, refund_id, say="Không đúng")
    with pytest.raises(Refusal, match="refund-decided"):
        api.approve_refund(town.chair, refund_id)
    ask(town, payment_id, 100_000)
    assert [one.status for one in town.see(bill_id).refunds] == ["declined", "asked"]
    assert balance(accounts.REFUNDS) == 0


@pytest.mark.parametrize("who", ["mother", "stranger", "elsewhere", "clerk"])
def test_only_the_creditors_head_approves(town: Town, who: str) -> None:
    _, payment_id = paid(town)
    refund_id = ask(town, payment_id)
    with pytest.raises(Refusal, match="not-allowed"):
        api.approve_refund(getattr(town, who), refund_id)


def test_a_gateway_that_is_down_makes_the_refund_later(town: Town) -> None:
    bill_id, payment_id = paid(town)
    refund_id = ask(town, payment_id)
    api.approve_refund(town.chair, refund_id)
    Book.is_down = True
    jobs.run_due(only=("payments.refund",))
    assert town.see(bill_id).refunds[0].status == "sent"
    assert balance(accounts.REFUNDS) == -40_000
    Book.is_down = False
    from motcua.payments.tasks import refund

    refund({"bill_id": str(bill_id), "refund_id": str(refund_id)})
    refund({"bill_id": str(bill_id), "refund_id": str(refund_id)})
    assert town.see(bill_id).refunds[0].status == "made"
    assert balance(accounts.REFUNDS) == 0


def test_a_refused_refund_is_made_by_hand(town: Town) -> None:
    bill_id, payment_id = paid(town)
    refund_id = ask(town, payment_id)
    with pytest.raises(Refusal, match="refund-not-ready"):
        api.refund_made_by_hand(town.chair, refund_id, reference="UNC 5")
    api.approve_refund(town.chair, refund_id)
    Book.refuses = True
    jobs.run_due(only=("payments.refund",))
    assert [one.status for one in api.refunds_to_decide(town.chair)] == ["failed"]
    for _ in range(2):
        api.refund_made_by_hand(town.chair, refund_id, reference="UNC 5")
    assert town.see(bill_id).refunds[0].status == "made"
    assert balance(accounts.REFUNDS) == 0
    assert balance(accounts.gateway("fake")) == 100_000
    assert_books_balance()


def test_a_fee_for_a_closed_matter_goes_back_whole_and_once(town: Town) -> None:
    bill_id, _ = paid(town)
    for _ in range(2):
        api.refund_late(bill_id)
        jobs.run_due()
    view = town.see(bill_id)
    assert [(one.amount_vnd, one.reason) for one in view.refunds] == [(100_000, "charge-closed")]
    assert not any(line.balance_vnd for line in api.trial_balance())


def test_cash_that_paid_too_late_needs_an_officer(town: Town) -> None:
    bill_id = town.bill()
    api.record_counter_payment(town.clerk, bill_id, means="cash", reference="", key="c")
    api.refund_late(bill_id)
    (refund,) = town.see(bill_id).refunds
    assert refund.status == "asked"
    api.approve_refund(town.chair, refund.id)
    api.refund_made_by_hand(town.chair, refund.id, reference="PC 12")
    assert balance(accounts.till(town.ward.id)) == 0


def test_surplus_of_a_transfer_is_given_back_or_pays_another_bill(town: Town) -> None:
    bill_id, other = town.bill(), town.bill(30_000)
    code = town.see(bill_id).code
    notice = {"sign": "good", "vnd": "130000", "kind": "transfer", "transaction": "B1"}
    api.take_notice("fake", {**notice, "content": f"MC{code.replace('-', '')}", "account": "MCX"})
    (item,) = api.suspense(town.chair)
    api.settle_suspense(town.head, item.id, how="give-back", say="Chuyển thừa")
    (refund,) = town.see(bill_id).refunds
    api.decline_refund(town.chair, refund.id, say="Trả nhầm người")
    (item,) = api.suspense(town.chair)
    with pytest.raises(Refusal, match="suspense-not-so"):
        api.settle_suspense(town.chair, item.id, how="explained", say="")
    other_code = town.see(other).code
    api.settle_suspense(town.chair, item.id, how="to-bill", say="", bill_code=other_code)
    assert (town.see(other).status, balance(accounts.SUSPENSE)) == ("paid", 0)
    assert_books_balance()


def test_a_part_payment_goes_back_when_the_bill_is_cancelled(town: Town) -> None:
    bill_id = town.bill()
    about = {"means": "cash", "reference": "", "key": "c"}
    api.record_counter_payment(town.clerk, bill_id, amount_vnd=25_000, **about)
    with pytest.raises(Refusal, match="not-allowed"):
        api.cancel_bill(town.elsewhere, bill_id, "withdrawn")
    api.cancel_bill(town.chair, bill_id, "withdrawn")
    view = town.see(bill_id)
    assert (view.status, view.refunds[0].amount_vnd) == ("cancelled", 25_000)
