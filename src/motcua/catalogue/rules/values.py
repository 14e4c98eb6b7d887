"""Dated values of the pack: amounts that the law moves from time to time, as a base salary.

In the file `values.yaml` they have names like "base-salary", in conditions `values.base_salary`.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from motcua.catalogue.rules.procedure import DatedValue

ROOT = "values"
_NAMED = re.compile(r"(?<![\w.])values\.([a-z][a-z0-9_]*)")
_CONDITIONS = {"when", "must", "gives"}


def dated_values(definition: Any, known: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The values that the conditions of a definition name, from those of the pack."""
    named = {name for source in _sources(definition) for name in _NAMED.findall(source)}
    found = {name: known.get(name.replace("_", "-")) for name in sorted(named)}
    return {name: _lines(value) for name, value in found.items() if isinstance(value, dict)}


def _lines(value: Mapping[str, Any]) -> list[dict[str, Any]]:
    lines = value.get("values")
    title = value.get("title", {})
    return [{"title": title, **line} for line in lines or () if isinstance(line, dict)]


def _sources(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key in _CONDITIONS and isinstance(value, str):
                yield value
            else:
                yield from _sources(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _sources(value)


def value_on(lines: tuple[DatedValue, ...], day: date) -> DatedValue | None:
    """The line in force on a day: the last that has begun and not ended."""
    in_force = [one for one in lines if one.since <= day and not (one.until and one.until < day)]
    return max(in_force, key=lambda one: one.since, default=None)
