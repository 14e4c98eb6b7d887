"""The door of identity: accounts, actors and rights, posts in use, notifications.

Shapes: `AccountCard`, `RepresentationCard`, `CitizenDraft`, `Contact`, `Notice`, and for connected
software `ApplicationCard`, `KeyCard`, `IssuedKey`, `Caller`. A session keeps
the post in use under the key "post" and the business acted for under "on_behalf_of"; each request
makes its actor with `actor_of(account, post_id, on_behalf_of)`.
"""

from motcua.identity.applications import (
    actor_of_application,
    actor_of_key,
    application,
    applications_of,
    close_application,
    create_application,
    issue_key,
    lendable_posts,
    revoke_key,
    rotate_key,
)
from motcua.identity.cards import (
    AccountCard,
    ApplicationCard,
    Caller,
    CitizenDraft,
    Contact,
    IssuedKey,
    KeyCard,
    Notice,
    RepresentationCard,
)
from motcua.identity.notifications import (
    mark_read,
    notifications_of,
    notify,
    notify_all,
    templates,
    unread_count,
)
from motcua.identity.operations import (
    add_representation,
    appoint,
    change_contact,
    create_citizen,
    create_citizens,
    create_officer,
    find_accounts,
    raise_level,
    switch_post,
)
from motcua.identity.queries import (
    account,
    account_by_username,
    accounts,
    actor_of,
    current_posts,
    officers_of,
    representations,
    require,
    require_level,
)
from motcua.identity.rules import OWN, SCOPES, may, scopes_for

__all__ = [
    "OWN",
    "SCOPES",
    "AccountCard",
    "ApplicationCard",
    "Caller",
    "CitizenDraft",
    "Contact",
    "IssuedKey",
    "KeyCard",
    "Notice",
    "RepresentationCard",
    "account",
    "account_by_username",
    "accounts",
    "actor_of",
    "actor_of_application",
    "actor_of_key",
    "add_representation",
    "application",
    "applications_of",
    "appoint",
    "change_contact",
    "close_application",
    "create_application",
    "create_citizen",
    "create_citizens",
    "create_officer",
    "current_posts",
    "find_accounts",
    "issue_key",
    "lendable_posts",
    "mark_read",
    "may",
    "notifications_of",
    "notify",
    "notify_all",
    "officers_of",
    "raise_level",
    "representations",
    "require",
    "require_level",
    "revoke_key",
    "rotate_key",
    "scopes_for",
    "switch_post",
    "templates",
    "unread_count",
]
