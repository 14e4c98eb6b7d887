"""A day is compared to the đồng: what was planted is found, what is lost is recovered."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.acts.models import Act
from motcua.kernel import clock, jobs
from motcua.kernel.actors import SYSTEM
from motcua.kernel.refusals import Refusal
from motcua.payments import api, daily
from motcua.payments.models import Difference, Reconciliation, StatementEntry, SuspenseItem
from motcua.payments.operations.statements import lines_of
from motcua.payments.rules import accounts
from motcua.payments.rules.signing import HERE
from motcua.payments.rules.statement_files import write_csv
from motcua.project.sandbox.statement import Fault, heal, plant
from tests.dossiers.world import officer
from tests.payments.conftest import Town, balance
from tests.payments.test_sandbox_paying import Connected, house, start

__all__ = ["house"]  # the fixture


def today() -> object:
    return clock.now().astimezone(HERE).date()


def pay(
    town: Town, house: Connected, doing: str = "pay", when: str = "now", vnd: int = 60_000
) -> str:
    """A bill, paid in some way; its code."""
    code = town.see(town.bill(vnd)).code
    house.do(start(town, code), doing, when)
    house.deliver()
    return code


def transfer(house: Connected, vnd: int, content: str, when: str = "now") -> None:
    about = {"bank": "999888", "account": "MCX", "amount": str(vnd)}
    house.ask("POST", "/bank", **about, content=content, when=when)
    house.deliver()


def run(**more: object) -> api.ReconciliationRun:
    """Fetch the statement and compare, without the machine settling anything."""
    api.fetch_statement(SYSTEM, "sandbox", today())
    return api.reconcile(SYSTEM, today())


def kinds(found: api.ReconciliationRun) -> list[str]:
    return [one.kind for one in found.open]


def sow(house: Connected, kind: str, number: str = "", vnd: int = 0) -> None:
    with house.store.transaction() as book:
        plant(book, today(), Fault(kind=kind, number=number, amount_vnd=vnd))


@pytest.fixture
def treasurer(town: Town) -> object:
    return officer(town.ward, "leadership", "treasurer", "Bùi Thị Quỹ")


def test_a_busy_day_agrees_and_its_settlement_is_booked(town: Town, house: Connected) -> None:
    for doing in ("pay", "twice", "cancel", "fail", "pay-close"):
        pay(town, house, doing)
    jobs.run_due(only=("payments.refund",))
    code = town.see(town.bill(5_000)).code
    transfer(house, 5_000, f"MC{code}")
    found = run()
    assert found.found == ()
    # Four payments and one refund of 60,000 each, and 1,100 of fees for each payment.
    assert (found.owed_vnd, found.credited_vnd, found.fees_vnd) == (175_600, 175_600, 4_400)
    assert balance(accounts.gateway("sandbox")) == 0
    assert balance(accounts.fees("sandbox")) == 4_400
    assert balance(accounts.bank("settlement-sandbox")) == 175_600


def test_comparing_again_changes_nothing(town: Town, house: Connected) -> None:
    pay(town, house)
    sow(house, "extra")
    first, second = run(), run()
    assert [one.id for one in first.found] == [one.id for one in second.found]
    assert Difference.objects.count() == 1
    assert Act.objects.filter(verb="difference.found").count() == 1
    assert balance(accounts.fees("sandbox")) == 1_100


@pytest.fixture
def paid_day(town: Town, house: Connected) -> list[str]:
    """Numbers of what the gateway and the bank did today, all of it known here."""
    for _ in range(3):
        pay(town, house)
    pay(town, house, "twice")
    jobs.run_due(only=("payments.refund",))
    code = town.see(town.bill(5_000)).code
    transfer(house, 5_000, f"MC{code}")
    return [row["number"] for row in house.rows("transactions")]


@settings(
    max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(data=st.data())
def test_every_planted_difference_is_found_and_nothing_else(
    town: Town, house: Connected, paid_day: list[str], data: st.DataObject
) -> None:
    with house.store.transaction() as book:
        heal(book, today())
    kind_of = {row["number"]: row["kind"] for row in house.rows("transactions")}
    named = {"missing": "missing-there", "amount": "amount", "status": "status"}
    wanted = []
    for number in data.draw(st.lists(st.sampled_from(paid_day), unique=True)):
        kind = data.draw(st.sampled_from([*named, "doubled"]))
        sow(house, kind, number, data.draw(st.integers(1, 10**6)))
        is_refund = kind_of[number] == "refund" and kind != "doubled"
        wanted.append(("refund" if is_refund else named.get(kind, "doubled"), number))
    for _ in range(data.draw(st.integers(0, 2))):
        sow(house, "extra", vnd=data.draw(st.integers(1, 10**6)))
    if data.draw(st.booleans()):
        sow(house, "short")
        wanted.append(("bank-total", ""))
    found = [(one.kind, one.number) for one in run().open]
    extra = [one for one in found if one[1].startswith("X")]
    assert sorted(set(found) - set(extra)) == sorted(wanted)
    assert len(extra) == sum(row["kind"] == "extra" for row in house.rows("faults"))
    assert {kind for kind, _ in extra} <= {"missing-here"}


def test_a_difference_has_an_owner_and_a_day(town: Town, house: Connected) -> None:
    pay(town, house)
    sow(house, "amount")
    (one,) = run().found
    assert (one.owner_body_id, one.owner_role) == (town.ward.id, "treasurer")
    assert (one.ours_vnd, one.theirs_vnd) == (60_000, 61_000)
    assert one.due_on > one.day
    (act,) = Act.objects.filter(verb="difference.found")
    assert act.body_id == town.ward.id


def test_a_corrected_statement_closes_what_it_corrects(town: Town, house: Connected) -> None:
    pay(town, house)
    sow(house, "missing")
    assert kinds(run()) == ["missing-there"]
    with house.store.transaction() as book:
        heal(book, today())
    assert run().found == ()
    assert Difference.objects.get().how == "agreed"
    sow(house, "missing")
    assert kinds(run()) == ["missing-there"]  # the same row, open again
    assert Difference.objects.count() == 1
    assert balance(accounts.gateway("sandbox")) == 60_000  # the gateway has paid nothing for it


def test_the_duty_recovers_what_we_were_never_told(town: Town, house: Connected) -> None:
    codes = [pay(town, house, doing, "never") for doing in ("pay", "pay-close", "twice")]
    code = town.see(town.bill(5_000)).code
    transfer(house, 5_000, f"MC{code}", "never")
    with clock.at(clock.now() + timedelta(days=1)):
        assert daily.reconcile_what_is_over() == daily.DAYS_BACK
        assert daily.reconcile_what_is_over() == 0
    assert [api.bill_by_code(each).status for each in (*codes, code)] == ["paid"] * 4
    assert not Difference.objects.filter(settled_at__isnull=True).exists()
    assert set(Difference.objects.values_list("how", flat=True)) <= {"asked", "taken-in", "agreed"}


def test_a_gateway_that_is_down_is_asked_the_next_hour(town: Town, house: Connected) -> None:
    with house.down():
        assert daily.reconcile_what_is_over() == 0
        with pytest.raises(Refusal, match="gateway-unavailable"):
            api.reconcile_day(SYSTEM, today())
    assert daily.reconcile_what_is_over() == daily.DAYS_BACK


def test_a_notice_after_midnight_is_no_difference(town: Town, house: Connected) -> None:
    code = town.see(town.bill()).code
    house.do(start(town, code), "pay")
    run()
    tomorrow = clock.now() + timedelta(days=1)
    house.deliver(tomorrow)
    assert run().open == ()
    with clock.at(tomorrow):
        assert run().found == ()


def test_money_for_nobody_waits_until_a_treasurer_places_it(
    town: Town, house: Connected, treasurer: object
) -> None:
    transfer(house, 7_000, "tien dien thang 10")
    (one,) = run().open
    assert (one.kind, one.about, one.theirs_vnd) == ("suspense", "transfer", 7_000)
    code = town.see(town.bill(7_000)).code
    with pytest.raises(Refusal, match="not-allowed"):
        api.settle_difference(town.clerk, one.id, how="to-bill", bill_code=code)
    api.settle_difference(treasurer, one.id, how="to-bill", bill_code=code)
    assert api.bill_by_code(code).status == "paid"
    assert balance(accounts.SUSPENSE) == 0
    assert SuspenseItem.objects.get().how == "to-bill"
    assert run().open == ()
    with pytest.raises(Refusal, match="already-settled"):
        api.settle_difference(treasurer, one.id, how="explained", say="Đã xử lý")


def test_what_a_transfer_left_over_is_asked_back(
    town: Town, house: Connected, treasurer: object
) -> None:
    code = town.see(town.bill(5_000)).code
    transfer(house, 8_000, f"MC{code}")
    (one,) = run().open
    assert (one.kind, one.owner_body_id) == ("suspense", town.ward.id)
    api.settle_difference(treasurer, one.id, how="give-back", say="Chuyển thừa")
    assert [refund.amount_vnd for refund in api.bill_by_code(code).refunds] == [3_000]
    assert run().open == ()


def test_an_explanation_needs_words_and_stays(
    town: Town, house: Connected, treasurer: object
) -> None:
    pay(town, house)
    sow(house, "amount")
    (one,) = run().open
    with pytest.raises(Refusal, match="say-why"):
        api.settle_difference(treasurer, one.id, how="explained", say="  ")
    for how in ("asked", "taken-in", "to-bill", "give-back"):
        with pytest.raises(Refusal):
            api.settle_difference(treasurer, one.id, how=how)
    with pytest.raises(Refusal, match="not-allowed"):
        api.settle_difference(town.elsewhere, one.id, how="explained", say="x")
    assert [each.id for each in api.differences(treasurer)] == [one.id]
    assert api.differences(town.elsewhere) == ()
    api.settle_difference(treasurer, one.id, how="explained", say="Cổng đã nhận sai")
    assert run().open == ()
    assert api.differences(treasurer) == ()
    (settled,) = api.differences(treasurer, settled=True)
    assert (settled.how, settled.say) == ("explained", "Cổng đã nhận sai")
    assert Act.objects.filter(verb="difference.settled").count() == 1


def test_what_the_gateway_cannot_prove_stays_open(town: Town, house: Connected) -> None:
    sow(house, "extra")
    assert kinds(api.reconcile_day(SYSTEM, today())) == ["missing-here"]
    (one,) = Difference.objects.all()
    with pytest.raises(Refusal, match="difference-not-so"):
        api.settle_difference(SYSTEM, one.id, how="asked")


def test_a_statement_is_imported_once_from_a_file_too(town: Town, house: Connected) -> None:
    pay(town, house)
    sow(house, "doubled")
    api.fetch_statement(SYSTEM, "sandbox", today())
    lines = lines_of("sandbox", today())
    data = write_csv(reversed(lines)).encode()
    assert api.import_statement(SYSTEM, "sandbox", today(), data) == 0
    assert StatementEntry.objects.count() == 3  # the doubled line is there twice
    assert api.import_statement(SYSTEM, "sandbox", today(), lines[-1:]) == 0
    assert api.import_statement(SYSTEM, "sandbox", today(), (), sources=["gateway"]) == 0
    assert [line.kind for line in lines_of("sandbox", today())] == ["settlement"]


def test_a_faulty_file_changes_nothing_and_names_its_lines(town: Town, house: Connected) -> None:
    with pytest.raises(Refusal, match="statement-unreadable") as refusal:
        api.import_statement(
            SYSTEM, "sandbox", today(), b"source,kind,number,amount_vnd\nbank,transfer,1,x\n"
        )
    assert [problem.path for problem in refusal.value.problems] == ["lines[1].amount_vnd"]
    with pytest.raises(Refusal, match="not-allowed"):
        api.import_statement(town.clerk, "sandbox", today(), b"")
    with pytest.raises(Refusal, match="no-such-gateway"):
        api.import_statement(SYSTEM, "moon", today(), b"")


def test_the_command_prints_what_differs(
    town: Town, house: Connected, capsys: pytest.CaptureFixture[str]
) -> None:
    pay(town, house)
    call_command("reconcile", day=today())
    assert "Everything agrees" in capsys.readouterr().out
    sow(house, "amount")
    call_command("reconcile", day=today())
    assert "61000" in capsys.readouterr().out
    assert Reconciliation.objects.count() == 2
