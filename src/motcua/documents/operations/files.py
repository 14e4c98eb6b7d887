"""Taking files in and giving them out again; both are acts."""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.db import transaction

from motcua.acts import api as acts
from motcua.documents.cards import FileCard, OpenedFile
from motcua.documents.models import StoredFile
from motcua.documents.queries import ORIGINAL, file_card
from motcua.documents.rules.names import kept_name
from motcua.documents.rules.uploads import (
    EXTENSIONS,
    MAX_PIXELS,
    MEDIA_TYPES,
    Fault,
    check_content,
)
from motcua.documents.storage import store
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal

_NAMES = {"pdf": "PDF", "jpeg": "JPEG", "png": "PNG"}
ACCEPTED = ("pdf", "jpeg", "png")


class Upload(Protocol):
    """What Django calls an UploadedFile: a name, perhaps a size, and the bytes piece by piece."""

    name: str | None
    size: int | None

    def chunks(self) -> Iterator[bytes]: ...


def store_upload(
    actor: Actor,
    upload: Upload,
    *,
    purpose: str,
    accepts: Sequence[str] = ACCEPTED,
    max_bytes: int | None = None,
    dossier_id: UUID | None = None,
) -> FileCard:
    """Keep a given file as it is, once it has been found to be what it may be.

    The kind is read from the bytes, never from the name. Refusal: documents.empty, .too-large,
    .type-not-accepted, .incomplete, .damaged, .two-files-in-one, .picture-too-large, .locked,
    .active-content, .too-many-pages.
    """
    limit = max_bytes or settings.MOTCUA_UPLOAD_MAX_BYTES
    words: dict[str, Any] = {
        "accepts": ", ".join(_NAMES[kind] for kind in accepts),
        "max_mb": f"{limit / 1_048_576:g}",
        "megapixels": MAX_PIXELS // 1_000_000,
    }
    try:
        content = _read(upload, limit)
        kind = check_content(content)
        if kind not in accepts:
            raise Fault("documents.type-not-accepted")
        if kind == "pdf":
            from motcua.documents.pdf.inspect import check_pdf  # its parser loads slowly

            check_pdf(content)
    except Fault as fault:
        raise Refusal(fault.code, **words) from None
    name = kept_name(upload.name or "", EXTENSIONS[kind])
    return keep(actor, content, name=name, kind=kind, purpose=purpose, dossier_id=dossier_id)


@transaction.atomic
def keep(
    actor: Actor,
    content: bytes,
    *,
    name: str,
    kind: str,
    purpose: str,
    dossier_id: UUID | None = None,
) -> FileCard:
    """Store bytes that are known to be good, and their row."""
    row = StoredFile.objects.create(
        sha256=store().put(content),
        size=len(content),
        media_type=MEDIA_TYPES[kind],
        name=name,
        purpose=purpose,
        owner_id=actor.account_id,
        stored_at=clock.now(),
    )
    if purpose != ORIGINAL:  # a paper's sealing is an act of its own
        acts.record(
            actor,
            "file.stored",
            object=("file", row.id),
            dossier_id=dossier_id,
            purpose=purpose,
            detail={"sha256": row.sha256, "size": row.size, "media_type": row.media_type},
        )
    return file_card(row)


@transaction.atomic
def open_file(
    actor: Actor, file_id: UUID, *, purpose: str, dossier_id: UUID | None = None
) -> OpenedFile:
    """The bytes of a file for somebody whose right the caller has checked; an act records it.

    Refusal: documents.file-not-found, documents.purpose-missing.
    """
    if not purpose:
        raise Refusal("documents.purpose-missing")
    row = StoredFile.objects.filter(id=file_id).first()
    if row is None:
        raise Refusal("documents.file-not-found")
    content = store().get(row.sha256)
    acts.record(
        actor, "file.opened", object=("file", row.id), dossier_id=dossier_id, purpose=purpose
    )
    return OpenedFile(card=file_card(row), content=content)


def _read(upload: Upload, limit: int) -> bytes:
    """All bytes, or a Fault as soon as there are too many: the rest is not read."""
    if upload.size is not None and upload.size > limit:
        raise Fault("documents.too-large")
    pieces, size = [], 0
    for piece in upload.chunks():
        size += len(piece)
        if size > limit:
            raise Fault("documents.too-large")
        pieces.append(piece)
    return b"".join(pieces)


def sweep_orphans(*, unused_for_s: float = 86_400) -> int:
    """Remove bytes without a row (a crash between the two), a day later; how many."""
    kept = store()
    names = list(kept.names())
    known = set(StoredFile.objects.filter(sha256__in=names).values_list("sha256", flat=True))
    return sum(kept.forget(name, unused_for_s=unused_for_s) for name in names if name not in known)
