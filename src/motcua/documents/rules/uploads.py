"""What a file really is, read from its bytes, and whether it may come in.

Nothing is decoded: headers and structure are enough to tell a picture from a programme and to
refuse a picture that would unpack to gigabytes. Each fault is a code of a refusal.
"""

import re
import struct
from collections.abc import Iterator

EXTENSIONS = {"pdf": "pdf", "jpeg": "jpg", "png": "png"}
MEDIA_TYPES = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
MAX_SIDE = 30_000
MAX_PIXELS = 120_000_000

_PNG = b"\x89PNG\r\n\x1a\n"
_PDF = re.compile(rb"%PDF-(1\.[0-7]|2\.0)\s")
_ZIP_END = b"PK\x05\x06"


class Fault(Exception):
    """Why a file may not come in: the code of the refusal that is shown."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def kind_of(content: bytes) -> str:
    """ "pdf", "jpeg" or "png" by the first bytes; "" for anything else."""
    if _PDF.match(content):
        return "pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    return "png" if content.startswith(_PNG) else ""


def check_content(content: bytes) -> str:
    """The kind of a harmless, whole file; raises Fault. PDF actions are looked at elsewhere."""
    if not content:
        raise Fault("documents.empty")
    kind = kind_of(content)
    if not kind:
        raise Fault("documents.type-not-accepted")
    if _ends_as_zip(content):
        raise Fault("documents.two-files-in-one")
    {"pdf": _check_pdf_frame, "jpeg": _check_jpeg, "png": _check_png}[kind](content)
    return kind


def _ends_as_zip(content: bytes) -> bool:
    """A second life as an archive: a ZIP directory whose comment ends where the file ends."""
    start = max(0, len(content) - 65_557)
    at = content.rfind(_ZIP_END, start)
    while at != -1:
        if at + 22 <= len(content):
            comment = int.from_bytes(content[at + 20 : at + 22], "little")
            if at + 22 + comment == len(content):
                return True
        at = content.rfind(_ZIP_END, start, at)
    return False


def _check_pdf_frame(content: bytes) -> None:
    tail = content[-2048:]
    if b"%%EOF" not in tail or b"startxref" not in tail:
        raise Fault("documents.incomplete")
    rest = content[content.rfind(b"%%EOF") + 5 :]
    if rest.strip(b"\r\n\t \x00\x1a"):
        raise Fault("documents.two-files-in-one")


def _check_png(content: bytes) -> None:
    at, first = len(_PNG), True
    while at + 12 <= len(content):
        (length,), name = struct.unpack(">I", content[at : at + 4]), content[at + 4 : at + 8]
        if first:
            if name != b"IHDR" or length != 13:
                raise Fault("documents.damaged")
            if at + 16 > len(content):
                break
            _check_size(*struct.unpack(">II", content[at + 8 : at + 16]))
            first = False
        at += 12 + length
        if name == b"IEND":
            if content[at:].strip(b"\r\n\t \x00"):
                raise Fault("documents.two-files-in-one")
            return
    raise Fault("documents.incomplete")


def _check_jpeg(content: bytes) -> None:
    """Read the frame header; cameras put data after the picture's end, so that is left alone."""
    frame, end = 0, 0
    for marker, at in _segments(content):
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            frame = at
        end = at
    if not frame or frame + 9 > len(content) or b"\xff\xd9" not in content[end:]:
        raise Fault("documents.incomplete")
    height, width = struct.unpack(">HH", content[frame + 5 : frame + 9])
    _check_size(width, height)


def _segments(content: bytes) -> Iterator[tuple[int, int]]:
    """(marker, offset) of each segment, up to and with the start of the scan."""
    at = 2
    while at + 4 <= len(content):
        if content[at] != 0xFF:
            raise Fault("documents.damaged")
        marker = content[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        yield marker, at
        if marker == 0xDA:
            return
        length = int.from_bytes(content[at + 2 : at + 4])
        if length < 2:
            raise Fault("documents.damaged")
        at += 2 + length


def _check_size(width: int, height: int) -> None:
    if not width or not height:
        raise Fault("documents.damaged")
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        raise Fault("documents.picture-too-large")
