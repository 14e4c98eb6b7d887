"""Who may do what: the one rule of rights, pure.

The system may everything, a guest nothing. A person has rights over what is his own. An officer has
the permissions of the post in use, within that post's body, and never over his own affair.
"""

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
