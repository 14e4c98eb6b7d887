"""XLSX workbooks: the first sheet, row by row; what would unpack to far too much is refused."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.sax import SAXException

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils.exceptions import InvalidFileException

from motcua.kernel.refusals import Refusal

MOST_BYTES = 4_000_000_000  # of all parts when unpacked
MOST_STRINGS = 300_000_000  # of the part that openpyxl keeps in memory
MOST_PARTS = 2_000
MOST_RATIO = 250  # unpacked to packed; a sheet of repeated numbers reaches some tens
_FAULTS = (
    zipfile.BadZipFile, InvalidFileException, ParseError, SAXException, KeyError, ValueError,
    TypeError, AttributeError, EOFError, OSError, IndexError,
)  # fmt: skip


def check(path: Path) -> None:
    """Refusals: registers.import-broken, .import-too-large; nothing is unpacked for it."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise Refusal("registers.import-broken") from None
    unpacked = sum(part.file_size for part in parts)
    strings = sum(part.file_size for part in parts if "sharedStrings" in part.filename)
    packed = max(1, sum(part.compress_size for part in parts))
    if (
        len(parts) > MOST_PARTS
        or unpacked > MOST_BYTES
        or strings > MOST_STRINGS
        or (unpacked > 10_000_000 and unpacked / packed > MOST_RATIO)
    ):
        raise Refusal("registers.import-too-large")


def header(path: Path) -> list[Any]:
    """The cells of the first row."""
    check(path)
    with _sheet(path) as sheet:
        return list(next(_values(sheet), ()))


def rows(path: Path, *, done: int) -> Iterator[tuple[int, list[Any], int]]:
    """Rows after the header and the `done` ones; blank rows count but are left out."""
    check(path)
    with _sheet(path) as sheet:
        for number, cells in enumerate(_values(sheet), 1):
            if number > done + 1 and any(cell not in (None, "") for cell in cells):
                yield number, list(cells), 0


class Writer:
    """A workbook that is written row by row; every cell is text, and none a formula."""

    def __init__(self) -> None:
        self.book = Workbook(write_only=True)
        self.sheet = self.book.create_sheet("1")

    def add(self, cells: list[str]) -> None:
        row = []
        for text in cells:
            cell = WriteOnlyCell(self.sheet, value=ILLEGAL_CHARACTERS_RE.sub("", text))
            cell.data_type = "s"
            row.append(cell)
        self.sheet.append(row)

    def save(self, path: Path) -> None:
        self.book.save(path)


@contextmanager
def _sheet(path: Path) -> Iterator[Any]:
    with path.open("rb") as file:  # by name, openpyxl would ask for the right ending
        try:
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            sheet = book.worksheets[0]
        except _FAULTS:
            raise Refusal("registers.import-broken") from None
        try:
            yield sheet
        finally:
            book.close()


def _values(sheet: Any) -> Iterator[tuple[Any, ...]]:
    found = sheet.iter_rows(values_only=True)
    while True:
        try:
            row = next(found, None)
        except _FAULTS:
            raise Refusal("registers.import-broken") from None
        if row is None:
            return
        yield row
