"""Answers as a tree: nested by the dots of field paths. A table of answers is a list of rows."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeGuard

from motcua.catalogue.rules.procedure import Answers


def get(answers: Mapping[str, Any], path: str) -> Any:
    """The answer at a dotted path, or None."""
    found: Any = answers
    for part in path.split("."):
        if found.__class__ is not dict and not isinstance(found, Mapping):
            return None  # asking for the class first: this runs for every name of every decision
        found = found.get(part)
    return found


def put(answers: Answers, path: str, value: Any) -> None:
    """Set the answer at a dotted path, in place."""
    *above, last = path.split(".")
    for part in above:
        inner = answers.get(part)
        if not isinstance(inner, dict):
            inner = answers[part] = {}
        answers = inner
    answers[last] = value


def remove(answers: Answers, path: str) -> None:
    """Take the answer at a dotted path away, in place, if it is there."""
    *above, last = path.split(".")
    inner: Any = get(answers, ".".join(above)) if above else answers
    if isinstance(inner, dict):
        inner.pop(last, None)


def nest(flat: Mapping[str, Any]) -> Answers:
    """`{"child.name": "An"}` -> `{"child": {"name": "An"}}`."""
    answers: Answers = {}
    for path, value in flat.items():
        put(answers, path, value)
    return answers


def flatten(answers: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """The reverse of `nest`."""
    flat: dict[str, Any] = {}
    for key, value in answers.items():
        path = f"{before}{key}"
        if isinstance(value, Mapping) and value:
            flat.update(flatten(value, f"{path}."))
        else:
            flat[path] = value
    return flat


def merged(answers: Mapping[str, Any], more: Mapping[str, Any]) -> Answers:
    """A new tree with `more` laid over `answers`; a table is replaced as a whole."""
    together: Answers = {k: merged(v, {}) if _is_tree(v) else v for k, v in answers.items()}
    for key, value in more.items():
        old = together.get(key)
        if _is_tree(value) and _is_tree(old):
            together[key] = merged(old, value)
        else:
            together[key] = merged(value, {}) if _is_tree(value) else value
    return together


def _is_tree(value: Any) -> TypeGuard[Mapping[str, Any]]:
    # Asking for the class first: an abstract class takes ten times as long to say no.
    return value.__class__ is dict or (
        value.__class__ not in _LEAVES and isinstance(value, Mapping)
    )


_LEAVES = frozenset({str, int, bool, float, list, tuple, type(None)})


def rows_at(answers: Mapping[str, Any], path: str) -> tuple[Mapping[str, Any], ...]:
    """The rows of a table of answers; none for anything that is not a list of rows."""
    value = get(answers, path)
    given = value if isinstance(value, list | tuple) else ()
    return tuple(row for row in given if isinstance(row, Mapping))


def question_of(path: str) -> str:
    """The question that a fault concerns: `goods[3].quantity` -> `goods`."""
    return path.partition("[")[0]


def as_date(value: Any) -> date | None:
    """An ISO date string as a date; None for anything else."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
