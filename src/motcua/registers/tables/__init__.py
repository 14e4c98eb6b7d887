"""Tables in files, row by row in constant memory: CSV and XLSX."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from motcua.kernel.refusals import Refusal
from motcua.registers.tables import csv_rows, xlsx_rows

Row = tuple[int, list[Any], int]  # number (the header is 1), cells, bytes read up to its end


def format_of(path: Path) -> str:
    """ "csv" or "xlsx", by what the file begins with. Refusals: registers.import-empty,
    .import-format."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip():
        raise Refusal("registers.import-empty")
    if head.startswith(b"PK\x03\x04"):
        return "xlsx"
    if b"\x00" in head or head.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"\xff\xfe", b"\xfe\xff")):
        raise Refusal("registers.import-format")
    return "csv"


def rows(path: Path, form: str, *, done: int = 0, offset: int = 0) -> Iterator[Row]:
    """All rows after the header, or those after `done` rows (`offset` bytes).

    Refusals, also while rows are read: registers.import-encoding, .import-broken,
    .import-too-large.
    """
    if form == "csv":
        return csv_rows.rows(path, done=done, offset=offset)
    return xlsx_rows.rows(path, done=done)


def header(path: Path, form: str) -> list[Any]:
    """The first row. Refusals as for `rows`, and registers.import-empty."""
    found = csv_rows.header(path) if form == "csv" else xlsx_rows.header(path)
    if not any(found):
        raise Refusal("registers.import-empty")
    return found
