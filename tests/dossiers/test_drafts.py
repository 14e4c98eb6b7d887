"""Drafts: saved as typed, right or wrong; nobody else's; sent once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.dossiers import api
from motcua.kernel import clock
from motcua.kernel.actors import GUEST
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal
from tests.documents.samples import png
from tests.dossiers.world import World, at, citizen, fill, scan

NOW = at("2026-03-03 08:00")


def test_a_draft_begins_with_what_the_account_knows(world: World) -> None:
    draft = api.open_draft(world.mother, "birth-registration")
    assert draft.answers["applicant"]["full_name"] == "Trần Thị Bích"
    assert draft.answers["applicant"]["phone"] == "0912345678"


def test_a_second_click_on_start_gives_the_untouched_draft_again(world: World) -> None:
    first = api.open_draft(world.mother, "birth-registration")
    assert api.open_draft(world.mother, "birth-registration").id == first.id
    api.save_page(world.mother, first.id, "child", {"child.name": ["Nguyễn Minh Anh"]})
    assert api.open_draft(world.mother, "birth-registration").id != first.id


def test_what_was_typed_stays_even_when_it_is_wrong(world: World) -> None:
    with clock.at(NOW):
        draft = api.open_draft(world.mother, "birth-registration")
        typed = {"child.name": ["An 123"], "child.born_on-day": ["31"], "unknown": ["x"]}
        draft, problems = api.save_page(world.mother, draft.id, "child", typed)
        assert {"child.name", "child.born_on"} <= {problem.path for problem in problems}
        assert "child" not in draft.done
        kept = api.draft(world.mother, draft.id)
    assert kept.typed["child"] == {"child.name": ["An 123"], "child.born_on-day": ["31"]}


def test_autosave_never_marks_a_page_as_done(world: World) -> None:
    draft = api.open_draft(world.mother, "birth-registration")
    page = {"family.father_named": ["no"]}
    saved, _ = api.save_page(world.mother, draft.id, "family", page, autosave=True)
    assert saved.answers["family"] == {"father_named": False}
    assert saved.done == ()
    done, _ = api.save_page(world.mother, draft.id, "family", page)
    assert done.done == ("family",)


def test_a_second_browser_hears_that_the_draft_changed(world: World) -> None:
    draft = api.open_draft(world.mother, "birth-registration")
    page = {"family.father_named": ["no"]}
    api.save_page(world.mother, draft.id, "family", page, version=draft.version)
    with pytest.raises(Refusal, match="draft-changed"):
        api.save_page(world.mother, draft.id, "family", page, version=draft.version)


def test_broken_text_is_kept_as_far_as_the_database_can(world: World) -> None:
    draft = api.open_draft(world.mother, "birth-registration")
    raw = {"child.name": ["A\x00n\ud800"]}
    draft, problems = api.save_page(world.mother, draft.id, "child", raw)
    assert problems
    assert draft.typed["child"]["child.name"] == ["An?"]


def test_all_faults_come_back_together(world: World) -> None:
    with clock.at(NOW):
        draft_id = world.draft(paper=False, mother={}, child={"at_facility": True})
        paths = {problem.path for problem in api.check_draft(world.mother, draft_id)}
        assert {"child.name", "mother.name", "birth-notice"} <= paths
        with pytest.raises(Refusal) as no:
            api.submit(world.mother, draft_id, "")
    assert no.value.code == "dossiers.form-incomplete"
    assert paths == {problem.path for problem in no.value.problems}
    assert api.draft(world.mother, draft_id)


def test_nobody_else_finds_a_draft(world: World) -> None:
    draft_id = world.draft()
    for somebody in (world.stranger, world.clerk, GUEST):
        with pytest.raises(Refusal, match="draft-not-found"):
            api.draft(somebody, draft_id)
        with pytest.raises(Refusal, match="draft-not-found"):
            api.submit(somebody, draft_id, "")


def test_a_guest_keeps_his_draft_by_its_id_and_continues_after_signing_in(world: World) -> None:
    draft = api.open_draft(GUEST, "birth-registration")
    fill(GUEST, draft.id, {"family": {"father_named": False}})
    with pytest.raises(Refusal, match="level-too-low"):
        api.submit(GUEST, draft.id, "")
    assert api.draft(world.mother, draft.id).answers["family"] == {"father_named": False}
    assert world.mother.account_id is not None
    fill(world.mother, draft.id, {"registration": {"relation": "mother"}})
    assert [row.id for row in api.my_drafts(world.mother)] == [draft.id]


def test_uploads_belong_to_a_paper_that_the_service_asks_for(world: World) -> None:
    draft = api.open_draft(world.mother, "birth-registration")
    with pytest.raises(Refusal, match="unknown-paper"):
        api.attach(world.mother, draft.id, "land-certificate", [scan()])
    with_one = api.attach(world.mother, draft.id, "birth-notice", [scan("a.png"), scan("b.png")])
    assert len(with_one.uploads_of("birth-notice")) == 2
    file_id = with_one.uploads[0].file_id
    assert api.open_draft_upload(world.mother, draft.id, file_id).content
    left = api.detach(world.mother, draft.id, "birth-notice", file_id)
    assert [one.file_id for one in left.uploads] == [with_one.uploads[1].file_id]
    with pytest.raises(Refusal, match="too-many-files"):
        others = [SimpleUploadedFile(f"{n}.png", png(n)) for n in range(4, 24)]
        api.attach(world.mother, draft.id, "birth-notice", others)


def test_the_same_file_is_attached_once(world: World) -> None:
    draft = api.open_draft(world.mother, "birth-registration")
    for _click in range(2):
        draft = api.attach(world.mother, draft.id, "birth-notice", [scan()])
    assert len(draft.uploads) == 1


def test_sending_twice_is_one_dossier(world: World) -> None:
    with clock.at(NOW):
        draft_id, key = world.draft(), str(new_id())
        first = api.submit(world.mother, draft_id, key)
        assert api.submit(world.mother, draft_id, key) == first
        assert api.submit(world.mother, draft_id) == first
        assert api.submit(world.mother, new_id(), key) == first
    assert len(api.my_dossiers(world.mother)) == 1
    with pytest.raises(Refusal, match="not-found"):
        api.submit(world.stranger, draft_id, key)


def test_a_discarded_draft_is_gone(world: World) -> None:
    draft_id = world.draft()
    api.discard(world.mother, draft_id)
    assert api.my_drafts(world.mother) == []


def test_a_clerk_must_say_for_whom_and_cannot_file_for_himself(world: World) -> None:
    with clock.at(NOW):
        draft = api.open_draft(world.clerk, "birth-registration")
        with pytest.raises(Refusal, match="no-applicant"):
            api.submit(world.clerk, draft.id, "")
        with pytest.raises(Refusal, match="not-allowed"):
            api.open_draft(world.civil, "birth-registration")
        known = api.set_applicant(
            world.clerk, draft.id, {"name": "Bích", "personal_number": "001196000011"}
        )
    assert known.applicant_id == world.mother.account_id
    other = citizen("Lý Văn Ba", "ba")
    assert api.my_drafts(other) == []
