"""What the result brings with it: numbers allotted at the signature, facts for the registers."""

from datetime import date
from typing import Any

from django.utils import timezone
from msgspec.structs import replace

from motcua.catalogue.rules.answers import Truth, get, merged, put
from motcua.catalogue.rules.procedure import Procedure, Write
from motcua.catalogue.rules.writes import registered
from motcua.directory import api as directory
from motcua.dossiers.rules.state import Decided, Dossier
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.refusals import Refusal
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
    if not procedure.outcome.write:
        return
    known = _Known(procedure, dossier)
    facts = [_fact(known, write) for write in procedure.outcome.write]
    registers.write_facts(actor, [fact for fact in facts if fact is not None], dossier.id)


class _Known:
    """The values that the paths of a `write` name."""

    def __init__(self, procedure: Procedure, dossier: Dossier) -> None:
        case = {
            "code": dossier.code,
            "body": directory.body(dossier.body_id).code,
            "decided_on": timezone.localdate(clock.now()).isoformat(),
        }
        self.values = merged(facts_of(dossier), {"dossier": case})
        self.holds = Truth(procedure, dossier.answers)
        self.purpose = f"procedure/{procedure.service}"
        self.dossier_id = dossier.id
        self.reader = replace(SYSTEM, body_id=dossier.body_id)

    def get(self, path: str) -> Any:
        source = registered(path)
        if source is None:
            return get(self.values, path) if path else None
        if not self.holds(source.when):
            return None
        key = get(self.values, source.of)
        ask = registers.Ask(register=source.register, key=str(key or ""), fields=(source.field,))
        try:
            record = key and registers.read(
                self.reader, ask, purpose=self.purpose, dossier_id=self.dossier_id
            )
        except Refusal:  # a register that does not answer holds up no signature
            return None
        return record.get(source.path) if record else None

    def day(self, path: str) -> date | None:
        value = self.get(path)
        return date.fromisoformat(str(value)) if value else None


def _fact(known: _Known, write: Write) -> registers.Fact | None:
    """One fact; None when there is nothing to end, for want of whom it is about."""
    subject = str(known.get(write.subject) or "")
    if write.end and not subject:
        return None
    values = {name: known.get(path) for name, path in write.values.items()} | write.set
    return registers.Fact(
        register=write.register,
        fact=write.fact,
        subject=subject,
        values={name: value for name, value in values.items() if value is not None},
        valid_from=known.day(write.since),
        valid_until=known.day(write.until),
        end=write.end,
    )
