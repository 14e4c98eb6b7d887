"""A table of the form from a CSV file: every fault at once, and nothing that was sent is lost."""

from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.catalogue import api as catalogue
from motcua.dossiers import api as dossiers
from tests.dossiers.world import World
from tests.web.portal.walking import Walk

pytestmark = pytest.mark.django_db
GOOD = "Ngô Thị Hà,001188000101,11/4/1988,yes"
FAULTY = ("Ngô Thị Hà,12,11/4/1988,yes", GOOD, ",001086000102,31/2/1986,no")


@pytest.fixture
def page(world: World) -> str:
    """The page of the members in a new application for health insurance."""
    draft = dossiers.open_draft(world.mother, "health-insurance-renewal")
    return f"/my/applications/{draft.id}/pages/members"


def file_of(walk: Walk, page: str, *rows: str) -> SimpleUploadedFile:
    """A spreadsheet made from the empty table that the page offers."""
    template = walk.client.get(f"{page}/members.csv").content.decode("utf-8-sig")
    text = "\r\n".join([template.splitlines()[0], *rows])
    return SimpleUploadedFile("members.csv", text.encode("utf-8-sig"), "text/csv")


def members(world: World, page: str) -> list[dict[str, object]]:
    draft = dossiers.draft(world.mother, UUID(page.split("/")[3]))
    return list(catalogue.get(draft.answers, "members") or ())


def test_the_rows_of_a_file_stand_in_the_form(world: World, walk: Walk, page: str) -> None:
    walk.post(f"{page}/members/rows", {"file": file_of(walk, page, GOOD)})
    assert 'value="Ngô Thị Hà"' in walk.get(page).text
    assert len(members(world, page)) == 1


def test_all_faults_are_told_at_once_and_nothing_is_lost(walk: Walk, page: str) -> None:
    walk.post(f"{page}/members/rows", {"file": file_of(walk, page, *FAULTY)}, status=422)
    for path in ("members[0].personal_number", "members[2].name", "members[2].born_on"):
        assert f'href="#{path}' in walk.text
    assert walk.text.index("#members[0].") < walk.text.index("#members[2].")
    for typed in ('value="12"', 'value="Ngô Thị Hà"', 'value="001086000102"'):
        assert typed in walk.text


def test_a_mended_file_takes_the_place_of_the_faulty_one(
    world: World, walk: Walk, page: str
) -> None:
    walk.post(f"{page}/members/rows", {"file": file_of(walk, page, *FAULTY)}, status=422)
    assert 'name="replace" value="1" checked' in walk.text
    walk.post(f"{page}/members/rows", {"file": file_of(walk, page, GOOD), "replace": "1"})
    assert [one["name"] for one in members(world, page)] == ["Ngô Thị Hà"]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"a,b\r\n1,2", b"x" * (1024 * 1024 + 1)])
def test_a_file_that_is_no_such_table_changes_nothing(
    world: World, walk: Walk, page: str, content: bytes
) -> None:
    walk.post(f"{page}/members/rows", {"file": file_of(walk, page, GOOD)})
    wrong = SimpleUploadedFile("x.csv", content, "text/csv")
    walk.post(f"{page}/members/rows", {"file": wrong, "replace": "1"}, status=422)
    assert len(members(world, page)) == 1


def test_no_file_at_all_is_said(walk: Walk, page: str) -> None:
    walk.post(f"{page}/members/rows", {}, status=422)
    assert "Choose a CSV file" in walk.text
