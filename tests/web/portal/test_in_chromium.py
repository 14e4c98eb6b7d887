"""The applicant's pages in real Chromium, on a phone and on a desk; and what the script adds."""

import re
from typing import Any

import pytest

from motcua.kernel import clock
from tests.dossiers.world import World, at, citizen
from tests.web.portal.conftest import browser_of
from tests.web.portal.walking import Walk, work_off
from tests.web.public.through import barriers, opened

pytestmark = pytest.mark.browser
BIRTH = "birth-registration"


def test_the_pages_of_an_application_have_no_barrier(
    browser: Any, world: World, walk: Walk
) -> None:
    start = f"/my/applications/{world.draft()}/"
    pages = ["", *(f"pages/{one}" for one in ("applicant", "child", "mother"))]
    for page in (*pages, "papers", "check", "discard"):
        assert barriers(browser, walk.client, start + page) == ""


def test_the_pages_of_an_account_have_no_barrier(browser: Any, world: World, walk: Walk) -> None:
    world.filed()
    for path in ("/my/", "/my/profile", "/my/notices", f"/my/apply/{BIRTH}/"):
        assert barriers(browser, walk.client, path) == ""


def test_the_pages_of_a_dossier_have_no_barrier(browser: Any, world: World, walk: Walk) -> None:
    dossier_id = world.proposed()
    with clock.at(at("2026-03-03 09:40")):
        for page in ("", "draft", "withdraw", "sent"):
            assert barriers(browser, walk.client, f"/my/dossiers/{dossier_id}/{page}") == ""


def test_the_pages_at_the_end_have_no_barrier(browser: Any, world: World, walk: Walk) -> None:
    dossier_id = world.signed()
    with clock.at(at("2026-03-03 11:05")):
        work_off()
    world.says(world.clerk, dossier_id, "hand-over", "2026-03-03 14:00", to="Trần Thị Bích")
    with clock.at(at("2026-03-03 15:00")):
        for page in ("", "correction"):
            assert barriers(browser, walk.client, f"/my/dossiers/{dossier_id}/{page}") == ""
        code = walk.client.get(f"/my/dossiers/{dossier_id}/").context["dossier"].code
        assert barriers(browser, walk.client, f"/track?code={code}") == ""
        paper = re.search(r"/verify/[^\"]+", walk.get(f"/my/dossiers/{dossier_id}/").text)
        assert paper is not None
        assert barriers(browser, walk.client, paper[0]) == ""


def test_what_is_asked_for_has_no_barrier(browser: Any, world: World, walk: Walk) -> None:
    dossier_id = world.filed()
    items = [{"paper": "birth-notice"}, {"field": "child.ethnicity"}]
    asked = {"reason": "unreadable-paper", "say": "Xin chụp lại.", "items": items}
    world.says(world.clerk, dossier_id, "ask-once", "2026-03-03 08:20", **asked)
    with clock.at(at("2026-03-03 09:00")):
        assert barriers(browser, walk.client, f"/my/dossiers/{dossier_id}/supplement") == ""


def test_a_level_that_is_too_low_is_explained_without_barrier(browser: Any, country: None) -> None:
    client = browser_of(citizen("Lê Văn Tám", "tam", level=0)).client
    assert barriers(browser, client, f"/my/apply/{BIRTH}/") == ""


def test_typing_saves_itself_and_a_conflict_shows_both(
    browser: Any, world: World, walk: Walk
) -> None:
    path = f"/my/applications/{world.draft()}/pages/child"
    with opened(browser, walk.client, path) as page:
        page.fill("#child\\.ethnicity", "Mường")
        page.wait_for_selector("[data-autosave-state]:not(:empty)")
        assert "Mường" in walk.get(path).text
        other = walk.hidden() | {"child.ethnicity": "Thái", "go": "later"}
        walk.post(path, other)
        page.fill("#child\\.ethnicity", "Tày")
        page.click("form#form .actions button >> nth=0")
        page.wait_for_selector("input[name='keep:child.ethnicity']")
        assert "Thái" in page.content()
        assert "Tày" in page.content()


def test_the_commune_is_chosen_without_a_script(browser: Any, world: World, walk: Walk) -> None:
    path = f"/my/applications/{world.draft()}/pages/child"
    with opened(browser, walk.client, path, java_script_enabled=False) as page:
        page.select_option("[name='child.birth_place-province']", "79")
        page.click("button[name=redraw] >> nth=0")
        page.wait_for_selector("[name='child.birth_place'] option:nth-child(3)", state="attached")
        assert page.input_value("[name='child.birth_place-province']") == "79"
