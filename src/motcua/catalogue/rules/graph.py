"""The route as a graph: which state follows which, by which verb."""

from collections.abc import Iterator

from msgspec import Struct

from motcua.catalogue.rules.procedure import Procedure, Step

HANDOVER, END = "handover", "end"
FORWARD = {"accept", "propose", "agree", "confirm", "record", "pay"}
BACK = {"send-back", "correct"}


class Edge(Struct, frozen=True):
    """From a state by a verb to a state, HANDOVER or END."""

    state: str
    verb: str
    to: str


def edges(procedure: Procedure) -> tuple[Edge, ...]:
    """Every way through the route. States with a condition may be passed over as well."""
    return tuple(_edges(procedure))


def _edges(procedure: Procedure) -> Iterator[Edge]:
    route = procedure.route
    for number, step in enumerate(route):
        own = (*step.may, *(["pay"] if step.pay else []))
        verbs = dict.fromkeys((*own, *([step.silence] if step.silence else [])))
        for verb in verbs:
            for target in _targets(procedure, number, verb):
                yield Edge(step.state, verb, target)
        if step.together:
            for target in _following(route, number):
                yield Edge(step.state, "all answered", target)


def _targets(procedure: Procedure, number: int, verb: str) -> tuple[str, ...]:
    step = procedure.route[number]
    if verb in step.then:
        return (step.then[verb],)
    if verb == "sign":
        return (HANDOVER,)
    if verb in {"refuse", "stop"}:
        return (END,)
    if verb in FORWARD:
        return _following(procedure.route, number)
    return _before(procedure.route, number) if verb in BACK else ()


def _following(route: tuple[Step, ...], number: int) -> tuple[str, ...]:
    """The next state, and those after it while states on the way may be passed over."""
    found = []
    for step in route[number + 1 :]:
        found.append(step.state)
        if not (step.when or step.pay):  # where nothing is due nobody pays
            return tuple(found)
    return (*found, HANDOVER)


def _before(route: tuple[Step, ...], number: int) -> tuple[str, ...]:
    officers = [s.state for s in route[1:number] if s.who != "applicant" and not s.together]
    return (officers[-1],) if officers else ()


def reachable(procedure: Procedure) -> frozenset[str]:
    """The states (HANDOVER and END among them) that a dossier can come to."""
    start = procedure.route[0].state
    return _closure({start}, {(e.state, e.to) for e in edges(procedure)})


def ending(procedure: Procedure) -> frozenset[str]:
    """The states from which a granted result can be reached."""
    return _closure({HANDOVER}, {(e.to, e.state) for e in edges(procedure)})


def _closure(found: set[str], pairs: set[tuple[str, str]]) -> frozenset[str]:
    while new := {to for state, to in pairs if state in found} - found:
        found |= new
    return frozenset(found)
