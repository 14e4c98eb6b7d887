from motcua.dossiers.rules.state import Status
from tests.dossiers.rules.situations import (
    APPLICANT,
    APPRAISAL,
    CHAIR,
    CLERK,
    DESK,
    OFFICER,
    RECEPTION,
    SIGNATURE,
    STRANGER,
    accepted,
    procedure,
    proposed,
    returned,
    words,
)

WRONG = "The name is written wrong."


def test_an_electronic_result_is_returned_as_soon_as_it_is_sealed() -> None:
    case = proposed().do("sign", CHAIR, "14:00").do("seal", at="14:01", code="GKS-1")
    assert (case.dossier.status, case.dossier.at) == (Status.RETURNED, "end")
    assert case.dossier.ended_at
    assert case.dossier.returned_at
    assert f"{case.dossier.ended_at:%H:%M} {case.dossier.returned_at:%H:%M}" == "14:00 14:01"
    assert case.told == ["result-returned"]


def test_a_result_of_the_counter_waits_there_until_it_is_handed_over() -> None:
    case = proposed(channel=1).do("sign", CHAIR, "14:00").do("seal")
    assert (case.dossier.status, case.task.kind, case.task.body_id) == (9, "handover", DESK)
    assert (case.told, case.effects("notify")[0].params["early"]) == (["result-ready"], True)
    assert case.no("hand-over", CHAIR) == "other-body"
    case.do("hand-over", CLERK, "2026-03-05 08:00", to="An")
    assert (case.dossier.status, case.dossier.at) == (Status.RETURNED, "end")
    assert case.dossier.ended_at
    assert f"{case.dossier.ended_at:%d}" == "02"


def test_a_prescribed_paper_original_waits_at_the_desk_also_for_online_dossiers() -> None:
    outcome = {"issue": "certificate", "title": words("C"), "paper-result": True}
    case = proposed(procedure(RECEPTION, APPRAISAL, SIGNATURE, outcome=outcome))
    case.do("sign", CHAIR).do("seal")
    assert (case.dossier.status, case.task.kind) == (Status.FINISHED, "handover")


def test_a_result_is_sealed_once_and_by_the_system() -> None:
    case = proposed(channel=1).do("sign", CHAIR)
    assert case.no("seal", CHAIR) == "not-your-part"
    assert case.do("seal").no("seal") == "not-in-this-state"


def test_a_wrong_result_is_issued_anew_without_a_fee() -> None:
    case = returned().do("request-correction", APPLICANT, "2026-03-04 08:00", say=WRONG)
    assert (case.dossier.status, case.dossier.at, case.task.kind) == (
        10,
        "correction",
        "correction",
    )
    assert case.task.clock
    case.do("reissue", CHAIR, say="Mended.", answers={"home": {"name": "Bình"}})
    assert [e.kind for e in case.last.effects] == ["reissue"]
    assert (case.dossier.corrections, case.dossier.status) == (1, Status.FINISHED)
    case.do("seal")
    assert (case.dossier.status, case.dossier.at) == (Status.RETURNED, "end")
    assert case.dossier.ended_at
    assert f"{case.dossier.ended_at:%Y-%m-%d}" == "2026-03-02"  # the end of processing stays


def test_a_correction_may_be_declined_with_words() -> None:
    case = returned().do("request-correction", OFFICER, say=WRONG)
    assert case.no("decline-correction", CHAIR) == "say-needed"
    case.do("decline-correction", CHAIR, say="It is as you filed it.")
    assert (case.dossier.status, case.dossier.at) == (Status.RETURNED, "end")
    assert case.dossier.corrections == 0


def test_a_correction_needs_a_returned_result_and_words() -> None:
    assert accepted().no("request-correction", APPLICANT, say=WRONG) == "no-result-yet"
    assert returned().no("request-correction", APPLICANT) == "say-needed"
    assert returned().no("request-correction", STRANGER, say=WRONG) == "not-your-part"
    twice = returned().do("request-correction", APPLICANT, say=WRONG)
    assert twice.no("request-correction", APPLICANT, say=WRONG) == "no-result-yet"
