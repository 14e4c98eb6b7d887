"""Money on the way: asked when due, paid once, cancelled or given back as the law says."""

from typing import Any

import pytest

from motcua.dossiers.rules.registry import RULES
from motcua.dossiers.rules.state import END, Status
from tests.dossiers.rules.situations import (
    APPLICANT,
    APPRAISAL,
    CHAIR,
    CLERK,
    DRAFT,
    FEES,
    HEAD,
    NO,
    OFFICER,
    PAYMENT,
    RECEPTION,
    SIGNATURE,
    Case,
    accepted,
    charged,
    duration,
    paying,
    procedure,
    words,
)

POWER = {"field": "site.power", "kind": "number", "title": words("Power")}
MEASURED = {
    "fee": "line", "title": words("Line"), "vnd": 70_000, "law": "l", "when":
    "recorded.site.power > 2",
}  # fmt: skip


def amounts(case: Case, kind: str = "refund") -> list[tuple[int, str]]:
    return [(e.params["amount_vnd"], e.params["reason"]) for e in case.effects(kind)]


def test_a_paying_state_asks_for_the_fees_and_stops_the_clock() -> None:
    case = charged()
    charge = case.dossier.open_charge
    assert charge is not None
    assert (charge.amount_vnd, [line["fee"] for line in charge.lines]) == (
        25_000,
        ["file", "stamp"],
    )
    assert case.dossier.status == Status.PAYMENT_REQUESTED
    assert case.clock.paused_at is not None
    assert (case.task.kind, case.task.body_id, case.task.may) == ("payment", None, ("pay",))
    assert "fee.asked" in case.acts
    assert case.told == ["dossier-accepted", "fee-asked"]
    (bill,) = case.effects("bill")
    assert bill.params["charge"]["id"] == str(charge.id)
    assert bill.params["charge"]["amount_vnd"] == 25_000
    assert bill.params["due_at"] == case.task.clock.due_at.isoformat()  # type: ignore[union-attr]


def test_the_counter_has_its_own_fee() -> None:
    charge = charged(channel=1).dossier.open_charge
    assert charge is not None
    assert charge.amount_vnd == 55_000


def test_a_fee_table_is_read_for_the_province_of_the_deciding_body() -> None:
    there = {"fee": "file", "title": words("F"), "vnd": 1, "law": "l", "province": "79"}
    here = {**there, "vnd": 2, "province": "01"}
    charge = charged(paying(fees=[there, here])).dossier.open_charge
    assert charge is not None
    assert charge.amount_vnd == 2


def test_payment_lets_the_clock_and_the_route_run_on() -> None:
    case = charged().pay("2026-03-04 09:00")
    assert (case.dossier.at, case.dossier.status) == ("appraisal", Status.ACCEPTED)
    assert case.clock.paused_at is None
    assert case.due == "2026-03-11 09:00"  # two working days were waited
    assert case.acts == ["fee.paid"]
    assert case.told == ["fee-paid"]
    case.do("take", OFFICER)
    assert "dossier.processing-started" in case.acts


@pytest.mark.parametrize("fees", [[], [{**FEES[0], "vnd": 0}], [{**FEES[2], "when": "false"}]])
def test_a_paying_state_with_nothing_due_is_passed_over(fees: list[Any]) -> None:
    case = charged(paying(fees=fees))
    assert (case.dossier.at, case.dossier.status) == ("appraisal", Status.ACCEPTED)
    assert case.dossier.charges == ()
    assert case.clock.paused_at is None


def test_a_charge_is_paid_once() -> None:
    case = charged()
    charge = case.dossier.open_charge
    assert charge is not None
    case.pay()
    assert case.no("pay", None, charge_id=charge.id) == "charge-closed"


def test_another_charge_does_not_count() -> None:
    assert charged().no("pay", None, charge_id=APPLICANT) == "charge-closed"
    assert charged().no("pay", None) == "charge-closed"


def test_a_payment_after_the_end_is_told_apart() -> None:
    case = charged()
    charge = case.dossier.open_charge
    assert charge is not None
    case.do("withdraw", APPLICANT)
    assert case.no("pay", None, charge_id=charge.id) == "charge-closed"


@pytest.mark.parametrize("who", [APPLICANT, CLERK, HEAD, OFFICER, CHAIR])
def test_no_person_says_that_it_is_paid(who: Any) -> None:
    case = charged()
    assert case.no("pay", who, charge_id=case.dossier.charges[0].id) == "not-your-part"


def test_nobody_but_the_system_may_pay() -> None:
    assert RULES["pay"].by == {"system"}


