"""The public pages in real Chromium: no barrier, nothing off a narrow screen, light enough."""

import gzip
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.web import axe
from tests.web.public.through import barriers, opened

PATHS = [
    "/",
    "/services",
    "/services?q=zzzzqq&audience=business",
    "/services/birth-registration/",
    "/services/birth-registration/form",
    "/track",
    "/track?code=H26.3-261124-0031",
    "/verify",
    "/verify/7K2M-9QXA-0B3C-D4EF",
    "/help",
    "/help/accessibility",
    "/help/your-data",
]
SHARED = ["shell/shell.css", "shell/parts.css", "shell/shell.js", "shell/mark.svg"]


FAULTY = """() => {
  const main = document.querySelector("main");
  main.insertAdjacentHTML("beforeend", "<img src=x><p><input></p><p>Pale words</p>");
  const [wide, grey] = [...main.children].slice(-2);
  [grey.style.color, grey.style.backgroundColor] = ["#777", "#888"];
  wide.id = "only-wide";
  document.styleSheets[0].insertRule(
    "@media (max-width: 899px) { #only-wide { display: none } }");
}"""


@pytest.mark.browser
@pytest.mark.parametrize("path", PATHS)
def test_no_barrier_is_found(country: None, browser: Any, client: Client, path: str) -> None:
    assert barriers(browser, client, path) == ""


@pytest.mark.browser
def test_the_check_finds_what_only_one_width_has(
    country: None, browser: Any, client: Client
) -> None:
    with opened(browser, client, "/help") as page:
        page.evaluate(FAULTY)
        faults = axe.faults_of(page)
    for width, rule in ((360, "image-alt"), (1280, "label"), (1280, "color-contrast")):
        assert f"at {width}: {rule}" in faults
    assert "at 360: label" not in faults


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_light(country: None, client: Client, path: str) -> None:
    size = len(gzip.compress(client.get(path).content))
    for name in [*SHARED, "public/public.css"]:
        with open(str(finders.find(name)), "rb") as file:  # noqa: PTH123
            size += len(gzip.compress(file.read()))
    assert size < 60 * 1024
