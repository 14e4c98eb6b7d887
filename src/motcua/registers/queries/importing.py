"""How far files are, which rows were not taken, and what a register holds as a file."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection
from django.utils import timezone

from motcua.acts import api as acts
from motcua.directory import api as directory
from motcua.identity import api as identity
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.registers.declared import register, registers
from motcua.registers.models import ImportFault, ImportRun
from motcua.registers.queries.people import person_ids
from motcua.registers.rules.declaration import FactKind, Register
from motcua.registers.rules.ids import record_id
from motcua.registers.rules.importing import RowFault, RunCard, cells_of, columns_of, harmless
from motcua.registers.tables.xlsx_rows import Writer

PAGE = 1000
_HELD = """
SELECT record_id, item, id, subject, holder, "values"::text, lower(valid), upper(valid)
FROM registers_factversion
WHERE (record_id, id) > (%s, %s) AND register = %s AND fact = %s
    AND upper_inf(recorded) AND valid @> %s::date
ORDER BY record_id, id LIMIT %s
"""
PURPOSE = "duty/keep-register"
KEEP = "keep-register"


def import_run(actor: Actor, run_id: UUID) -> RunCard | None:
    """How far a file is; None if there is no such run. Refusal "identity.not-allowed"."""
    row = ImportRun.objects.filter(id=run_id).first()
    if row is None:
        return None
    _require_keeper(actor, register(row.register))
    return _card(row)


def import_runs(actor: Actor, limit: int = 100) -> list[RunCard]:
    """The files of the registers that the actor keeps, the newest first."""
    mine = [name for name, one in registers().items() if _is_keeper(actor, one)]
    rows = ImportRun.objects.filter(register__in=mine).order_by("-started_at", "-id")[:limit]
    return [_card(row) for row in rows]


def import_faults(
    actor: Actor, run_id: UUID, *, after: int = 0, limit: int = 100
) -> list[RowFault]:
    """Rows that were not taken, from the one after `after`; no word of what they said.

    Refusals: identity.not-allowed, registers.no-such-import.
    """
    if import_run(actor, run_id) is None:
        raise Refusal("registers.no-such-import")
    rows = ImportFault.objects.filter(run_id=run_id, row__gt=after).order_by("row")[:limit]
    return [
        RowFault(row=one.row, field=one.field, code=one.code, params=one.params) for one in rows
    ]


def import_columns(name: str, fact: str) -> tuple[str, ...]:
    """The columns of a file of this fact. Refusals: registers.no-such-register, .unknown-fact."""
    return columns_of(_kind(register(name), fact))


def export_rows(
    actor: Actor,
    *,
    register: str,
    fact: str,
    format: str = "csv",  # noqa: A002
) -> Iterator[bytes]:
    """What the register holds of a fact today, as CSV or XLSX, streamed; the columns of an import.

    Protected fields are left out. Each thousand rows are one act "registers.exported" with all
    whom they concern as subjects, written before the rows leave. Refusals: identity.not-allowed,
    registers.no-such-register, .unknown-fact, .import-format.
    """
    declared = _declared(actor, register)
    kind = _kind(declared, fact)
    if format not in ("csv", "xlsx"):
        raise Refusal("registers.import-format")
    pages = _pages(actor, declared, kind)
    return _csv(kind, pages) if format == "csv" else _xlsx(kind, pages)


def _declared(actor: Actor, name: str) -> Register:
    declared = register(name)
    _require_keeper(actor, declared)
    return declared


def _pages(actor: Actor, declared: Register, kind: FactKind) -> Iterator[list[list[str]]]:
    today, after = timezone.localdate(clock.now()), (UUID(int=0), UUID(int=0))
    while True:
        with connection.cursor() as cursor:
            values: list[Any] = [*after, declared.register, kind.fact, today, PAGE]
            cursor.execute(_HELD, values)
            rows = cursor.fetchall()
        if not rows:
            return
        _tell(actor, declared, kind, rows)
        yield [
            cells_of(kind, subject, msgspec.json.decode(stored), days=days)
            for _record, _item, _id, subject, _holder, stored, *days in rows
        ]
        after = (rows[-1][0], rows[-1][2])


def _tell(actor: Actor, declared: Register, kind: FactKind, rows: list[Any]) -> None:
    holders = person_ids(row[4] or row[3] for row in rows)
    acts.record(
        actor,
        "registers.exported",
        object=("register", record_id(declared.register, "")),
        subjects=tuple(holders.values()),
        purpose=PURPOSE,
        basis=declared.law[0].title.get("vi", "") if declared.law else "",
        detail={
            "register": declared.register,
            "fields": [f"{kind.fact}.{field.field}" for field in kind.fields if not field.sealed],
            "rows": len(rows),
        },
    )


def _csv(kind: FactKind, pages: Iterable[list[list[str]]]) -> Iterator[bytes]:
    yield "\ufeff".encode() + _lines([list(columns_of(kind))])
    for page in pages:
        yield _lines([[harmless(cell) for cell in row] for row in page])


def _lines(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def _xlsx(kind: FactKind, pages: Iterable[list[list[str]]]) -> Iterator[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        path, writer = Path(folder) / "export.xlsx", Writer()
        writer.add(list(columns_of(kind)))
        for page in pages:
            for row in page:
                writer.add(row)
        writer.save(path)
        with path.open("rb") as file:
            while part := file.read(1 << 18):
                yield part


def _kind(declared: Register, fact: str) -> FactKind:
    kind = declared.fact(fact)
    if kind is None:
        raise Refusal("registers.unknown-fact", fact=fact)
    return kind


def _card(row: ImportRun) -> RunCard:
    return RunCard(**{name: getattr(row, name) for name in RunCard.__struct_fields__})


def _is_keeper(actor: Actor, declared: Register) -> bool:
    owner = directory.body_by_code(declared.owner)
    mine = owner is not None and identity.may(actor, KEEP, owner.id)
    return actor.kind == "system" or mine


def _require_keeper(actor: Actor, declared: Register) -> None:
    if not _is_keeper(actor, declared):
        raise Refusal("identity.not-allowed", permission=KEEP)
