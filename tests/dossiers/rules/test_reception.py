import pytest

from motcua.dossiers.rules.state import Status
from tests.dossiers.rules.situations import (
    APPLICANT,
    CLERK,
    COMMITTEE,
    DESK,
    NO,
    OFFICER,
    OTHER_COMMITTEE,
    Case,
    accepted,
)


def test_filing_opens_work_at_the_desk_without_a_legal_clock() -> None:
    case = Case()
    assert (case.dossier.status, case.dossier.at, case.dossier.clock) == (1, "reception", None)
    assert (case.task.body_id, case.task.role) == (DESK, "desk-clerk")
    assert case.task_due == "2026-03-02 14:00"
    assert case.acts == ["dossier.submitted"]
    assert case.dossier.version == 1


def test_acceptance_gives_a_code_a_receipt_and_starts_the_clock() -> None:
    case = accepted()
    assert case.dossier.code == "H26.1-260302-0001"
    assert case.dossier.status == Status.ACCEPTED
    assert case.slips == ["01"]
    assert case.due == "2026-03-09 09:00"
    assert case.acts == ["dossier.accepted", "dossier.transferred"]
    assert case.task.body_id == COMMITTEE
    assert case.last.acts[0].detail["why"]


@pytest.mark.parametrize(
    ("at", "due", "task_due"),
    [
        ("2026-03-02 14:59", "2026-03-09 14:59", "2026-03-03 14:59"),
        ("2026-03-02 15:00", "2026-03-09 15:00", "2026-03-03 15:00"),
        ("2026-03-02 15:01", "2026-03-09 17:00", "2026-03-03 17:00"),
        ("2026-03-07 09:00", "2026-03-13 17:00", "2026-03-09 17:00"),
        ("2026-02-13 15:40", "2026-02-27 17:00", "2026-02-23 17:00"),
    ],
)
def test_what_arrives_after_three_counts_from_the_next_morning(
    at: str, due: str, task_due: str
) -> None:
    case = Case(at="2026-02-13 08:00").do("accept", CLERK, at)
    assert case.due == due
    assert case.task_due == task_due


def test_the_first_hand_of_the_unit_starts_the_processing_once() -> None:
    case = accepted().do("take", OFFICER)
    assert case.dossier.status == Status.IN_PROCESSING
    assert "dossier.processing-started" in case.acts
    case.do("release", OFFICER)
    assert "dossier.processing-started" not in case.acts


def test_a_refusal_at_the_desk_is_not_an_acceptance() -> None:
    case = Case().do("refuse", CLERK, **NO)
    assert (case.dossier.status, case.dossier.at) == (Status.NOT_ACCEPTED, "end")
    assert case.slips == ["03"]
    assert case.last.acts[-1].basis == "law of not-eligible"


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({}, "reason-needed"),
        ({"reason": "not-eligible"}, "say-needed"),
        ({"reason": "not-eligible", "say": "  "}, "say-needed"),
        ({"reason": "invented", "say": "No."}, "unknown-reason"),
        ({"reason": "missing-paper", "say": "No."}, "unknown-reason"),
    ],
)
def test_no_refusal_without_a_coded_reason_and_words(params: dict[str, str], code: str) -> None:
    assert Case().no("refuse", CLERK, **params) == code


def test_a_misrouted_dossier_goes_on_the_same_day_and_its_clock_runs_on() -> None:
    case = accepted()
    due = case.due
    case.do("transfer", OFFICER, "16:00", body_id=OTHER_COMMITTEE, say="Another commune.")
    assert case.dossier.body_id == OTHER_COMMITTEE
    assert case.task.body_id == OTHER_COMMITTEE
    assert case.due == due


def test_a_misrouted_dossier_may_not_wait_until_the_next_day() -> None:
    params = {"body_id": OTHER_COMMITTEE, "say": "Another commune."}
    case = accepted()
    assert case.no("transfer", OFFICER, "2026-03-03 08:00", **params) == "too-late-to-transfer"


def test_the_desk_may_name_another_body_before_acceptance() -> None:
    case = Case().do("transfer", CLERK, body_id=OTHER_COMMITTEE, say="Another commune.")
    assert case.dossier.body_id == OTHER_COMMITTEE
    assert case.task.body_id == DESK


def test_a_dossier_is_accepted_once() -> None:
    assert accepted().no("accept", CLERK) == "not-in-this-state"


def test_the_applicant_cannot_accept() -> None:
    assert Case().no("accept", APPLICANT) == "not-your-part"
