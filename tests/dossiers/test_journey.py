"""Whole ways through the door: from a form to a sealed result."""

import pytest

from motcua.acts import api as acts
from motcua.documents import api as documents
from motcua.dossiers import api
from motcua.identity import api as identity
from motcua.kernel import clock, jobs
from motcua.kernel.refusals import Refusal
from motcua.registers import api as registers
from tests.dossiers.world import World, at, scan

END_OF_DAY = at("2026-03-03 17:00")


def test_a_birth_is_registered_from_the_form_to_the_sealed_certificate(world: World) -> None:
    dossier_id = world.signed()
    with clock.at(at("2026-03-03 11:05")):
        jobs.run_due()
    with clock.at(at("2026-03-03 14:00")):
        api.act_on(world.clerk, dossier_id, "hand-over", to="Trần Thị Bích")
        view = api.dossier_view(world.mother, dossier_id)
    assert view.dossier.status == api.Status.RETURNED
    assert [paper.form for paper in view.papers] == ["01", "birth-certificate"]
    assert all(paper.ready for paper in view.papers)
    assert view.papers[1].number.endswith("/2026/KS")
    assert view.may_rate
    opened = api.open_paper(world.mother, dossier_id, view.papers[1].paper_id)
    assert opened.content.startswith(b"%PDF")
    assert documents.verify(opened.content).paper is not None


def test_the_certificate_brings_a_personal_number_and_writes_the_registers(world: World) -> None:
    dossier_id = world.signed()
    dossier = api.dossier_view(world.mother, dossier_id).dossier
    number = dossier.recorded["child"]["personal_number"]
    person = registers.person_by_number(
        world.civil, number, purpose="procedure/birth-registration", dossier_id=dossier_id
    )
    assert person is not None
    assert person.full_name == "Nguyễn Minh Anh"
    assert person.residence_area == "00004"


def test_acceptance_gives_a_code_a_due_time_and_a_receipt(world: World) -> None:
    dossier_id = world.filed()
    dossier = world.says(world.clerk, dossier_id, "accept", "2026-03-03 08:30")
    assert dossier.code == f"{world.ward.code}-260303-0001"
    assert dossier.clock is not None
    assert dossier.clock.due_at == END_OF_DAY
    second = world.filed("2026-03-03 09:00")
    again = world.says(world.clerk, second, "accept", "2026-03-03 09:10")
    assert again.code.endswith("-260303-0002")


def test_the_clerk_files_for_a_citizen_and_accepts_at_once(world: World) -> None:
    with clock.at(at("2026-03-03 08:00")):
        dossier_id = api.submit(world.clerk, world.draft(world.clerk), "", accept=True)
        dossier = api.dossier_view(world.clerk, dossier_id).dossier
    assert dossier.channel == 1
    assert dossier.filed_by == world.clerk.account_id
    assert dossier.applicant["name"] == "Trần Thị Bích"
    assert dossier.code
    assert dossier.at == "appraisal"


def test_a_supplement_shows_what_changed_and_lets_the_clock_run_on(world: World) -> None:
    dossier_id = world.filed()
    items = [{"paper": "birth-notice"}, {"field": "child.name"}]
    asked = {"reason": "unreadable-paper", "say": "Ảnh bị mờ.", "items": items}
    world.says(world.clerk, dossier_id, "ask-once", "2026-03-03 08:30", **asked)
    choice = api.dossier_view(world.mother, dossier_id).choice("supplement")
    assert choice is not None
    assert [field.field for field in choice.fields] == ["child.name"]
    world.says(
        world.mother,
        dossier_id,
        "supplement",
        "2026-03-03 09:00",
        raw={"child.name": ["Nguyễn Minh Ánh"]},
        uploads={"birth-notice": [scan("ro-hon.png")]},
    )
    view = api.dossier_view(world.clerk, dossier_id)
    assert [(c.path, c.before, c.after) for c in view.changes] == [
        ("child.name", "Nguyễn Minh Anh", "Nguyễn Minh Ánh")
    ]
    assert view.papers_changed == ("birth-notice",)
    assert len(view.uploads) == 2
    assert [paper.form for paper in view.papers] == ["02"]


