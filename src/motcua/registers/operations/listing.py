"""Leafing through a small register, which only its keepers may, and only where its file says so."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.registers.declared import register as declared
from motcua.registers.models import FactVersion
from motcua.registers.operations.keeping import is_keeper
from motcua.registers.rules.declaration import Register

MOST_LISTED = 1000
LISTED = "listed"  # a note in the register's file


def is_listed(actor: Actor, register: Register) -> bool:
    """Whether the actor keeps the register and its file says that it may be leafed through."""
    return is_keeper(actor, register) and register.notes.get(LISTED) == "yes"


def find_keys(
    actor: Actor, register: str, where: Mapping[str, Mapping[str, Any]]
) -> tuple[str, ...]:
    """The keys of a listed register whose facts hold these values today (fact -> field -> value),
    in order, at most 1,000. Refusals registers.no-such-register, identity.not-allowed."""
    kept = declared(register)
    if not is_listed(actor, kept):
        raise Refusal("identity.not-allowed", permission="keep-register")
    today, now = timezone.localdate(clock.now()), clock.now()
    rows = FactVersion.objects.filter(
        register=register, valid__contains=today, recorded__contains=now
    )
    keys = rows.order_by("subject").values_list("subject", flat=True).distinct()
    for fact, values in where.items():
        holding = rows.filter(fact=fact, values__contains=dict(values))
        keys = keys.filter(record_id__in=holding.values("record_id"))
    return tuple(keys[:MOST_LISTED])
