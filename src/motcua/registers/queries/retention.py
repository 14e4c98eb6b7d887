"""Certificates of what retention took away: how many and by which rule, never who."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from motcua.registers.models import RetentionRun


class Certificate(Struct, frozen=True, kw_only=True):
    """`count` versions of a fact were taken away by `rule`; `digest` is the SHA-256 over their
    identifiers in order, one a line, so that a copy kept elsewhere can be recognised."""

    id: UUID
    register: str
    fact: str
    rule: str
    law: str
    ran_at: datetime
    count: int
    digest: str
    act_id: UUID


def certificates(register: str = "", *, limit: int = 500) -> list[Certificate]:
    """The newest certificates first, of one register or of all."""
    found = RetentionRun.objects.order_by("-ran_at", "-id")
    if register:
        found = found.filter(register=register)
    return [certificate_of(row) for row in found[:limit]]


def certificate_of(run: RetentionRun) -> Certificate:
    """What is handed out of a run."""
    return Certificate(**{n: getattr(run, n) for n in Certificate.__struct_fields__})