def test_a_refusal_at_the_desk_says_why_and_issues_slip_03(world: World) -> None:
    dossier_id = world.filed()
    say = "Trẻ đã được đăng ký khai sinh."
    world.says(
        world.clerk, dossier_id, "refuse", "2026-03-03 08:30", reason="registered-before", say=say
    )
    view = api.dossier_view(world.mother, dossier_id)
    assert view.dossier.status == api.Status.NOT_ACCEPTED
    assert [paper.form for paper in view.papers] == ["03"]
    assert world.mother.account_id is not None
    notices = identity.notifications_of(world.mother.account_id)
    assert notices[0].template == "not-accepted"
    assert say in notices[0].body


def told(world: World) -> dict[str, str]:
    """What the mother was told, by template."""
    assert world.mother.account_id is not None
    notices = identity.notifications_of(world.mother.account_id)
    return {notice.template: notice.body for notice in notices}


def test_a_mistake_in_the_result_is_corrected_with_a_paper_that_replaces_it(world: World) -> None:
    dossier_id = world.signed()
    jobs.run_due()
    world.says(world.clerk, dossier_id, "hand-over", "2026-03-03 14:00", to="Bích")
    world.says(world.mother, dossier_id, "request-correction", "2026-03-04 08:00", say="Sai tên")
    assert "Sai tên" in told(world)["correction-requested"]
    world.says(
        world.chair,
        dossier_id,
        "reissue",
        "2026-03-04 09:00",
        say="Đã sửa",
        answers={"child": {"name": "Nguyễn Minh Ánh"}},
    )
    jobs.run_due()
    papers = documents.papers_of_dossier(dossier_id)
    states = [paper.state for paper in papers if paper.template == "birth-certificate"]
    assert states == ["superseded", "sealed"]


def test_previews_make_papers_and_keep_nothing(world: World) -> None:
    dossier_id = world.filed()
    with clock.at(at("2026-03-03 08:20")):
        before = len(acts.timeline_of(dossier_id))
        params = {
            "reason": "unreadable-paper",
            "say": "Ảnh bị mờ.",
            "items": [{"paper": "birth-notice"}],
        }
        assert api.preview_slip(world.clerk, dossier_id, "ask-once", params).startswith(b"%PDF")
        assert api.preview_slip(world.clerk, dossier_id, "accept").startswith(b"%PDF")
        assert api.preview_result(world.mother, dossier_id).startswith(b"%PDF")
        with pytest.raises(Refusal, match="no-slip"):
            api.preview_slip(world.clerk, dossier_id, "take")
    assert len(acts.timeline_of(dossier_id)) == before
    assert not api.dossier_view(world.mother, dossier_id).papers


def test_the_control_sheet_and_the_register_tell_who_had_what(world: World) -> None:
    dossier_id = world.signed()
    lines = api.control_sheet(world.chair, dossier_id)
    assert [line.verb for line in lines[:4]] == ["accept", "propose", "agree", "sign"]
    assert lines[1].officer == "Đỗ Văn Nam"
    span = {"since": at("2026-03-03 00:00"), "until": at("2026-03-04 00:00")}
    assert [line.applicant for line in api.register(world.clerk, **span)] == ["Trần Thị Bích"]
    assert api.control_sheet_pdf(world.chair, dossier_id).startswith(b"%PDF")
    assert api.register_pdf(world.clerk, **span).startswith(b"%PDF")


def test_the_applicant_rates_once_and_only_at_the_end(world: World) -> None:
    dossier_id = world.filed()
    with pytest.raises(Refusal, match="not-ended"):
        api.rate(world.mother, dossier_id, 5)
    world.says(world.mother, dossier_id, "withdraw", "2026-03-03 08:20")
    api.rate(world.mother, dossier_id, 4, text="Nhanh")
    with pytest.raises(Refusal, match="already-rated"):
        api.rate(world.mother, dossier_id, 5)
    assert api.dossier_view(world.mother, dossier_id).stars == 4
