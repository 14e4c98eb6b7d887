"""What other apps see of accounts and notifications: immutable values, never rows."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct


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
