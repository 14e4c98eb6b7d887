"""MC033: dated values have a title, a law and days in order, without overlap."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding
from motcua.kernel.packs import Lines, PackFault, read_yaml

RULE = "MC033"
TITLE = "A dated value that cannot be used"
FILE = "values.yaml"
_FIX = "Write: {value: 2340000, law: ..., since: 2024-07-01}, the oldest first."
_KEYS = {"value", "law", "since", "until"}


def check(pack: Pack) -> Iterator[Finding]:
    lines = _lines(pack)
    for name, value in pack.values.items():
        for number, message, fix in _faults(pack, value):
            place = (name, "values", number) if number is not None else (name,)
            line = lines.get(place, lines.get((name,), 1))
            text = f'"{name}" {message}'
            yield Finding(rule=RULE, file=FILE, line=line, message=text, fix=fix)


def _lines(pack: Pack) -> Lines:
    try:
        return read_yaml(pack.root / FILE)[1] if pack.values else {}
    except PackFault:
        return {}  # MC001 says so


def _faults(pack: Pack, value: Any) -> Iterator[tuple[int | None, str, str]]:
    words = value if isinstance(value, dict) else {}
    title = words.get("title")
    told = title if isinstance(title, dict) else {}
    if missing := ", ".join(language for language in pack.languages if not told.get(language)):
        yield None, f"has no title in {missing}.", "Add it: the sum of a fee is explained with it."
    entries = words.get("values")
    if not isinstance(entries, list) or not entries:
        yield None, "has no values.", _FIX
        return
    good = True
    for number, entry in enumerate(entries):
        if message := _entry_fault(entry):
            good = False
            yield number, message, _FIX
    if good:
        for number, (one, following) in enumerate(pairwise(entries), start=1):
            if following["since"] <= one.get("until", one["since"]):
                message = "has values that overlap or are not in the order of their days."
                yield number, message, "Put the oldest first; end one before the next begins."


def _entry_fault(entry: Any) -> str:
    if not isinstance(entry, dict) or set(entry) - _KEYS:
        return "has a line that is not one of value, law, since and until."
    value = entry.get("value")
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        return "has a line without a whole number."
    if not str(entry.get("law") or "").strip():
        return "has a line without its law."
    days = [_is_day(entry[key]) for key in ("since", "until") if key in entry]
    if "since" not in entry or not all(days):
        return "has a line without the day from which it is in force."
    return "ends before it begins." if entry.get("until", entry["since"]) < entry["since"] else ""


def _is_day(text: Any) -> bool:
    try:
        return bool(date.fromisoformat(str(text)))
    except ValueError:
        return False
