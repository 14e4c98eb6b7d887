"""The public pages in real Chromium: no barrier, nothing off a narrow screen, light enough."""

import gzip
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.web.public.through import barriers

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


@pytest.mark.browser
@pytest.mark.parametrize("path", PATHS)
def test_no_barrier_is_found(country: None, browser: Any, client: Client, path: str) -> None:
    assert barriers(browser, client, path) == ""


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_light(country: None, client: Client, path: str) -> None:
    size = len(gzip.compress(client.get(path).content))
    for name in [*SHARED, "public/public.css"]:
        with open(str(finders.find(name)), "rb") as file:  # noqa: PTH123
            size += len(gzip.compress(file.read()))
    assert size < 60 * 1024
