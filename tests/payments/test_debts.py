"""Debts: found by those who know them, paid through a bill, known to the creditor's books."""

from datetime import date

import pytest

from motcua.acts.models import Act
from motcua.kernel import clock, jobs
from motcua.kernel.actors import GUEST, Actor
from motcua.kernel.refusals import Refusal
from motcua.payments import api
from motcua.payments.api import DebtCard, DebtDraft, Payer
from motcua.payments.models import LookupCount
from motcua.payments.operations import looking
from motcua.payments.rules import accounts, finding
from motcua.payments.rules.references import reference_of
from tests.dossiers.world import at
from tests.payments.conftest import Town, assert_books_balance, balance
from tests.payments.fakes import Book, pay

KEYS = {"customer_code": "PE 0100-0012345", "period": "2026-02"}


def draft(vnd: int = 250_000, reference: str = "HD-1", **more: object) -> DebtDraft:
    about: dict[str, object] = {
        "kind": "utility-bill",
        "reference": reference,
        "keys": KEYS,
        "amount_vnd": vnd,
        "details": {"consumption": "112 kWh", "address": "12 phố Quán Thánh"},
        "debtor_masked": "N*** V** A",
        "due_on": date(2026, 3, 15),
    }
    return DebtDraft(**{**about, **more})  # type: ignore[arg-type]


def put(town: Town, *drafts: DebtDraft) -> tuple[int, int, int]:
    counts = api.put_debts(town.chair, town.ward.id, drafts)
    return counts.new, counts.changed, counts.same


def find(actor: Actor = GUEST, **keys: str) -> tuple[DebtCard, ...]:
    asked = {**KEYS, **keys}
    return api.find_debts(actor, "utility-bill", asked, by="203.0.113.7", shows=("consumption",))


def owed(town: Town) -> list[tuple[str, int, int, str]]:
    rows = api.debts_of(town.chair, town.ward.id)
    return [(row.reference, row.amount_vnd, row.paid_vnd, row.status) for row in rows]


def test_putting_again_changes_only_what_changed(town: Town) -> None:
    assert put(town, draft(), draft(reference="HD-2")) == (2, 0, 0)
    assert put(town, draft(), draft(reference="HD-2")) == (0, 0, 2)
    assert put(town, draft(300_000), draft(reference="HD-3")) == (1, 1, 0)
    assert {row.version for row in api.debts_of(town.chair, town.ward.id)} == {1, 2}


def test_an_older_version_is_not_taken(town: Town) -> None:
    put(town, draft(version=5))
    assert put(town, draft(1, version=4), draft(2, reference="HD-2", version=7)) == (1, 0, 1)
    assert put(town, draft(9, version=6)) == (0, 1, 0)


def test_thousands_are_put_in_a_few_statements(
    town: Town, django_assert_max_num_queries: object
) -> None:
    many = [draft(reference=f"HD-{n}") for n in range(2_000)]
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        assert put(town, *many) == (2_000, 0, 0)


@pytest.mark.parametrize(
    "faulty",
    [
        {"amount_vnd": 0},
        {"keys": {}},
        {"keys": {"customer_code": " - "}},
        {"reference": ""},
        {"version": -1},
    ],
)
def test_a_faulty_debt_refuses_the_whole_set(town: Town, faulty: dict[str, object]) -> None:
    with pytest.raises(Refusal, match="debt-faulty"):
        put(town, draft(reference="HD-0"), draft(**faulty))
    assert owed(town) == []


def test_a_reference_twice_in_a_set_is_refused(town: Town) -> None:
    with pytest.raises(Refusal, match="debt-faulty"):
        put(town, draft(), draft())


@pytest.mark.parametrize("who", ["mother", "clerk", "elsewhere"])
def test_only_the_creditor_puts_and_lists_its_debts(town: Town, who: str) -> None:
    with pytest.raises(Refusal, match="not-allowed"):
        api.put_debts(getattr(town, who), town.ward.id, [draft()])
    with pytest.raises(Refusal, match="not-allowed"):
        api.debts_of(town.elsewhere, town.ward.id)


def test_a_card_shows_what_is_needed_and_no_more(town: Town) -> None:
    put(town, draft())
    (card,) = find(customer_code="pe01000012345")
    assert (card.amount_vnd, card.creditor_id) == (250_000, town.ward.id)
    assert card.details == {"consumption": "112 kWh"}
    said = repr(card)
    assert "N***" not in said
    assert "Quán Thánh" not in said
    assert Act.objects.filter(verb="debt.looked-up", object_id=card.id).count() == 1


def test_a_wrong_key_a_missing_key_and_a_paid_debt_all_look_alike(town: Town) -> None:
    put(town, draft())
    assert find(customer_code="PE01000012346") == ()
    assert api.find_debts(GUEST, "utility-bill", {"customer_code": KEYS["customer_code"]}) == ()
    assert api.find_debts(GUEST, "road-fine", KEYS) == ()
    assert api.find_debts(GUEST, "utility-bill", {}) == ()
    api.withdraw_debt(town.chair, town.ward.id, kind="utility-bill", reference="HD-1")
    assert find() == ()


