"""What the registers hold about a person, named and explained by their declarations."""

from collections.abc import Iterable
from uuid import UUID

from motcua.directory import api as directory
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.openness.queries.relatives import oneself, whose
from motcua.openness.shapes import FactShown, FieldShown, Holding, Text
from motcua.registers import api as registers
from motcua.registers.rules.declaration import POPULATION

OWN = "own"


def holdings(actor: Actor, person_id: UUID | None = None) -> tuple[Holding, ...]:
    """What each register holds now about oneself (or a minor child, by what the grants give a
    parent): who one is first, then what is one's own. Each record that is shown is an act.

    A register that does not answer is there with `unavailable`. Refusals: openness.person-needed,
    openness.not-yours.
    """
    relative = whose(actor, person_id)
    if relative is None:
        oneself(actor)
        records = registers.records_of(actor)
        return _sorted(_holding(record) for record in records)
    found = (_record(actor, one, relative.number) for one in registers.registers().values())
    return _sorted(one for one in found if one is not None)


def _sorted(found: Iterable[Holding]) -> tuple[Holding, ...]:
    return tuple(sorted(found, key=_place))


def _place(one: Holding) -> tuple[bool, bool, str, str]:
    of_person = registers.register(one.register).subject.kind == "person"
    return one.register != POPULATION, not of_person, one.register, one.key


def _record(actor: Actor, register: registers.Register, number: str) -> Holding | None:
    if register.subject.kind != "person":
        return None
    try:
        ask = registers.Ask(register=register.register, key=number)
        record = registers.read(actor, ask, purpose=OWN)
    except Refusal as no:
        if no.code != "registers.closed":
            raise
        return _away(register, number)
    return _holding(record) if record else None


def _away(register: registers.Register, key: str) -> Holding:
    return Holding(
        register=register.register,
        key=key,
        title=register.title,
        owner=owner_of(register),
        facts=(),
        unavailable=True,
    )


def _holding(record: registers.Record) -> Holding:
    register = registers.register(record.register)
    return Holding(
        register=record.register,
        key=record.key,
        title=register.title,
        owner=owner_of(register),
        facts=tuple(shown(register, one) for one in record.facts),
    )


def owner_of(register: registers.Register) -> Text:
    """The name of the body that keeps the register."""
    body = directory.body_by_code(register.owner)
    return body.name if body else {}


def shown(register: registers.Register, held: registers.Held) -> FactShown:
    """A version with the titles of its fields, in the order of the declaration."""
    kind = register.fact(held.fact)
    fields = kind.fields if kind else ()
    return FactShown(
        fact=held.fact,
        item=held.item,
        title=kind.title if kind else {},
        fields=tuple(
            FieldShown(
                path=f"{held.fact}.{one.field}",
                title=one.title,
                kind=one.kind,
                value=held.values[one.field],
                options={option.value: option.title for option in one.options},
            )
            for one in fields
            if held.values.get(one.field) not in (None, "")
        ),
        valid_from=held.valid_from,
        valid_until=held.valid_until,
        recorded_at=held.recorded_at,
        replaced_at=held.replaced_at,
        disputed=held.disputed,
        ground=held.ground,
        version=held.id,
    )
