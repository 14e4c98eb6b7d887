"""Answers: nested by the dots of field paths, and seen as typed values by conditions.

A form keeps dates as ISO strings; a condition sees them as timestamps at 00:00 UTC. `Context` is
what a condition may know beside the answers.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any

from msgspec import Struct

from motcua.catalogue.rules.procedure import Answers, Field, Procedure
from motcua.kernel import conditions

SURROUNDINGS = ("today", "filed", "channel", "recorded")


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
    together: Answers = {k: merged(v, {}) if isinstance(v, Mapping) else v for k, v in answers.items()}
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


def names_of(procedure: Procedure) -> tuple[str, ...]:
    """The first parts of all field paths and the surroundings: what conditions may name."""
    first = {field.field.split(".")[0] for field in procedure.fields()}
    return tuple(sorted(first | set(SURROUNDINGS)))


def values_of(
    procedure: Procedure, answers: Mapping[str, Any], context: Context = NOWHERE
) -> dict[str, Any]:
    """The answers and their surroundings as a condition sees them."""
    values = merged(answers, {})
    _stamp_dates(procedure.fields(), values)
    recorded = merged(context.recorded, {})
    _stamp_dates(recorded_fields(procedure), recorded)
    values |= {"channel": context.channel, "recorded": recorded}
    if context.today is not None:
        values["today"] = _midnight(context.today)
    if context.filed is not None:
        values["filed"] = context.filed
    return values


def holds(
    procedure: Procedure, condition: str, answers: Mapping[str, Any], context: Context = NOWHERE
) -> bool:
    """Whether a condition of the definition is true; an empty one always is."""
    if not condition:
        return True
    return Truth(procedure, answers, context)(condition)


class Truth:
    """Answers one condition after another over the same answers (converted once)."""

    def __init__(
        self, procedure: Procedure, answers: Mapping[str, Any], context: Context = NOWHERE
    ) -> None:
        self._names = names_of(procedure)
        self._values = values_of(procedure, answers, context)

    def __call__(self, condition: str) -> bool:
        if not condition:
            return True
        return compiled(condition, self._names).holds(self._values)


@lru_cache(maxsize=4096)
def compiled(condition: str, names: tuple[str, ...]) -> conditions.Condition:
    """The compiled condition, kept for as long as the process lives."""
    return conditions.compile_condition(condition, names)


def _stamp_dates(fields: Any, values: Answers) -> None:
    for field in fields:
        if field.kind == "date" and (stamp := as_date(get(values, field.field))):
            put(values, field.field, _midnight(stamp))


def as_date(value: Any) -> date | None:
    """An ISO date string as a date; None for anything else."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)
