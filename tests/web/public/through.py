"""A real Chromium whose requests Django's test client answers, inside the test's transaction.

No server and no second connection: the page, its styles and its scripts are the real ones.
"""

import mimetypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import copy_context
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from django.contrib.staticfiles import finders
from django.test import Client

from tests.web import axe

ORIGIN = "http://testserver"


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


class Shared:
    """One page for many tests of a process: a new one for each costs more than what it shows.

    It keeps nothing between tests: cookies live in Django's client, and our scripts store nothing.
    """

    pages: WeakKeyDictionary[Any, "Shared"] = WeakKeyDictionary()

    def __init__(self, browser: Any) -> None:
        self.answer: Callable[[Any], None] = _nobody
        context = browser.new_context(locale="vi-VN", reduced_motion="reduce")
        context.add_init_script(axe.SOURCE)
        self.page = context.new_page()
        self.page.route("**/*", lambda route: self.answer(route))

    @classmethod
    def of(cls, browser: Any) -> "Shared":
        found = cls.pages.get(browser)
        if found is None or found.page.is_closed():
            found = cls.pages[browser] = cls(browser)
        return found


def _nobody(route: Any) -> None:
    route.abort()


@contextmanager
def opened(browser: Any, client: Client, path: str, **options: Any) -> Iterator[Any]:
    """The page at `path` for this client; options of a browser context get one of its own."""
    here = copy_context()  # the browser calls back elsewhere; the transaction is in here

    def answered(route: Any) -> None:
        here.copy().run(answer, client, route)

    if not options:
        shared = Shared.of(browser)
        shared.answer = answered
        shared.page.set_viewport_size({"width": 1280, "height": 720})
        try:
            shared.page.goto(ORIGIN + path)
            yield shared.page
        finally:
            shared.page.goto("about:blank")
            shared.answer = _nobody
        return
    context = browser.new_context(locale="vi-VN", reduced_motion="reduce", **options)
    try:
        page = context.new_page()
        page.route("**/*", answered)
        page.goto(ORIGIN + path)
        yield page
    finally:
        context.close()


def barriers(browser: Any, client: Client, path: str) -> str:
    """What axe finds on a phone and on a desk, and whether anything runs off a narrow screen."""
    with opened(browser, client, path) as page:
        faults = axe.faults_of(page)
        page.set_viewport_size({"width": axe.NARROWEST, "height": 740})
        if page.evaluate("document.documentElement.scrollWidth") > axe.NARROWEST:
            faults += f"{path}: runs off a narrow screen"
    return faults
