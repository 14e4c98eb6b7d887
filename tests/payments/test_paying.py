"""A bill, an attempt, a notice: paid once whatever comes how often."""

import pytest
from django.db import DatabaseError, connection, transaction

from motcua.acts import api as acts
from motcua.kernel import clock, jobs
from motcua.kernel.actors import GUEST, SYSTEM
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal
from motcua.payments import api
from motcua.payments.api import BillLine
from motcua.payments.models import Bill, Journal, Payment, Posting
from motcua.payments.operations import bills, notices
from motcua.payments.rules import accounts
from motcua.payments.rules.references import content_of
from tests.dossiers.world import at
from tests.payments.conftest import PAID_JOB, Town, assert_books_balance, balance
from tests.payments.fakes import Book, pay, said


def told(params: dict[str, str]) -> str:
    verdict: str = api.take_notice("fake", params)["verdict"]
    return verdict


def test_a_bill_is_opened_once(town: Town) -> None:
    bill_id = town.bill(60_000)
    api.open_bill(
        SYSTEM,
        bill_id=bill_id,
        creditor_id=town.ward.id,
        lines=[BillLine(code="x", title={"vi": "Khác"}, vnd=1)],
        payer=api.Payer(),
        object=("dossier", new_id()),
    )
    view = town.see(bill_id)
    assert (view.amount_vnd, view.status, view.left_vnd) == (60_000, "open", 60_000)
    assert view.in_words["vi"] == "Sáu mươi nghìn đồng"
    assert view.transfer is not None
    assert view.transfer.content == content_of(view.code)


def test_nothing_due_is_no_bill(town: Town) -> None:
    with pytest.raises(Refusal, match="nothing-due"):
        town.bill(0)


def test_paid_in_one_transaction_with_receipt_books_act_and_job(town: Town) -> None:
    dossier_id = new_id()
    bill_id = town.bill(dossier_id=dossier_id)
    assert told(pay(town.start(bill_id))) == "taken"
    view = town.see(bill_id)
    assert (view.status, view.paid_vnd, len(view.receipts)) == ("paid", 100_000, 1)
    assert view.receipts[0].number.startswith("01/")
    assert balance(accounts.gateway("fake")) == 100_000
    assert balance(accounts.payable(town.ward.id)) == -100_000
    verbs = [act.verb for act in acts.timeline_of(dossier_id)]
    assert {"bill.opened", "payment.started", "payment.confirmed", "receipt.issued"} <= set(verbs)
    jobs.run_due(only=("tests.bill-paid",))
    assert [{"bill_id": str(bill_id), "dossier_id": str(dossier_id)}] == PAID_JOB
    assert_books_balance()


def test_a_notice_told_twice_changes_nothing_twice(town: Town) -> None:
    bill_id = town.bill()
    notice = pay(town.start(bill_id))
    assert [told(notice), told(notice), told(notice)] == ["taken", "taken-before", "taken-before"]
    assert town.see(bill_id).paid_vnd == 100_000
    assert Journal.objects.count() == 1
    jobs.run_due(only=("tests.bill-paid",))
    assert len(PAID_JOB) == 1


def test_a_bad_signature_and_nonsense_change_nothing(town: Town) -> None:
    bill_id = town.bill()
    reference = town.start(bill_id)
    assert told({**pay(reference), "sign": "bad"}) == "bad-signature"
    assert told({**pay(reference), "vnd": "many"}) == "trouble"
    assert town.see(bill_id).status == "open"


@pytest.mark.parametrize(
    ("wrong", "why", "booked"),
    [
        ({"vnd": "99000"}, "wrong-amount", 99_000),
        ({"vnd": "100000", "currency": "USD"}, "wrong-currency", 0),
    ],
)
def test_wrong_money_waits_for_a_human(
    town: Town, wrong: dict[str, str], why: str, booked: int
) -> None:
    bill_id = town.bill()
    reference = town.start(bill_id)
    notice = {**pay(reference), **wrong}
    assert [told(notice), told(notice)] == ["wrong-amount", "taken-before"]
    view = town.see(bill_id)
    assert (view.status, view.paid_vnd, view.payments[0].status) == ("open", 0, "unexplained")
    items = api.suspense(town.chair)
    assert [(item.why, item.amount_vnd) for item in items] == [(why, booked)]
    assert balance(accounts.SUSPENSE) == -booked


def test_an_unknown_order_is_booked_once_in_suspense(town: Town) -> None:
    notice = said("AAAABBBBCCCCDDDD01", 5_000)
    assert [told(notice), told(notice)] == ["unknown-order", "unknown-order"]
    assert balance(accounts.SUSPENSE) == -5_000
    assert [item.why for item in api.suspense(SYSTEM)] == ["unknown-order"]