def test_nobody_fishes_for_debts(town: Town) -> None:
    put(town, draft())
    most = finding.OF_ADDRESS[0].times
    with clock.at(at("2026-03-03 08:10")):
        for n in range(most):
            assert find(customer_code=f"PE{n}", period=f"P{n}") == ()
        with pytest.raises(Refusal, match="too-many-lookups"):
            find()
        assert len(find(town.mother)) == 1  # an account is counted by itself
    with clock.at(at("2026-03-03 09:10")):
        assert len(find()) == 1


def test_one_key_is_not_tried_with_ever_new_partners(town: Town) -> None:
    with clock.at(at("2026-03-03 08:10")):
        for n in range(finding.OF_KEY[0].times):
            api.find_debts(GUEST, "utility-bill", {**KEYS, "period": str(n)}, by=f"10.0.0.{n}")
        with pytest.raises(Refusal, match="too-many-lookups"):
            api.find_debts(GUEST, "utility-bill", {**KEYS, "period": "x"}, by="10.0.1.1")
    rows = LookupCount.objects.values_list("subject", flat=True)
    assert not any("10.0.0" in subject or "PE" in subject for subject in rows)
    with clock.at(at("2026-03-06 08:10")):
        assert looking.forget_counts() == len(rows)


def to_pay(town: Town, actor: Actor = GUEST) -> str:
    tokens = [card.token for card in find(actor)]
    return api.pay_debts(actor, tokens, Payer(name="Trần Thị Bích"))


def start(code: str) -> str:
    api.start_payment(GUEST, code, key="k", return_url="https://x.example/")
    return reference_of(code, len(api.bill_by_code(code).payments))


def test_debts_are_paid_and_the_creditors_books_know(town: Town) -> None:
    put(town, draft(), draft(100_000, reference="HD-2"))
    tokens = [card.token for card in find()]
    code = api.pay_debts(GUEST, tokens, Payer(name="Trần Thị Bích"), key="k")
    assert api.pay_debts(GUEST, tokens, Payer(), key="k") == code
    api.take_notice("fake", pay(start(code)))
    assert api.bill_by_code(code).status == "paid"
    assert sorted(owed(town)) == [
        ("HD-1", 250_000, 250_000, "paid"),
        ("HD-2", 100_000, 100_000, "paid"),
    ]
    assert Act.objects.filter(verb="debt.paid").count() == 2
    assert find() == ()


def test_a_bill_by_its_code_says_nothing_of_the_payer(town: Town) -> None:
    put(town, draft())
    view = api.bill_by_code(to_pay(town))
    assert view.payer is None
    assert "Bích" not in repr(view)


def test_a_token_is_proof_for_a_while_and_only_ours(town: Town) -> None:
    put(town, draft())
    token = find()[0].token
    for faulty in ([], [f"{token}x"], ["nonsense"]):
        with pytest.raises(Refusal, match="debt-token"):
            api.pay_debts(GUEST, faulty, Payer())


def test_a_debt_changed_before_paying_is_refused_with_the_new_sum(town: Town) -> None:
    put(town, draft())
    tokens = [card.token for card in find()]
    code = api.pay_debts(GUEST, tokens, Payer())
    put(town, draft(275_000))
    for go in (
        lambda: start(code),
        lambda: api.pay_debts(town.mother, tokens, Payer()),
    ):
        with pytest.raises(Refusal, match="debt-changed") as refused:
            go()
        assert refused.value.params == {"total_vnd": 275_000}


@pytest.mark.parametrize(
    ("now_due", "status", "back"), [(300_000, "open", 0), (200_000, "paid", 50_000)]
)
def test_a_debt_changed_during_paying_is_credited_with_what_came(
    town: Town, now_due: int, status: str, back: int
) -> None:
    put(town, draft())
    code = to_pay(town)
    reference = start(code)
    put(town, draft(now_due))
    api.take_notice("fake", pay(reference))
    jobs.run_due(only=("payments.refund",))
    credited = min(now_due, 250_000)
    assert owed(town) == [("HD-1", now_due, credited, status)]
    assert [one.amount_vnd for one in Book.refunds.values()] == ([back] if back else [])
    assert balance(accounts.payable(town.ward.id)) == -credited
    assert [card.amount_vnd for card in find()] == ([50_000] if status == "open" else [])
    assert_books_balance()


def test_two_people_pay_one_fine_and_the_second_gets_it_back(town: Town) -> None:
    put(town, draft())
    codes = [to_pay(town), to_pay(town, town.mother)]
    assert codes[0] != codes[1]
    references = [start(code) for code in codes]
    for reference, number in zip(references, ("T1", "T2"), strict=True):
        api.take_notice("fake", pay(reference, number))
    jobs.run_due(only=("payments.refund",))
    assert owed(town) == [("HD-1", 250_000, 250_000, "paid")]
    assert [order.transaction for order in Book.refunds.values()] == ["T2"]


def test_debts_of_two_bodies_take_two_bills(town: Town) -> None:
    put(town, draft())
    api.put_debts(town.elsewhere, town.other.id, [draft()])
    with pytest.raises(Refusal, match="several-creditors"):
        to_pay(town)
