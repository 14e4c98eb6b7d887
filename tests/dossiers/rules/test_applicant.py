import pytest

from motcua.dossiers.rules.state import Status
from tests.dossiers.rules.situations import (
    APPLICANT,
    ASK,
    CHAIR,
    CLERK,
    NO,
    OFFICER,
    Case,
    accepted,
    drafted,
    proposed,
)


def test_the_clock_stands_while_the_applicant_reads_the_draft() -> None:
    case = drafted()
    assert case.clock.paused_at
    assert case.told == ["your-turn"]
    case.do("agree", APPLICANT, "2026-03-03 09:00")
    assert case.dossier.at == "signature"
    assert case.clock.paused_at is None
    assert case.due == "2026-03-10 08:00"


def test_a_correction_goes_back_to_the_officer_with_the_words() -> None:
    case = drafted().do(
        "correct", APPLICANT, say="Bình, not An.", answers={"home": {"name": "Bình"}}
    )
    assert (case.dossier.at, case.task.officer_id) == ("appraisal", OFFICER)
    assert case.dossier.answers["home"]["name"] == "Bình"
    assert drafted().no("correct", APPLICANT) == "say-needed"


def test_silence_is_agreement_at_the_due_time_itself() -> None:
    case = drafted().do("tick", at="2026-03-03 09:59")
    assert (case.acts, case.dossier.at) == ([], "draft")
    case.do("tick", at="2026-03-05 10:00")
    assert case.dossier.at == "signature"
    assert case.acts[0] == "silence.counted"
    assert f"{case.task.opened_at:%Y-%m-%d %H:%M}" == "2026-03-03 10:00"


def test_an_answer_after_the_silence_counted_is_too_late() -> None:
    assert drafted().no("correct", APPLICANT, "2026-03-03 10:00", say="No.") == "silence-counted"


@pytest.mark.parametrize("stage", [Case, accepted, drafted, proposed])
def test_the_applicant_may_withdraw_before_the_decision(stage: type[Case]) -> None:
    case = stage().do("withdraw", APPLICANT)
    assert (case.dossier.status, case.dossier.at) == (Status.WITHDRAWN, "end")
    assert case.dossier.open_tasks == ()


def test_the_applicant_may_withdraw_while_papers_are_asked() -> None:
    case = Case().do("ask-once", CLERK, **ASK).do("withdraw", APPLICANT)
    assert case.dossier.status == Status.WITHDRAWN


def test_nothing_is_withdrawn_after_the_decision() -> None:
    assert proposed().do("sign", CHAIR).no("withdraw", APPLICANT) == "already-decided"
    assert accepted().do("refuse", OFFICER, **NO).no("withdraw", APPLICANT) == "closed"
