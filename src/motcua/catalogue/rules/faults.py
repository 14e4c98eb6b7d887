"""What is wrong with one answer: missing, of a wrong kind or place, or against its rule."""

from collections.abc import Mapping
from typing import Any

from motcua.catalogue.rules.answers import Context, Truth, as_date
from motcua.catalogue.rules.procedure import Field
from motcua.catalogue.rules.reading import Unreadable, read_answer
from motcua.kernel.refusals import Problem


def fault_of(field: Field, value: Any, true: Truth, *, context: Context) -> Problem | None:
    """Missing, not a place that exists, or against the rule of the question."""
    if value is None or value in ("", [], {}):
        return None if field.optional else problem_at(field, "required")
    if problem := _area_fault(field, value, context):
        return problem
    if true.denies(field.must):
        return problem_at(field, "must", text=field.otherwise)
    return None


def _area_fault(field: Field, value: Any, context: Context) -> Problem | None:
    if context.area_level is None or field.kind not in {"area", "address"}:
        return None
    code = value.get("area") if isinstance(value, Mapping) else value
    wanted = "commune" if field.kind == "address" else field.level
    found = context.area_level(str(code))
    if not found:
        return problem_at(field, "area")
    return problem_at(field, "area-level", level=wanted) if wanted and found != wanted else None


def kind_fault(field: Field, value: Any) -> Problem | None:
    """Whether a stored answer would still be read as typed (drafts outlive versions)."""
    if value is None:
        return None
    try:
        if read_answer(field, simple_as_typed(field, value)) != value:
            return problem_at(field, "unreadable-characters")
    except Unreadable as fault:
        return problem_at(field, fault.code, **fault.params)
    return None


def simple_as_typed(field: Field, value: Any) -> dict[str, list[str]]:
    """The answer to any question but a table as a browser would send it."""
    name = field.field
    if value is None:
        return {}
    if field.kind == "address":
        parts = value if isinstance(value, Mapping) else {}
        return {f"{name}.{part}": [str(parts.get(part, ""))] for part in ("area", "line")}
    if field.kind == "date" and (day := as_date(value)):
        parts = {"day": day.day, "month": day.month, "year": f"{day.year:04}"}
        return {f"{name}-{part}": [str(number)] for part, number in parts.items()}
    if field.kind == "choices":
        return {name: [str(v) for v in value] if isinstance(value, list) else [str(value)]}
    if isinstance(value, bool):
        return {name: ["yes" if value else "no"]}
    return {name: [str(value)]}


def problem_at(
    field: Field, code: str, *, text: dict[str, str] | None = None, **params: Any
) -> Problem:
    """A fault of the question; `params["title"]` is the question in each language."""
    return Problem(
        path=field.field,
        code=f"catalogue.{code}",
        params={"title": field.title, **params},
        text=text or {},
    )
