"""A table of answers from a file: what a spreadsheet saves, with every fault of every line at once.

The result has the shape of what a browser sends, so that the rules of the form read it next.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from motcua.catalogue.rules.faults import problem_at
from motcua.catalogue.rules.procedure import Field
from motcua.catalogue.rules.reading import Unreadable, read_answer
from motcua.catalogue.rules.rows import asked_columns, most_rows
from motcua.kernel.refusals import Problem
from motcua.kernel.texts import fold, pick

LARGEST_BYTES = 1_000_000
LONGEST_CELL = 4000
_MARKS = ",;\t"
_LINE = {"vi": "Dòng {} của tệp", "en": "Line {} of the file", "fr": "Ligne {} du fichier"}
_YES_NO = {
    "yes": ("yes", "true", "1", "x", "co", "oui"),
    "no": ("no", "false", "0", "khong", "non"),
}

RawRows = dict[str, list[str]]


def rows_from_csv(field: Field, data: bytes) -> tuple[RawRows, tuple[Problem, ...]]:
    """The rows of a file as a browser would send them, and everything wrong with it.

    The first line names the columns (their names or titles, in any language and order; computed
    and unknown ones are ignored), with commas, semicolons or tabs between. UTF-8. Problems have
    the path of the cell (`goods[3].quantity`) and params["line"], or the path of the table. What is
    read is given back beside the faults; the rules of the form (`must`) are not asked here.
    """
    lines, faults = _lines(field, data)
    if not lines:
        return {}, tuple(faults)
    places, header_faults = _places(field, lines[0][1])
    faults += header_faults
    body = [(number, cells) for number, cells in lines[1:] if any(cell.strip() for cell in cells)]
    if not body and not faults:
        faults.append(problem_at(field, "csv-empty"))
    most = most_rows(field)
    if len(body) > most:
        faults.append(problem_at(field, "csv-too-many-rows", max=most, count=len(body)))
    raw: RawRows = {}
    for index, (number, cells) in enumerate(body[:most]):
        if len(cells) > len(lines[0][1]) and any(
            cell.strip() for cell in cells[len(lines[0][1]) :]
        ):
            faults.append(problem_at(field, "csv-cells", line=number))
        row = {c.field: _cell(c, cells[at]) for c, at in places if at < len(cells)}
        raw |= {f"{field.field}[{index}].{name}": [text] for name, text in row.items()}
        faults += _row_faults(field, row, index, line=number)
    return raw, tuple(faults)


def rows_to_csv(field: Field, language: str = "vi") -> bytes:
    """An empty file to fill in: one line with the titles of the columns."""
    out = io.StringIO()
    csv.writer(out).writerow(pick(column.title, language) for column in asked_columns(field))
    return out.getvalue().encode("utf-8-sig")


def _lines(field: Field, data: bytes) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    """The lines of the file with their numbers (from 1); none with the fault that forbids it."""
    if len(data) > LARGEST_BYTES:
        return [], [problem_at(field, "csv-too-large", max=LARGEST_BYTES // 1000)]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        return [], [problem_at(field, "csv-encoding", line=line)]
    if "\0" in text:
        return [], [
            problem_at(field, "csv-encoding", line=text.count("\n", 0, text.index("\0")) + 1)
        ]
    if not text.strip():
        return [], [problem_at(field, "csv-empty")]
    return _split(field, text)


def _split(field: Field, text: str) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_mark(text), strict=True)
    lines: list[tuple[int, list[str]]] = []
    begun = 0
    try:
        for cells in reader:
            if cells or lines:
                lines.append((begun + 1, cells))
            begun = reader.line_num
    except csv.Error:
        fault = problem_at(field, "csv-quotes", line=begun + 1)
        return lines if len(lines) > 1 else [], [fault]
    return lines, []


def _mark(text: str) -> str:
    """What stands between the cells: the mark that the first line has most of."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(_MARKS, key=first.count)


def _places(field: Field, header: list[str]) -> tuple[tuple[tuple[Field, int], ...], list[Problem]]:
    """Where each column stands, and what is wrong with the first line."""
    names = [" ".join(fold(name).split()) for name in header]
    places: list[tuple[Field, int]] = []
    faults: list[Problem] = []
    for column in asked_columns(field):
        known = {fold(column.field), *(" ".join(fold(t).split()) for t in column.title.values())}
        found = [number for number, name in enumerate(names) if name in known]
        if len(found) > 1:
            faults.append(_of_table(field, column, "csv-column-twice"))
        elif found:
            places.append((column, found[0]))
        elif not (column.optional or column.when):
            faults.append(_of_table(field, column, "csv-no-column"))
    return tuple(places), faults


def _of_table(field: Field, column: Field, code: str) -> Problem:
    return problem_at(field, code, column=column.title)


def _cell(column: Field, text: str) -> str:
    """A cell as the form would send it: the value of an option for its title, yes for "có"."""
    text = text.strip()[: LONGEST_CELL + 1]
    said = fold(text)
    if column.kind == "choice":
        for option in column.options:
            if said in {option.value, *map(fold, option.title.values())}:
                return option.value
    if column.kind == "yes-no":
        return next((value for value, words in _YES_NO.items() if said in words), text)
    return text


def _row_faults(
    field: Field, row: Mapping[str, str], index: int, *, line: int
) -> Iterator[Problem]:
    for column in asked_columns(field):
        if column.field not in row:
            continue
        try:
            value: Any = read_answer(column, {column.field: [row[column.field]]})
        except Unreadable as fault:
            yield _in_line(column, fault.code, field, index=index, line=line, **fault.params)
            continue
        if value is None and not (column.optional or column.when):
            yield _in_line(column, "required", field, index=index, line=line)


def _in_line(
    column: Field, code: str, field: Field, *, index: int, line: int, **params: Any
) -> Problem:
    title = {
        language: f"{_LINE.get(language, _LINE['en']).format(line)}, {said}"
        for language, said in column.title.items()
    }
    return Problem(
        path=f"{field.field}[{index}].{column.field}",
        code=f"catalogue.{code}",
        params={**params, "title": title, "line": line},
    )
