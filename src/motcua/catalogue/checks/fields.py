"""MC011: paths outside conditions name questions of the form, of a kind that fits."""

from collections.abc import Iterator

from motcua.catalogue.checks.walk import answer_paths
from motcua.catalogue.packs import Pack
from motcua.catalogue.rules import writes
from motcua.catalogue.rules.findings import Finding, Place
from motcua.catalogue.rules.procedure import REGISTER_OWNER, Procedure

RULE = "MC011"
TITLE = "A path names no question of the form"


def check(pack: Pack) -> Iterator[Finding]:
    for file, procedure in pack.compiled():
        known = answer_paths(procedure)
        for place, path in _named(procedure):
            if path not in known:
                message = f'"{path}" is not asked in the form.'
                fix = "Ask it, or correct the path."
                yield file.finding(RULE, place, message, fix=fix)
        for place, path in _places(procedure):
            field = procedure.field(path)
            if field is not None and field.kind not in _kinds(procedure, place):
                message = f'"{path}" must name a place, but it is of kind {field.kind}.'
                yield file.finding(RULE, place, message, fix="Name an area or an address.")


def _kinds(procedure: Procedure, place: Place) -> set[str]:
    """A place, but a register where its owner decides."""
    decides = place == ("decided-by", "of") and procedure.decided_by.body == REGISTER_OWNER
    return {"choice"} if decides else {"area", "address"}


def _places(procedure: Procedure) -> Iterator[tuple[Place, str]]:
    if not procedure.pays:
        yield ("decided-by", "of"), procedure.decided_by.of
    for step in procedure.route:
        for index, branch in enumerate(step.together):
            yield ("route", step.state, "together", index, "of"), branch.of


def _named(procedure: Procedure) -> Iterator[tuple[Place, str]]:
    yield from _places(procedure)
    if procedure.pays:
        for key, path in procedure.pays.find.items():
            yield ("pays", "find", key), path
    for role, path in procedure.persons.items():
        yield ("persons", role), path
    for index, write in enumerate(procedure.outcome.write):
        for place, path in writes.named(write):
            if needed := writes.answer_of(path):
                yield ("outcome", "write", index, *place), needed
    for index, allotment in enumerate(procedure.outcome.allot):
        for name, path in allotment.inputs.items():
            yield ("outcome", "allot", index, "inputs", name), path
