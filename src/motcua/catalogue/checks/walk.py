"""Walking through a definition: every text, question and condition with its place in the file."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from motcua.catalogue.rules.findings import Place
from motcua.catalogue.rules.names import asked_names, names_of, row_names
from motcua.catalogue.rules.procedure import Field, Procedure

TEXT_KEYS = {"title", "hint", "why", "or", "summary", "keywords", "intro", "partial", "note"}
Named = tuple[Place, Field]


def texts(data: Any, place: Place = ()) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Every text of the file that is a mapping of languages."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "examples" and not place:
                continue
            if key in TEXT_KEYS and isinstance(value, dict):
                yield (*place, key), value
            else:
                yield from texts(value, (*place, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from texts(value, (*place, index))


def asked(procedure: Procedure) -> Iterator[Named]:
    """Every question of the form with its place; a finding leads on into the shared part."""
    for number, page in enumerate(procedure.form):
        for index, field in enumerate(page.ask):
            yield ("form", number, "ask", index), field


def recorded(procedure: Procedure) -> Iterator[Named]:
    """Every question that officers answer, with its place."""
    for step in procedure.route:
        for index, field in enumerate(step.ask):
            yield ("route", step.state, "ask", index), field
        for number, branch in enumerate(step.together):
            for index, field in enumerate(branch.ask):
                yield ("route", step.state, "together", number, "ask", index), field


class Source(Struct, frozen=True, kw_only=True):
    """An expression of the definition: where it is, what it may name, and what it must give
    ("bool", "int" or "string")."""

    place: Place
    text: str
    names: Mapping[str, str]
    gives: str = "bool"


def sources(procedure: Procedure) -> Iterator[Source]:
    """Every condition and every formula of the definition that is not empty."""
    names = names_of(procedure)
    for place, text in _conditions(procedure):
        if text:
            yield Source(place=place, text=text, names=names)
    for index, fee in enumerate(procedure.fees):
        if fee.gives:
            yield Source(place=("fee", index, "gives"), text=fee.gives, names=names, gives="int")
    yield from _computed(procedure)
    for place, field in (*asked(procedure), *recorded(procedure)):
        for index, column in enumerate(field.columns):
            yield from _of_column(procedure, field, (*place, "columns", index), column=column)


def _conditions(procedure: Procedure) -> Iterator[tuple[Place, str]]:
    for number, page in enumerate(procedure.form):
        yield ("form", number, "when"), page.when
    for place, field in (*asked(procedure), *recorded(procedure)):
        yield (*place, "when"), field.when
        yield (*place, "must"), field.must
    for index, evidence in enumerate(procedure.evidence):
        yield ("evidence", index, "when"), evidence.when
    for index, fee in enumerate(procedure.fees):
        yield ("fee", index, "when"), fee.when
    for step in procedure.route:
        yield ("route", step.state, "when"), step.when


def _computed(procedure: Procedure) -> Iterator[Source]:
    """Each computed value may use those before it only."""
    names = dict(asked_names(procedure))
    for index, one in enumerate(procedure.compute):
        if one.gives:
            place = ("compute", index, "gives")
            yield Source(place=place, text=one.gives, names=dict(names), gives="int")
        names[one.name] = "int"


def _of_column(
    procedure: Procedure, table: Field, place: Place, *, column: Field
) -> Iterator[Source]:
    names = row_names(names_of(procedure), table)
    for key, text in (("when", column.when), ("must", column.must)):
        if text:
            yield Source(place=(*place, key), text=text, names=names)
    if column.gives:
        names = row_names(asked_names(procedure), table)
        gives = "string" if column.kind == "text" else "int"
        yield Source(place=(*place, "gives"), text=column.gives, names=names, gives=gives)


def answer_paths(procedure: Procedure) -> frozenset[str]:
    """Every path that can hold a value: answers, parts of addresses, what is computed, what the
    state allots."""
    paths = {allotment.field for allotment in procedure.outcome.allot}
    paths |= {one.name for one in procedure.compute}
    for _, field in asked(procedure):
        paths.add(field.field)
        paths |= {f"{field.field}[].{c.field}" for c in field.columns if not c.gives}
        if field.kind == "address":
            paths |= {f"{field.field}.area", f"{field.field}.line"}
    return frozenset(paths)
