"""The once-only table: which papers of a procedure a database replaces, and by which text.

Source: the annex of Resolution 66.7/2025/NQ-CP.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from motcua.kernel.texts import fold

TABLE = "Nghị quyết số 66.7/2025/NQ-CP"
Row = Mapping[str, str]


class Database(Struct, frozen=True, kw_only=True):
    """A register as the table sees it: what it is called, and its codes there."""

    title: dict[str, str]
    codes: tuple[str, ...] = ()


UNKNOWN = Database(title={})


def replaced(paper: Any, rows: Sequence[Row], databases: Mapping[str, Database]) -> Any:
    """The words of a paper with `instead` taken apart, the law of the table and the name of the
    register beside it."""
    if not isinstance(paper, dict):
        return paper
    instead, plain = paper.get("instead"), dict(paper)
    if isinstance(instead, dict):
        plain["instead"] = instead.get("register", "")
        plain |= {key: instead[key] for key in ("of", "fields", "law") if key in instead}
    if plain.get("instead"):
        known = databases.get(str(plain["instead"]), UNKNOWN)
        plain["law"] = plain.get("law") or law_of(plain, rows, known.codes)
        plain["source"] = known.title
    return plain


def law_of(paper: Mapping[str, Any], rows: Sequence[Row], codes: Sequence[str]) -> str:
    """The row for this paper, else the one that names the register's database; "" for none."""
    title = paper.get("title")
    name = str(title.get("vi", "")) if isinstance(title, Mapping) else ""
    named = [row for row in rows if is_same(name, row.get("document_replaced_vi", ""))]
    same = [row for row in rows if row.get("db_code", "") in codes]
    row = next(iter([*(row for row in named if row in same), *named, *same]), None)
    return ground_of(row) if row else ""


def ground_of(row: Row) -> str:
    """A row of the table as a legal ground."""
    clause = ", ".join(part for part in (row.get("clause_vi"), row.get("legal_text_vi")) if part)
    said = f"{TABLE}, phụ lục, dòng {row.get('row', '?')}"
    return f"{said} ({clause})" if clause else said


def is_same(title: str, listed: str) -> bool:
    """Whether the title of a paper and a name in the table mean one paper."""
    asked, known = fold(title), fold(listed)
    return len(known) >= 4 and (known in asked or (len(asked) >= 4 and asked in known))
