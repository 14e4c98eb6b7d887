"""Answers as conditions see them: `Truth` asks one condition after another over the same answers.

The tree of answers itself is in `paths.py`, what conditions may name in `names.py`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from motcua.catalogue.rules.computing import complete, completed
from motcua.catalogue.rules.names import (
    NOWHERE,
    Context,
    names_of,
    recorded_fields,
    row_names,
    row_values,
    values_in_force,
    values_of,
)
from motcua.catalogue.rules.paths import (
    as_date,
    flatten,
    get,
    merged,
    nest,
    put,
    question_of,
    remove,
    rows_at,
)
from motcua.catalogue.rules.procedure import Field, Procedure
from motcua.kernel.conditions import Condition, ConditionFault, compile_condition

__all__ = [
    "NOWHERE",
    "Context",
    "Truth",
    "as_date",
    "completed",
    "flatten",
    "get",
    "merged",
    "names_of",
    "nest",
    "put",
    "question_of",
    "recorded_fields",
    "remove",
    "row_names",
    "row_values",
    "rows_at",
    "values_in_force",
    "values_of",
]


class Truth:
    """Answers one condition after another over the same answers; an empty condition is true.

    Computed values are filled in first (`answers` has them then). What cannot be computed (a
    division by an answer of 0) is false, like what is unanswered.
    """

    def __init__(
        self, procedure: Procedure, answers: Mapping[str, Any], context: Context = NOWHERE
    ) -> None:
        self.answers, self._values = complete(procedure, answers, context)
        self._names = names_of(procedure)
        self._ready: dict[str, Condition | None] = {}
        self._inside: dict[str, tuple[Mapping[str, str], dict[str, Condition | None]]] = {}

    def __call__(self, condition: str) -> bool:
        return not condition or self.value(condition) is True

    def denies(self, condition: str) -> bool:
        """Whether it is surely false: not merely waiting for an answer that is not given yet."""
        return bool(condition) and self.value(condition) is False

    def value(self, source: str) -> Any:
        """What an expression gives; None while it waits, False if it cannot be computed."""
        if source not in self._ready:
            self._ready[source] = _made_ready(source, self._names)
        condition = self._ready[source]
        try:
            return condition.value(self._values) if condition else False
        except ConditionFault:
            return False

    def paths(self, source: str) -> frozenset[str]:
        """The names that an expression reads."""
        self.value(source)
        condition = self._ready[source]
        return condition.paths if condition else frozenset()

    def within(self, table: Field, rows: Sequence[Mapping[str, Any]], number: int) -> "Truth":
        """The same inside one of the rows of a table: its columns are bare names. `number` is
        from 0."""
        if table.field not in self._inside:
            self._inside[table.field] = (row_names(self._names, table), {})
        inside = object.__new__(Truth)
        inside.answers = self.answers
        inside._names, inside._ready = self._inside[table.field]
        inside._values = row_values(self._values, table, rows, number=number)
        inside._inside = {}
        return inside


def _made_ready(source: str, names: Mapping[str, str]) -> Condition | None:
    try:
        return compile_condition(source, names, gives="")
    except ConditionFault:
        return None
