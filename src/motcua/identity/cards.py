"""What other apps see of accounts and notifications: immutable values, never rows."""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from msgspec import Struct

from motcua.kernel.actors import Actor


class AccountCard(Struct, frozen=True, kw_only=True):
    """An account. `level`: 0 none, 1 declared, 2 verified (Decree 69/2024)."""

    id: UUID
    username: str
    full_name: str
    personal_number: str = ""
    phone: str = ""
    email: str = ""
    language: str = "vi"
    level: int = 1
    person_id: UUID | None = None
    is_active: bool = True


class RepresentationCard(Struct, frozen=True, kw_only=True):
    """Acting for a business. `on_behalf_of` is what `actor_of` takes."""

    id: UUID
    business_number: str
    business_name: str
    role: str
    valid_from: date
    valid_until: date | None = None

    @property
    def on_behalf_of(self) -> str:
        return f"business:{self.business_number}"


class CitizenDraft(Struct, frozen=True, kw_only=True):
    """What `create_citizens` needs for each account; level 2 needs `evidence`."""

    full_name: str
    username: str = ""
    personal_number: str = ""
    phone: str = ""
    email: str = ""
    language: str = "vi"
    level: int = 1
    evidence: str = ""
    person_id: UUID | None = None


class Contact(Struct, frozen=True, kw_only=True):
    """Somebody to notify who has no account."""

    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = "vi"


class Notice(Struct, frozen=True, kw_only=True):
    """A notification worded for its reader."""

    id: UUID
    template: str
    title: str
    body: str
    created_at: datetime
    read_at: datetime | None = None
    dossier_id: UUID | None = None


class KeyCard(Struct, frozen=True, kw_only=True):
    """A key without its secret. `state`: "live", "ended" (its time is over) or "revoked"."""

    id: UUID
    prefix: str
    scopes: tuple[str, ...]
    valid_from: datetime
    valid_until: datetime
    state: str
    revoked_at: datetime | None = None
    last_used_day: date | None = None


class ApplicationCard(Struct, frozen=True, kw_only=True):
    """Connected software; keys newest first. `kind`: "person", "business" or "body"."""

    id: UUID
    name: str
    kind: str
    account_id: UUID
    created_at: datetime
    body_id: UUID | None = None
    post_id: UUID | None = None
    on_behalf_of: str = ""
    closed_at: datetime | None = None
    keys: tuple[KeyCard, ...] = ()


class IssuedKey(Struct, frozen=True, kw_only=True):
    """A new key; `secret` is the whole of what software sends, and is never seen again."""

    key: KeyCard
    application_id: UUID
    secret: str


class Caller(NamedTuple):
    """Who sent a request with a key."""

    actor: Actor
    scopes: frozenset[str]
    application_id: UUID
