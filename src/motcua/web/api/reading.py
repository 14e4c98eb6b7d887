"""What machines send: strict JSON, answers as the catalogue describes them, versions."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from django.http import HttpRequest
from ninja.parser import Parser

from motcua.catalogue import api as catalogue
from motcua.kernel.refusals import Problem, Refusal

LARGEST = 2**63 - 1
DEEPEST = 40
_ETAG = re.compile(r'(?:W/)?"(\d{1,9})"')
Raw = dict[str, list[str]]
_TYPES: dict[str, tuple[type, str]] = {
    "number": (int, "12"),
    "money": (int, "12"),
    "yes-no": (bool, "true | false"),
    "choices": (list, '["…"]'),
    "address": (dict, '{"area": "…", "line": "…"}'),
    "rows": (list, "[{…}]"),
}


class StrictParser(Parser):
    """JSON that can be stored: no NUL, no lone surrogates, no numbers that overflow."""

    def parse_body(self, request: HttpRequest) -> Any:
        try:
            found = msgspec.json.decode(request.body)
        except RecursionError:
            raise ValueError("too deep") from None
        check_storable(found)
        return found


def check_storable(value: Any, depth: int = 0) -> None:
    """ValueError for what no database could keep."""
    if depth > DEEPEST:
        raise ValueError("too deep")
    if isinstance(value, str) and "\x00" in value:
        raise ValueError("NUL")
    if isinstance(value, int) and abs(value) > LARGEST:
        raise ValueError("number too large")
    inner: Iterable[Any] = ()
    if isinstance(value, dict):
        inner = (*value.keys(), *value.values())
    elif isinstance(value, list):
        inner = value
    for one in inner:
        check_storable(one, depth + 1)


def version_of(request: HttpRequest, given: int | None = None) -> int | None:
    """The version that the caller saw: from the body, else from If-Match."""
    header = request.headers.get("If-Match", "").strip()
    if given is not None or header in ("", "*"):
        return given
    found = _ETAG.fullmatch(header)
    if found is None:
        raise Refusal("api.bad-version")
    return int(found[1])


def raw_of(
    fields: Iterable[catalogue.Field], answers: Mapping[str, Any]
) -> tuple[Raw, tuple[Problem, ...]]:
    """Answers as a form would send them, and everything that has a wrong JSON type."""
    raw: Raw = {}
    problems = []
    for field in fields:
        value = catalogue.get(answers, field.field)
        if value is None:
            continue
        if fault := _type_fault(field, value, field.field):
            problems.append(fault)
            continue
        raw |= catalogue.as_typed(field, value)
    return raw, tuple(problems)


def unknown_answers(
    procedure: catalogue.Procedure, answers: Mapping[str, Any], *, also: Iterable[str] = ()
) -> tuple[Problem, ...]:
    """Answers to questions that nobody asks: most likely a mistyped name."""
    known = {field.field for field in procedure.fields()} | set(also)
    known |= {one.name for one in procedure.compute}
    return tuple(
        Problem(path=path[:200], code="api.no-such-question")
        for path, value in catalogue.flatten(answers).items()
        if value not in (None, {}) and not _is_known(path, known)
    )


def nested(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Dots in names are taken as nesting, so that both spellings mean the same."""
    return catalogue.nest(catalogue.flatten(answers))


def _is_known(path: str, known: set[str]) -> bool:
    parts = path.split(".")
    return any(".".join(parts[:n]) in known for n in range(1, len(parts) + 1))


def _type_fault(field: catalogue.Field, value: Any, path: str) -> Problem | None:
    wanted, words = _TYPES.get(field.kind, (str, '"…"'))
    fits = isinstance(value, wanted) and (wanted is not int or not isinstance(value, bool))
    if not fits or not _is_plain(field, value):
        return Problem(path=path, code="api.wrong-type", params={"wanted": words})
    if field.kind == "rows":
        return _row_fault(field, value, path)
    return None


def _is_plain(field: catalogue.Field, value: Any) -> bool:
    if field.kind == "choices":
        return all(isinstance(one, str) for one in value)
    if field.kind == "address":
        return all(isinstance(one, str) for one in value.values())
    return field.kind != "rows" or all(isinstance(one, dict) for one in value)


def _row_fault(field: catalogue.Field, rows: list[dict[str, Any]], path: str) -> Problem | None:
    for number, row in enumerate(rows):
        for column in field.columns:
            value = row.get(column.field)
            if value is None or column.gives:
                continue
            where = f"{path}[{number}].{column.field}"
            if fault := _type_fault(column, value, where):
                return fault
    return None
