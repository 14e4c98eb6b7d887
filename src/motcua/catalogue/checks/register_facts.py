"""MC019: facts for the population register are some that it knows, and say about whom.

That register changes people, so it refuses what it does not know, at the very end of a case, after
the signature. Other registers keep what they are told.
"""

from collections.abc import Iterator

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding
from motcua.catalogue.rules.procedure import Procedure, Write

RULE = "MC019"
TITLE = "A fact that the register cannot take"
POPULATION = ("death", "former-number", "identity", "residence")


def check(pack: Pack) -> Iterator[Finding]:
    for file, procedure in pack.compiled():
        for index, write in enumerate(procedure.outcome.write):
            for message, fix in _faults(procedure, write):
                yield file.finding(RULE, ("outcome", "write", index), message, fix=fix)


def _faults(procedure: Procedure, write: Write) -> Iterator[tuple[str, str]]:
    if not write.subject:
        message = f'the fact "{write.fact}" does not say about whom it is.'
        yield message, "Add `subject`: the question that holds the personal number."
    elif _may_stay_open(procedure, write.subject):
        message = f'"{write.subject}" may stay unanswered; then nobody can sign.'
        yield message, "Ask the subject of a fact always: no `when`, not `optional`."
    if write.register == "population" and write.fact not in POPULATION:
        message = f'the population register knows no fact "{write.fact}".'
        yield message, f"Use one of: {', '.join(POPULATION)}; or another register."


def _may_stay_open(procedure: Procedure, path: str) -> bool:
    return any(
        field.field == path and bool(page.when or field.when or field.optional)
        for page in procedure.form
        for field in page.ask
    )
