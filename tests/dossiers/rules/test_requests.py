from typing import Any

import pytest

from motcua.dossiers.rules.state import Status
from tests.dossiers.rules.situations import (
    APPLICANT,
    APPRAISAL,
    ASK,
    CHAIR,
    CLERK,
    NO,
    OFFICER,
    STRANGER,
    Case,
    accepted,
    procedure,
)

PLAN = {"papers": {"plan": ("file-1",)}}
NOT_ELIGIBLE = {"reason": "missing-paper", "say": "The plan shows another house."}


def test_asking_before_acceptance_leaves_no_legal_clock() -> None:
    case = Case().do("ask-once", CLERK, "08:30", **ASK)
    assert (case.dossier.status, case.dossier.clock) == (Status.SUPPLEMENT_REQUESTED, None)
    assert case.slips == ["02"]
    assert case.task.body_id is None
    case.do("supplement", APPLICANT, "2026-03-03 08:00", **PLAN)
    assert (case.dossier.status, case.dossier.at) == (Status.NEW, "reception")
    assert case.dossier.papers == {"plan": ("file-1",)}


def test_the_clock_stands_while_the_applicant_owes_papers() -> None:
    case = accepted().do("ask-once", OFFICER, "11:00", **ASK)
    assert case.clock.paused_at
    case.do("supplement", APPLICANT, "2026-03-10 09:00", **PLAN)
    assert case.due == "2026-03-16 16:30"  # 35.5 of 37.5 working hours were left
    assert case.dossier.status == Status.IN_PROCESSING
    assert case.clock.paused_at is None


def test_the_officer_who_asked_gets_the_file_back_with_what_was_left_of_his_time() -> None:
    case = accepted().do("ask-once", OFFICER, "11:00", **ASK)
    case.do("supplement", APPLICANT, "2026-03-10 07:30", **PLAN)
    assert case.task.officer_id == OFFICER
    assert case.task_due == "2026-03-10 15:00"


def test_a_second_request_is_refused_wherever_it_is_made() -> None:
    case = Case().do("ask-once", CLERK, **ASK).do("supplement", APPLICANT, **PLAN)
    assert case.no("ask-once", CLERK, **ASK) == "already-asked"
    case.do("accept", CLERK)
    assert case.no("ask-once", OFFICER, **ASK) == "already-asked"


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({**ASK, "items": []}, "nothing-asked"),
        ({**ASK, "items": [{"paper": "a poem"}]}, "unknown-item"),
        ({**ASK, "reason": ""}, "reason-needed"),
        ({**ASK, "reason": "not-eligible"}, "unknown-reason"),
        ({**ASK, "say": ""}, "say-needed"),
    ],
)
def test_a_request_needs_a_ground_and_names_things_of_the_law(
    params: dict[str, Any], code: str
) -> None:
    assert Case().no("ask-once", CLERK, **params) == code


def test_what_a_register_holds_is_not_asked_for_without_a_reason_for_that() -> None:
    assert Case().no("ask-once", CLERK, **{**ASK, "items": [{"paper": "card"}]}) == "paper-is-held"


@pytest.mark.parametrize("name", ["reason", "in_spite"])
def test_asking_for_it_all_the_same_is_an_act_and_is_told_to_the_applicant(name: str) -> None:
    items = [{"paper": "plan"}, {"paper": "card"}]
    case = Case().do("ask-once", CLERK, **{**ASK, "items": items, name: "register-has-nothing"})
    act = next(act for act in case.last.acts if act.verb == "paper.asked-in-spite")
    assert (act.detail["paper"], act.detail["register"]) == ("card", "population")
    assert act.detail["reason"] == "register-has-nothing"
    assert case.dossier.requests[0].items[0] == {"paper": "plan"}
    assert case.dossier.requests[0].items[1]["in_spite"] == "register-has-nothing"
    asked = [one.params["paper"] for one in case.last.effects if one.kind == "ask-in-spite"]
    assert asked == ["card"]


