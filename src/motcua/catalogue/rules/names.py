"""What conditions may name, and with which values: answers, computed and dated values, the day.

Each answer is a typed name. A table is a list of rows; inside a row its columns are bare names,
`nth` is the number of the row, from 1, and `nth_of.renews` its number among the rows whose column
`renews` is yes (0 if its own is not).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct

from motcua.catalogue.rules.paths import as_date, get, merged, put
from motcua.catalogue.rules.procedure import Answers, Field, Procedure
from motcua.catalogue.rules.values import ROOT, value_on


class Context(Struct, frozen=True, kw_only=True):
    """What is known around the answers. `today` is the local date, `filed` the moment of filing.

    `area_level(code)` gives "province", "commune" or "" (unknown); None = areas are not checked.
    `values_on` is the day whose dated values count (that of filing, once filed); None = `today`.
    """

    today: date | None = None
    filed: datetime | None = None
    channel: str = "online"
    recorded: Mapping[str, Any] = {}
    area_level: Callable[[str], str] | None = None
    values_on: date | None = None


NOWHERE = Context()

# How conditions see the kinds of answers; addresses are two strings, `x.area` and `x.line`.
_KINDS = {
    "date": "date", "yes-no": "bool", "number": "int", "money": "int", "choices": "list",
    "rows": "rows",
}  # fmt: skip
_SURROUNDINGS = {"today": "date", "filed": "timestamp", "channel": "string"}
_TYPES: dict[str, type] = {
    "date": str, "bool": bool, "int": int, "list": list, "string": str, "rows": list,
}  # fmt: skip
NTH, NTH_OF = "nth", "nth_of"
MOST = 2**63 - 1  # what an expression can compute with


def recorded_fields(procedure: Procedure) -> Iterator[Field]:
    """What officers record on the way."""
    for step in procedure.route:
        yield from step.ask
        for branch in step.together:
            yield from branch.ask


def kind_of(field: Field) -> str:
    """How conditions see an answer of this kind."""
    return _KINDS.get(field.kind, "string")


def asked_names(procedure: Procedure) -> Mapping[str, str]:
    """What is known without computing (dotted path -> kind): answers, surroundings,
    `recorded.<path>` and `values.<name>`."""
    return _both(procedure)[0]


def names_of(procedure: Procedure) -> Mapping[str, str]:
    """All that conditions may name (dotted path -> kind): computed values too."""
    return _both(procedure)[1]


def _both(procedure: Procedure) -> tuple[dict[str, str], dict[str, str]]:
    """Kept for each procedure, which never changes: every decision of the engine asks for it."""
    known = _kept.get(id(procedure))
    if known is None or known[0] is not procedure:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        asked = _asked_names(procedure)
        both = asked, asked | {one.name: "int" for one in procedure.compute}
        known = _kept[id(procedure)] = (procedure, both)
    return known[1]


_kept: dict[int, tuple[Procedure, tuple[dict[str, str], dict[str, str]]]] = {}
_MOST_KEPT = 500


def _asked_names(procedure: Procedure) -> dict[str, str]:
    names = dict(_SURROUNDINGS)
    for field in procedure.fields():
        names |= _kinds_of(field, "")
    for field in recorded_fields(procedure):
        names |= _kinds_of(field, "recorded.")
    return names | {f"{ROOT}.{name}": "int" for name in procedure.values}


def row_names(names: Mapping[str, str], table: Field) -> dict[str, str]:
    """What the conditions of a column may name beside `names`: the row's columns, and its number
    among all rows and among those with a yes."""
    columns = {column.field: kind_of(column) for column in table.columns}
    return {**names, **columns, NTH: "int", **{f"{NTH_OF}.{mark}": "int" for mark in _marks(table)}}


def _marks(table: Field) -> Iterator[str]:
    """The columns that are answered with yes or no."""
    return (column.field for column in table.columns if column.kind == "yes-no")


def _kinds_of(field: Field, before: str) -> dict[str, str]:
    path = before + field.field
    if field.kind == "address":
        return {f"{path}.area": "string", f"{path}.line": "string"}
    return {path: kind_of(field)}


def values_of(
    procedure: Procedure,
    names: Mapping[str, str],
    answers: Mapping[str, Any],
    *,
    context: Context = NOWHERE,
) -> Answers:
    """Answers and surroundings for conditions; a value of a wrong kind counts as unanswered."""
    told = merged(answers, {"channel": context.channel, "recorded": context.recorded})
    told[ROOT] = values_in_force(procedure, context)
    values: Answers = {}
    for path, kind in names.items():
        value = get(told, path)
        if kind in _TYPES and _fits(value, kind):
            put(values, path, value)
    if context.today is not None:
        values["today"] = context.today
    if context.filed is not None:
        values["filed"] = context.filed
    return values


def row_values(
    values: Mapping[str, Any], table: Field, rows: Sequence[Mapping[str, Any]], *, number: int
) -> Answers:
    """The values that a column's conditions see: `values`, and over them those of the row.

    `number` is that of the row among `rows`, from 0.
    """
    seen, row = dict(values), rows[number]
    for column in table.columns:
        value = row.get(column.field)
        seen[column.field] = value if _fits(value, kind_of(column)) else None
    return seen | {NTH: number + 1, NTH_OF: _counts(table, rows[: number + 1])}


def _counts(table: Field, until: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """The number of the last row among those with a yes, by column; 0 if it has none itself."""
    yes = {mark: [row.get(mark) is True for row in until] for mark in _marks(table)}
    return {mark: sum(answers) if answers[-1] else 0 for mark, answers in yes.items()}


def values_in_force(procedure: Procedure, context: Context) -> dict[str, int]:
    """The dated values of the context's day, by name."""
    day = context.values_on or context.today
    found = {name: value_on(lines, day) for name, lines in procedure.values.items() if day}
    return {name: line.value for name, line in found.items() if line is not None}


def _fits(value: Any, kind: str) -> bool:
    if kind == "date":
        return as_date(value) is not None
    if kind == "int" and isinstance(value, int) and abs(value) > MOST:
        return False
    return isinstance(value, _TYPES[kind]) and (kind == "bool" or not isinstance(value, bool))
