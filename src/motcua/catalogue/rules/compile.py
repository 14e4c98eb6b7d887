"""From the words of a service file to a `Procedure`: shared parts put in, durations understood.

Pure: the file has been read already. What cannot be compiled comes back as faults with the place
in the file (keys and indexes), never as an exception.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import msgspec
from msgspec import Struct

from motcua.catalogue.rules.findings import Fault, Place
from motcua.catalogue.rules.once_only import Database, replaced
from motcua.catalogue.rules.parts import Parts
from motcua.catalogue.rules.procedure import Procedure
from motcua.catalogue.rules.tables import fee_lines
from motcua.catalogue.rules.values import dated_values
from motcua.kernel import durations


class Shared(Struct, frozen=True, kw_only=True):
    """What services of a pack share: parts by name ("pages/mother", "evidence/identity-card"),
    coded reasons, dated values ("base-salary") and the tables of fees by name."""

    parts: dict[str, Any] = {}
    reasons: tuple[dict[str, Any], ...] = ()
    values: dict[str, Any] = {}
    tables: dict[str, list[dict[str, str]]] = {}
    once_only: Mapping[str, tuple[dict[str, str], ...]] = {}  # by national code of the procedure
    databases: dict[str, Database] = {}  # by register


class Faults(Exception):
    """All that keeps a definition from being compiled."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


def compile_procedure(
    definition: Any, shared: Shared, *, version: int = 1
) -> tuple[Procedure | None, tuple[Fault, ...]]:
    """The compiled service and no fault, or None and every fault found."""
    faults: list[Fault] = []
    data: dict[str, Any] = _expanded(plain(definition), shared, faults)
    if faults:
        return None, tuple(faults)
    data["key"] = f"{data.get('service', '')}@{version}"
    try:
        return msgspec.convert(data, Procedure), ()
    except msgspec.ValidationError as fault:
        return None, (Fault(place=_place_of(str(fault), data), message=str(fault)),)


