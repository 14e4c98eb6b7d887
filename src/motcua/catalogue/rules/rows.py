"""Tables of answers: from the boxes of a browser to rows, and every fault of every row at once.

A box is named `goods[0].quantity`; rows are numbered from 0 in names and paths, from 1 in
sentences. A row in which nothing is typed is dropped, and those after it move up.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from motcua.catalogue.rules.answers import Context, Truth, get, put, rows_at
from motcua.catalogue.rules.faults import fault_of, kind_fault, problem_at, simple_as_typed
from motcua.catalogue.rules.procedure import Answers, Field, Procedure
from motcua.catalogue.rules.reading import Raw, Unreadable, read_answer
from motcua.kernel.refusals import Problem

MOST_ROWS = 200
_ROW = {"vi": "Dòng", "en": "Row", "fr": "Ligne"}
Unread = Mapping[tuple[int, str], Unreadable]


def most_rows(table: Field) -> int:
    """How many rows the table may have."""
    return table.max or MOST_ROWS


def raw_rows(name: str, raw: Raw) -> list[dict[str, Sequence[str]]]:
    """What was typed in the table `name`, row by row under the bare names of the columns.

    Only rows in which something was typed, in the order of their numbers.
    """
    box = re.compile(re.escape(name) + r"\[(\d{1,6})\]\.(.+)", re.ASCII | re.DOTALL)
    rows: dict[int, dict[str, Sequence[str]]] = {}
    for key in raw:
        if found := box.fullmatch(key):
            rows.setdefault(int(found[1]), {})[found[2]] = raw[key]
    typed = (rows[number] for number in sorted(rows))
    return [row for row in typed if any(text.strip() for texts in row.values() for text in texts)]


def read_rows(table: Field, raw: Raw) -> tuple[list[dict[str, Any]], Unread]:
    """The rows that were typed, and what could not be read, by (row, column).

    One row more than the table may have is kept, so that the fault is seen.
    """
    rows: list[dict[str, Any]] = []
    unread: dict[tuple[int, str], Unreadable] = {}
    for number, typed in enumerate(raw_rows(table.field, raw)[: most_rows(table) + 1]):
        row: dict[str, Any] = {}
        for column in asked_columns(table):
            try:
                value = read_answer(column, typed)
            except Unreadable as fault:
                unread[number, column.field] = fault
                continue
            if value is not None:
                row[column.field] = value
        rows.append(row)
    return rows, unread


def asked_columns(table: Field) -> tuple[Field, ...]:
    """The columns that are typed; the others are computed."""
    return tuple(column for column in table.columns if not column.gives)


def rows_as_typed(table: Field, value: Any) -> dict[str, list[str]]:
    """Rows as a browser would send them."""
    typed: dict[str, list[str]] = {}
    for number, row in enumerate(rows_at({"rows": value}, "rows")):
        for column in asked_columns(table):
            boxes = simple_as_typed(column, row.get(column.field))
            typed |= {f"{table.field}[{number}].{name}": texts for name, texts in boxes.items()}
    return typed


def table_faults(
    table: Field, value: Any, true: Truth, *, context: Context, unread: Unread | None = None
) -> Iterator[Problem]:
    """Everything wrong with a table: as a whole, then row by row.

    `unread` are the faults of what was just typed; None for stored answers, whose kinds are then
    checked as well.
    """
    if fault := fault_of(table, value, true, context=context):
        yield fault
    if value is None:
        return
    rows = rows_at({"rows": value}, "rows")
    if not isinstance(value, list | tuple) or len(rows) != len(value):
        yield problem_at(table, "unreadable-characters")
    elif len(rows) > most_rows(table):
        yield problem_at(table, "too-many-rows", max=most_rows(table))
    whole = rows_at(true.answers, table.field)
    full = (*whole, *rows[len(whole) :])[: min(len(rows), most_rows(table))]
    for number in range(len(full)):
        yield from _row_faults(table, full, number, true=true, context=context, unread=unread)


def _row_faults(
    table: Field,
    rows: Sequence[Mapping[str, Any]],
    number: int,
    *,
    true: Truth,
    context: Context,
    unread: Unread | None,
) -> Iterator[Problem]:
    within, row = true.within(table, rows, number), rows[number]
    found = []
    for column in asked_columns(table):
        if not within(column.when):
            continue
        value = row.get(column.field)
        if unread and (fault := unread.get((number, column.field))):
            found.append(problem_at(column, fault.code, **fault.params))
        else:
            stored = kind_fault(column, value) if unread is None else None
            fault_or_none = fault_of(column, value, within, context=context) or stored
            found += [fault_or_none] if fault_or_none else []
    if not found:
        open_cells = (c for c in table.columns if c.gives and row.get(c.field) is None)
        found = [problem_at(column, "not-computable") for column in open_cells]
    yield from (in_row(problem, table, number) for problem in found)


def in_row(problem: Problem, table: Field, number: int) -> Problem:
    """The fault of a column as that of a row: its path, and words that name the row."""
    return msgspec.structs.replace(
        problem,
        path=f"{table.field}[{number}].{problem.path}",
        params={**problem.params, "title": _named(problem.params["title"], number, ", ")},
        text=_named(problem.text, number, ": "),
    )


def _named(text: Mapping[str, str], number: int, mark: str) -> dict[str, str]:
    words = {language: _ROW.get(language, _ROW["en"]) for language in text}
    return {lang: f"{words[lang]} {number + 1}{mark}{said}" for lang, said in text.items()}


def keep_asked(table: Field, answers: Answers, true: Truth) -> None:
    """Take from the rows what is not asked in them, in place; unknown columns too."""
    if get(answers, table.field) is None:
        return
    kept = []
    rows = rows_at(answers, table.field)
    for number, row in enumerate(rows):
        within = true.within(table, rows, number)
        asked = [c.field for c in asked_columns(table) if within(c.when)]
        kept.append({name: row[name] for name in asked if row.get(name) is not None})
    put(answers, table.field, kept)


def tables_of(procedure: Procedure) -> tuple[Field, ...]:
    """The questions that are tables."""
    return tuple(field for field in procedure.fields() if field.kind == "rows")
