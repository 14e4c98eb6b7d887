"""Who does something: a person for himself, an officer through a post, or the system."""

from uuid import UUID

import msgspec


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Built by `identity.api.actor_of(...)`; passed first to every operation.

    kind: "person" (citizen or business representative), "officer", "system" or "guest".
    level: assurance level of the identity, 0 (guest), 1 or 2 (Decree 69/2024).
    permissions: what the post allows ("receive", "appraise", ...), within `body_id` only.
    """

    kind: str
    account_id: UUID | None = None
    person_id: UUID | None = None
    post_id: UUID | None = None
    body_id: UUID | None = None
    unit_id: UUID | None = None
    role: str = ""
    permissions: frozenset[str] = frozenset()
    level: int = 0
    label: str = ""
    on_behalf_of: str = ""  # "business:0101234567" when acting for a business
    application_id: UUID | None = None  # the connected software through which it is done


SYSTEM = Actor(kind="system", label="MotCua")
GUEST = Actor(kind="guest")
