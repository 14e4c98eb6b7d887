import pytest

from motcua.dossiers.rules.state import Status
from tests.dossiers.rules.situations import (
    APPLICANT,
    APPRAISAL,
    ASK,
    CHAIR,
    CHECKS,
    NO,
    OFFICER,
    POLICE,
    POLICE_STATION,
    RECEPTION,
    SIGNATURE,
    TAX,
    TAX_OFFICE,
    Case,
    accepted,
    procedure,
)

QUESTION = {"body_id": POLICE_STATION, "say": "Does An live there?", "within": "1 working day"}


def asked() -> Case:
    return accepted().do("ask-opinion", OFFICER, "10:00", **QUESTION)


def parallel(**more: object) -> Case:
    return accepted(procedure(RECEPTION, {**CHECKS, **more}, SIGNATURE), at="10:00")


def test_an_opinion_has_its_own_deadline_and_the_legal_clock_runs_on() -> None:
    case = asked()
    task = next(t for t in case.dossier.open_tasks if t.kind == "opinion")
    assert task.clock
    assert f"{task.clock.due_at:%Y-%m-%d %H:%M}" == "2026-03-03 10:00"
    assert case.clock.paused_at is None
    assert task.body_id == POLICE_STATION


def test_the_silence_of_another_body_is_reported_once() -> None:
    case = asked().do("tick", at="2026-03-03 10:01")
    assert [e.params["about"] for e in case.effects("report")] == ["opinion-overdue"]
    assert "opinion.overdue" in case.acts
    case.do("tick", at="2026-03-03 10:02")
    assert (case.acts, case.effects("report")) == ([], [])


def test_an_opinion_is_given_by_the_body_that_was_asked() -> None:
    case = asked()
    assert case.no("give-opinion", OFFICER, say="Yes.") == "other-body"
    case.do("give-opinion", POLICE, say="Yes.", agrees=True)
    assert case.last.acts[-1].detail["agrees"] is True
    assert case.dossier.at == "appraisal"


def test_a_late_opinion_is_taken_and_marked() -> None:
    case = asked().do("give-opinion", POLICE, "2026-03-04 08:00", say="Yes.")
    assert case.last.acts[-1].detail["late"] is True


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"within": ""}, "opinion-needs-a-deadline"),
        ({"within": "soon"}, "opinion-needs-a-deadline"),
        ({"say": ""}, "say-needed"),
        ({"body_id": None}, "no-body-named"),
    ],
)
def test_a_question_names_body_words_and_deadline(change: dict[str, object], code: str) -> None:
    assert accepted().no("ask-opinion", OFFICER, **{**QUESTION, **change}) == code


def test_open_opinions_end_with_the_decision() -> None:
    case = asked().do("refuse", OFFICER, **NO)
    assert case.dossier.open_tasks == ()


def test_parallel_bodies_are_asked_at_once_each_with_its_deadline() -> None:
    case = parallel()
    assert {t.name: t.body_id for t in case.dossier.open_tasks} == {
        "police": POLICE_STATION,
        "tax": TAX_OFFICE,
    }
    assert all(t.clock for t in case.dossier.open_tasks)


def test_the_state_ends_when_all_have_answered() -> None:
    case = parallel().do("confirm", POLICE)
    assert (case.dossier.at, case.dossier.status) == ("checks", Status.IN_PROCESSING)
    case.do("confirm", TAX)
    assert case.dossier.at == "signature"
    assert "branches.complete" in case.acts


def test_an_objection_is_noted_and_goes_to_the_lead() -> None:
    case = parallel()
    assert case.no("object", POLICE) == "say-needed"
    case.do("object", POLICE, say="The road is closed.").do("confirm", TAX)
    assert case.dossier.at == "signature"
    assert any(t.verb == "object" for t in case.dossier.tasks)


def test_the_file_may_send_objections_elsewhere() -> None:
    route = procedure(RECEPTION, APPRAISAL, {**CHECKS, "then": {"object": "appraisal"}}, SIGNATURE)
    case = accepted(route).do("propose", OFFICER)
    case.do("object", POLICE, say="The road is closed.").do("confirm", TAX)
    assert case.dossier.at == "appraisal"


def test_the_lead_waits_for_the_others() -> None:
    case = parallel(may=["propose"])
    assert case.no("propose", OFFICER) == "branches-open"
    case.do("confirm", POLICE).do("confirm", TAX).do("propose", OFFICER)
    assert case.dossier.at == "signature"


def test_a_parallel_body_may_use_the_one_request_and_the_others_go_on() -> None:
    case = parallel().do("ask-once", POLICE, **ASK).do("confirm", TAX)
    assert case.dossier.at == "checks"
    assert case.clock.paused_at
    case.do("supplement", APPLICANT, papers={"plan": ("file",)}).do("confirm", POLICE)
    assert case.dossier.at == "signature"


def test_the_lateness_of_a_parallel_body_is_reported() -> None:
    case = parallel().do("tick", at="2026-03-04 08:00")
    about = [e.params["about"] for e in case.effects("report")]
    assert about == ["branch-overdue", "branch-overdue"]


def test_the_chair_of_another_role_does_not_answer_for_a_branch() -> None:
    assert parallel().no("confirm", CHAIR) == "other-body"
