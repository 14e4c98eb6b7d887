"""Who sees a bill, and who sees whose it is."""

import pytest

from motcua.acts.models import Act
from motcua.kernel import clock, jobs
from motcua.kernel.actors import GUEST
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal
from motcua.payments import api
from motcua.payments.api import Payer
from tests.dossiers.world import at
from tests.payments.conftest import Town
from tests.payments.fakes import pay


def test_the_payer_and_the_creditor_see_the_name_a_desk_does_not(town: Town) -> None:
    bill_id = town.bill()
    seen = {who: api.bill(getattr(town, who), bill_id).payer for who in ("mother", "chair")}
    assert all(payer and payer.name == "Trần Thị Bích" for payer in seen.values())
    desk = town.elsewhere  # a chair, no desk
    for actor in (town.stranger, desk, GUEST):
        with pytest.raises(Refusal, match="bill-not-found"):
            api.bill(actor, bill_id)


def test_an_officers_look_is_an_act_and_the_payers_own_is_not(town: Town) -> None:
    bill_id = town.bill()
    api.bill(town.mother, bill_id)
    assert not Act.objects.filter(verb="bill.viewed").exists()
    api.bill(town.clerk, bill_id)
    assert Act.objects.get(verb="bill.viewed", object_id=bill_id).actor_id == town.clerk.account_id


def test_my_bills_are_mine(town: Town) -> None:
    bill_id = town.bill()
    assert [one.id for one in api.my_bills(town.mother)] == [bill_id]
    assert api.my_bills(town.stranger) == api.my_bills(GUEST) == ()


def test_bills_of_dossiers_come_in_few_statements(
    town: Town, django_assert_max_num_queries: object
) -> None:
    dossiers = [new_id() for _ in range(3)]
    bills = [town.bill(dossier_id=one) for one in dossiers for _ in range(2)]
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        found = api.bills_of(dossiers)
    assert sorted(view.id for views in found.values() for view in views) == sorted(bills)
    assert all(view.payer is None for views in found.values() for view in views)


def test_a_receipt_is_opened_by_the_payer_and_the_creditor(town: Town) -> None:
    bill_id = town.bill()
    with clock.at(at("2026-03-03 08:00")):
        api.take_notice("fake", pay(town.start(bill_id)))
    jobs.run_due(only=("documents.seal",))
    view = town.see(bill_id)
    receipt = view.receipts[0].id
    for actor in (town.mother, town.chair):
        assert api.open_receipt(actor, view.code, receipt).content.startswith(b"%PDF")
    for actor in (town.stranger, GUEST):
        with pytest.raises(Refusal, match="bill-not-found"):
            api.open_receipt(actor, view.code, receipt)


def test_who_paid_without_an_account_gets_the_receipt_by_the_code(town: Town) -> None:
    bill_id = town.bill(payer=Payer(name="Nguyễn Văn Khách"))
    api.take_notice("fake", pay(town.start(bill_id)))
    view = town.see(bill_id)
    with pytest.raises(Refusal, match="paper-not-ready"):
        api.open_receipt(GUEST, view.code, view.receipts[0].id)


def test_a_statement_is_for_the_body_itself(town: Town) -> None:
    bill_id = town.bill()
    api.take_notice("fake", pay(town.start(bill_id)))
    api.refund_late(bill_id)
    lines = api.statement_of(town.chair, town.ward.id)
    assert [(line.vnd, line.balance_vnd) for line in lines] == [(100_000, 100_000), (-100_000, 0)]
    with pytest.raises(Refusal, match="not-allowed"):
        api.statement_of(town.elsewhere, town.ward.id)


def test_a_code_that_nobody_has_says_nothing(town: Town) -> None:
    for code in ("", "x", "AAAA-BBBB-CCCC-DDDD", "' OR 1=1"):
        with pytest.raises(Refusal, match="bill-not-found"):
            api.bill_by_code(code)


def test_an_officer_does_not_take_his_own_money(town: Town) -> None:
    own = Payer(name="Phạm Thu Hà", account_id=town.clerk.account_id)
    bill_id = town.bill(payer=own)
    with pytest.raises(Refusal, match="not-allowed"):
        api.record_counter_payment(town.clerk, bill_id, means="cash", reference="", key="c")
