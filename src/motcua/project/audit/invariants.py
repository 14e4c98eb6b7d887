"""What must be true of all rows at once: each invariant is a statement that finds who breaks it."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection

from motcua.project.audit.dossiers import DOSSIERS
from motcua.project.audit.money import MONEY
from motcua.project.audit.registers import REGISTERS
from motcua.project.audit.shapes import SHOWN, Finding, Invariant

INVARIANTS = (*DOSSIERS, *MONEY, *REGISTERS)


def findings(invariants: Iterable[Invariant] = INVARIANTS) -> Iterator[Finding]:
    """Try each invariant on the whole database."""
    from django.conf import settings

    for one in invariants:
        rows = _rows(one.broken, {"zone": settings.TIME_ZONE})
        first = tuple(str(row[0]) for row in rows[:SHOWN])
        yield Finding(says=one.says, broken=len(rows), first=first)


def _rows(statement: str, values: dict[str, str]) -> list[tuple[Any, ...]]:
    # A LIKE or a modulo would need its %% otherwise.
    named = values if "%(" in statement else None
    with connection.cursor() as cursor:
        cursor.execute(statement, named)
        return list(cursor.fetchall())
