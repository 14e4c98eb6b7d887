"""Rows of a table as facts of a register, and facts as rows; pure.

Columns are `key`, the fields of the fact (an address as `address.area` and `address.line`),
`valid_from` and `valid_until`. Their titles in the pack's languages are accepted too. Protected
fields are never in a file.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from motcua.kernel.refusals import Problem, Refusal
from motcua.kernel.texts import fold, normalise
from motcua.registers.rules.declaration import FactKind, Field, Register
from motcua.registers.rules.shapes import Fact

KEY, SINCE, UNTIL = "key", "valid_from", "valid_until"
_ALIASES = {
    KEY: ("subject", "khoa", "cle"),
    SINCE: ("co hieu luc tu", "valid from", "valable du", "valable a partir du"),
    UNTIL: ("co hieu luc den", "valid until", "valable jusqu'au"),
}
_YES = {"co", "yes", "oui", "true", "1", "x"}
_NO = {"khong", "no", "non", "false", "0"}
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_WIDTHS = {"personal-number": 12, "old-id-number": 9, "area": 5, "business-number": 10}
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class RunCard(Struct, frozen=True, kw_only=True):
    """How far a file is on its way. `state`: waiting, running, done, stopped, failed; `why` is the
    code of what broke it off."""

    id: UUID
    register: str
    fact: str
    file_name: str
    format: str
    ground: str
    state: str
    why: str
    rows: int
    done: int
    written: int
    same: int
    faulty: int
    started_at: datetime
    ended_at: datetime | None


class RowFault(Struct, frozen=True, kw_only=True):
    """A row that was not taken: its number in the file (the header is 1), field, code of why."""

    row: int
    field: str
    code: str
    params: dict[str, Any]


class RowRefused(Exception):
    """The row cannot be a fact: the first thing that is wrong with it."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(code)
        self.field, self.code = field, code
        self.params = {"field": field} if field else {}


def columns_of(kind: FactKind) -> tuple[str, ...]:
    """The columns of a file of this fact, in order."""
    names: list[str] = []
    for field in open_fields(kind):
        if field.kind == "address":
            names += [f"{field.field}.area", f"{field.field}.line"]
        else:
            names.append(field.field)
    return (KEY, *names, SINCE, UNTIL)


def open_fields(kind: FactKind) -> list[Field]:
    """The fields that may be in a file."""
    return [field for field in kind.fields if not field.sealed]


class Layout:
    """Which cell of a row is what; made from the header of the file."""

    def __init__(self, declared: Register, kind: FactKind, header: Sequence[Any]) -> None:
        """Refusals: registers.import-columns, .import-unknown-columns, .import-sealed."""
        self.declared, self.kind = declared, kind
        self.places: dict[str, int] = {}
        self.fields = {field.field: field for field in kind.fields}
        known = _known(declared, kind)
        unknown = []
        for place, title in enumerate(header):
            text = fold(str(title or ""))
            if name := known.get(text):
                self.places.setdefault(name, place)
            elif text:
                unknown.append(str(title)[:60])
        self._refuse(unknown)
        self.width = len(header)

    def _refuse(self, unknown: list[str]) -> None:
        sealed = [f.field for f in self.kind.fields if f.sealed and f.field in self.places]
        if sealed:
            raise Refusal("registers.import-sealed", fields=", ".join(sealed))
        if unknown:
            raise Refusal("registers.import-unknown-columns", unknown=", ".join(unknown[:10]))
        missing = [] if KEY in self.places else [KEY]
        for field in open_fields(self.kind):
            name = f"{field.field}.area" if field.kind == "address" else field.field
            if not field.optional and name not in self.places:
                missing.append(name)
        if missing:
            raise Refusal("registers.import-columns", missing=", ".join(missing))

    def fact(self, cells: Sequence[Any]) -> Fact:
        """The fact that a row says. Raises RowRefused."""
        if len(cells) > self.width and any(cells[self.width :]):
            raise RowRefused("", "registers.import-row-cells")
        key = self._cell(cells, KEY, self.declared.subject.key)
        if not key:
            raise RowRefused(KEY, "registers.value-missing")
        values: dict[str, Any] = {}
        for field in open_fields(self.kind):
            value = self._value(cells, field)
            if value not in (None, "", {}):
                values[field.field] = value
        return Fact(
            register=self.declared.register,
            fact=self.kind.fact,
            subject=str(key),
            values=values,
            valid_from=_day(self._cell(cells, SINCE, "date"), SINCE),
            valid_until=_day(self._cell(cells, UNTIL, "date"), UNTIL),
        )

    def _value(self, cells: Sequence[Any], field: Field) -> Any:
        if field.kind == "address":
            area = self._cell(cells, f"{field.field}.area", "area")
            line = self._cell(cells, f"{field.field}.line", "text")
            parts = {"area": area, "line": line}
            return {name: part for name, part in parts.items() if part}
        return _typed(field, self._cell(cells, field.field, field.kind))

    def _cell(self, cells: Sequence[Any], name: str, kind: str) -> str:
        place = self.places.get(name)
        value = cells[place] if place is not None and place < len(cells) else None
        return _plain(value, kind)


