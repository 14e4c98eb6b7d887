"""Whether values can be what a fact says: all faults at once, each with the field's name.

Pure: the day is an argument. Whether an area exists only the directory knows: `areas_of` names the
codes to be asked there. `plain` makes what is stored; check after it.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import Any

from motcua.kernel.conditions import ConditionFault, compile_condition
from motcua.kernel.refusals import Problem
from motcua.kernel.texts import normalise
from motcua.registers.rules import numbers
from motcua.registers.rules.declaration import FactKind, Field

LONGEST_NAME, LONGEST_TEXT, LONGEST_LONG_TEXT, LONGEST_CODE, MOST_ROWS = 120, 500, 10_000, 120, 500
MOST = 2**53  # what every reader of JSON can hold
_OLD_NUMBER = re.compile(r"[0-9]{9}")
_PHONE = re.compile(r"\+?[0-9][0-9 .-]{6,18}[0-9]")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TAX_CODE = re.compile(r"[0-9]{10}(-?[0-9]{3})?")
_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
CEL_KINDS = {
    "date": "date", "number": "int", "money": "int", "yes-no": "bool", "rows": "rows",
    "address": "map",
}  # fmt: skip


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """What is stored: texts in one form, days in ISO, nothing that says nothing."""
    cleaned = {name: _plain(value) for name, value in values.items()}
    return {name: value for name, value in cleaned.items() if value not in (None, "")}


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return normalise(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items() if part is not None}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def faults(
    kind: FactKind, values: Mapping[str, Any], today: date, *, kept: Collection[str] = ()
) -> tuple[Problem, ...]:
    """All that is wrong with the values of a fact, by bare field name, in the order of the file.

    `kept` are fields whose values are there but closed (sealed before): they are not looked at.
    """
    known = {field.field for field in kind.fields}
    found = [_problem(str(name), "registers.value-not-asked") for name in values.keys() - known]
    for field in kind.fields:
        if field.field not in kept:
            found += _of_field(field, values.get(field.field), today)
    wrong = {one.path for one in found}
    found += _of_rules(kind, values, today, skipped={*wrong, *kept})
    order = {field.field: place for place, field in enumerate(kind.fields)}
    return tuple(sorted(found, key=lambda one: order.get(one.path, len(order))))


def key_fault(kind: str, key: str, today: date) -> bool:
    """Whether a record cannot have this key, of that kind of field."""
    return not key or len(key) > LONGEST_CODE or not _KINDS[kind](key, today)


def areas_of(kind: FactKind, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(field, code) of each area that the values name."""
    for field in kind.fields:
        value = values.get(field.field)
        if field.kind == "address" and isinstance(value, Mapping):
            value = value.get("area")
        if field.kind in ("area", "address") and isinstance(value, str):
            yield field.field, value


def unknown_area(field: str) -> Problem:
    """The fault of an area that no time knows."""
    return _problem(field, "registers.value-unknown-area")


def is_business_number(text: str) -> bool:
    """A tax code of 10 digits with its check digit (3 more for a branch), or an owner's 12."""
    if numbers.read(text) is not None:
        return True
    if not (text.isascii() and _TAX_CODE.fullmatch(text)):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, text, strict=False))
    return 10 - total % 11 == int(text[9])


def _problem(field: str, code: str, text: Mapping[str, str] | None = None, **more: Any) -> Problem:
    return Problem(path=field, code=code, params={"field": field, **more}, text=dict(text or {}))


def _of_field(field: Field, value: Any, today: date) -> Iterator[Problem]:
    if value in (None, ""):
        if not field.optional:
            yield _problem(field.field, "registers.value-missing")
    elif not _KINDS[field.kind](value, today):
        yield _problem(field.field, "registers.value-of-other-kind")
    elif _too_much(field, value):
        yield _problem(field.field, "registers.value-too-large", max=field.max or _usual(field))
    elif field.options and value not in {option.value for option in field.options}:
        yield _problem(field.field, "registers.value-not-offered")


def _of_rules(
    kind: FactKind, values: Mapping[str, Any], today: date, *, skipped: Collection[str]
) -> Iterator[Problem]:
    """What `must` forbids; silent where the value, or what it is compared with, is not there."""
    ruled = [f for f in kind.fields if f.must and f.field in values and f.field not in skipped]
    if not ruled:
        return
    names = {field.field: CEL_KINDS.get(field.kind, "string") for field in kind.fields}
    seen = {name: value for name, value in values.items() if name not in skipped}
    for field in ruled:
        if not _holds(field.must, {**names, "today": "date"}, {**seen, "today": today}):
            yield _problem(field.field, "registers.value-impossible", field.otherwise)


def _holds(must: str, names: Mapping[str, str], values: Mapping[str, Any]) -> bool:
    try:
        return compile_condition(must, names).value(values) is not False
    except ConditionFault:
        return False


def _usual(field: Field) -> int:
    limits = {
        "person-name": LONGEST_NAME, "long-text": LONGEST_LONG_TEXT, "code": LONGEST_CODE,
        "rows": MOST_ROWS, "number": MOST, "money": MOST,
    }  # fmt: skip
    return limits.get(field.kind, LONGEST_TEXT)


def _too_much(field: Field, value: Any) -> bool:
    limit = field.max or _usual(field)
    if isinstance(value, bool):
        return False
    if isinstance(value, int):
        return abs(value) > limit
    if isinstance(value, Mapping):
        return any(len(str(part)) > limit for part in value.values())
    return len(value) > limit


def _is_text(value: Any, _today: date) -> bool:
    return isinstance(value, str)


def _is_name(value: Any, _today: date) -> bool:
    return isinstance(value, str) and "\n" not in value and any(c.isalpha() for c in value)


def _is_personal_number(value: Any, today: date) -> bool:
    """Twelve digits whose century has begun: nobody has a number of the years to come."""
    parts = numbers.read(value) if isinstance(value, str) else None
    return parts is not None and parts.year <= today.year


def _is_day(value: Any, _today: date) -> bool:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return False
    try:
        return date.fromisoformat(value) > date.min
    except ValueError:
        return False


def _is_number(value: Any, _today: date) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_code(value: Any, _today: date) -> bool:
    return isinstance(value, str) and "\n" not in value


def _is_address(value: Any, _today: date) -> bool:
    known = isinstance(value, Mapping) and set(value) <= {"area", "line"}
    return known and bool(value.get("area")) and all(isinstance(v, str) for v in value.values())


def _is_rows(value: Any, _today: date) -> bool:
    return isinstance(value, list) and all(isinstance(row, Mapping) for row in value)


def _matches(pattern: "re.Pattern[str]") -> Callable[[Any, date], bool]:
    return lambda value, _today: (
        isinstance(value, str) and value.isascii() and bool(pattern.fullmatch(value))
    )


_KINDS: dict[str, Callable[[Any, date], bool]] = {
    "text": _is_text,
    "long-text": _is_text,
    "person-name": _is_name,
    "personal-number": _is_personal_number,
    "old-id-number": _matches(_OLD_NUMBER),
    "business-number": lambda value, _today: isinstance(value, str) and is_business_number(value),
    "code": _is_code,
    "date": _is_day,
    "choice": _is_code,
    "yes-no": lambda value, _today: isinstance(value, bool),
    "area": _is_code,
    "address": _is_address,
    "phone": _matches(_PHONE),
    "email": lambda value, _today: isinstance(value, str) and bool(_EMAIL.fullmatch(value)),
    "number": _is_number,
    "money": _is_number,
    "rows": _is_rows,
}
