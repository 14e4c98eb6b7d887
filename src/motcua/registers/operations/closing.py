"""A register that does not answer for a while: announced by who keeps it, or by the system."""

from datetime import datetime

from django.db import transaction

from motcua.acts import api as acts
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.kernel.texts import normalise
from motcua.registers.declared import register as declared_register
from motcua.registers.models import Closure
from motcua.registers.operations.keeping import require_keeper
from motcua.registers.rules.ids import record_id


@transaction.atomic
def close_register(actor: Actor, register: str, *, why: str, until: datetime | None = None) -> None:
    """Readers are told that the register does not answer, until a moment or until it is reopened.

    It goes on taking facts: what was decided is not held up. Closing again changes reason and end.
    Refusals: identity.not-allowed, registers.no-such-register, registers.closure-incomplete
    (without a reason, or with an end that has passed).
    """
    declared = declared_register(register)
    require_keeper(actor, declared)
    words, now = normalise(why), clock.now()
    if not words or (until is not None and until <= now):
        raise Refusal("registers.closure-incomplete")
    Closure.objects.update_or_create(
        register=register, defaults={"since": now, "until": until, "why": words}
    )
    _tell(actor, "registers.closed", register, until=until.isoformat() if until else "")


@transaction.atomic
def reopen_register(actor: Actor, register: str) -> None:
    """It answers again; nothing happens to one that does. Refusals: as `close_register`."""
    require_keeper(actor, declared_register(register))
    if Closure.objects.filter(register=register).delete()[0]:
        _tell(actor, "registers.reopened", register)


def _tell(actor: Actor, verb: str, register: str, **detail: str) -> None:
    about = {"register": register, **{name: value for name, value in detail.items() if value}}
    acts.record(actor, verb, object=("register", record_id(register, "")), detail=about)
