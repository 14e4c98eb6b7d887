"""Whose session it is: asked by every request of the signed-in, so by hand instead of the ORM."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from motcua.identity.models import Account
from motcua.kernel.rows import Select

_BY_ID = Select(Account, "WHERE id = %s")


class Backend(AuthenticationBackend):  # type: ignore[misc] # allauth carries no types
    """Passwords as allauth has them; the account of a session in one plain statement."""

    def get_user(self, user_id: Any) -> Account | None:
        account = _BY_ID.first(user_id)
        return account if account is not None and self.user_can_authenticate(account) else None
