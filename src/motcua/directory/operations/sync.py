"""Brings a table to what a pack says, by natural key: new rows, changed rows, closed rows."""

# ruff: noqa: SLF001 - `_meta` and `_default_manager` are Django's public names for any model

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, Model, Q
from django.db.models.expressions import Value
from django.db.models.functions import Greatest
from msgspec import Struct
from psycopg import sql

from motcua.kernel.ids import new_id

BATCH = 2_000
Key = tuple[Any, ...]
Rows = Mapping[Key, Mapping[str, Any]]


class Counts(Struct, frozen=True, kw_only=True):
    """How many rows a load made, changed, closed and left alone."""

    new: int = 0
    changed: int = 0
    closed: int = 0
    same: int = 0


class Table:
    """One table as it is stored, with identifiers for the rows that a pack adds to it."""

    def __init__(self, model: type[Model], key: Sequence[str]) -> None:
        self.model, self.key = model, tuple(key)
        rows = model._default_manager.values_list("id", *key)
        self.ids: dict[Key, UUID] = {tuple(row[1:]): row[0] for row in rows}
        self._stored = frozenset(self.ids)

    def id_of(self, key: Key) -> UUID:
        """The identifier of the row with this key; a new one for a row to come."""
        return self.ids.setdefault(key, new_id())

    def bring_to(self, wanted: Rows, *, close_on: date | None = None) -> Counts:
        """Insert and update in batches; close what is open and no longer wanted on `close_on`."""
        fields = tuple(next(iter(wanted.values()), {}))
        closed = self._close(wanted, close_on) if close_on else 0
        rows = self.model._default_manager.values_list(*self.key, *fields)
        width = len(self.key)
        stored = {tuple(row[:width]): tuple(row[width:]) for row in rows}
        new = [k for k in wanted if k not in stored]
        changed = [k for k, v in wanted.items() if k in stored and stored[k] != tuple(v.values())]
        self._update(wanted, changed, fields)
        self._insert(wanted, new)
        same = len(wanted) - len(new) - len(changed)
        return Counts(new=len(new), changed=len(changed), closed=closed, same=same)

    def _insert(self, wanted: Rows, keys: list[Key]) -> None:
        """By COPY: a country has some 25,000 units, and INSERT takes nine seconds for them."""
        if not keys:
            return
        fields = self.model._meta.concrete_fields
        names = sql.SQL(", ").join(sql.Identifier(str(f.column)) for f in fields)
        table = sql.Identifier(self.model._meta.db_table)
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(table, names)
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            for key in keys:
                row = self._row(key, wanted[key])
                copy.write_row(
                    [f.get_db_prep_save(getattr(row, f.attname), connection) for f in fields]
                )

    def _update(self, wanted: Rows, keys: list[Key], fields: tuple[str, ...]) -> None:
        if keys:
            self.model._default_manager.bulk_create(
                [self._row(key, wanted[key]) for key in keys],
                batch_size=BATCH,
                update_conflicts=True,
                unique_fields=self.key,
                update_fields=fields,
            )

    def _row(self, key: Key, values: Mapping[str, Any]) -> Model:
        return self.model(id=self.id_of(key), **dict(zip(self.key, key, strict=True)), **values)

    def _close(self, wanted: Rows, on: date) -> int:
        gone = [self.ids[key] for key in self._stored - wanted.keys()]
        open_rows = self.model._default_manager.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gt=on), id__in=gone
        )
        return open_rows.update(valid_until=Greatest(F("valid_from"), Value(on))) if gone else 0
