from typing import Any

import pytest

from motcua.catalogue.rules.procedure import Procedure
from motcua.dossiers.rules.examples import Country, run_example
from tests.dossiers.rules.situations import (
    APPRAISAL,
    RECEPTION,
    SIGNATURE,
    paying,
    procedure,
    words,
)
from tests.kernel.calendars import DESK, OFFICE

COUNTRY = Country(calendar=OFFICE, desk_calendar=DESK)
FEE = [{"fee": "registration", "title": words("Fee"), "vnd": 5000, "law": "law"}]
ANSWERS = {"home.commune": "00004", "home.name": "An"}
ASK = {"reason": "missing-paper", "say": "Blurred.", "items": [{"paper": "plan"}]}
NO = {"reason": "not-eligible", "say": "Not here."}


def run(*then: dict[str, Any], service: Procedure | None = None, **example: Any) -> list[str]:
    whole = {"name": "n", "at": "2026-03-02 08:00", "answers": ANSWERS, "then": then, **example}
    return run_example(service or procedure(fees=FEE), whole, COUNTRY)


def step(at: str, do: str, expect: dict[str, Any] | None = None, **given: Any) -> dict[str, Any]:
    return {"at": f"2026-03-{at}", "do": do, "with": given, "expect": expect or {}}


def test_a_whole_life_comes_as_the_example_says() -> None:
    failures = run(
        step("02 09:00", "accept", {"due": "2026-03-09 09:00", "status": 2}),
        step("02 10:00", "ask-once", {"status": 5, "paused": True}, **ASK),
        step("03 10:00", "supplement", {"status": 4, "paused": False}),
        step("03 11:00", "propose", {"state": "draft"}),
        step("04 12:00", "sign", {"status": 9}),  # silence agreed at 11:00
        expect={
            "status": 10,
            "state": "end",
            "slips": ["01", "02"],
            "fee": 5000,
            "decided-by": {"body": "commune-committee", "area": "00004"},
        },
    )
    assert failures == []


def test_a_refusal_can_be_expected_of_a_step_or_of_the_whole() -> None:
    twice = (step("02 09:00", "ask-once", **ASK), step("02 10:00", "supplement"))
    again = step("02 11:00", "ask-once", {"refused": "dossiers.already-asked"}, **ASK)
    assert run(*twice, again, expect={"status": 1}) == []
    silent = step("02 11:00", "ask-once", **ASK)
    assert run(*twice, silent, expect={"refused": "dossiers.already-asked"}) == []


@pytest.mark.parametrize(
    ("then", "expect", "words_of_failure"),
    [
        ((), {"status": 2}, "at the end: status: expected 2, came 1"),
        ((), {"fee": 1}, "fee: expected 1, came 5000"),
        ((), {"moon": 1}, "nothing is known of “moon”"),
        ((), {"problems": ["home.name"]}, "a problem at home.name was expected"),
        ((step("02 09:00", "sign"),), {}, "step 1 (sign at 2026-03-02 09:00): was refused"),
        ((step("01 09:00", "accept"),), {}, "is earlier than what comes before it"),
        ((step("02 09:00", "refuse", **NO),), {"slips": ["01"]}, "slips: expected ['01']"),
        ((step("02 09:00", "accept", {"refused": "x.y"}),), {}, "refused: expected x.y"),
    ],
)
def test_a_difference_is_said_in_words(
    then: tuple[dict[str, Any], ...], expect: dict[str, Any], words_of_failure: str
) -> None:
    failures = run(*then, expect=expect)
    assert any(words_of_failure in failure for failure in failures), failures


def test_wrong_answers_are_a_failure_unless_expected() -> None:
    empty = {"answers": {"home.commune": "00004"}}
    assert "home.name" in run(**empty, expect={})[0]
    assert run(**empty, expect={"problems": ["home.name"]}) == []


def test_an_unreadable_example_is_a_failure_and_no_crash() -> None:
    assert "cannot be read" in run(at="tomorrow", expect={})[0]
    assert "cannot be read" in run({"at": "2026-03-02 09:00"}, expect={})[0]
    assert "cannot be read" in run(channel="pigeon", expect={})[0]


def test_at_the_counter_the_result_is_handed_over() -> None:
    service = procedure(RECEPTION, APPRAISAL, SIGNATURE)
    then = [
        step(f"02 {hour}:00", do) for hour, do in ((9, "accept"), (10, "propose"), (11, "sign"))
    ]
    then = [{**s, "at": s["at"].replace(" 9:", " 09:")} for s in then]
    waiting = run(*then, service=service, channel="counter", expect={"status": 9})
    given = run(
        *then,
        step("02 14:00", "hand-over"),
        service=service,
        channel="counter",
        expect={"status": 10, "state": "end"},
    )
    assert (waiting, given) == ([], [])


def test_payment_is_played_and_what_was_asked_paid_and_given_back_is_compared() -> None:
    asked = {"status": 6, "state": "payment", "charged": 25_000, "paid": False}
    then = (step("02 09:00", "accept", asked), step("03 09:00", "pay", {"paid": True}))
    refusal = step("03 10:00", "refuse", {"refund": 20_000, "status": 8}, **NO)
    assert run(*then, service=paying(), expect={"state": "appraisal", "refund": 0}) == []
    assert run(*then, refusal, service=paying(), expect={"charged": 25_000}) == []
    wrong = run(*then, service=paying(), expect={"charged": 1})
    assert "charged: expected 1, came 25000" in wrong[0]


def test_nobody_pays_and_the_bill_is_closed() -> None:
    late = step("20 09:00", "pay", {"refused": "dossiers.charge-closed", "status": 8})
    assert run(step("02 09:00", "accept"), late, service=paying(), expect={"paid": False}) == []


OWED = {"keys": {"code": "PD 01", "street": "Đội Cấn"}, "vnd": 500}
BILLS = procedure(
    **{
        "pays": {"debts": "bill", "find": {"code": "home.name", "street": "home.street"}},
        "decided-by": {"body": "", "of": ""},
        "form": [
            {
                "page": "bill",
                "title": words("Bill"),
                "ask": [
                    {"field": "home.name", "kind": "text", "title": words("Code")},
                    {"field": "home.street", "kind": "text", "title": words("Street")},
                ],
            }
        ],
        "evidence": [],
    }
)


@pytest.mark.parametrize(
    ("answers", "status", "found"),
    [
        ({"home.name": "pd01", "home.street": "doi can"}, "open", 1),
        ({"home.name": "pd01", "home.street": "Đội Nhân"}, "open", 0),
        ({"home.name": "pd01", "home.street": "Đội Cấn"}, "paid", 0),
    ],
)
def test_a_debt_is_found_by_all_its_keys(answers: dict[str, str], status: str, found: int) -> None:
    debts = [{**OWED, "status": status}]
    expect = {"found": found, "total": 500 * found}
    assert run(service=BILLS, answers=answers, debts=debts, expect=expect) == []


def test_a_debt_that_nobody_could_owe_is_a_failure() -> None:
    answers = {"home.name": "pd01", "home.street": "doi can"}
    debts = [{"keys": {"code": "1"}, "vnd": 0}]
    failures = run(service=BILLS, answers=answers, debts=debts, expect={})
    assert failures == [
        "debt 1: its keys must be code, street",
        "debt 1: `vnd` must be a whole amount above 0",
    ]
