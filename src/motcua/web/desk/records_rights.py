"""What of the registers an officer's post may be offered: read from the declarations alone.

Nothing is decided here: every operation checks for itself. A screen only leaves out what would be
refused.
"""

from msgspec import Struct

from motcua.directory import api as directory
from motcua.kernel.actors import Actor
from motcua.registers import api as registers

KEEP, BREAK, REVIEW = "keep-register", "break-glass", "review-access"
DUTY = "duty/"


class Duties(Struct, frozen=True, kw_only=True):
    """The duties for which somebody may read, and those of them that want a reason each time."""

    all: tuple[registers.Duty, ...]

    @property
    def with_reason(self) -> frozenset[str]:
        return frozenset(f"{DUTY}{one.duty}" for one in self.all if one.reason)


def may_open(actor: Actor) -> bool:
    """Whether the registers have anything for this post."""
    return bool({KEEP, BREAK, REVIEW} & actor.permissions) or any(
        actor.role in grant.to and any(one.startswith(DUTY) for one in grant.purpose)
        for register in registers.registers().values()
        for grant in register.grants
    )


def duties_of(actor: Actor) -> Duties:
    """The duties that open at least one field of one register to this post."""
    duties = registers.duties()
    return Duties(all=tuple(duties[name] for name in duties if _opens(actor, f"{DUTY}{name}")))


def _opens(actor: Actor, purpose: str) -> bool:
    return any(_may_read(actor, one, purpose) for one in registers.registers().values())


def _may_read(actor: Actor, register: registers.Register, purpose: str) -> bool:
    """Whether some grant names the role, and then whether it gives anything to this post."""
    named = any(actor.role in one.to and purpose in one.purpose for one in register.grants)
    return named and bool(registers.readable(actor, register.register, purpose))


def readable_for(actor: Actor, purpose: str) -> list[registers.Register]:
    """The registers of which the purpose opens something to this post."""
    return [one for one in registers.registers().values() if _may_read(actor, one, purpose)]


def readable_at_all(actor: Actor) -> list[registers.Register]:
    """The registers that one of the post's duties opens."""
    purposes = [f"{DUTY}{duty.duty}" for duty in duties_of(actor).all]
    return [
        one
        for one in registers.registers().values()
        if any(_may_read(actor, one, purpose) for purpose in purposes)
    ]


def kept_by(actor: Actor) -> list[registers.Register]:
    """The registers that this officer keeps for the body that owns them."""
    if KEEP not in actor.permissions or actor.body_id is None:
        return []
    code = directory.body(actor.body_id).code
    return [one for one in registers.registers().values() if one.owner == code]


def keeps(actor: Actor, register: str) -> bool:
    """Whether this officer answers for that register."""
    return any(one.register == register for one in kept_by(actor))