def cells_of(
    kind: FactKind, key: str, values: Mapping[str, Any], *, days: Sequence[Any]
) -> list[str]:
    """A version as the cells of a row, in the order of `columns_of`; `days` are since and until."""
    cells = [key]
    for field in open_fields(kind):
        value = values.get(field.field)
        if field.kind == "address":
            parts = value if isinstance(value, Mapping) else {}
            cells += [str(parts.get("area", "")), str(parts.get("line", ""))]
        elif isinstance(value, list | dict):
            cells.append(json.dumps(value, ensure_ascii=False))
        else:
            cells.append("" if value is None else str(value))
    return [*cells, *("" if day is None else str(day) for day in days)]


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; `_plain` takes the mark away again."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def first_fault(refusal: Refusal) -> tuple[str, str, dict[str, Any]]:
    """Field, code and parameters of a refusal, without a word of what the row said."""
    problem = refusal.problems[0] if refusal.problems else None
    if isinstance(problem, Problem):
        return problem.path, problem.code, _safe(problem.params)
    return str(refusal.params.get("field", "")), refusal.code, _safe(refusal.params)


def _safe(params: Mapping[str, Any]) -> dict[str, Any]:
    return {name: params[name] for name in ("field", "fact", "max") if name in params}


def _known(declared: Register, kind: FactKind) -> dict[str, str]:
    """Folded titles and names of columns -> column."""
    found = {fold(name): name for name in columns_of(kind)}
    found |= {alias: name for name, aliases in _ALIASES.items() for alias in aliases}
    found |= {fold(title): KEY for title in declared.subject.title.values()}
    for field in kind.fields:
        if field.kind == "address":
            for title in field.title.values():
                found.setdefault(f"{fold(title)}.area", f"{field.field}.area")
                found.setdefault(f"{fold(title)}.line", f"{field.field}.line")
        else:
            for name in (field.field, *field.title.values()):
                found.setdefault(fold(name), field.field)
    return found


def _plain(value: Any, kind: str) -> str:
    """A cell as text; numbers that lost their zeros in a spreadsheet get them back."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        if kind == "area" and value < 100:
            return str(value)  # of a province or of a commune: nobody can tell, so it is a fault
        return str(value).zfill(_WIDTHS.get(kind, 0))
    text = normalise(str(value))
    return text[1:] if text[:1] == "'" and text[1:].startswith(FORMULA) else text


def _typed(field: Field, text: str) -> Any:
    if not text:
        return None
    if field.kind == "date":
        day = _day(text, field.field)
        return day.isoformat() if day else None
    if field.kind in ("number", "money"):
        return _number(text)
    if field.kind == "yes-no":
        folded = fold(text)
        return True if folded in _YES else False if folded in _NO else text
    if field.kind == "rows":
        return _rows(field, text)
    if field.kind == "choice":
        return _choice(field, text)
    return text


def _number(text: str) -> Any:
    digits = text.replace(" ", "").replace("\u202f", "")
    if re.fullmatch(r"-?\d{1,3}([.,]\d{3})+", digits):
        digits = digits.replace(".", "").replace(",", "")
    return int(digits) if re.fullmatch(r"-?\d{1,18}", digits) else text


def _choice(field: Field, text: str) -> str:
    folded = fold(text)
    for option in field.options:
        if folded in {fold(option.value), *(fold(title) for title in option.title.values())}:
            return option.value
    return text


def _rows(field: Field, text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        code = "registers.value-of-other-kind"
        raise RowRefused(field.field, code) from None


def _day(text: str, field: str) -> date | None:
    if not text:
        return None
    try:
        if found := _DAY.fullmatch(text):
            day, month, year = (int(part) for part in found.groups())
            return date(year, month, day)
        return date.fromisoformat(text[:10] if len(text) == 19 else text)
    except ValueError:
        raise RowRefused(field, "registers.import-row-day") from None
