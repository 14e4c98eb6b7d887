"""Answers: nested by the dots of field paths, and seen as typed values by conditions.

Dates are ISO strings. `Context` is what a condition may know beside the answers; `Truth` asks
conditions over both.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from msgspec import Struct

from motcua.catalogue.rules.procedure import Answers, Field, Procedure
from motcua.kernel.conditions import ConditionFault, compile_condition


class Context(Struct, frozen=True, kw_only=True):
    """What is known around the answers. `today` is the local date, `filed` the moment of filing.

    `area_level(code)` gives "province", "commune" or "" (unknown); None = areas are not checked.
    """

    today: date | None = None
    filed: datetime | None = None
    channel: str = "online"
    recorded: Mapping[str, Any] = {}
    area_level: Callable[[str], str] | None = None


NOWHERE = Context()


def get(answers: Mapping[str, Any], path: str) -> Any:
    """The answer at a dotted path, or None."""
    found: Any = answers
    for part in path.split("."):
        if not isinstance(found, Mapping):
            return None
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
    """A new tree with `more` laid over `answers`."""
    together: Answers = {
        k: merged(v, {}) if isinstance(v, Mapping) else v for k, v in answers.items()
    }
    for key, value in more.items():
        old = together.get(key)
        if isinstance(value, Mapping) and isinstance(old, Mapping):
            together[key] = merged(old, value)
        else:
            together[key] = merged(value, {}) if isinstance(value, Mapping) else value
    return together


def recorded_fields(procedure: Procedure) -> Iterator[Field]:
    """What officers record on the way."""
    for step in procedure.route:
        yield from step.ask
        for branch in step.together:
            yield from branch.ask


# How conditions see the kinds of answers; addresses are two strings, `x.area` and `x.line`.
_KINDS = {"date": "date", "yes-no": "bool", "number": "int", "money": "int", "choices": "list"}
_SURROUNDINGS = {"today": "date", "filed": "timestamp", "channel": "string"}
_TYPES: dict[str, type] = {"date": str, "bool": bool, "int": int, "list": list, "string": str}


def names_of(procedure: Procedure) -> dict[str, str]:
    """What conditions may name (dotted path -> kind): answers, surroundings, `recorded.<path>`."""
    names = dict(_SURROUNDINGS)
    for field in procedure.fields():
        names |= _kinds_of(field, "")
    for field in recorded_fields(procedure):
        names |= _kinds_of(field, "recorded.")
    return names


def _kinds_of(field: Field, before: str) -> dict[str, str]:
    path = before + field.field
    if field.kind == "address":
        return {f"{path}.area": "string", f"{path}.line": "string"}
    return {path: _KINDS.get(field.kind, "string")}


def values_of(
    names: Mapping[str, str], answers: Mapping[str, Any], context: Context = NOWHERE
) -> Answers:
    """Answers and surroundings for conditions; a value of a wrong kind counts as unanswered."""
    told = merged(answers, {"channel": context.channel, "recorded": context.recorded})
    values: Answers = {}
    for path, kind in names.items():
        value = get(told, path)
        if kind in _TYPES and _fits(value, kind):
            put(values, path, value)
    if context.today is not None:
        values["today"] = context.today
    if context.filed is not None:
        values["filed"] = context.filed
    return values


def _fits(value: Any, kind: str) -> bool:
    if kind == "date":
        return as_date(value) is not None
    return isinstance(value, _TYPES[kind]) and (kind == "bool" or not isinstance(value, bool))


class Truth:
    """Answers one condition after another over the same answers; an empty condition is true.

    What cannot be computed (a division by an answer of 0) is false, like what is unanswered.
    """

    def __init__(
        self, procedure: Procedure, answers: Mapping[str, Any], context: Context = NOWHERE
    ) -> None:
        self._names = names_of(procedure)
        self._values = values_of(self._names, answers, context)

    def __call__(self, condition: str) -> bool:
        return self._value(condition) is True

    def denies(self, condition: str) -> bool:
        """Whether it is surely false: not merely waiting for an answer that is not given yet."""
        return self._value(condition) is False

    def _value(self, condition: str) -> Any:
        if not condition:
            return True
        try:
            return compile_condition(condition, self._names).value(self._values)
        except ConditionFault:
            return False


def as_date(value: Any) -> date | None:
    """An ISO date string as a date; None for anything else."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
