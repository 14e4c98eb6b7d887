"""What a form computes from its answers: columns of tables, sums over them, expressions.

In this order: the computed columns of every row, then the values of `compute`, each of which may
use those before it. What cannot be computed yet (an answer is missing) is left out.
"""

from collections.abc import Mapping
from typing import Any

from motcua.catalogue.rules.names import (
    MOST,
    NOWHERE,
    Context,
    asked_names,
    names_of,
    row_names,
    row_values,
    values_of,
)
from motcua.catalogue.rules.paths import get, merged, put, remove, rows_at
from motcua.catalogue.rules.procedure import Answers, Computed, Field, Procedure
from motcua.kernel.conditions import Condition, ConditionFault, compile_condition


def completed(
    procedure: Procedure, answers: Mapping[str, Any], context: Context = NOWHERE
) -> Answers:
    """The answers with everything that the form computes; what a client sent for it is replaced.

    Gives the same again when it is given its own result on the same day.
    """
    return complete(procedure, answers, context)[0]


def complete(
    procedure: Procedure, answers: Mapping[str, Any], context: Context
) -> tuple[Answers, Answers]:
    """The same, and beside it all that conditions see."""
    whole = merged(answers, {})
    tables = [field for field in procedure.fields() if any(c.gives for c in field.columns)]
    for one in procedure.compute:
        remove(whole, one.name)
    names = asked_names(procedure)
    values = values_of(procedure, names, whole, context=context)
    for table in tables:
        if get(whole, table.field) is not None:
            put(whole, table.field, _rows(table, whole, names, values=values))
            put(values, table.field, get(whole, table.field))
    _compute(procedure, whole, values)
    return whole, values


def _rows(
    table: Field, answers: Answers, names: Mapping[str, str], *, values: Mapping[str, Any]
) -> list[dict[str, Any]]:
    inside = row_names(names, table)
    formulas = {c.field: _Formula(c.gives, inside, _CELLS[c.kind]) for c in _computed(table)}
    rows = [dict(row) for row in rows_at(answers, table.field)]
    for number, row in enumerate(rows):
        for name in formulas:
            row.pop(name, None)
        seen = row_values(values, table, rows, number=number)
        for name, formula in formulas.items():
            value = formula.value(seen)
            if value is not None:
                row[name] = seen[name] = value
    return rows


_CELLS: dict[str, type] = {"number": int, "money": int, "text": str}


def _computed(table: Field) -> tuple[Field, ...]:
    return tuple(c for c in table.columns if c.gives and c.kind in _CELLS)


class _Formula:
    """An expression made ready once; a value of another kind than expected counts as none."""

    def __init__(self, source: str, names: Mapping[str, str], kind: type) -> None:
        self._kind = kind
        self._condition: Condition | None = None
        try:
            self._condition = compile_condition(source, names, gives="")
        except ConditionFault:
            return  # a check of the pack says so; here nothing can be computed

    def value(self, values: Mapping[str, Any]) -> Any:
        try:
            value = self._condition.value(values) if self._condition else None
        except ConditionFault:
            return None
        fits = isinstance(value, self._kind) and (self._kind is bool or value.__class__ is not bool)
        return value if fits else None


def _compute(procedure: Procedure, answers: Answers, values: Answers) -> None:
    names = names_of(procedure) if procedure.compute else {}
    for one in procedure.compute:
        if one.sum:
            value = _sum(procedure, one, names, values=values)
        else:
            value = _Formula(one.gives, names, int).value(values)
        if value is not None:
            put(answers, one.name, value)
            put(values, one.name, value)


def _sum(
    procedure: Procedure, one: Computed, names: Mapping[str, str], *, values: Mapping[str, Any]
) -> int | None:
    """The sum over a column; a table that is not asked (its condition is false) counts nothing."""
    path, _, column = one.sum.rpartition(".")
    if not _is_asked(procedure, path, names, values=values):
        return 0
    cells = [row.get(column) for row in rows_at(values, path)]
    total = sum(cell for cell in cells if isinstance(cell, int) and not isinstance(cell, bool))
    return total if abs(total) <= MOST else None


def _is_asked(
    procedure: Procedure, path: str, names: Mapping[str, str], *, values: Mapping[str, Any]
) -> bool:
    for page in procedure.form:
        for field in page.ask:
            if field.field == path:
                conditions = [source for source in (page.when, field.when) if source]
                return all(_Formula(source, names, bool).value(values) for source in conditions)
    return False
