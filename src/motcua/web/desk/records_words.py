"""Facts of registers in words, and what an officer typed as values of a fact."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from motcua.catalogue import api as catalogue
from motcua.catalogue.rules.faults import problem_at
from motcua.catalogue.rules.procedure import Field as Question
from motcua.catalogue.rules.procedure import Option
from motcua.catalogue.rules.reading import Unreadable, read_answer
from motcua.directory import api as directory
from motcua.kernel.refusals import Problem
from motcua.registers import api as registers
from motcua.registers.rules.declaration import FactKind, Field
from motcua.web.desk.facts import language
from motcua.web.shell.controls import raw_values
from motcua.web.shell.sentences import pick

PREFIX = "v."  # before the names of fields in a form, so that they meet no other names
AS_TEXT = {"business-number": "text", "code": "text", "rows": "long-text"}


def field_title(register: registers.Register, path: str) -> str:
    """The label of a field by its full name, with its fact's: "Identity: Full name"."""
    fact, _dot, _field = path.partition(".")
    kind, field = register.fact(fact), register.field(path)
    if kind is None or field is None:
        return path
    return f"{pick(kind.title)}: {pick(field.title)}"


def fact_title(register: registers.Register, fact: str) -> str:
    """The title of a fact."""
    kind = register.fact(fact)
    return pick(kind.title) if kind else fact


def words_of(field: Field, value: Any, on: date) -> str:
    """A value in words; places by the name that they bore on that day."""
    if value is None or value == "":
        return ""
    if field.kind == "rows" and isinstance(value, (list, tuple)):
        return "\n".join(_line(row, on) for row in value)
    return catalogue.in_words(
        _question(field, field.field), value, language(), area_name=_area_on(on)
    )


def _line(row: Any, on: date) -> str:
    cells = row.values() if isinstance(row, Mapping) else [row]
    place = _area_on(on)
    return " · ".join(
        place(str(cell.get("area", ""))) if isinstance(cell, Mapping) else str(cell)
        for cell in cells
        if cell not in (None, "")
    )


def _area_on(on: date) -> Any:
    def name(code: str) -> str:
        return directory.area_path(code, on) or code

    return name


def in_words(kind: FactKind, values: Mapping[str, Any], on: date) -> list[tuple[str, str]]:
    """Label and value of each field that is held, in the order of the declaration."""
    return [
        (pick(field.title), words_of(field, values[field.field], on))
        for field in kind.fields
        if values.get(field.field) not in (None, "")
    ]


def questions(kind: FactKind, values: Mapping[str, Any]) -> tuple[Question, ...]:
    """The fields of a fact as questions of a form; tables are left as they are."""
    return tuple(
        _question(field, PREFIX + field.field, values.get(field.field))
        for field in kind.fields
        if field.kind != "rows"
    )


def _question(field: Field, name: str, value: Any = None) -> Question:
    level = "province" if field.kind == "area" and len(str(value or "")) == 2 else ""
    return Question(
        field=name,
        kind=AS_TEXT.get(field.kind, field.kind),  # type: ignore[arg-type]
        title=field.title,
        optional=field.optional,
        options=tuple(Option(value=one.value, title=one.title) for one in field.options),
        max=field.max,
        level=level,
    )


def as_typed(kind: FactKind, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as if they had been typed, for showing them in a form."""
    asked = questions(kind, values)
    plain = {name: value for name, value in values.items() if value is not None}
    return dict(raw_values(asked, {PREFIX.rstrip("."): plain}))


def read_values(
    kind: FactKind, raw: Mapping[str, list[str]], before: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """The values that were typed, and everything that is wrong with them.

    Tables, which no form asks, stay as they were.
    """
    asked = questions(kind, before)
    values = {
        field.field: before[field.field]
        for field in kind.fields
        if field.kind == "rows" and field.field in before
    }
    problems: list[Problem] = []
    for one in asked:
        try:
            value = read_answer(one, raw)
        except Unreadable as fault:
            problems.append(problem_at(one, fault.code, **fault.params))
            continue
        if value in (None, "", {}):
            problems += [] if one.optional else [problem_at(one, "required")]
        else:
            values[one.field.removeprefix(PREFIX)] = value
    return values, tuple(problems)


def at_fields(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Faults that an operation found in values, at the boxes of the form."""
    return tuple(
        Problem(path=_box(one.path), code=one.code, params=one.params, text=one.text)
        for one in problems
    )


def _box(path: str) -> str:
    return PREFIX + path.rpartition(".")[2] if not path.startswith(PREFIX) else path
