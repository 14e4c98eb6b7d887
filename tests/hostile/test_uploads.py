"""Files that nobody should send, through the portal's own page: refused in words, nothing kept."""

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, RequestFactory

from motcua.documents.models import StoredFile
from motcua.kernel import clock
from tests.documents.samples import jpeg, pdf, png
from tests.dossiers.world import World, at
from tests.hostile.conftest import browser

MB = 1024 * 1024


def zipped(name: str, size: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr(name, b"\0" * size)
    return out.getvalue()


BAD = {
    "a ZIP bomb": ("ho-so.zip", zipped("a", 50 * MB)),
    "a ZIP bomb that calls itself a PDF": ("giay.pdf", zipped("a", 50 * MB)),
    "a bomb inside an office file": ("don.docx", zipped("word/document.xml", 50 * MB)),
    "a renamed program": ("anh.jpg", b"MZ\x90\x00" + b"\0" * 4096),
    "a renamed program of Linux": ("giay.pdf", b"\x7fELF" + b"\0" * 4096),
    "a script in a picture's clothes": ("anh.svg", b"<svg onload='alert(1)'/>"),
    "two files in one": ("anh.jpg", jpeg() + zipped("a.exe", 10)),
    "a page that begins like a PDF": ("a.pdf", b"%PDF-1.7\n<script>alert(1)</script>"),
    "a PDF that ends in a program": ("a.pdf", b"MZ" + pdf()),
    "nothing": ("trong.pdf", b""),
    "more than is allowed": ("to.png", png() + b"\0" * (11 * MB)),
    "half a picture": ("anh.png", png()[:20]),
}


@pytest.fixture
def page(world: World) -> str:
    with clock.at(at("2026-03-03 08:00")):
        return f"/my/applications/{world.draft(paper=False)}/papers"


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_is_refused_with_its_name_and_nothing_is_kept(
    what: str, world: World, page: str
) -> None:
    name, content = BAD[what]
    client, before = browser(world.mother, "en"), StoredFile.objects.count()
    with clock.at(at("2026-03-03 08:10")):
        answer = client.post(page, {"file:birth-notice": SimpleUploadedFile(name, content)})
    text = answer.content.decode()
    assert answer.status_code == 422, text[:500]
    assert f"{name} was not attached." in text
    assert StoredFile.objects.count() == before


def test_a_good_file_beside_a_bad_one_is_kept(world: World, page: str) -> None:
    client = browser(world.mother, "en")
    files = [SimpleUploadedFile("a.exe", b"MZ"), SimpleUploadedFile("ảnh.png", png())]
    with clock.at(at("2026-03-03 08:10")):
        answer = client.post(page, {"file:birth-notice": files})
    assert answer.status_code == 422
    assert "ảnh.png" in answer.content.decode()


def test_a_name_like_a_path_is_kept_as_a_plain_name(world: World, page: str) -> None:
    client = browser(world.mother, "en")
    given = SimpleUploadedFile("x.png", png())
    given._name = '../../"etc\r\nSet-Cookie: a=b.png'
    with clock.at(at("2026-03-03 08:10")):
        answer = client.post(page, {"file:birth-notice": given})
    assert answer.status_code < 500
    assert "a" not in answer.cookies


class Endless(io.RawIOBase):
    """A body of 200 MB that counts how much of it was read."""

    def __init__(self) -> None:
        self.taken = 0

    def read(self, size: int = -1) -> bytes:
        size = 64 * 1024 if size < 0 else size
        self.taken += size
        assert self.taken < 200 * MB
        return b"x" * size


@pytest.mark.parametrize("content_type", ["multipart/form-data; boundary=x", "text/plain"])
@pytest.mark.django_db
def test_two_hundred_megabytes_are_refused_without_being_read(content_type: str) -> None:
    body, seen = Endless(), {}
    environ = RequestFactory(headers={"accept-language": "en"})._base_environ(
        PATH_INFO="/my/applications/00000000-0000-0000-0000-000000000000/papers",
        REQUEST_METHOD="POST",
        CONTENT_TYPE=content_type,
        CONTENT_LENGTH=str(200 * MB),
    )
    environ["wsgi.input"] = body

    def start(status: str, _headers: Any, _info: Any = None) -> Any:
        seen["status"] = status

    text = b"".join(WSGIHandler()(environ, start)).decode()
    assert seen["status"].startswith("413")
    assert "Nothing that was saved before is lost" in text
    assert body.taken < MB


def test_a_stranger_cannot_make_us_keep_files(world: World, page: str) -> None:
    before = StoredFile.objects.count()
    for client in (Client(), browser(world.stranger)):
        with clock.at(at("2026-03-03 08:10")):
            client.post(page, {"file:birth-notice": SimpleUploadedFile("a.png", png())})
    assert StoredFile.objects.count() == before
