"""What the result brings with it: numbers allotted at the signature, facts for the registers."""

from typing import Any

from msgspec.structs import replace

from motcua.catalogue.rules.answers import get, merged, put
from motcua.catalogue.rules.procedure import Procedure
from motcua.dossiers.rules.state import Decided, Dossier
from motcua.kernel.actors import Actor
from motcua.registers import api as registers


def allotted(procedure: Procedure, decided: Decided) -> tuple[Dossier, Decided]:
    """Give the numbers of the outcome, once each, before the paper is made; kept in `recorded`."""
    dossier = decided.dossier
    recorded = merged(dossier.recorded, {})
    for one in procedure.outcome.allot:
        if get(recorded, one.field) is None:
            inputs = {name: get(dossier.answers, path) for name, path in one.inputs.items()}
            put(recorded, one.field, registers.allot_personal_number(**inputs))
    changed = replace(dossier, recorded=recorded)
    return changed, replace(decided, dossier=changed)


def facts_of(dossier: Dossier) -> dict[str, Any]:
    """What the dossier knows in the end: the answers, and what officers and the state added."""
    return merged(dossier.answers, dossier.recorded)


def write_facts(actor: Actor, procedure: Procedure, dossier: Dossier) -> None:
    """Put the facts of the outcome into the registers, in one call; nothing if there are none."""
    known = facts_of(dossier)
    facts = [
        registers.Fact(
            register=write.register,
            fact=write.fact,
            subject=str(get(known, write.subject) or "") if write.subject else "",
            values=_values(known, write.values),
        )
        for write in procedure.outcome.write
    ]
    if facts:
        registers.write_facts(actor, facts, dossier.id)


def _values(known: dict[str, Any], paths: dict[str, str]) -> dict[str, Any]:
    """The values of one fact; what nobody answered is left out."""
    found = {name: get(known, path) for name, path in paths.items()}
    return {name: value for name, value in found.items() if value is not None}
