"""The once-only table of the pack for screens and for whoever keeps the pack.

Source: the annex of Resolution 66.7/2025/NQ-CP, procedure by procedure; here once_only.csv.
"""

from collections import Counter
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.once_only import ground_of, is_same
from motcua.catalogue.rules.procedure import Procedure
from motcua.kernel.packs import pack_root


class OnceOnlyRow(Struct, frozen=True, kw_only=True):
    """One line of the table, in the words of the law (Vietnamese)."""

    row: str
    code: str  # national code of the procedure
    procedure: str
    paper: str  # what may no longer be asked for
    database: str
    database_code: str  # "DANCU", "HOTICH", ...
    owner: str
    ground: str


class Summary(Struct, frozen=True, kw_only=True):
    """What the table and the pack have to do with each other."""

    rows: int
    services: int  # of the pack, that the table names
    touching: int  # rows that name them
    missing: dict[str, int]  # database code without a register -> its rows


class AskedPaper(Struct, frozen=True, kw_only=True):
    """A paper of a service: asked for, or replaced (`by` a register, `rows` of the table)."""

    paper: str
    title: str
    by: str = ""
    law: str = ""
    rows: tuple[str, ...] = ()


@cache
def _table() -> dict[str, tuple[OnceOnlyRow, ...]]:
    pack = Pack(pack_root())
    return {code: tuple(map(_row, rows)) for code, rows in pack.once_only.items()}


def forget_table() -> None:
    """Read the table again (after the pack changed)."""
    _table.cache_clear()


def once_only_rows(code: str) -> tuple[OnceOnlyRow, ...]:
    """What the table says of the procedure with this national code; () for none."""
    return _table().get(code, ()) if code else ()


def once_only_summary(pack: Pack) -> Summary:
    """The table counted: its rows, the services of the pack in it, databases without a register."""
    rows = pack.once_only_rows
    codes = {procedure.code for _, procedure in pack.compiled()} - {""}
    kept = {code for one in pack.registers.values() for code in one.once_only}
    named = Counter(row.get("db_code", "") for row in rows)
    return Summary(
        rows=len(rows),
        services=len(codes & {row.get("tthc_code", "") for row in rows}),
        touching=sum(row.get("tthc_code", "") in codes for row in rows),
        missing={code: n for code, n in named.most_common() if code and code not in kept},
    )


def papers_of(pack: Pack, procedure: Procedure) -> Iterator[AskedPaper]:
    """Each paper of a service, with what replaces it and the rows of the table that say so."""
    rows = pack.once_only.get(procedure.code, ()) if procedure.code else ()
    for one in procedure.evidence:
        title = one.title.get("vi", one.paper)
        named = [row for row in rows if is_same(title, row.get("document_replaced_vi", ""))]
        yield AskedPaper(
            paper=one.paper,
            title=title,
            by=one.instead,
            law=one.law,
            rows=tuple(row.get("row", "") for row in named),
        )


def _row(row: dict[str, str]) -> OnceOnlyRow:
    return OnceOnlyRow(
        row=row.get("row", ""),
        code=row.get("tthc_code", ""),
        procedure=row.get("procedure_vi", ""),
        paper=row.get("document_replaced_vi", ""),
        database=row.get("source_database_vi", ""),
        database_code=row.get("db_code", ""),
        owner=row.get("database_owner_vi", ""),
        ground=ground_of(row),
    )
