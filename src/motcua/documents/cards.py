"""What this app hands out: plain immutable data, no rows."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

Text = dict[str, str]


class FileCard(Struct, frozen=True, kw_only=True):
    """A stored file; `name` is as given, with the extension of its true type; size in bytes."""

    id: UUID
    sha256: str
    size: int
    media_type: str
    name: str
    purpose: str
    stored_at: datetime


class OpenedFile(Struct, frozen=True, kw_only=True):
    """A file with its bytes, for an answer to one reader whose access is recorded."""

    card: FileCard
    content: bytes


class PaperCard(Struct, frozen=True, kw_only=True):
    """An issued paper for those who may see its dossier. `state` is "pending", "sealed", "failed"
    (it will be tried again) or "superseded"; `file_id` and `sha256` are there once it is sealed.
    """

    id: UUID
    template: str
    title: Text
    state: str
    number: str
    code: str
    url: str
    language: str
    object: tuple[str, UUID]
    dossier_id: UUID | None
    body_id: UUID
    issued_at: datetime
    sealed_at: datetime | None
    file_id: UUID | None
    sha256: str


class PaperFacts(Struct, frozen=True, kw_only=True):
    """What anyone who holds the code may know of a paper: no personal data."""

    code: str
    template: str
    title: Text
    body: str
    body_id: UUID
    number: str
    state: str
    issued_at: datetime
    sealed_at: datetime | None
    superseded_at: datetime | None
    to_sign: bool


class SignatureFacts(Struct, frozen=True, kw_only=True):
    """What the signature in a PDF proves by itself, whoever issued it.

    `intact`: the signed bytes are unchanged and the signature fits them; `whole`: it covers the
    whole file, nothing was added later; `trusted`: its certificate comes from our authority.
    """

    intact: bool
    whole: bool
    trusted: bool
    signer: str
    body_id: UUID | None
    serial: str
    signed_at: datetime | None
    authority: str


class Finding(Struct, frozen=True, kw_only=True):
    """One thing that was checked and whether it holds; `words.sentence` says it."""

    code: str
    holds: bool


class Verification(Struct, frozen=True, kw_only=True):
    """The judgement on an uploaded file, and all that it rests on."""

    verdict: str
    findings: tuple[Finding, ...]
    paper: PaperFacts | None = None
    signature: SignatureFacts | None = None
