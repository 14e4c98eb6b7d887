"""The door of identity: accounts, actors and rights, posts in use, notifications.

Shapes: `AccountCard`, `RepresentationCard`, `CitizenDraft`, `Contact`, `Notice`. A session keeps
the post in use under the key "post" and the business acted for under "on_behalf_of"; each request
makes its actor with `actor_of(account, post_id, on_behalf_of)`.
"""

from motcua.identity.cards import AccountCard, CitizenDraft, Contact, Notice, RepresentationCard
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
from motcua.identity.rules import OWN, may

__all__ = [
    "OWN",
    "AccountCard",
    "CitizenDraft",
    "Contact",
    "Notice",
    "RepresentationCard",
    "account",
    "account_by_username",
    "accounts",
    "actor_of",
    "add_representation",
    "appoint",
    "change_contact",
    "create_citizen",
    "create_citizens",
    "create_officer",
    "current_posts",
    "find_accounts",
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
    "switch_post",
    "templates",
    "unread_count",
]
