"""Whether what software sends for a question can be an answer at all, before it is read."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from motcua.catalogue.rules.answers import flatten, get
from motcua.catalogue.rules.forms import as_typed
from motcua.catalogue.rules.procedure import Field, Procedure
from motcua.kernel.refusals import Problem

ABSENT = object()


def given(procedure: Procedure, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent for the questions of the form, by path; None where an answer is taken away."""
    found = {field.field: _at(answers, field.field) for field in procedure.fields()}
    return {path: value for path, value in found.items() if value is not ABSENT}


def strange(procedure: Procedure, answers: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Answers that no question asks for, and those of another kind than their question."""
    fields = {field.field: field for field in procedure.fields()}
    known = set(fields) | {one.name for one in procedure.compute}
    unknown = tuple(
        Problem(path=path, code="dossiers.unknown-answer", params={"name": path})
        for path in flatten(answers)
        if not known & _above(path)
    )
    kinds = (_faults(fields[path], value) for path, value in given(procedure, answers).items())
    return unknown + tuple(fault for faults in kinds for fault in faults)


def boxes_of(
    fields: Iterable[Field], answers: Mapping[str, Any]
) -> tuple[dict[str, list[str]], tuple[Problem, ...]]:
    """Answers (nested, or by path) as a browser would send them, and those of another kind."""
    boxes: dict[str, list[str]] = {}
    faults: list[Problem] = []
    for field in fields:
        value = answers[field.field] if field.field in answers else get(answers, field.field)
        wrong = tuple(_faults(field, value))
        faults += wrong
        boxes |= {} if wrong else as_typed(field, value)
    return boxes, tuple(faults)


def is_of_kind(field: Field, value: Any) -> bool:
    """Whether a value has the shape of an answer to the question (None: no answer)."""
    return value is None or _SHAPES.get(field.kind, _is_text)(field, value)


def _at(answers: Mapping[str, Any], path: str) -> Any:
    found: Any = answers
    for part in path.split("."):
        if not isinstance(found, Mapping) or part not in found:
            return ABSENT
        found = found[part]
    return found


def _above(path: str) -> set[str]:
    """The path itself and all that lies above it."""
    parts = path.split(".")
    return {".".join(parts[: number + 1]) for number in range(len(parts))}


def _faults(field: Field, value: Any) -> Iterator[Problem]:
    if not is_of_kind(field, value):
        params = {"title": field.title}
        yield Problem(path=field.field, code="dossiers.answer-of-other-kind", params=params)
    elif field.kind == "rows":
        columns = {column.field for column in field.columns}
        for number, row in enumerate(value or ()):
            for name in sorted(set(row) - columns):
                path = f"{field.field}[{number}].{name}"
                yield Problem(path=path, code="dossiers.unknown-answer", params={"name": path})


def _is_text(_field: Field, value: Any) -> bool:
    return isinstance(value, str)


def _is_number(_field: Field, value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool))


def _is_yes_no(_field: Field, value: Any) -> bool:
    return isinstance(value, bool | str)


def _is_list(_field: Field, value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_address(_field: Field, value: Any) -> bool:
    known = isinstance(value, Mapping) and set(value) <= {"area", "line"}
    return known and all(isinstance(part, str) for part in value.values())


def _is_table(field: Field, value: Any) -> bool:
    columns = {column.field: column for column in field.columns}
    return isinstance(value, list) and all(
        isinstance(row, Mapping)
        and all(is_of_kind(columns[name], cell) for name, cell in row.items() if name in columns)
        for row in value
    )


_SHAPES: dict[str, Callable[[Field, Any], bool]] = {
    "number": _is_number,
    "money": _is_number,
    "yes-no": _is_yes_no,
    "choices": _is_list,
    "address": _is_address,
    "rows": _is_table,
}