def test_nobody_pays_in_time_and_the_dossier_stops() -> None:
    case = charged().do("tick", at="2026-03-12 16:59")
    assert case.dossier.at == "payment"
    case.do("tick", at="2026-03-13 08:00")
    assert (case.dossier.at, case.dossier.status) == (END, Status.STOPPED)
    assert case.dossier.decision["reason"] == "fee-not-paid"
    assert [e.params["reason"] for e in case.effects("cancel-bill")] == ["fee-not-paid"]
    assert case.dossier.charges[0].ended == "cancelled"
    assert case.slips == ["03"]
    assert case.acts == ["fee.cancelled", "dossier.refused"]
    assert case.do("tick").acts == []


def test_withdrawing_cancels_the_open_bill() -> None:
    case = charged().do("withdraw", APPLICANT)
    assert case.acts == ["fee.cancelled", "dossier.withdrawn"]
    assert amounts(case) == []


def test_withdrawing_after_payment_gives_back_what_the_law_gives_back() -> None:
    case = charged().pay().do("withdraw", APPLICANT)
    assert amounts(case) == [(20_000, "withdrawn")]  # the stamp is not given back
    assert case.effects("cancel-bill") == []
    assert case.dossier.charges[0].refunded_vnd == 20_000
    assert "fee.refund-due" in case.acts
    assert "refund-due" in case.told


def test_a_refusal_gives_back_too() -> None:
    case = charged().pay().do("refuse", OFFICER, **NO)
    assert amounts(case) == [(20_000, "not-eligible")]


def test_a_granted_dossier_keeps_the_fee() -> None:
    case = charged().pay("09:30").do("propose", OFFICER, "10:00").do("sign", CHAIR, "11:00")
    assert case.dossier.decision["granted"]
    assert amounts(case) == []


def test_a_state_entered_again_asks_for_the_difference_only() -> None:
    draft = {**DRAFT, "then": {"correct": "payment"}, "silence": ""}
    case = charged(paying(RECEPTION, PAYMENT, APPRAISAL, draft, SIGNATURE))
    case.pay().do("propose", OFFICER, "10:00")
    case.do("correct", APPLICANT, say="Not An.", answers={"home": {"name": "Bình"}})
    assert amounts(case) == [(5_000, "surplus")]
    assert case.dossier.at == "appraisal"
    case.do("propose", OFFICER, "11:00")
    case.do("correct", APPLICANT, say="An after all.", answers={"home": {"name": "An"}})
    charge = case.dossier.open_charge
    assert charge is not None
    assert [(li["fee"], li["vnd"]) for li in charge.lines] == [("stamp", 5_000)]
    case.pay()
    assert case.dossier.at == "appraisal"


def test_a_fee_changed_by_a_later_answer_is_told_and_a_surplus_goes_back_at_the_end() -> None:
    draft = {**DRAFT, "silence": ""}
    case = charged(paying(RECEPTION, PAYMENT, APPRAISAL, draft, SIGNATURE))
    case.pay().do("propose", OFFICER, "10:00")
    case.do("correct", APPLICANT, say="Not An.", answers={"home": {"name": "Bình"}})
    assert "fee.changed" in case.acts
    case.do("propose", OFFICER, "10:30").do("agree", APPLICANT).do("sign", CHAIR)
    assert amounts(case) == [(5_000, "surplus")]


def test_a_second_paying_state_collects_its_own_fees() -> None:
    survey = {**APPRAISAL, "state": "survey", "may": ["record"], "ask": [POWER]}
    second = {**PAYMENT, "state": "works"}
    fees = [FEES[1], {**MEASURED, "at": "works"}]
    case = charged(paying(RECEPTION, PAYMENT, survey, second, APPRAISAL, SIGNATURE, fees=fees))
    assert case.dossier.charges[0].amount_vnd == 50_000
    case.pay().do("record", OFFICER, values={"site.power": 3})
    assert (case.dossier.at, case.dossier.charges[1].amount_vnd) == ("works", 70_000)
    assert case.pay().dossier.status == Status.IN_PROCESSING


def test_a_negative_proposal_passes_over_payment() -> None:
    case = accepted(paying(RECEPTION, APPRAISAL, PAYMENT, SIGNATURE))
    case.do("propose", OFFICER, grant=False, **NO)
    assert (case.dossier.at, case.dossier.charges) == ("signature", ())


def test_waiting_for_money_does_not_count_in_a_same_day_limit() -> None:
    case = charged(paying(limit=duration("same-day"))).pay("10:00")
    assert case.due == "2026-03-03 08:30"


def test_services_without_paying_states_never_charge() -> None:
    case = accepted(procedure(fees=FEES))
    assert case.dossier.charges == ()
