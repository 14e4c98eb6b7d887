"""From the words of a service file to a `Procedure`: shared pages put in, durations understood.

Pure: the file has been read already. What cannot be compiled comes back as faults with the place
in the file (keys and indexes), never as an exception.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import msgspec
from msgspec import Struct

from motcua.catalogue.rules.procedure import Procedure
from motcua.catalogue.rules.tables import fee_lines
from motcua.catalogue.rules.values import dated_values
from motcua.kernel import durations

Place = tuple[str | int, ...]


class Shared(Struct, frozen=True, kw_only=True):
    """What services of a pack share: pages by name ("pages/mother"), coded reasons, dated values
    ("base-salary") and the tables of fees by name."""

    pages: dict[str, dict[str, Any]] = {}
    reasons: tuple[dict[str, Any], ...] = ()
    values: dict[str, Any] = {}
    tables: dict[str, list[dict[str, str]]] = {}


class Fault(Struct, frozen=True, kw_only=True):
    """What is wrong and where in the file."""

    place: Place
    message: str


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
        return None, (Fault(place=_place_of(str(fault)), message=str(fault)),)


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
    data["form"] = [
        _page(page, shared, ("form", index), faults=faults)
        for index, page in enumerate(_list(data.get("form")))
    ]
    data["fees"] = _fees(data.get("fees"), shared, faults)
    data["examples"] = _examples(data.get("examples"), faults)
    data["route"] = _route(data.get("route"), faults)
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


def _page(page: Any, shared: Shared, place: Place, *, faults: list[Fault]) -> Any:
    if not isinstance(page, dict):
        return page
    page = dict(page)
    if name := page.pop("use", ""):
        if name not in shared.pages:
            fault = f'there is no shared page "{name}"; the pack has: {_known(shared.pages)}'
            faults.append(Fault(place=(*place, "use"), message=fault))
            return page
        page = plain(shared.pages[name]) | page
    page["ask"] = [_field(field) for field in _list(page.get("ask"))]
    return page


def _field(field: Any) -> Any:
    if not isinstance(field, dict):
        return field
    words = {"otherwise" if key == "or" else key: value for key, value in field.items()}
    if "columns" in words:
        words["columns"] = [_field(column) for column in _list(words["columns"])]
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


def _route(route: Any, faults: list[Fault]) -> list[Any]:
    if not isinstance(route, dict):
        return []
    return [_step(name, step, faults) for name, step in route.items()]


def _step(name: str, step: Any, faults: list[Fault]) -> Any:
    if not isinstance(step, dict):
        faults.append(Fault(place=("route", name), message="a state holds keys and values"))
        return {}
    place = ("route", name)
    branches = []
    for index, branch in enumerate(_list(step.get("together"))):
        if isinstance(branch, dict):
            branches.append(_timed(branch, (*place, "together", index), faults))
    return {"state": name, **_timed(step, place, faults), "together": branches}


def _timed(part: dict[str, Any], place: Place, faults: list[Fault]) -> dict[str, Any]:
    asked = [_field(field) for field in _list(part.get("ask"))]
    within = _duration(part.get("within"), (*place, "within"), faults)
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


def _place_of(message: str) -> Place:
    """`... - at `$.form[0].title`` of a conversion fault as a place."""
    _, _, path = message.partition("`$")
    parts = path.rstrip("`").replace("[", ".").replace("]", "").split(".")
    return tuple(int(part) if part.isdigit() else part for part in parts if part and part != "...")