def test_suspense_money_is_put_to_a_bill_by_its_creditors_head_only(town: Town) -> None:
    bill_id = town.bill()
    reference = town.start(bill_id)
    told({**pay(reference), "vnd": "99000"})
    (item,) = api.suspense(town.chair)
    code = town.see(bill_id).code
    about = {"how": "to-bill", "say": "Khách chuyển thiếu", "bill_code": code}
    with pytest.raises(Refusal, match="not-allowed"):
        api.settle_suspense(town.elsewhere, item.id, **about)
    api.settle_suspense(town.chair, item.id, **about)
    with pytest.raises(Refusal, match="already-settled"):
        api.settle_suspense(town.chair, item.id, **about)
    view = town.see(bill_id)
    assert (view.status, view.left_vnd, balance(accounts.SUSPENSE)) == ("partly", 1_000, 0)
    assert told({**pay(reference), "vnd": "99000"}) == "taken-before"
    assert_books_balance()


def test_paid_twice_at_the_gateway_goes_back_by_itself(town: Town) -> None:
    bill_id = town.bill()
    reference = town.start(bill_id)
    told(pay(reference, "T1"))
    assert told(pay(reference, "T2")) == "taken"
    jobs.run_due(only=("payments.refund",))
    view = town.see(bill_id)
    assert (view.paid_vnd, len(view.receipts)) == (100_000, 1)
    assert [(one.source, one.status, one.reason) for one in view.refunds] == [
        ("surplus", "made", "doubled")
    ]
    assert [order.transaction for order in Book.refunds.values()] == ["T2"]
    assert balance(accounts.gateway("fake")) == 100_000
    assert told(pay(reference, "T2")) == "taken-before"


def test_two_windows_open_pay_once_and_give_back_once(town: Town) -> None:
    bill_id = town.bill()
    first, second = town.start(bill_id, "a"), town.start(bill_id, "b")
    assert first != second
    told(pay(second, "T2"))
    told(pay(first, "T1"))
    jobs.run_due(only=("payments.refund",))
    assert town.see(bill_id).paid_vnd == 100_000
    assert balance(accounts.gateway("fake")) == 100_000


def test_money_for_a_cancelled_bill_goes_back(town: Town) -> None:
    bill_id = town.bill()
    reference = town.start(bill_id)
    api.cancel_bill(SYSTEM, bill_id, "withdrawn")
    api.cancel_bill(SYSTEM, bill_id, "withdrawn")
    assert told(pay(reference)) == "taken"
    jobs.run_due()
    view = town.see(bill_id)
    assert (view.status, view.paid_vnd, view.receipts) == ("cancelled", 0, ())
    assert [refund.status for refund in view.refunds] == ["made"]
    assert PAID_JOB == []
    assert not any(line.balance_vnd for line in api.trial_balance())


def test_money_after_a_failed_attempt_is_taken(town: Town) -> None:
    bill_id = town.bill()
    reference = town.start(bill_id)
    assert told(said(reference, 100_000, state="cancelled", transaction="")) == "taken"
    assert town.see(bill_id).payments[0].status == "cancelled"
    assert told(pay(reference)) == "taken"
    assert told(said(reference, 100_000, state="failed")) == "taken-before"
    assert town.see(bill_id).status == "paid"


def test_the_same_key_gives_the_same_attempt_while_it_is_open(town: Town) -> None:
    bill_id = town.bill()
    code = town.see(bill_id).code

    def go() -> str:
        return api.start_payment(GUEST, code.lower(), key="k", return_url="https://x.example/")

    assert go() == go()
    assert len(town.see(bill_id).payments) == 1
    told(said(town.start(bill_id, "k"), 100_000, state="cancelled"))
    assert go() == go()
    assert [one.status for one in town.see(bill_id).payments] == ["cancelled", "started"]


def test_a_gateway_that_is_down_leaves_the_attempt_for_the_poll(town: Town) -> None:
    bill_id = town.bill()
    Book.is_down = True
    with clock.at(at("2026-03-03 08:00")), pytest.raises(Refusal, match="gateway-unavailable"):
        town.start(bill_id)
    for minute in ("08:02", "08:30"):
        with clock.at(at(f"2026-03-03 {minute}")):
            Book.is_down = minute == "08:02"
            assert notices.poll() == 1
            jobs.run_due(only=("payments.ask",))
    assert town.see(bill_id).payments[0].status == "expired"


def test_the_poll_proves_what_no_notice_told(town: Town) -> None:
    bill_id = town.bill()
    with clock.at(at("2026-03-03 08:00")):
        pay(town.start(bill_id))
        assert notices.poll() == 0
    with clock.at(at("2026-03-03 08:01")):
        assert notices.poll() == 1
        assert notices.poll() == 0
        jobs.run_due(only=("payments.ask",))
    view = town.see(bill_id)
    assert (view.status, len(view.receipts)) == ("paid", 1)
    assert Payment.objects.filter(ask_at__isnull=False).count() == 0


