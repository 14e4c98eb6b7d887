"""Which registers do not answer now. Readers meet it in the statement that reads the record."""

from datetime import datetime

from django.db.models import Q
from msgspec import Struct

from motcua.kernel import clock
from motcua.registers.models import Closure


class ClosureCard(Struct, frozen=True, kw_only=True):
    """A register that does not answer: since and until when (None: not known), and why."""

    register: str
    since: datetime
    until: datetime | None
    why: str


def closures() -> list[ClosureCard]:
    """The registers that do not answer now, by name."""
    now = clock.now()
    open_end = Q(until__isnull=True) | Q(until__gt=now)
    rows = Closure.objects.filter(open_end, since__lte=now).order_by("register")
    names = ClosureCard.__struct_fields__
    return [ClosureCard(**{name: getattr(row, name) for name in names}) for row in rows]


def closure_of(register: str) -> ClosureCard | None:
    """Why a register does not answer now; None when it does."""
    return next((one for one in closures() if one.register == register), None)
