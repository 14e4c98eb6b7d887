"""What the audit asks, and what it answers."""

from msgspec import Struct

SHOWN = 3


class Invariant(Struct, frozen=True):
    """A sentence that holds, and the ids (or codes) of the rows for which it does not."""

    says: str
    broken: str


class Finding(Struct, frozen=True, kw_only=True):
    """How an invariant did: how many rows break it, and the first of them."""

    says: str
    broken: int
    first: tuple[str, ...] = ()
