"""Walking through a definition: every text, question and condition with its place in the file."""

from collections.abc import Iterator
from typing import Any

from motcua.catalogue.rules.compile import Place
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
    """Every question of the form with its place (a shared page is at its `use`)."""
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


def sources(procedure: Procedure) -> Iterator[tuple[Place, str]]:
    """Every condition of the definition with its place."""
    for number, page in enumerate(procedure.form):
        yield ("form", number, "when"), page.when
    for place, field in (*asked(procedure), *recorded(procedure)):
        yield (*place, "when"), field.when
        yield (*place, "must"), field.must
    for index, evidence in enumerate(procedure.evidence):
        yield ("evidence", index, "when"), evidence.when
    for index, fee in enumerate(procedure.fees):
        yield ("fees", index, "when"), fee.when
    for step in procedure.route:
        yield ("route", step.state, "when"), step.when


def answer_paths(procedure: Procedure) -> frozenset[str]:
    """Every path that can hold a value: answers, parts of addresses, what the state allots."""
    paths = {allotment.field for allotment in procedure.outcome.allot}
    for _, field in asked(procedure):
        paths.add(field.field)
        if field.kind == "address":
            paths |= {f"{field.field}.area", f"{field.field}.line"}
    return frozenset(paths)
