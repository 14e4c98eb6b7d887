"""The sandbox as a WSGI program: what is asked, what is answered, and which page does what."""

import json
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

from msgspec import Struct

LARGEST_BODY = 100_000
StartResponse = Callable[..., Any]


class Asked(Struct, frozen=True, kw_only=True):
    """A request, read."""

    method: str
    path: str
    query: dict[str, str]
    query_text: str
    form: dict[str, str]
    json: dict[str, Any]

    @property
    def language(self) -> str:
        told = self.form.get("lang") or self.query.get("lang") or "vi"
        return told if told in ("vi", "en", "fr") else "vi"


class Answer(Struct, frozen=True, kw_only=True):
    """A response: `kind` is its media type, `to` where it redirects."""

    status: int = 200
    kind: str = "text/html; charset=utf-8"
    body: str = ""
    to: str = ""


def as_json(value: Any, status: int = 200) -> Answer:
    return Answer(status=status, kind="application/json", body=json.dumps(value))


def see(address: str) -> Answer:
    """Go there with GET: a reload never repeats what was done."""
    return Answer(status=303, to=address)


Handler = Callable[[Asked], Answer]


class Application:
    """Calls `handle` with what was asked; headers are the same for all answers."""

    def __init__(self, handle: Handler) -> None:
        self._handle = handle

    def __call__(self, environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
        answer = self._handle(read(environ))
        body = answer.body.encode()
        headers = [
            ("Content-Type", answer.kind),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            (
                "Content-Security-Policy",
                (
                    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; "
                    "frame-ancestors 'none'"
                ),
            ),
        ]
        if answer.to:
            headers.append(("Location", answer.to))
        start(f"{answer.status} {HTTPStatus(answer.status).phrase}", headers)
        return [body] if environ["REQUEST_METHOD"] != "HEAD" else [b""]


def read(environ: dict[str, Any]) -> Asked:
    """A request as data; what cannot be read is empty, and is refused where it is needed."""
    query = environ.get("QUERY_STRING", "")
    length = environ.get("CONTENT_LENGTH") or "0"
    size = min(int(length), LARGEST_BODY) if length.isdigit() else 0
    body = environ["wsgi.input"].read(size).decode("utf-8", "replace") if size else ""
    sent_json = "json" in environ.get("CONTENT_TYPE", "")
    method = environ["REQUEST_METHOD"]
    return Asked(
        method="GET" if method == "HEAD" else method,
        path=environ.get("PATH_INFO", "/").rstrip("/") or "/",
        query=dict(parse_qsl(query, keep_blank_values=True)),
        query_text=query,
        form={} if sent_json else dict(parse_qsl(body, keep_blank_values=True)),
        json=_object(body) if sent_json else {},
    )


def _object(body: str) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
