"""Statements as files: CSV (a header line) or JSON (a list of objects), with the same columns.

Reading is strict and names every fault at once: a statement is read as a whole or not at all.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import msgspec

from motcua.kernel.refusals import Problem
from motcua.payments.rules.reconciling import StatementLine

COLUMNS = (
    "source", "kind", "number", "reference", "amount_vnd", "fee_vnd", "status", "at", "content",
    "account",
)  # fmt: skip
_NEEDED = ("source", "kind", "number", "amount_vnd")
_WORDS = {
    "source": ("gateway", "bank"),
    "kind": ("payment", "refund", "transfer", "settlement"),
    "status": ("done", "failed", "pending"),
}


class StatementFault(ValueError):
    """A file that is no statement; `problems` has every fault with its line (from 1)."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("no statement")
        self.problems = problems


def read_statement(data: bytes) -> tuple[StatementLine, ...]:
    """The lines of a CSV or JSON file; StatementFault with every fault of every line."""
    rows = _rows(data)
    problems: list[Problem] = []
    lines: list[StatementLine] = []
    for number, row in enumerate(rows, start=1):
        faults = list(_faults(row))
        problems += [
            Problem(path=f"lines[{number}].{column}", code="payments.statement-field")
            for column in faults
        ]
        if not faults:
            lines.append(_line(row))
    if problems:
        raise StatementFault(tuple(problems))
    return tuple(lines)


def write_csv(lines: Iterable[StatementLine]) -> str:
    """The same lines as a CSV file."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(as_rows(lines))
    return out.getvalue()


def as_rows(lines: Iterable[StatementLine]) -> list[dict[str, Any]]:
    """The same lines as plain data, for JSON."""
    return [
        {**msgspec.to_builtins(line), "at": line.at.isoformat() if line.at else ""}
        for line in lines
    ]


def _rows(data: bytes) -> list[dict[str, str]]:
    try:
        text = data.decode("utf-8-sig")
        if text.lstrip().startswith(("[", "{")):
            listed = json.loads(text)
            return [{str(k): str(v) for k, v in row.items()} for row in listed]
        reader = csv.DictReader(io.StringIO(text), strict=True)
        if set(_NEEDED) - set(reader.fieldnames or ()):
            raise ValueError("columns")
        return [{k: v or "" for k, v in row.items() if k} for row in reader]
    except (ValueError, AttributeError, TypeError, csv.Error):
        problem = Problem(path="", code="payments.statement-unreadable")
        raise StatementFault((problem,)) from None


def _faults(row: Mapping[str, str]) -> Iterable[str]:
    """The columns of a line that cannot be read."""
    for column in COLUMNS:
        text = row.get(column, "")
        if not _fits(column, text):
            yield column


def _fits(column: str, text: str) -> bool:
    if not text:
        return column not in _NEEDED
    if column in _WORDS:
        return text in _WORDS[column]
    if column in ("amount_vnd", "fee_vnd"):
        # A settlement may be negative: more was given back that day than was paid.
        return re.fullmatch(r"-?[0-9]{1,15}", text, re.ASCII) is not None
    if column == "at":
        return _moment(text) is not None
    return len(text) <= 500


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _line(row: Mapping[str, str]) -> StatementLine:
    return StatementLine(
        source=row["source"],
        kind=row["kind"],
        number=row["number"],
        reference=row.get("reference", ""),
        amount_vnd=int(row["amount_vnd"]),
        fee_vnd=int(row.get("fee_vnd") or 0),
        status=row.get("status") or "done",
        at=_moment(row.get("at", "")),
        content=row.get("content", ""),
        account=row.get("account", ""),
    )
