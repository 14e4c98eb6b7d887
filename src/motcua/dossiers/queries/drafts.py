"""Reads on drafts: only the owner's; a guest's draft belongs to whoever holds its id."""

from uuid import UUID

from motcua.catalogue import api as catalogue
from motcua.dossiers.models import Draft, Upload
from motcua.dossiers.shapes import DraftRow, DraftView, UploadedFile
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.kernel.rows import Select
from motcua.registers import api as registers

# Asked again and again on the way of one application: by hand instead of the ORM.
_BY_ID = Select(Draft, "WHERE id = %s")
_LOCKED = Select(Draft, "WHERE id = %s FOR UPDATE")
_FILES = Select(Upload, "WHERE dossier_id = %s ORDER BY added_at, id")


def draft(actor: Actor, draft_id: UUID) -> DraftView:
    """One draft of one's own. Refusal("dossiers.draft-not-found")."""
    return draft_view(own_draft(actor, draft_id))


def my_drafts(actor: Actor, *, limit: int = 50) -> list[DraftRow]:
    """One's unfinished applications (a clerk's: those filed at the counter), newest first."""
    if actor.account_id is None:
        return []
    mine = Draft.objects.filter(account_id=actor.account_id, assisted=actor.kind == "officer")
    if actor.kind == "officer":
        mine = mine.filter(desk_id=actor.body_id)
    return [
        DraftRow(
            id=row.id,
            service=row.service,
            title=catalogue.procedure(row.procedure).title,
            updated_at=row.updated_at,
            expires_at=row.expires_at,
            pages_done=len(row.done),
            assisted=row.assisted,
            applicant_name=str(row.applicant.get("name", "")),
        )
        for row in mine.order_by("-updated_at")[:limit]
    ]


def own_draft(actor: Actor, draft_id: UUID, *, lock: bool = False) -> Draft:
    """The row, if it is the actor's. A signed-in person takes over what he began as a guest."""
    row = (_LOCKED if lock else _BY_ID).first(draft_id)
    if row is None or not _is_own(actor, row):
        raise Refusal("dossiers.draft-not-found")
    return row


def uploads_of(dossier_id: UUID) -> tuple[UploadedFile, ...]:
    """The files of a draft or dossier, in the order of adding."""
    return tuple(
        UploadedFile(
            file_id=row.file_id,
            paper=row.paper,
            name=row.name,
            size_bytes=row.size_bytes,
            media_type=row.media_type,
            added_at=row.added_at,
        )
        for row in _FILES(dossier_id)
    )


def draft_view(row: Draft, *, uploads: tuple[UploadedFile, ...] | None = None) -> DraftView:
    """What a screen needs of a draft."""
    procedure = catalogue.procedure(row.procedure)
    return DraftView(
        id=row.id,
        procedure=procedure,
        service=row.service,
        title=procedure.title,
        answers=row.answers,
        typed=row.typed,
        done=tuple(row.done),
        uploads=uploads_of(row.id) if uploads is None else uploads,
        assisted=row.assisted,
        applicant=row.applicant,
        applicant_id=row.applicant_id,
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
        expires_at=row.expires_at,
        sources=row.sources,
        silent=_silent(procedure),
    )


def _silent(procedure: catalogue.Procedure) -> tuple[str, ...]:
    """Registers of the form that do not answer now: closed, or not connected here."""
    named = {one.instead for one in procedure.evidence if one.instead}
    named |= {
        source.register
        for field in procedure.fields()
        for source in catalogue.sources(field.prefill)
        if source.register
    }
    if not named:
        return ()
    closed = {one.register for one in registers.closures()}
    return tuple(sorted(named & closed | named - registers.registers().keys()))


def _is_own(actor: Actor, row: Draft) -> bool:
    if row.account_id is None:
        return actor.kind in {"guest", "person"}
    if row.account_id != actor.account_id:
        return False
    return not row.assisted or (actor.kind == "officer" and actor.body_id == row.desk_id)
