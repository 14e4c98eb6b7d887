"""Who may do what: the one rule of rights, pure.

The system may everything, a guest nothing. A person has rights over what is his own. An officer has
the permissions of the post in use, within that post's body, and never over his own affair.
"""

from collections.abc import Iterable
from uuid import UUID

from motcua.kernel.actors import Actor

OWN = "own"  # the permission to see and change what is one's own


def may(
    actor: Actor, permission: str, body_id: UUID | None = None, *, owner_id: UUID | None = None
) -> bool:
    """`permission` in the affairs of `body_id` (None: of no body in particular), on something of
    the account `owner_id` (None: of nobody in particular)."""
    if actor.kind == "system":
        return True
    if actor.account_id is None:
        return False
    is_own = owner_id is not None and owner_id == actor.account_id
    if permission == OWN:
        return is_own
    if actor.kind != "officer" or is_own:
        return False
    return permission in actor.permissions and body_id in (None, actor.body_id)


def is_locked(failures: int, allowed: int) -> bool:
    """Whether so many failed sign-ins in the last minutes close the door for a while."""
    return failures >= allowed


# What a key may be used for. Scopes only narrow what the application's actor may do anyway.
PERSONAL_SCOPES = ("catalogue", "dossiers:read", "dossiers:write", "payments", "webhooks")
SCOPES = (
    *PERSONAL_SCOPES,
    "queue:read",
    "queue:write",
    "debts",
    "usage:read",
    "dci",
    "registers:read",
)
MOST_LIVE_KEYS = 2  # the old and the new one, while software changes over
# Permissions that nobody may hand to a machine who does not hold them himself.
RESERVED = frozenset({"sign", "lead", "treasurer", "manage-accounts"})


def scopes_for(kind: str) -> tuple[str, ...]:
    """The scopes that keys of an application of this kind ("person", "business", "body") may have.

    >>> "queue:read" in scopes_for("person")
    False
    """
    return SCOPES if kind == "body" else PERSONAL_SCOPES


def may_lend(own: Iterable[str], post: Iterable[str]) -> bool:
    """Whether who holds the permissions `own` may connect a machine to a post that has `post`."""
    return RESERVED & set(post) <= set(own)
