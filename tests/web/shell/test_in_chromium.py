"""The gallery in real Chromium: accessible, usable without a script, at 320 pixels, by keyboard."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.web import axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def open_page(browser: Any, live_server: Any) -> Iterator[Any]:
    contexts = []

    def opened(path: str, width: int = 1280, **options: Any) -> Any:
        viewport = {"width": width, "height": 768}
        context = browser.new_context(viewport=viewport, locale="vi-VN", **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(live_server.url + path)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("path", ["/design/", "/design/desk", "/design/confirm"])
def test_no_barrier_is_found(open_page: Any, path: str) -> None:
    assert axe.faults_of(open_page(path)) == ""


@pytest.mark.parametrize("path", ["/design/", "/design/desk"])
def test_nothing_runs_off_a_narrow_screen(open_page: Any, path: str) -> None:
    page = open_page(path, 320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_first_tab_leads_past_the_header(open_page: Any) -> None:
    page = open_page("/design/confirm")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_faults_take_the_focus(open_page: Any) -> None:
    page = open_page("/design/")
    assert page.evaluate("document.activeElement.id") == "problems"
    page.click("#problems a >> nth=0")
    assert page.evaluate("document.activeElement.id") == "child.name"


def test_the_language_changes_in_mid_form_without_a_script(open_page: Any) -> None:
    page = open_page("/design/", java_script_enabled=False)
    page.fill("[id='child.name']", "Trần Thị Mơ")
    page.click(".langs button[value=fr]")
    assert page.get_attribute("html", "lang") == "fr"
    assert page.input_value("[id='child.name']") == "Trần Thị Mơ"


def test_officers_walk_the_list_by_keyboard(open_page: Any) -> None:
    page = open_page("/design/desk")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('tr').rowIndex") == 2
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.type("j?")
    assert page.input_value("[data-search]") == "j?"
