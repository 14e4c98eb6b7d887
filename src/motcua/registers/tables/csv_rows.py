"""CSV in UTF-8, with commas, semicolons or tabs, as Excel and everybody else write it."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from motcua.kernel.refusals import Refusal

_LONGEST_LINE = 1_000_000
_BOM = b"\xef\xbb\xbf"


class _Lines:
    """Decodes line by line and counts the bytes that were read."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.read = file.tell()

    def __iter__(self) -> Iterator[str]:
        while line := self.file.readline(_LONGEST_LINE + 1):
            if len(line) > _LONGEST_LINE:
                raise Refusal("registers.import-broken")
            self.read += len(line)
            try:
                yield line.decode()
            except UnicodeDecodeError:
                raise Refusal("registers.import-encoding") from None


def header(path: Path) -> list[Any]:
    """The cells of the first line."""
    with path.open("rb") as file:
        _skip_bom(file)
        return _next(_reader(path, _Lines(file))) or []


def rows(path: Path, *, done: int, offset: int) -> Iterator[tuple[int, list[Any], int]]:
    """Rows after the header, or after `offset`; blank lines count but are left out."""
    with path.open("rb") as file:
        file.seek(offset)
        if not offset:
            _skip_bom(file)
        lines = _Lines(file)
        reader = _reader(path, lines)
        number = done + 1
        if not offset:
            _next(reader)
        while (cells := _next(reader)) is not None:
            number += 1
            if any(cell.strip() for cell in cells):
                yield number, cells, lines.read


def _skip_bom(file: BinaryIO) -> None:
    if file.read(3) != _BOM:
        file.seek(0)


def _reader(path: Path, lines: _Lines) -> Any:
    return csv.reader(iter(lines), delimiter=_delimiter(path), strict=True)


def _delimiter(path: Path) -> str:
    with path.open("rb") as file:
        first = file.readline(_LONGEST_LINE)
    return max(",;\t", key=lambda mark: first.count(mark.encode()))


def _next(reader: Any) -> list[str] | None:
    try:
        found: list[str] | None = next(reader, None)
    except csv.Error:
        raise Refusal("registers.import-broken") from None
    return found
