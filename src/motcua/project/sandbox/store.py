"""What the sandbox remembers: one SQLite file, one short connection per request."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

Row = dict[str, Any]

TABLES = """
CREATE TABLE IF NOT EXISTS orders (
    token TEXT PRIMARY KEY, merchant TEXT NOT NULL, reference TEXT NOT NULL,
    amount_vnd INTEGER NOT NULL CHECK (amount_vnd > 0), title TEXT NOT NULL,
    created_at TEXT NOT NULL, expires_at TEXT NOT NULL, return_url TEXT NOT NULL,
    notify_url TEXT NOT NULL, language TEXT NOT NULL, UNIQUE (merchant, reference)
) STRICT;
CREATE TABLE IF NOT EXISTS transactions (
    nth INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, number TEXT NOT NULL UNIQUE,
    token TEXT NOT NULL DEFAULT '', reference TEXT NOT NULL DEFAULT '', code TEXT NOT NULL,
    amount_vnd INTEGER NOT NULL CHECK (amount_vnd > 0), fee_vnd INTEGER NOT NULL DEFAULT 0,
    at TEXT NOT NULL, day TEXT NOT NULL, bank TEXT NOT NULL DEFAULT '',
    account TEXT NOT NULL DEFAULT '', content TEXT NOT NULL DEFAULT '',
    refund_key TEXT UNIQUE, refund_of TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX IF NOT EXISTS transactions_of_order ON transactions (token);
CREATE INDEX IF NOT EXISTS transactions_of_day ON transactions (day);
CREATE TABLE IF NOT EXISTS deliveries (
    nth INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT NOT NULL, params TEXT NOT NULL,
    due_at TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, ended_at TEXT,
    answer TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX IF NOT EXISTS deliveries_due ON deliveries (due_at) WHERE ended_at IS NULL;
CREATE TABLE IF NOT EXISTS faults (
    nth INTEGER PRIMARY KEY AUTOINCREMENT, day TEXT NOT NULL, kind TEXT NOT NULL,
    number TEXT NOT NULL DEFAULT '', amount_vnd INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS switches (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
"""


class Store:
    """The sandbox's file; `transaction()` gives a connection that commits or rolls back."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        with self._connected() as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.executescript(TABLES)

    @contextmanager
    def transaction(self) -> Iterator["Book"]:
        with self._connected() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield Book(connection)
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self.path, timeout=10, isolation_level=None)
        connection.row_factory = sqlite3.Row
        try:
            yield connection
        finally:
            connection.close()


class Book:
    """Reading and writing rows as dictionaries."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def one(self, query: str, *params: Any) -> Row | None:
        row = self._connection.execute(query, params).fetchone()
        return None if row is None else dict(row)

    def all(self, query: str, *params: Any) -> list[Row]:
        return [dict(row) for row in self._connection.execute(query, params)]

    def add(self, table: str, **values: Any) -> int:
        """Insert a row; its number. Table and columns are our own words."""
        places = ", ".join("?" for _ in values)
        query = f"INSERT INTO {table} ({', '.join(values)}) VALUES ({places})"  # noqa: S608
        return int(self._connection.execute(query, tuple(values.values())).lastrowid or 0)

    def run(self, query: str, *params: Any) -> int:
        return self._connection.execute(query, params).rowcount

    def switch(self, name: str) -> str:
        row = self.one("SELECT value FROM switches WHERE name = ?", name)
        return "" if row is None else str(row["value"])

    def set_switch(self, name: str, value: str) -> None:
        self.run("INSERT OR REPLACE INTO switches (name, value) VALUES (?, ?)", name, value)


def stamp(moment: datetime) -> str:
    """A moment as the file keeps it: text that sorts as time does (all in UTC)."""
    from datetime import UTC

    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