def plain(data: Any) -> Any:
    """Data of a YAML file as JSON could hold it: dates as ISO strings, keys as strings."""
    if isinstance(data, Mapping):
        return {str(key): plain(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [plain(value) for value in data]
    if isinstance(data, datetime):
        return data.isoformat(sep=" ", timespec="minutes")
    return data.isoformat() if isinstance(data, date) else data


def _expanded(words: Any, shared: Shared, faults: list[Fault]) -> dict[str, Any]:
    if not isinstance(words, dict):
        faults.append(Fault(place=(), message="a service file holds keys and values"))
        return {}
    data: dict[str, Any] = {str(key): value for key, value in words.items()}
    if "for" in data:
        data["audience"] = data.pop("for")
    valid = data.pop("valid", {})
    if isinstance(valid, dict):
        data |= {new: valid[old] for old, new in _VALID.items() if valid.get(old)}
    parts = Parts(shared.parts, faults)
    data["form"] = [
        _page(page, ("form", index), parts) for index, page in enumerate(_list(data.get("form")))
    ]
    held = shared.once_only.get(str(data.get("code") or ""), ())
    data["evidence"] = [
        replaced(parts.laid_under(paper, "evidence", ("evidence", index)), held, shared.databases)
        for index, paper in enumerate(_list(data.get("evidence")))
    ]
    data["fees"] = _fees(data.get("fees"), shared, faults)
    data["examples"] = _examples(data.get("examples"), faults)
    data["route"] = _route(data.get("route"), parts)
    if "limit" in data:
        data["limit"] = _duration(data["limit"], ("limit",), faults)
    own = _list(data.get("reasons"))
    codes = {reason.get("code") for reason in own if isinstance(reason, dict)}
    data["reasons"] = own + [r for r in shared.reasons if r.get("code") not in codes]
    data["values"] = dated_values(data, shared.values)
    return data


_VALID = {"from": "since", "until": "until"}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _page(page: Any, place: Place, parts: Parts) -> Any:
    if not isinstance(page, dict):
        return page
    page = parts.laid_under(page, "pages", place)
    return {**page, "ask": _questions(page.get("ask"), (*place, "ask"), parts)}


def _questions(questions: Any, place: Place, parts: Parts) -> list[Any]:
    """Questions, columns or what officers record."""
    return [_field(each, (*place, index), parts) for index, each in enumerate(_list(questions))]


def _field(field: Any, place: Place, parts: Parts) -> Any:
    if not isinstance(field, dict):
        return field
    field = parts.laid_under(field, "questions", place)
    words = {"otherwise" if key == "or" else key: value for key, value in field.items()}
    if "columns" in words:
        words["columns"] = _questions(words["columns"], (*place, "columns"), parts)
    return words


def _fees(fees: Any, shared: Shared, faults: list[Fault]) -> list[Any]:
    """The lines of the file, each line that names a table replaced by those of the table."""
    lines: list[Any] = []
    for index, fee in enumerate(_list(fees)):
        name = fee.get("table") if isinstance(fee, dict) else None
        if name is None:
            lines.append({"law": "", **fee} if isinstance(fee, dict) else fee)
        elif name in shared.tables:
            lines += fee_lines(fee, shared.tables[name])
        else:
            fault = f"there is no table fees/{name}.csv; the pack has: {_known(shared.tables)}"
            faults.append(Fault(place=("fees", index, "table"), message=fault))
    return lines


def fee_places(definition: Any, shared: Shared) -> tuple[int, ...]:
    """For each compiled fee line the place in the file's list that it comes from."""
    fees = _list(definition.get("fees")) if isinstance(definition, dict) else []
    return tuple(index for index, fee in enumerate(fees) for _ in _fees([fee], shared, faults=[]))


def _known(names: Mapping[str, Any]) -> str:
    return ", ".join(sorted(names)) or "none"


def _examples(examples: Any, faults: list[Fault]) -> list[Any]:
    """Each example with all its answers: those of the example it is `like`, then its own."""
    complete: dict[str, dict[str, Any]] = {}
    result = []
    for index, example in enumerate(_list(examples)):
        if isinstance(example, dict):
            like = example.get("like")
            if like is not None and like not in complete:
                message = f'"like" names an example further up; there is no "{like}" before this'
                faults.append(Fault(place=("examples", index, "like"), message=message))
            own = example.get("answers")
            answers = complete.get(str(like), {}) | (own if isinstance(own, dict) else {})
            complete[str(example.get("name"))] = answers
            rest = {key: value for key, value in example.items() if key != "like"}
            result.append(rest | {"answers": answers})
    return result


def _route(route: Any, parts: Parts) -> list[Any]:
    if not isinstance(route, dict):
        return []
    return [_step(name, step, parts) for name, step in route.items()]


def _step(name: str, step: Any, parts: Parts) -> Any:
    place = ("route", name)
    if not isinstance(step, dict):
        parts.faults.append(Fault(place=place, message="a state holds keys and values"))
        return {}
    known = len(parts.faults)
    step = parts.laid_under(step, "states", place)
    if len(parts.faults) > known:
        return {}  # nothing more to say of a state that nobody knows
    branches = []
    for index, branch in enumerate(_list(step.get("together"))):
        if isinstance(branch, dict):
            branches.append(_timed(branch, (*place, "together", index), parts))
    return {"state": name, **_timed(step, place, parts), "together": branches}


def _timed(part: dict[str, Any], place: Place, parts: Parts) -> dict[str, Any]:
    asked = _questions(part.get("ask"), (*place, "ask"), parts)
    within = _duration(part.get("within"), (*place, "within"), parts.faults)
    return {**part, "ask": asked, "within": within}


def _duration(words: Any, place: Place, faults: list[Fault]) -> dict[str, Any]:
    if words is None:
        faults.append(Fault(place=place[:-1], message=f"{place[-1]} is missing: a time limit"))
        return {}
    try:
        parsed: dict[str, Any] = msgspec.to_builtins(durations.parse(str(words)))
    except ValueError as fault:
        faults.append(Fault(place=place, message=str(fault)))
        return {}
    return parsed


def _place_of(message: str, data: Mapping[str, Any]) -> Place:
    """`... - at `$.form[0].title`` of a conversion fault as a place; states by their names."""
    _, _, path = message.partition("`$")
    keys = path.rstrip("`").replace("[", ".").replace("]", "").split(".")
    parts = [int(key) if key.isdigit() else key for key in keys if key and key != "..."]
    if parts[:1] == ["route"] and len(parts) > 1:
        parts[1] = data["route"][parts[1]].get("state", parts[1])
    return tuple(parts)
