"""What another node answered, as rows like those of our own registers."""

import msgspec

from motcua.registers import sources
from motcua.registers.queries.looking import Look
from motcua.registers.queries.people import person_ids
from motcua.registers.queries.versions import Row
from motcua.registers.rules.declaration import Register
from motcua.registers.rules.shapes import Ask
from motcua.registers.sources import Question


def rows_of(look: Look, register: Register, ask: Ask) -> list[Row]:
    """The versions that the register's source holds, as far as it lets us see them. Refusals of
    `sources.asked`."""
    question = Question(
        actor=look.actor,
        purpose=look.purpose,
        today=look.today,
        dossier_id=look.dossier_id,
        reason=look.reason,
        as_of=look.as_of,
        known_at=look.known_at,
    )
    found = sources.asked(question, register, ask)
    if found is None:
        return []
    person = person_ids([found.holder]).get(found.holder)
    return [
        Row(
            record_id=found.id,
            register=register.register,
            subject=ask.key,
            id=held.id,
            fact=held.fact,
            item=held.item,
            stored=msgspec.json.encode(held.values).decode(),
            holder=found.holder,
            since=held.valid_from,
            until=held.valid_until,
            recorded=held.recorded_at.isoformat(),
            replaced=held.replaced_at.isoformat() if held.replaced_at else None,
            corrects=held.corrects,
            ground=held.ground,
            dossier_id=None,
            person_id=person,
            merged_into=None,
            contested="" if held.disputed else None,
            closed=False,
            restricted=False,
        )
        for held in found.facts
    ]
