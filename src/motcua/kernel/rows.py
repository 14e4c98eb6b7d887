"""Hot statements without the ORM's compiler: the text is made once, rows become the same models.

Writing the SQL of a look-up by key costs Django more than asking the database. Only for what every
request does; elsewhere the ORM reads better.
"""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model

M = TypeVar("M", bound=Model)
Converter = Callable[[Any, Any, Any], Any]


class Select(Generic[M]):
    """`Select(Model, "WHERE id = %s")(value)` is a list of the model's rows, all columns read."""

    def __init__(self, model: type[M], tail: str) -> None:
        self.model, self.tail = model, tail
        self._sql = ""
        self._names: list[str] = []
        self._converters: list[tuple[int, Any, list[Converter]]] = []

    def __call__(self, *values: Any) -> list[M]:
        if not self._sql:
            self._compile()
        with connection.cursor() as cursor:
            cursor.execute(self._sql, values)
            return [self._model(row) for row in cursor.fetchall()]

    def first(self, *values: Any) -> M | None:
        """The first row, or None."""
        return next(iter(self(*values)), None)

    def _compile(self) -> None:
        about = self.model._meta  # noqa: SLF001 - Django's documented name
        table, fields = about.db_table, about.concrete_fields
        for place, field in enumerate(fields):
            column = field.get_col(table)
            converters = [
                *connection.ops.get_db_converters(column),
                *column.get_db_converters(connection),
            ]
            if converters:
                self._converters.append((place, column, converters))
        self._names = [field.attname for field in fields]
        columns = ", ".join(f'"{field.column}"' for field in fields)
        self._sql = f'SELECT {columns} FROM "{table}" {self.tail}'  # noqa: S608 - names of ours

    def _model(self, row: Sequence[Any]) -> M:
        values = list(row)
        for place, column, converters in self._converters:
            for convert in converters:
                values[place] = convert(values[place], column, connection)
        return self.model.from_db(connection.alias, self._names, values)
