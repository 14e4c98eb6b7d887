"""From a template of the pack and the data to PDF/A-2b, with typst.

User text reaches the template only as JSON in `sys.inputs.data`, never as markup. Fonts of the
machine are ignored, so that a paper looks the same everywhere; a pack may bring its own in
`papers/fonts`. A character that no font has stops the export (PDF/A forbids it): then, and only
then, it is shown as a box with a note, because a slip with a box is better than no slip.
"""

import functools
import hashlib
import io
import json
import re
import threading
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import segno
import typst

from motcua.kernel.packs import pack_root

STANDARD: Final = "a-2b"
_local = threading.local()
_DIRECTION_MARKS = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C}


class UnknownTemplate(Exception):
    """The pack has no such paper: a fault of the pack or of the caller, found at once."""


def papers_folder() -> Path:
    """Where the pack keeps its templates."""
    return pack_root() / "papers"


def template_path(template: str) -> Path:
    """The file of a template; UnknownTemplate if the pack has none of that name."""
    path = papers_folder() / f"{template}.typ"
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", template) or not path.is_file():
        raise UnknownTemplate(template)
    return path


def template_exists(template: str) -> bool:
    """Whether the pack has this paper; for the check of packs."""
    try:
        template_path(template)
    except UnknownTemplate:
        return False
    return True


def template_digest(template: str) -> str:
    """SHA-256 of the template and the layout that it shares with the others."""
    digest = hashlib.sha256(template_path(template).read_bytes())
    digest.update((papers_folder() / "lib.typ").read_bytes())
    return digest.hexdigest()


def render(template: str, data: dict[str, Any], *, at: datetime) -> bytes:
    """The paper as PDF/A-2b; `data` gains the QR code of `data["url"]`. Raises typst.TypstError."""
    path = template_path(template)
    said = _clean({**data, "qr": qr_svg(data["url"]) if data.get("url") else ""})
    try:
        return _compile(path, said, at)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
    boxed = _boxed(said)
    return _compile(path, {**boxed, "unprintable": True}, at)


def qr_svg(url: str) -> str:
    """The QR code of an address as SVG, error correction M."""
    out = io.BytesIO()
    segno.make(url, error="m").save(out, kind="svg", xmldecl=False, border=0)
    return out.getvalue().decode()


def _compile(path: Path, data: dict[str, Any], at: datetime) -> bytes:
    compiler = _compiler(path.parent)
    pdf = compiler.compile(
        input=str(path),
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=[STANDARD],
        timestamp=int(at.timestamp()),
    )
    if not isinstance(pdf, bytes):
        raise TypeError("typst returned no single PDF")
    return pdf


def _compiler(root: Path) -> typst.Compiler:
    """One compiler a thread and pack: starting one costs ten times more than a page."""
    kept: dict[Path, typst.Compiler] = _local.__dict__.setdefault("compilers", {})
    if root not in kept:
        kept[root] = _new_compiler(root)
    return kept[root]


def _new_compiler(root: Path) -> typst.Compiler:
    fonts = root / "fonts"
    own = [str(fonts)] if fonts.is_dir() else []
    return typst.Compiler(root=str(root), font_paths=own, ignore_system_fonts=True)


def _clean(value: Any) -> Any:
    """Text in NFC without control and direction marks, which could disguise what a paper says."""
    if isinstance(value, str):
        text = unicodedata.normalize("NFC", value)
        return "".join(c for c in text if c == "\n" or not _is_hidden(c))
    if isinstance(value, dict):
        return {key: _clean(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(one) for one in value]
    return value


def _is_hidden(char: str) -> bool:
    return ord(char) in _DIRECTION_MARKS or unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn")


def _boxed(value: Any) -> Any:
    if isinstance(value, str):
        return "".join(c if c.isascii() or _has_glyph(c, papers_folder()) else "□" for c in value)
    if isinstance(value, dict):
        return {key: _boxed(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_boxed(one) for one in value]
    return value


@functools.lru_cache(maxsize=4096)
def _has_glyph(char: str, root: Path) -> bool:
    """Whether a font has this character, in each style that papers use."""
    source = '#import "/lib.typ": face\n#show: face\n#let c = sys.inputs.char\n#c *#c* _#c _'
    try:
        _new_compiler(root).compile(
            input=source.encode(),
            format="pdf",
            sys_inputs={"char": char},
            pdf_standards=[STANDARD],
        )
    except typst.TypstError:
        return False
    return True
