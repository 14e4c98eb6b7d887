"""What changed between two versions of a service, in words that a reviewer can read aloud."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from motcua.catalogue.rules.procedure import Procedure
from motcua.kernel.durations import Duration


class Change(Struct, frozen=True, kw_only=True):
    """One change: what ("limit", "fee registration: vnd"), and how it was and is ("" = absent)."""

    what: str
    before: str
    after: str

    def __str__(self) -> str:
        if not self.before:
            return f"{self.what}: added {self.after}"
        if not self.after:
            return f"{self.what}: removed {self.before}"
        return f"{self.what}: {self.before} -> {self.after}"


_NAMES = {
    "limit": "time limit",
    "within": "time limit",
    "who": "who acts",
    "may": "what may be done",
    "ask": "question",
    "form": "page",
    "route": "state",
    "fees": "fee",
    "vnd": "amount (VND)",
    "since": "valid from",
    "until": "valid until",
    "law": "legal basis",
    "when": "condition",
    "must": "rule of the answer",
    "otherwise": "sentence of the rule",
    "decided-by": "deciding body",
    "life-event": "life event",
    "compute": "computed value",
    "columns": "column",
    "gives": "formula",
    "sum": "sum over",
    "values": "dated value",
    "pays": "debts to pay",
    "pay": "payment",
    "at": "place",
}
# What names an item of a list, so that a new one in the middle does not change all that follow.
_KEYS = ("field", "page", "state", "paper", "fee", "code", "name", "since", "value", "register")

_OF_FEES = ("province", "channel", "since")


def diff_versions(before: Procedure, after: Procedure) -> tuple[Change, ...]:
    """Every change from one version to another, in the order of the file."""
    old, new = (_tree(procedure) for procedure in (before, after))
    return tuple(_changes(old, new, ""))


def _tree(procedure: Procedure) -> Any:
    plain = msgspec.to_builtins(msgspec.structs.replace(procedure, key=""))
    return _readable(plain)


def _readable(value: Any) -> Any:
    if isinstance(value, Mapping):
        if "unit" in value and set(value) <= {"unit", "count"}:
            return str(msgspec.convert(value, Duration))
        return {key: _readable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return _by_name([_readable(each) for each in value])
    return value


def _by_name(items: list[Any]) -> Any:
    """A list of named items as a mapping; a list of words as one line."""
    if not all(isinstance(item, Mapping) for item in items):
        return ", ".join(str(item) for item in items)
    named: dict[str, Any] = {}
    for index, item in enumerate(items, start=1):
        name = next((str(item[key]) for key in _KEYS if key in item), str(index))
        if "fee" in item:  # a table has many lines of one fee
            name = " ".join([name, *(str(item[key]) for key in _OF_FEES if key in item)])
        named[name if name not in named else f"{name} ({index})"] = item
    return named


def _changes(before: Any, after: Any, what: str) -> Iterator[Change]:
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in [*before, *(key for key in after if key not in before)]:
            name = _NAMES.get(key, key)
            inner = f"{what} {name}".strip()
            yield from _changes(before.get(key), after.get(key), inner)
        return
    yield Change(what=what, before=_words(before), after=_words(after))


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        title = value.get("title")
        if isinstance(title, Mapping):
            return f'"{title.get("en") or next(iter(title.values()), "")}"'
        return ", ".join(f"{key} {_words(each)}" for key, each in value.items()) or "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) or "nothing"
