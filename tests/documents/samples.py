"""Files and words for the tests of documents, made here so that nobody's data are needed."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pypdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from motcua.kernel.actors import Actor
from motcua.kernel.ids import new_id

BODY = UUID("01990000-0000-7000-8000-000000000001")
CLERK = Actor(kind="officer", account_id=new_id(), body_id=BODY, label="Trần Thị Bích")
WORDS: dict[str, Any] = {
    "body": "Ủy ban nhân dân phường Ba Đình",
    "parent": "Thành phố Hà Nội",
    "place": "Ba Đình",
    "date": "2026-02-13",
    "dossier": {
        "code": "H26.001.04-260213-0042",
        "procedure": "Đăng ký khai sinh",
        "applicant": "Nguyễn Thị Hường",
        "accepted_at": "15:40 13/02/2026",
        "due_at": "17:00 23/02/2026",
    },
    "answers": {
        "child": {"name": "Nguyễn Minh Ánh", "born_on": "2026-02-10", "sex": "Nữ"},
        "mother": {"name": "Nguyễn Thị Hường", "born_on": "1995-04-05"},
    },
    "items": [{"title": {"vi": "Giấy chứng sinh"}, "say": "Bản chụp bị mờ"}, "Tờ khai"],
    "reasons": [{"title": "Thiếu giấy tờ", "law": "Điều 16 Nghị định 123/2015/NĐ-CP"}],
    "rows": [{"label": "Lệ phí", "value": "0 ₫"}],
    "officer": {"name": "Trần Thị Bích", "title": "Phó Chủ tịch"},
}


class Given:
    """An upload: a name, a size that the sender claims, and the bytes piece by piece."""

    def __init__(self, content: bytes, name: str = "scan.pdf", size: int | None = None) -> None:
        self.name, self.size, self.content, self.read = name, size, content, 0

    def chunks(self) -> Any:
        for at in range(0, len(self.content), 1000):
            self.read += 1
            yield self.content[at : at + 1000]


def pdf(change: Callable[[pypdf.PdfWriter], object] | None = None) -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    if change:
        change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def launching(writer: pypdf.PdfWriter) -> None:
    _open_with(writer, "/Launch", "/F", "calc.exe")


def scripted(writer: pypdf.PdfWriter) -> None:
    _open_with(writer, "/JavaScript", "/JS", "app.alert(1)")


def _open_with(writer: pypdf.PdfWriter, kind: str, key: str, value: str) -> None:
    action = DictionaryObject(
        {NameObject("/S"): NameObject(kind), NameObject(key): TextStringObject(value)}
    )
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(action)


def pdf_with_a_compressed_script() -> bytes:
    """A script in an object stream that no page leads to: not visible in the bytes."""
    writer = PdfFileWriter(stream_xrefs=True)
    page = PageObject(
        contents=writer.add_object(generic.StreamObject(stream_data=b"")),
        media_box=generic.ArrayObject(map(generic.NumberObject, (0, 0, 200, 200))),
    )
    writer.insert_page(page)
    action = generic.DictionaryObject(
        {
            generic.pdf_name("/S"): generic.pdf_name("/Launch"),
            generic.pdf_name("/F"): generic.pdf_string("calc.exe"),
        }
    )
    writer.add_object(action, obj_stream=writer.prepare_object_stream())
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def png(width: int = 3, height: int = 2) -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + crc

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    rows = zlib.compress((b"\0" + b"\x10\x20\x30" * 3) * 2)
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def jpeg(width: int = 16, height: int = 16) -> bytes:
    """The frame of a JPEG; its scan is noise, which nobody decodes here."""
    app = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    frame = b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"
    return b"\xff\xd8" + app + frame + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x55\xff\xd9"


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as one:
        one.writestr("word/document.xml", b"\0" * 1_000_000)
    return out.getvalue()


def text_of(content: bytes) -> str:
    """The text of a PDF on one line, as an independent reader sees it."""
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())
