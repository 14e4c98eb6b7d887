"""A real Chromium whose requests Django's test client answers, inside the test's transaction.

No server and no second connection: the page, its styles and its scripts are the real ones.
"""

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import copy_context
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.test import Client

ORIGIN = "http://testserver"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def answer(client: Client, route: Any) -> None:
    """One request of the browser, answered by the views (redirects followed) or the finders."""
    request = route.request
    parts = urlsplit(request.url)
    if parts.path.startswith("/static/"):
        found = finders.find(parts.path.removeprefix("/static/"))
        if found is None:
            route.fulfill(status=404)
            return
        kind = mimetypes.guess_type(parts.path)[0] or "text/plain"
        route.fulfill(status=200, body=Path(str(found)).read_bytes(), content_type=kind)
        return
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    if request.method == "POST":
        kind = request.headers.get("content-type", "")
        response = client.generic("POST", path, request.post_data_buffer or b"", kind, follow=True)
    else:
        response = client.get(path, follow=True)
    headers = {k: v for k, v in response.headers.items() if k.lower() != "set-cookie"}
    route.fulfill(status=response.status_code, body=response.content, headers=headers)


@contextmanager
def opened(browser: Any, client: Client, path: str, **options: Any) -> Iterator[Any]:
    """The page at `path` for this client; options of a browser context (viewport, ...)."""
    context = browser.new_context(locale="vi-VN", reduced_motion="reduce", **options)
    try:
        page = context.new_page()
        here = copy_context()  # the browser calls back elsewhere; the transaction is in here
        page.route("**/*", lambda route: here.copy().run(answer, client, route))
        page.goto(ORIGIN + path)
        yield page
    finally:
        context.close()


def barriers(browser: Any, client: Client, path: str) -> str:
    """What axe finds on a phone and on a desk, and whether anything runs off a narrow screen."""
    faults = ""
    with opened(browser, client, path) as page:
        for width, scheme in ((360, "dark"), (1280, "light")):
            page.set_viewport_size({"width": width, "height": 740})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found = Axe().run(page, options={"runOnly": TAGS, "resultTypes": ["violations"]})
            if found.violations_count:
                faults += f"{path} at {width}: {found.generate_report()}"
        page.set_viewport_size({"width": 320, "height": 740})
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            faults += f"{path}: runs off a narrow screen"
    return faults