def test_a_return_alone_proves_nothing(town: Town) -> None:
    bill_id = town.bill()
    reference = town.start(bill_id)
    paid = said(reference, 100_000)
    assert api.come_back("fake", paid).state == "pending"
    assert api.come_back("fake", {**paid, "state": "cancelled"}).state == "cancelled"
    assert api.come_back("fake", {**paid, "sign": "bad"}).state == "unknown"
    assert town.see(bill_id).status == "open"
    pay(reference)
    jobs.run_due(only=("payments.ask",))  # the return had the gateway asked
    back = api.come_back("fake", paid)
    assert (back.state, back.bill_code) == ("paid", town.see(bill_id).code)


@pytest.mark.parametrize(
    ("sent", "status", "surplus"), [(40_000, "partly", 0), (130_000, "paid", 30_000)]
)
def test_a_transfer_of_too_little_or_too_much(
    town: Town, sent: int, status: str, surplus: int
) -> None:
    bill_id = town.bill()
    code = town.see(bill_id).code.replace("-", "")
    content = f"IBFT.MC{code[:9]} {code[9:]}-CT DEN"
    notice = said("", sent, kind="transfer", content=content, account="MCX", transaction="B7")
    assert [told(notice), told(notice)] == ["taken", "taken-before"]
    view = town.see(bill_id)
    assert (view.status, view.paid_vnd) == (status, min(sent, 100_000))
    assert balance(accounts.bank("MCX")) == sent
    assert [item.amount_vnd for item in api.suspense(town.chair)] == ([surplus] if surplus else [])
    told({**notice, "transaction": "B8", "vnd": "60000"})
    assert town.see(bill_id).status == "paid"
    assert_books_balance()


def test_a_transfer_for_nothing_known_waits(town: Town) -> None:
    notice = said("", 70_000, kind="transfer", content="chuc mung nam moi", account="MCX")
    assert [told(notice), told(notice)] == ["taken", "taken-before"]
    assert balance(accounts.SUSPENSE) == -70_000


def test_a_counter_takes_money_once_per_key(town: Town) -> None:
    bill_id = town.bill()
    for _ in range(2):
        api.record_counter_payment(town.clerk, bill_id, means="cash", reference="", key="c1")
    view = town.see(bill_id)
    assert (view.status, len(view.payments), view.payments[0].means) == ("paid", 1, "cash")
    assert balance(accounts.till(town.ward.id)) == 100_000
    with pytest.raises(Refusal, match="bill-not-open"):
        api.record_counter_payment(town.clerk, bill_id, means="cash", reference="", key="c2")


def test_only_a_desk_takes_money_and_says_which(town: Town) -> None:
    bill_id = town.bill(desk_id=town.ward.id)
    for actor in (town.mother, town.chair, town.elsewhere):
        with pytest.raises(Refusal, match="not-allowed"):
            api.record_counter_payment(actor, bill_id, means="cash", reference="", key="c")
    with pytest.raises(Refusal, match="reference-missing"):
        api.record_counter_payment(town.clerk, bill_id, means="card", reference=" ", key="c")
    with pytest.raises(Refusal, match="amount-too-high"):
        api.record_counter_payment(
            town.clerk, bill_id, means="cash", reference="", key="c", amount_vnd=100_001
        )


def test_receipts_are_numbered_without_gaps_per_creditor(town: Town) -> None:
    numbers = []
    for _ in range(3):
        bill_id = town.bill(1_000)
        api.record_counter_payment(town.clerk, bill_id, means="cash", reference="", key="c")
        numbers.append(town.see(bill_id).receipts[0].number.split("/")[0])
    assert numbers == ["01", "02", "03"]


def test_bills_that_nobody_paid_expire_unless_somebody_is_paying(town: Town) -> None:
    with clock.at(at("2026-03-03 08:00")):
        due = {"due_at": at("2026-03-04 08:00"), "dossier_id": None}
        left, paying = town.bill(**due), town.bill(**due)
        town.start(paying)
    with clock.at(at("2026-03-04 09:00")):
        assert bills.expire() == 1
    assert [town.see(one).status for one in (left, paying)] == ["cancelled", "open"]


def test_the_books_take_no_change_and_no_half_journal(town: Town) -> None:
    told(pay(town.start(town.bill())))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as at a commit
    for statement in (
        "UPDATE payments_posting SET vnd = 1",
        "DELETE FROM payments_journal",
        "TRUNCATE payments_posting, payments_journal CASCADE",
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(statement)
    journal = Journal.objects.get()
    with pytest.raises(DatabaseError, match="postings, sum"), transaction.atomic():
        Posting.objects.create(journal=journal, nth=9, account_id=accounts.gateway("fake"), vnd=7)


def test_the_database_knows_when_a_bill_is_paid(town: Town) -> None:
    bill_id = town.bill()
    with pytest.raises(DatabaseError, match="bill_"), transaction.atomic():
        Bill.objects.filter(id=bill_id).update(status="paid")
    with pytest.raises(DatabaseError, match="bill_"), transaction.atomic():
        Bill.objects.filter(id=bill_id).update(paid_vnd=100_001)