def test_an_incomplete_answer_names_everything_that_lacks() -> None:
    items = [{"paper": "plan"}, {"field": "home.name"}]
    case = Case().do("ask-once", CLERK, **{**ASK, "items": items})
    assert case.no("supplement", APPLICANT) == "supplement-incomplete"
    case.do("supplement", APPLICANT, say="The plan was lost in the flood.")
    assert case.dossier.open_request is None


def test_answers_are_merged_and_what_changed_is_told() -> None:
    case = Case().do("ask-once", CLERK, **{**ASK, "items": [{"field": "home.name"}]})
    case.do("supplement", APPLICANT, answers={"home": {"name": "Bình", "commune": "00004"}})
    assert case.dossier.answers == {"home": {"name": "Bình", "commune": "00004"}}
    assert case.last.acts[0].detail["changed"] == ["home.name"]


def test_the_place_that_makes_the_body_competent_stays() -> None:
    case = Case().do("ask-once", CLERK, **{**ASK, "items": [{"field": "home.commune"}]})
    moved = {"home": {"commune": "00007"}}
    assert case.no("supplement", APPLICANT, answers=moved) == "place-is-fixed"


def test_nobody_else_answers_for_the_applicant() -> None:
    case = Case().do("ask-once", CLERK, **ASK)
    assert case.no("supplement", STRANGER, **PLAN) == "not-your-part"
    assert case.no("supplement", CLERK, **PLAN) == "not-your-part"


def test_the_clerk_answers_for_somebody_who_stands_at_the_counter() -> None:
    case = Case(channel=1).do("ask-once", CLERK, **ASK).do("supplement", CLERK, **PLAN)
    assert case.dossier.at == "reception"
    assert case.dossier.open_request is None


def test_a_return_within_three_working_days_restarts_the_limit() -> None:
    case = accepted().do("return", OFFICER, "2026-03-05 09:00", **NOT_ELIGIBLE)
    assert (case.dossier.status, case.slips) == (Status.SUPPLEMENT_REQUESTED, ["02"])
    case.do("supplement", APPLICANT, "2026-03-09 10:00", **PLAN)
    assert case.due == "2026-03-16 10:00"
    assert case.clock.restarts == 1
    assert case.task_due == "2026-03-10 10:00"
    assert "clock.restarted" in case.acts


def test_a_return_after_three_working_days_is_too_late() -> None:
    case = accepted()
    assert case.no("return", OFFICER, "2026-03-05 09:01", **NOT_ELIGIBLE) == "too-late-to-return"


def test_a_file_is_returned_once_and_then_decided() -> None:
    case = accepted().do("return", OFFICER, "10:00", **NOT_ELIGIBLE)
    case.do("supplement", APPLICANT, "11:00", **PLAN)
    assert case.no("return", OFFICER, "11:30", **NOT_ELIGIBLE) == "already-returned"
    assert case.no("ask-once", OFFICER, "11:30", **ASK) == "already-asked"


def test_a_verb_that_the_route_does_not_allow_is_refused() -> None:
    plain = procedure(
        {**APPRAISAL, "state": "reception", "who": "desk-clerk", "at": "desk", "may": []}
    )
    assert Case(plain).no("ask-once", CLERK, **ASK) == "not-in-this-state"


def test_an_unanswered_request_ends_in_a_refusal_only_when_its_time_is_over() -> None:
    case = accepted().do("ask-once", OFFICER, "10:00", **ASK)
    early, late = "2026-03-31 10:00", "2026-04-02 10:00"
    assert case.no("refuse-unanswered", OFFICER, early, **NO) == "applicant-has-time"
    assert case.no("refuse-unanswered", CHAIR, late, **NO) == "not-allowed"
    case.do("tick", at=late)
    assert "answer-overdue" in case.told
    case.do("refuse-unanswered", OFFICER, late, **NO)
    assert (case.dossier.status, case.slips) == (Status.STOPPED, ["03"])
