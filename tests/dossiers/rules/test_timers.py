import pytest

from tests.dossiers.rules.situations import (
    APPLICANT,
    ASK,
    CHAIR,
    CLERK,
    OFFICER,
    Case,
    accepted,
    duration,
    moment,
    procedure,
    proposed,
    returned,
)

SORRY = {"say": "The engineer was ill.", "due_at": moment("2026-03-13 17:00")}


def test_an_apology_gives_one_new_date_with_slip_four() -> None:
    case = accepted().do("apologise", OFFICER, "2026-03-05 10:00", **SORRY)
    assert (case.due, case.slips, case.told) == ("2026-03-13 17:00", ["04"], ["apology"])
    assert case.last.acts[-1].detail["late"] is False
    assert case.clock.why[-1]["rule"] == "extended"
    again = {**SORRY, "due_at": moment("2026-03-20 17:00")}
    assert case.no("apologise", CHAIR, **again) == "already-reappointed"


def test_an_apology_on_the_last_day_is_taken_and_marked_late() -> None:
    case = accepted().do("apologise", OFFICER, "2026-03-06 09:01", **SORRY)
    assert case.last.acts[-1].detail["late"] is True


def test_no_new_date_hides_that_a_dossier_is_overdue() -> None:
    assert accepted().no("apologise", OFFICER, "2026-03-09 09:01", **SORRY) == "apology-too-late"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"say": ""}, "say-needed"),
        ({"due_at": None}, "new-date-not-later"),
        ({"due_at": moment("2026-03-09 09:00")}, "new-date-not-later"),
        ({"due_at": moment("2026-03-15 10:00")}, "new-date-not-worked"),
        ({"due_at": moment("2026-03-13 18:00")}, "new-date-not-worked"),
        ({"reason": "invented"}, "unknown-reason"),
    ],
)
def test_an_apology_has_words_and_a_later_date(change: dict[str, object], code: str) -> None:
    assert accepted().no("apologise", OFFICER, **{**SORRY, **change}) == code


def test_nobody_apologises_before_acceptance_or_while_the_applicant_is_asked() -> None:
    assert Case().no("apologise", CLERK, **SORRY) == "not-allowed"
    waiting = accepted().do("ask-once", OFFICER, **ASK)
    assert waiting.no("apologise", OFFICER, **SORRY) == "request-open"


def test_the_head_of_the_desk_is_told_once_that_an_apology_is_due() -> None:
    case = accepted().do("tick", at="2026-03-05 14:29")
    assert "dossier.apology-due" not in case.acts
    case.do("tick", at="2026-03-05 14:30")
    assert "dossier.apology-due" in case.acts
    assert [e.params["about"] for e in case.effects("report")] == ["apology-due"]
    case.do("tick", at="2026-03-05 15:00")
    assert case.acts == []


def test_a_limit_of_a_day_has_no_time_for_an_apology() -> None:
    case = accepted(procedure(limit=duration("same-day"))).do("tick", at="16:59")
    assert "dossier.apology-due" not in case.acts
    case.do("tick", at="17:01")
    assert "dossier.overdue" in case.acts


def test_lateness_is_told_once_to_the_applicant_and_the_head() -> None:
    case = accepted().do("tick", at="2026-03-09 09:01")
    assert "dossier.overdue" in case.acts
    assert "dossier-overdue" in case.told
    case.do("tick", at="2026-03-20 09:00")
    assert case.acts == []


def test_a_new_date_can_become_overdue_again() -> None:
    case = accepted().do("apologise", OFFICER, "2026-03-05 10:00", **SORRY)
    case.do("tick", at="2026-03-14 08:00")
    assert "dossier.overdue" in case.acts


def test_a_clock_that_stands_is_never_overdue() -> None:
    case = accepted().do("ask-once", OFFICER, **ASK).do("tick", at="2026-03-25 08:00")
    assert case.acts == []


def test_a_decided_dossier_is_not_called_overdue() -> None:
    case = proposed().do("sign", CHAIR, "14:00").do("tick", at="2026-04-25 08:00")
    assert "dossier.overdue" not in case.acts
    assert returned().do("tick", at="2026-04-25 08:00").acts == []


def test_the_lateness_of_a_step_is_recorded_once() -> None:
    case = accepted().do("tick", at="2026-03-03 09:01")
    assert case.acts == ["task.overdue"]
    assert case.effects("report") == []
    assert case.do("tick").acts == []


def test_only_the_system_ticks() -> None:
    assert accepted().no("tick", APPLICANT) == "not-your-part"
    assert accepted().no("tick", CHAIR) == "not-your-part"
