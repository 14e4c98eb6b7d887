"""Conditions of packs: CEL expressions, checked when the pack is loaded and bounded when they run.

The port over the CEL runtime (its conformance is held by tests/kernel/test_conditions.py). What is
asked but not answered makes a condition false, unless the rest decides alone (`a || b`).
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, Final

from cel_expr_python import cel

LONGEST_SOURCE = 4000

_TYPES: Final[dict[str, Any]] = {
    "string": cel.Type.STRING,
    "int": cel.Type.INT,
    "double": cel.Type.DOUBLE,
    "bool": cel.Type.BOOL,
    "date": cel.Type.TIMESTAMP,
    "timestamp": cel.Type.TIMESTAMP,
    "list": cel.Type.List(cel.Type.STRING),
    "rows": cel.Type.List(cel.Type.DYN),
    "map": cel.Type.MAP,
    "dyn": cel.Type.DYN,
}
KINDS: Final = frozenset(_TYPES)

_CHAIN = r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*"
_TOKEN = re.compile(
    r"""(?P<skip>//[^\n]* | [rR]?(?:'{3}.*?'{3} | "{3}.*?"{3}
        | '(?:\\.|[^'\\\n])*' | "(?:\\.|[^"\\\n])*") | \d[\w.]*)
      | (?<![\w.])has\(\s*(?P<has>CHAIN)\s*\)
      | (?<![\w.])(?P<chain>CHAIN)(?P<call>\s*\()?""".replace("CHAIN", _CHAIN),
    re.VERBOSE | re.DOTALL | re.ASCII,
)
_CEL_FAULT = re.compile(r"ERROR: <input>:(\d+):(\d+): ([^\n]*)")
_UNKNOWN = re.compile(r"undeclared reference to '([^']*)'")
_UNFIT = re.compile(r"found no matching overload for '([^']*)' applied to '([^']*)'")
_UNANSWERED = ("No value with name", "Key not found in map")
_RESULTS = {"bool": ("BOOL", "DYN"), "": ()}


class ConditionFault(ValueError):
    """An expression that cannot be used: where (from 1), and what to do about it.

    Raised by `compile_condition`; by `holds` and `value` only for what no check can foresee
    (division by zero, the iteration budget, a value of another kind than declared).
    """

    def __init__(self, line: int, column: int, what: str) -> None:
        super().__init__(f"{line}:{column}: {what}")
        self.line = line
        self.column = column
        self.what = what


class Condition:
    """A checked expression. `paths` are the dotted paths it reads; `gives` its CEL type."""

    __slots__ = ("_expression", "_inputs", "gives", "paths", "source")

    def __init__(self, source: str, expression: Any, inputs: "_Inputs") -> None:
        self.source = source
        self.paths = frozenset(inputs.kinds)
        self.gives = str(expression.return_type().name()).lower()
        self._expression = expression
        self._inputs = inputs

    def __repr__(self) -> str:
        return f"Condition({self.source!r})"

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Whether it is true of the nested `values`; False while what it needs is unanswered."""
        return self.value(values) is True

    def value(self, values: Mapping[str, Any]) -> Any:
        """What it gives as plain data (timestamps in UTC); None while unanswered."""
        try:
            result = self._expression.eval(data=self._inputs.of(values))
        except RuntimeError as error:
            raise ConditionFault(1, 1, _run_time_sentence(str(error))) from None
        if result.type() != cel.Type.ERROR:
            return result.plain_value()
        message = str(result.value())
        if any(mark in message for mark in _UNANSWERED):
            return None
        raise ConditionFault(1, 1, _run_time_sentence(message))


def compile_condition(source: str, names: Mapping[str, str], *, gives: str = "bool") -> Condition:
    """Check `source` against `names` and make it ready; ConditionFault says what is wrong.

    names: dotted path -> kind, one of "string", "int", "double", "bool", "date" (or "timestamp"),
    "list" (of strings), "rows" (a list of maps; none when unanswered), "map" (anything below it may
    be read, unchecked) and "dyn". Declare `child.born_on: date` rather than `child: map`: then a
    misspelt field or a comparison of a date with a number is found here. A date must be declared:
    below a "map" and in "rows" it is an ISO string.
    gives="" allows results other than yes or no (for `value`).

    Beside standard CEL: `years(from, to)`, the full years between two dates, as for an age.
    """
    return _compile(str(source), tuple(sorted(names.items())), gives)


@lru_cache(maxsize=4096)
def _compile(source: str, names: tuple[tuple[str, str], ...], gives: str) -> Condition:
    if len(source) > LONGEST_SOURCE:
        raise ConditionFault(1, 1, f"longer than {LONGEST_SOURCE} characters: split it up")
    if "\0" in source or not source.strip():
        raise ConditionFault(1, 1, "there is no expression here: write one, or leave the key out")
    inputs = _Inputs(dict(names))
    prepared = _TOKEN.sub(inputs.read, source)
    try:
        expression = _environment(inputs.declared()).compile(prepared)
    except RuntimeError as error:
        raise _fault(str(error), inputs) from None
    condition = Condition(source, expression, inputs)
    allowed = _RESULTS[gives]
    if allowed and expression.return_type().name() not in allowed:
        what = f"this gives a value of kind {condition.gives}: compare it, to get true or false"
        raise ConditionFault(1, 1, what)
    return condition


class _Inputs:
    """The names an expression reads. Each dotted path is one CEL variable, so that it has a type.

    `has(a.b)` becomes the variable `has_a.b_`, of equal length so that columns stay true.
    """

    def __init__(self, names: dict[str, str]) -> None:
        unknown = {kind for kind in names.values() if kind not in KINDS}
        if unknown:
            raise ValueError(f"not kinds of values: {sorted(unknown)}")
        self.names = names
        self.kinds: dict[str, str] = {}  # path -> kind, for each path read
        self.guarded: set[str] = set()
        self.read_values: set[str] = set()

    def read(self, token: "re.Match[str]") -> str:
        """Note what a token of the source reads, and give the text for CEL."""
        if chain := token["chain"]:
            self._read_chain(token, chain)
        elif guarded := token["has"]:
            self.kinds[guarded] = self._kind_of(token, guarded, "has")
            self.guarded.add(guarded)
            return f"has_{guarded}_".ljust(len(token[0]))
        return token[0]

    def _read_chain(self, token: "re.Match[str]", chain: str) -> None:
        if token["call"]:
            chain = chain.rpartition(".")[0]
        if chain and (chain in self.names or chain.split(".")[0] in self._roots()):
            self.kinds[chain] = self._kind_of(token, chain, "chain")
            self.read_values.add(chain)

    def _roots(self) -> set[str]:
        return {name.split(".")[0] for name in self.names}

    def _kind_of(self, token: "re.Match[str]", path: str, group: str) -> str:
        if path in self.names:
            return self.names[path]
        parents = (path[: dot.start()] for dot in re.finditer(r"\.", path))
        if any(self.names.get(parent) in ("map", "dyn") for parent in parents):
            return "dyn"
        before = token.string[: token.start(group)]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise ConditionFault(line, column, self.unknown(path))

    def unknown(self, path: str) -> str:
        """What to say of a name that does not exist."""
        near = get_close_matches(path, self.names, n=1)
        hint = f'did you mean "{near[0]}"?' if near else f"known are {', '.join(self.names)}"
        return f'"{path}" is not known here: {hint}'

    def declared(self) -> tuple[tuple[str, str], ...]:
        """CEL variables, sorted so that expressions share environments."""
        guards = {f"has_{path}_": "bool" for path in self.guarded}
        values = {path: self.kinds[path] for path in self.read_values}
        return tuple(sorted((guards | values).items()))

    def of(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """What CEL gets to see of `values`."""
        data: dict[str, Any] = {}
        for path, kind in self.kinds.items():
            value = _at(values, path)
            if path in self.guarded:
                data[f"has_{path}_"] = value is not None
            if value is not None and path in self.read_values:
                data[path] = _for_cel(path, kind, value)
            elif kind in _EMPTY and path in self.read_values:
                data[path] = _EMPTY[kind]
        return data


@lru_cache(maxsize=512)
def _environment(declared: tuple[tuple[str, str], ...]) -> Any:
    moment = cel.Type.TIMESTAMP
    years = cel.Overload(
        "years_between", return_type=cel.Type.INT, parameters=[moment, moment], impl=_years
    )
    return cel.NewEnv(
        variables={name: _TYPES[kind] for name, kind in declared},
        functions=[cel.FunctionDecl("years", [years])],
    )


def _years(since: datetime, until: datetime) -> int:
    before_the_day = (until.month, until.day) < (since.month, since.day)
    return until.year - since.year - before_the_day


def _at(values: Any, path: str) -> Any:
    for part in path.split("."):
        if not isinstance(values, Mapping):
            return None
        values = values.get(part)
    return values


def _for_cel(path: str, kind: str, value: Any) -> Any:
    try:
        match kind:
            case "date" | "timestamp":
                return _moment(value)
            case "map" | "dyn" | "list" | "rows":
                return _plain(value)
        if isinstance(value, _FITS[kind]) and (kind == "bool" or not isinstance(value, bool)):
            return _plain(value)
    except (ValueError, OverflowError):
        pass
    raise ConditionFault(1, 1, f'the value of "{path}" is not of the declared kind {kind}')


_INT64 = 2**63
_EMPTY: dict[str, Any] = {"map": {}, "rows": []}  # what stands for no answer
_FITS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "int": (int,),
    "double": (int, float),
    "bool": (bool,),
}


def _moment(value: Any) -> datetime:
    """A timestamp; a date is its first instant in UTC."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if len(value) > 10 else date.fromisoformat(value)
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    raise ValueError("not a date")


def _plain(value: Any) -> Any:
    """Nested data as CEL takes it: no nulls, dates as ISO strings."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value if item is not None]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and "\0" in value:  # the runtime would read only what is before it
        raise ValueError("a text with a NUL")
    if isinstance(value, int) and not -_INT64 <= value < _INT64:
        raise ValueError("a number too large to compute with")
    if isinstance(value, str | bool | int | float | timedelta):
        return value
    return str(value)


def _fault(message: str, inputs: _Inputs) -> ConditionFault:
    found = _CEL_FAULT.search(message)
    if found is None:
        short = message.split("[", maxsplit=1)[0].strip()
        return ConditionFault(1, 1, f"too large or too deep, make it simpler ({short})")
    line, column, what = int(found[1]), int(found[2]), found[3]
    if unknown := _UNKNOWN.match(what):
        what = inputs.unknown(unknown[1])
    elif unfit := _UNFIT.match(what):
        operator = unfit[1].strip("_").replace("_", " ")
        what = f'"{operator}" does not work with {unfit[2]}: both sides must be of fitting kinds'
    elif what.startswith("Syntax error"):
        what = f"this is not an expression: {what.removeprefix('Syntax error: ')[:120]}"
    return ConditionFault(line, column, what)


def _run_time_sentence(message: str) -> str:
    if "Iteration budget" in message:
        return "it takes too many steps: use fewer or smaller lists"
    return f"it cannot be computed: {message.split('[INTERNAL]', maxsplit=1)[0].strip()[:200]}"
