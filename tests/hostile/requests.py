"""Requests that no honest browser sends: name -> a function that sends one to an address."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from tests.hostile.addresses import names

Send = Callable[[Client, str], HttpResponse]
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=x"
VALUES = {
    "nothing": "",
    "digits": "9" * 300,
    "negative": "-1",
    "far": "99999999999999999999",
    "emoji": "🏛️ ệ ữ",
    "brackets": "[]{}()<>'\"",
    "template": "{{ 7 }}{% now %}%(x)s",
    "sql": "'; DROP TABLE acts_act; --",
    "uuid": "00000000-0000-0000-0000-000000000000",
    "moment": "9999-99-99T99:99",
    "path": "../../../etc/passwd",
    "long": "ă" * 20_000,
    "controls": "\x01\x0b\x1b\u202e\u2028",
    "nul": "a\x00b",
}
HEADERS = {
    "accept-language": "xx-YY;q=a,*;q=-1," + "z" * 500,
    "x-forwarded-for": "'; --, ::::, 999.999.999.999",
    "x-forwarded-host": "evil.example",
    "referer": "javascript:alert(1)",
    "origin": "null",
    "hx-request": "true",
    "hx-current-url": "http://[::1",
    "hx-target": "\x7f",
    "if-modified-since": "never",
    "if-none-match": "W/\"",
    "range": "bytes=9-1",
    "accept": "application/x-nothing",
    "authorization": "Basic ////",
    "user-agent": "",
}  # fmt: skip


def _method(name: str) -> Send:
    return lambda client, path: client.generic(name, path, b'{"a": 1}', "application/json")


def _query(value: str) -> Send:
    query = dict.fromkeys(names(), value)
    return lambda client, path: client.get(f"{path}?{urlencode(query)}")


def _raw_query(query: str) -> Send:
    return lambda client, path: client.get(f"{path}?{query}")


def _fields(value: str) -> Send:
    data = urlencode(dict.fromkeys(names(), value))
    return lambda client, path: client.generic("POST", path, data, FORM)


def _body(body: bytes, content_type: str, **extra: Any) -> Send:
    return lambda client, path: client.generic("POST", path, body, content_type, **extra)


def _arrays(client: Client, path: str) -> HttpResponse:
    pairs = [(name, value) for name in names() for value in ("a", "", "b")]
    pairs += [(f"{name}[]", "a") for name in names()] + [(f"{name}-day", "x") for name in names()]
    return client.generic("POST", path, urlencode(pairs[:450]), FORM)


def _files_for_texts(client: Client, path: str) -> HttpResponse:
    files = {name: SimpleUploadedFile("a.pdf", b"%PDF-") for name in names()}
    return client.post(path, files)


def _strange_file(client: Client, path: str) -> HttpResponse:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="../\xff\x01;.exe"\r\n'
        b"Content-Type: a/b/c; charset=x\r\nContent-Transfer-Encoding: base64\r\n\r\n!\r\n--x--\r\n"
    )
    return client.generic("POST", path, body, MULTIPART)


def _cookies(client: Client, path: str) -> HttpResponse:
    for name in ("sessionid", "csrftoken", "messages", "language", "density"):
        client.cookies[name] = '"\\000\\377;=x"'
    return client.get(path)


def _nul_session(client: Client, path: str) -> HttpResponse:
    return client.get(path, headers={"cookie": 'sessionid="abcdefgh\\000ijkl"; language="\\000"'})


def _no_csrf(client: Client, path: str) -> HttpResponse:
    strict = Client(
        enforce_csrf_checks=True, raise_request_exception=False, headers=client.defaults_
    )  # type: ignore[attr-defined]
    strict.cookies = client.cookies
    return strict.post(path, {"a": "b"})


def _headers(client: Client, path: str) -> HttpResponse:
    return client.get(path, headers=HEADERS)


REQUESTS: dict[str, Send] = {
    "plain": lambda client, path: client.get(path),
    "empty post": _body(b"", FORM),
    **{f"method {name}": _method(name) for name in
       ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "QUERY", "get")},
    **{f"query {name}": _query(value) for name, value in VALUES.items() if name != "long"},
    "query nul": _raw_query("q=%00"),
    "query broken utf-8": _raw_query("q=%ff%fe&code=%c3%28"),
    "query surrogate": _raw_query("q=%ed%a0%80&code=%u1234&%=&=&&&"),
    **{f"fields {name}": _fields(value) for name, value in VALUES.items()},
    "fields arrays": _arrays,
    "fields broken utf-8": _body(b"say=%ff%fe&text=\xff\xfe&q=%ed%a0%80", FORM),
    "too many fields": _body(b"&".join(b"a%d=1" % n for n in range(900)), FORM),
    "two megabytes": _body(b"say=" + b"x" * 2_000_000, FORM),
    "json": _body(b'{"say": [1, {"a": null}]}', "application/json"),
    "no type": _body(b"say=a", ""),
    "other charset": _body(b"say=a", FORM + "; charset=utf-16"),
    "unknown charset": _body(b"say=a", FORM + "; charset=klingon"),
    "no boundary": _body(b"--x\r\n", "multipart/form-data"),
    "cut off": _body(b'--x\r\nContent-Disposition: form-data; name="say"\r\n\r\nab', MULTIPART),
    "broken multipart": _body(b"\x00\xff--x--", MULTIPART),
    "length is a word": _body(b"say=a", FORM, CONTENT_LENGTH="many"),
    "length is negative": _body(b"say=a", FORM, CONTENT_LENGTH="-5"),
    "length is huge": _body(b"say=a", FORM, CONTENT_LENGTH="9" * 40),
    "length has other digits": _body(b"say=a", FORM, CONTENT_LENGTH="٣"),
    "files for texts": _files_for_texts,
    "strange file": _strange_file,
    "bad cookies": _cookies,
    "nul in the session cookie": _nul_session,
    "no csrf token": _no_csrf,
    "headers": _headers,
    "unknown host": lambda client, path: client.get(path, headers={"host": "evil.example"}),
    "broken host": lambda client, path: client.get(path, headers={"host": "a b:c\x7f"}),
    "unknown language": lambda client, path: client.get(path, headers={"accept-language": "tlh"}),
}  # fmt: skip
