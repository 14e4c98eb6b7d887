"""The forms of a page as a browser would send them, each with each of its buttons."""

from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from msgspec import Struct

SAID = {"stars": "5", "declared": "yes", "say": "Vì lý do chính đáng.", "text": "Xin chào."}


class Form(Struct):
    """`data` holds what is filled in; `buttons` the (name, value) of each way to send it."""

    action: str
    data: dict[str, list[str]]
    buttons: list[tuple[str, str]]


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.forms: list[Form] = []
        self._open: Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        if tag == "form" and about.get("method", "").lower() == "post":
            self._open = Form(urljoin(self.path, about.get("action") or self.path), {}, [])
            self.forms.append(self._open)
        elif self._open is not None:
            self._field(tag, about, self._open)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None

    def _field(self, tag: str, about: dict[str, str], form: Form) -> None:
        kind, name = about.get("type", ""), about.get("name", "")
        if tag == "button" and kind in ("", "submit"):
            form.buttons.append((name, about.get("value", "")))
        elif name == "csrfmiddlewaretoken" or not name or kind == "file":
            return
        elif tag == "textarea" or (tag == "input" and kind not in ("radio", "checkbox")):
            form.data[name] = [about.get("value") or SAID.get(name, "")]
        elif tag == "input" and ("checked" in about or name in SAID or name not in form.data):
            form.data[name] = [about.get("value", "on")]


def forms_of(path: str, html: str) -> list[tuple[str, dict[str, Any]]]:
    """(address, data) of each form of a page and each of its buttons."""
    reader = _Reader(path)
    reader.feed(html)
    return [
        (form.action, form.data | ({name: [value]} if name else {}))
        for form in reader.forms
        for name, value in form.buttons or [("", "")]
    ]
