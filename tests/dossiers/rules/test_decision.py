import pytest
from msgspec.structs import replace

from motcua.dossiers.rules.state import Status
from motcua.kernel.refusals import Refusal
from tests.dossiers.rules.situations import (
    APPLICANT,
    APPRAISAL,
    CHAIR,
    CLERK,
    COLLEAGUE,
    NO,
    OFFICER,
    POLICE,
    RECEPTION,
    SIGNATURE,
    STRANGER,
    SURVEY,
    accepted,
    procedure,
    proposed,
)
from tests.kernel.calendars import hanoi


def test_a_signature_finishes_the_dossier_and_issues_the_paper() -> None:
    case = proposed().do("sign", CHAIR, "14:00")
    assert (case.dossier.status, case.dossier.at) == (Status.FINISHED, "handover")
    assert case.dossier.decision["granted"] is True
    assert [e.params for e in case.effects("issue")] == [{"paper": "certificate"}]
    assert case.task.kind == "seal"
    granted = next(act for act in case.last.acts if act.verb == "dossier.granted")
    assert granted.detail["early"] is True


def test_the_signature_on_a_negative_proposal_is_a_refusal() -> None:
    case = accepted().do("propose", OFFICER, grant=False, **NO)
    assert case.dossier.at == "signature"  # no draft to agree to
    case.do("sign", CHAIR)
    assert (case.dossier.status, case.dossier.at) == (Status.STOPPED, "end")
    assert case.dossier.decision["reason"] == "not-eligible"
    assert (case.slips, case.effects("issue")) == (["03"], [])


def test_a_negative_proposal_needs_a_coded_reason() -> None:
    assert accepted().no("propose", OFFICER, grant=False, say="No.") == "reason-needed"


def test_who_proposed_does_not_sign() -> None:
    same = {**SIGNATURE, "who": "appraiser", "may": ["sign", "send-back", "propose"]}
    case = proposed(procedure(RECEPTION, APPRAISAL, same))
    assert case.no("sign", OFFICER) == "not-allowed"
    both = case.command("sign", OFFICER)
    with pytest.raises(Refusal, match="own-proposal"):
        case.decided(replace(both, permissions=frozenset({"sign"})), case.now)


def test_a_file_sent_back_returns_to_the_officer_who_proposed() -> None:
    case = proposed().do("send-back", CHAIR, say="Name the street.")
    assert (case.dossier.at, case.task.officer_id) == ("appraisal", OFFICER)
    assert case.dossier.proposal == {}
    assert case.no("propose", COLLEAGUE) == "taken-by-other"
    assert proposed().no("send-back", CHAIR) == "say-needed"


def test_a_taken_task_belongs_to_one_officer() -> None:
    case = accepted().do("take", OFFICER)
    assert case.no("take", COLLEAGUE) == "taken-by-other"
    assert case.no("propose", COLLEAGUE) == "taken-by-other"
    assert case.no("release", COLLEAGUE) == "taken-by-other"
    case.do("assign", CHAIR, officer_id=COLLEAGUE).do("propose", COLLEAGUE)
    assert case.dossier.proposal["by"] == str(COLLEAGUE)


def test_only_a_leader_gives_work_to_others() -> None:
    assert accepted().no("assign", OFFICER, officer_id=COLLEAGUE) == "not-allowed"


def test_taking_twice_changes_nothing() -> None:
    case = accepted().do("take", OFFICER)
    version = case.dossier.version
    case.do("take", OFFICER)
    assert (case.acts, case.dossier.version) == ([], version)


@pytest.mark.parametrize(
    ("by", "code"),
    [
        (CLERK, "other-body"),
        (POLICE, "other-body"),
        (CHAIR, "not-allowed"),
        (APPLICANT, "not-your-part"),
        (STRANGER, "not-your-part"),
        (None, "not-your-part"),
    ],
)
def test_only_the_role_that_owes_the_work_may_do_it(by: object, code: str) -> None:
    assert accepted().no("propose", by, at="10:00") == code  # type: ignore[arg-type]


def test_a_survey_must_be_recorded_completely() -> None:
    case = accepted(procedure(RECEPTION, SURVEY, SIGNATURE))
    assert case.no("record", OFFICER) == "record-incomplete"
    case.do("record", OFFICER, values={"site.power": 30})
    assert case.dossier.recorded == {"site": {"power": 30}}
    assert case.dossier.at == "signature"


def test_a_state_whose_condition_is_false_is_passed_over() -> None:
    weak = {**SIGNATURE, "state": "director", "when": "recorded.site.power > 100"}
    route = procedure(RECEPTION, SURVEY, weak, SIGNATURE)
    small = accepted(route).do("record", OFFICER, values={"site.power": 30})
    large = accepted(route).do("record", OFFICER, values={"site.power": 300})
    assert (small.dossier.at, large.dossier.at) == ("signature", "director")


def test_a_file_may_name_another_next_state() -> None:
    short = {**APPRAISAL, "then": {"propose": "signature"}}
    case = accepted(procedure(RECEPTION, short, SURVEY, SIGNATURE)).do("propose", OFFICER)
    assert case.dossier.at == "signature"


def test_a_visit_is_announced_and_keeps_the_task_open() -> None:
    case = accepted().do("schedule", OFFICER, visit_at=hanoi("2026-03-04 09:00"))
    assert (case.told, case.dossier.at) == (["visit-scheduled"], "appraisal")
    assert case.no("schedule", OFFICER, visit_at=hanoi("2026-03-01 09:00")) == "visit-in-the-past"
    assert case.no("schedule", OFFICER, visit_at="tomorrow") == "visit-needs-a-time"


def test_items_are_marked_one_by_one() -> None:
    case = accepted().do("check", OFFICER, item="plan", mark="doubt")
    case.do("check", OFFICER, item="home.name", mark="ok")
    assert case.dossier.checks == {"plan": "doubt", "home.name": "ok"}
    case.do("check", OFFICER, item="plan", mark="")
    assert case.dossier.checks == {"home.name": "ok"}
    assert case.no("check", OFFICER, item="poem", mark="ok") == "unknown-item"
    assert case.no("check", OFFICER, item="plan", mark="fine") == "unknown-mark"


def test_a_closed_or_unknown_task_is_refused() -> None:
    case = accepted()
    closed = case.dossier.tasks[0]
    assert case.no("accept", CLERK, task=closed) == "task-closed"
    assert case.no("fly", OFFICER) == "unknown-verb"


def test_a_decision_on_an_old_version_is_refused() -> None:
    case = accepted()
    old = replace(case.command("propose", OFFICER), version=case.dossier.version - 1)
    with pytest.raises(Refusal, match="changed-meanwhile"):
        case.decided(old, case.now)


def test_nobody_is_an_officer_in_his_own_affair() -> None:
    case = accepted()
    with pytest.raises(Refusal, match="own-affair"):
        case.decided(replace(case.command("propose", OFFICER), by=APPLICANT), case.now)
