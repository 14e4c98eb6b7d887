"""MC014: bodies are kinds that the pack knows; the owner is a body with a code."""

from collections.abc import Iterator

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding, Place
from motcua.catalogue.rules.procedure import Procedure

RULE = "MC014"
TITLE = "An unknown body"


def check(pack: Pack) -> Iterator[Finding]:
    fix = f"Use one of: {', '.join(sorted(pack.body_kinds))}."
    for file, procedure in pack.compiled():
        for place, kind in _kinds(procedure):
            if kind not in pack.body_kinds:
                message = f'the pack has no kind of body "{kind}".'
                yield file.finding(RULE, place, message, fix=fix)
        if procedure.owner not in pack.body_codes:
            message = f'bodies.csv has no body with the code "{procedure.owner}".'
            yield file.finding(RULE, ("owner",), message, fix="Use a code of bodies.csv.")


def _kinds(procedure: Procedure) -> Iterator[tuple[Place, str]]:
    if not procedure.pays:
        yield ("decided-by", "body"), procedure.decided_by.body
    for step in procedure.route:
        for index, branch in enumerate(step.together):
            yield ("route", step.state, "together", index, "body"), branch.body
