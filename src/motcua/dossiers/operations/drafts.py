"""Writes on drafts: open, fill page by page, attach papers, throw away.

Whatever was typed is kept even when it is wrong. A version, when given, guards against a second
browser: what it typed on a page that changed meanwhile is refused, not lost in silence.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from motcua.catalogue import api as catalogue
from motcua.catalogue.rules.answers import flatten, merged, put, remove
from motcua.directory import api as directory
from motcua.documents import api as documents
from motcua.dossiers.models import Draft, Upload
from motcua.dossiers.operations.prefilling import fill
from motcua.dossiers.queries.drafts import draft_view, own_draft
from motcua.dossiers.rules.known import after, with_known
from motcua.dossiers.shapes import DraftView
from motcua.identity import api as identity
from motcua.kernel import clock, texts
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Problem, Refusal

KEPT = timedelta(days=30)
MOST_FILES = 20
Raw = Mapping[str, Sequence[str]]
APPLICANT_KEYS = ("name", "personal_number", "phone", "email", "address", "language")


@transaction.atomic
def open_draft(
    actor: Actor, service: str, *, applicant: Mapping[str, Any] | None = None
) -> DraftView:
    """Begin an application for `service` (a slug), prefilled with what is known.

    A citizen or guest applies for himself (a guest must keep the draft's id). An officer who may
    "receive" files for `applicant` {"name", "personal_number", "phone", "email", "address",
    "language"} at the counter. A second click gives the untouched draft again. Refusals:
    catalogue.no-such-service, catalogue.not-in-force, identity.not-allowed.
    """
    procedure = catalogue.current(service, local_today())
    if procedure.pays is not None:
        raise Refusal("dossiers.paid-without-dossier")
    assisted = actor.kind == "officer"
    if assisted:
        identity.require(actor, "receive", actor.body_id)
    untouched = None if assisted else _untouched(actor, procedure.key)
    if untouched is not None:
        return draft_view(untouched)
    draft = Draft(
        account_id=actor.account_id,
        service=service,
        procedure=procedure.key,
        assisted=assisted,
        desk_id=actor.body_id if assisted else None,
        on_behalf_of=actor.on_behalf_of,
        created_at=clock.now(),
    )
    if not assisted:
        _name_applicant(draft, *_own_card(actor))
    elif applicant:
        _name_applicant(draft, *_found_card(actor, applicant))
    fill(actor, draft, form_context(draft))
    touch(draft, step=0)
    draft.save(force_insert=True)
    return draft_view(draft, uploads=())


@transaction.atomic
def set_applicant(actor: Actor, draft_id: UUID, applicant: Mapping[str, Any]) -> DraftView:
    """For whom a clerk files (see `open_draft`); the form is filled again where it is empty."""
    draft = locked_draft(actor, draft_id)
    if not draft.assisted:
        raise Refusal("dossiers.not-assisted")
    _name_applicant(draft, *_found_card(actor, applicant))
    fill(actor, draft, form_context(draft))
    touch(draft)
    draft.save()
    return draft_view(draft)


@transaction.atomic
def save_page(
    actor: Actor,
    draft_id: UUID,
    page: str,
    raw: Raw,
    *,
    version: int | None = None,
    autosave: bool = False,
) -> tuple[DraftView, tuple[Problem, ...]]:
    """Keep what was typed on one page, right or wrong; returns the draft and the page's faults.

    `raw` is {field: [values]} as a browser sends it. `autosave=True` never marks the page as done.
    What registers know of whom the page names is filled in; a page that was filled so is not done
    yet: the person looks at it first. What a register said and was not sent stays as it is; another
    value is a claim that the register is wrong (`sources[field]["claimed"]`).
    Refusals: dossiers.no-such-page, dossiers.draft-changed (another browser saved since `version`),
    dossiers.draft-not-found.
    """
    draft = locked_draft(actor, draft_id)
    if version is not None and version != draft.version:
        raise Refusal("dossiers.draft-changed")
    procedure = catalogue.procedure(draft.procedure)
    definition = next((one for one in procedure.form if one.page == page), None)
    if definition is None:
        raise Refusal("dossiers.no-such-page")
    problems = put_page(draft, procedure, definition, raw=raw, done=not autosave)
    problems = fill_after(actor, draft, definition, problems)
    touch(draft)
    draft.save()
    return draft_view(draft), problems


def fill_after(
    actor: Actor, draft: Draft, page: catalogue.Page, problems: tuple[Problem, ...]
) -> tuple[Problem, ...]:
    """Fill what the page's answers made known; the faults that remain on it."""
    filled = fill(actor, draft, form_context(draft), saved=page.page)
    new = [field for field in page.ask if field.field in filled.new]
    gone = [field for field in page.ask if field.field in filled.gone and not field.optional]
    if not new and not gone:
        return problems
    left = (
        *(one for one in problems if catalogue.question_of(one.path) not in filled.new),
        *(
            Problem(path=one.field, code="catalogue.required", params={"title": one.title})
            for one in gone
        ),
    )
    typed = draft.typed.pop(page.page, {})
    if left:
        for field in page.ask:
            typed |= catalogue.as_typed(field, catalogue.get(draft.answers, field.field))
        names = tuple(field.field for field in gone)
        typed = {key: raw for key, raw in typed.items() if not _is_part(key, names)}
        draft.typed = {**draft.typed, page.page: typed}
    draft.done = [one for one in draft.done if one != page.page]
    return left


@transaction.atomic
def contest(actor: Actor, draft_id: UUID, field: str, *, wrong: bool = True) -> DraftView:
    """Say that what a register gave for `field` is wrong: it may be typed then, and the officer
    sees both values. `wrong=False` takes the register's value back. Nothing happens to what no
    register gave. Refusal dossiers.draft-not-found."""
    draft = locked_draft(actor, draft_id)
    source = draft.sources.get(field)
    if source is None:
        return draft_view(draft)
    plain = {key: value for key, value in source.items() if key != "claimed"}
    draft.sources = {**draft.sources, field: {**plain, "claimed": True} if wrong else plain}
    if not wrong:
        draft.answers = merged(draft.answers, {})
        put(draft.answers, field, source.get("held"))
    pages = [page for page in catalogue.procedure(draft.procedure).form if _asks(page, field)]
    names = {page.page for page in pages}
    draft.done = [one for one in draft.done if one not in names]
    if not wrong:
        draft.typed = {name: raw for name, raw in draft.typed.items() if name not in names}
    touch(draft)
    draft.save()
    return draft_view(draft)


def _is_part(name: str, paths: tuple[str, ...]) -> bool:
    """Whether a box of the form belongs to one of these questions."""
    return any(name == path or name.startswith((f"{path}-", f"{path}.")) for path in paths)


def _asks(page: catalogue.Page, path: str) -> bool:
    return any(field.field == path for field in page.ask)


def put_page(
    draft: Draft, procedure: catalogue.Procedure, page: catalogue.Page, *, raw: Raw, done: bool
) -> tuple[Problem, ...]:
    """Take what was typed on a page into the draft (not saved yet); the faults of the page."""
    raw = with_known(page.ask, raw, draft.answers, known=draft.sources)
    given, problems = catalogue.read_page(
        procedure, page.page, raw, answers=draft.answers, context=form_context(draft)
    )
    answers = merged(draft.answers, {})
    for field in page.ask:
        remove(answers, field.field)
    for path, value in flatten(given).items():
        put(answers, path, value)
    draft.answers = answers
    draft.sources = after(page.ask, draft.sources, answers, done=done)
    draft.typed = {k: v for k, v in draft.typed.items() if k != page.page}
    if problems:
        draft.typed[page.page] = _typed(raw, page.ask)
    others = [one for one in draft.done if one != page.page]
    draft.done = [*others, page.page] if done and not problems else others
    return tuple(problems)


@transaction.atomic
def attach(actor: Actor, draft_id: UUID, paper: str, uploads: Iterable[Any]) -> DraftView:
    """Add files (Django `UploadedFile`s) to a paper of the evidence.

    Refusals: dossiers.unknown-paper, dossiers.too-many-files, and those of documents.store_upload
    (type, size, ...), all before anything is kept. A file that is there already (a double click)
    is not added again.
    """
    draft = locked_draft(actor, draft_id)
    new = _not_there_yet(draft.id, paper, uploads)
    keep_uploads(actor, draft.id, draft.procedure, paper=paper, uploads=new)
    touch(draft)
    draft.save()
    return draft_view(draft)


@transaction.atomic
def detach(actor: Actor, draft_id: UUID, paper: str, file_id: UUID) -> DraftView:
    """Take a file away again; nothing happens if it is not there."""
    draft = locked_draft(actor, draft_id)
    Upload.objects.filter(dossier_id=draft.id, paper=paper, file_id=file_id).delete()
    touch(draft)
    draft.save()
    return draft_view(draft)


@transaction.atomic
def discard(actor: Actor, draft_id: UUID) -> None:
    """Throw a draft away, with its answers; its files are left to the store's cleaning."""
    draft = locked_draft(actor, draft_id)
    Upload.objects.filter(dossier_id=draft.id).delete()
    draft.delete()


def locked_draft(actor: Actor, draft_id: UUID) -> Draft:
    """One's own draft, locked; a person takes over what he began before signing in."""
    draft = own_draft(actor, draft_id, lock=True)
    if draft.account_id is None and actor.account_id is not None:
        draft.account_id, draft.on_behalf_of = actor.account_id, actor.on_behalf_of
        _name_applicant(draft, *_own_card(actor))
    return draft


def forget_expired(limit: int = 500) -> int:
    """Delete drafts that nobody touched for a month; how many."""
    with transaction.atomic():
        ids = list(
            Draft.objects.select_for_update(skip_locked=True)
            .filter(expires_at__lte=clock.now())
            .values_list("id", flat=True)[:limit]
        )
        Upload.objects.filter(dossier_id__in=ids).delete()
        Draft.objects.filter(id__in=ids).delete()
    return len(ids)


def _not_there_yet(draft_id: UUID, paper: str, uploads: Iterable[Any]) -> list[Any]:
    ids = Upload.objects.filter(dossier_id=draft_id, paper=paper).values_list("file_id", flat=True)
    known = {card.sha256 for card in documents.files(ids).values()} if ids else set()
    new = []
    for upload in uploads:
        digest = hashlib.sha256(upload.read()).hexdigest() if known else ""
        upload.seek(0)
        if digest not in known:
            new.append(upload)
    return new


def keep_uploads(
    actor: Actor, dossier_id: UUID, procedure_key: str, *, paper: str, uploads: list[Any]
) -> tuple[UUID, ...]:
    """Store files and link them to a draft or dossier; the ids of the files."""
    procedure = catalogue.procedure(procedure_key)
    evidence = next((one for one in procedure.evidence if one.paper == paper), None)
    if evidence is None:
        raise Refusal("dossiers.unknown-paper")
    if Upload.objects.filter(dossier_id=dossier_id).count() + len(uploads) > MOST_FILES:
        raise Refusal("dossiers.too-many-files", most=MOST_FILES)
    purpose = f"evidence:{dossier_id}"
    files = [
        documents.store_upload(actor, upload, accepts=evidence.accepts, purpose=purpose)
        for upload in uploads
    ]
    now = clock.now()
    Upload.objects.bulk_create(
        Upload(
            dossier_id=dossier_id, paper=paper, file_id=file.id, name=file.name,
            size_bytes=file.size, media_type=file.media_type, added_at=now,
        )
        for file in files
    )  # fmt: skip
    return tuple(file.id for file in files)


def form_context(draft: Draft) -> catalogue.Context:
    """What the form's conditions may know."""
    return catalogue.Context(
        today=local_today(),
        filed=clock.now(),
        channel="counter" if draft.assisted else "online",
        area_level=area_level,
    )


def area_level(code: str) -> str:
    """ "province", "commune" or "" for an unknown code."""
    area = directory.area(code, local_today())
    return area.level if area else ""


def local_today() -> Any:
    """The date here."""
    return timezone.localtime(clock.now()).date()


def _untouched(actor: Actor, procedure: str) -> Draft | None:
    if actor.account_id is None:
        return None
    mine = Draft.objects.filter(account_id=actor.account_id, assisted=False, version=0)
    return mine.filter(procedure=procedure, on_behalf_of=actor.on_behalf_of).first()


def _own_card(actor: Actor) -> tuple[dict[str, Any], UUID | None]:
    if actor.account_id is None:
        return {}, None
    card = identity.account(actor.account_id)
    return _applicant_of(card), card.id


def _applicant_of(card: identity.AccountCard) -> dict[str, Any]:
    facts = {
        "name": card.full_name,
        "personal_number": card.personal_number,
        "phone": card.phone,
        "email": card.email,
        "language": card.language,
        "person_id": str(card.person_id or ""),
    }
    return {key: value for key, value in facts.items() if value}


def _found_card(actor: Actor, applicant: Mapping[str, Any]) -> tuple[dict[str, Any], UUID | None]:
    """What the clerk typed, over what the account of that personal number knows."""
    given = {
        key: texts.normalise(str(applicant[key])) for key in APPLICANT_KEYS if applicant.get(key)
    }
    number = given.get("personal_number", "").replace(" ", "")
    if not number:
        return given, None
    found = identity.find_accounts(actor, number, purpose="counter-filing")
    if not found:
        return given | {"personal_number": number}, None
    return _applicant_of(found[0]) | given | {"personal_number": number}, found[0].id


def _name_applicant(draft: Draft, applicant: dict[str, Any], account_id: UUID | None) -> None:
    draft.applicant = applicant
    draft.applicant_id = account_id


def _typed(raw: Raw, fields: tuple[catalogue.Field, ...]) -> dict[str, list[str]]:
    """The typed values of a page's own fields; what PostgreSQL cannot store is left out."""
    names = tuple(field.field for field in fields)
    parts = tuple(f"{name}{mark}" for name in names for mark in ".-[")
    own = {
        key: [value.replace("\x00", "")[:20_000] for value in values][:50]
        for key, values in raw.items()
        if key in names or key.startswith(parts)
    }
    return {k: [v.encode("utf-8", "replace").decode() for v in vs] for k, vs in own.items()}


def touch(draft: Draft, *, step: int = 1) -> None:
    """Somebody works on it: it is kept for another month, and has a new version."""
    now: datetime = clock.now()
    draft.updated_at, draft.expires_at = now, now + KEPT
    draft.version += step
