"""Who may write into a register: the post that keeps it, the system, the outcome of a dossier."""

from collections.abc import Iterable
from uuid import UUID

from motcua.directory import api as directory
from motcua.identity import api as identity
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.registers.declared import registers
from motcua.registers.operations.checking import Ready
from motcua.registers.queries.people import person_ids
from motcua.registers.rules.declaration import Register

KEEP = "keep-register"


def owner_of(register: Register) -> UUID | None:
    """The body that keeps the register, if the directory has it."""
    body = directory.body_by_code(register.owner)
    return body.id if body else None


def is_keeper(actor: Actor, register: Register) -> bool:
    """Whether the actor answers for the register, at the body that owns it."""
    owner = owner_of(register)
    return actor.kind == "system" or (owner is not None and identity.may(actor, KEEP, owner))


def require_keeper(actor: Actor, register: Register) -> None:
    """Nothing for who keeps the register; else Refusal "identity.not-allowed"."""
    if not is_keeper(actor, register):
        raise Refusal("identity.not-allowed", permission=KEEP)


def require_another(actor: Actor, holder: str) -> None:
    """Nobody decides on what is about himself: Refusal "registers.own-affair"."""
    if actor.person_id is not None and person_ids([holder]).get(holder) == actor.person_id:
        raise Refusal("registers.own-affair")


def require_writer(actor: Actor, facts: Iterable[Ready], dossier_id: UUID | None) -> None:
    """Nothing for the outcome of a dossier, for the keepers of each register, and for a person's
    own declarations where a grant of the register lets him write; else "identity.not-allowed"."""
    if dossier_id is not None or actor.kind == "system":
        return
    strange = [one for one in facts if not is_keeper(actor, one.register)]
    if not strange:
        return
    mine = actor.kind == "person" and actor.person_id is not None
    numbers = person_ids(one.fact.subject for one in strange) if mine else {}
    for one in strange:
        if numbers.get(one.fact.subject) != actor.person_id or not _may_declare(one):
            raise Refusal("identity.not-allowed", permission=KEEP)


def kept_by(actor: Actor) -> list[Register]:
    """The registers for which the actor answers."""
    return [one for one in registers().values() if is_keeper(actor, one)]


def _may_declare(one: Ready) -> bool:
    fields = {"*", f"{one.kind.fact}.*"}
    return one.register.subject.kind == "person" and any(
        grant.write and "self" in grant.to and fields & set(grant.fields)
        for grant in one.register.grants
    )
