"""The page about the API in real Chromium: no barrier, light, and an example runs on a click."""

import gzip
from typing import Any

import pytest
from django.test import Client

from tests.hostile.conftest import browser as signed_in
from tests.web.api.conftest import Machines
from tests.web.public.through import barriers

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", ["/api/", "/api/problems/"])
def test_no_barrier_is_found(country: None, browser: Any, client: Client, path: str) -> None:
    assert barriers(browser, client, path) == ""
    assert len(gzip.compress(client.get(path).content)) < 45 * 1024


def test_the_pages_of_keys_have_no_barrier(machines: Machines, browser: Any, world: Any) -> None:
    client = signed_in(world.mother, "vi")
    address = client.post("/my/applications/", {"name": "Sổ"})["Location"]
    client.post(address, {"do": "issue", "scopes": ["payments"], "newest": ""})
    assert barriers(browser, client, "/my/applications/") == ""
    assert barriers(browser, client, address) == ""


def test_an_example_runs_on_a_click(the_country: None, live_server: Any, browser: Any) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740}, locale="en")
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    page.goto(f"{live_server.url}/api/")
    example = page.locator("article.api-op", has=page.locator("#list_life_events"))
    example.locator("summary").first.click()
    example.get_by_role("button", name="Run").click()
    shown = example.get_by_role("status")
    shown.wait_for()
    assert shown.inner_text().startswith("200 application/json")
    assert faults == []
    page.close()
