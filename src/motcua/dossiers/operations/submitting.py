"""From a draft to a dossier, once: the whole form is checked, competence found, the desk told."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from motcua.catalogue import api as catalogue
from motcua.catalogue.rules.procedure import Procedure
from motcua.directory import api as directory
from motcua.dossiers import storage
from motcua.dossiers.models import Dossier as DossierRow
from motcua.dossiers.models import Draft, SubmissionKey
from motcua.dossiers.operations.acting import carry_out
from motcua.dossiers.operations.drafts import form_context, locked_draft
from motcua.dossiers.operations.effects import follow
from motcua.dossiers.operations.extracting import want_extracts
from motcua.dossiers.persons import concerned
from motcua.dossiers.queries.drafts import own_draft, uploads_of
from motcua.dossiers.rules.engine import open_dossier
from motcua.dossiers.rules.known import split_faults
from motcua.dossiers.rules.state import Dossier, Status
from motcua.dossiers.rules.surroundings import place_of
from motcua.dossiers.shapes import UploadedFile
from motcua.dossiers.surroundings import around, deciding_body, local_date
from motcua.identity import api as identity
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Problem, Refusal

COUNTER, ONLINE = 1, 2
KEPT_OF_SOURCES = frozenset({"register", "field", "version", "at", "since", "held", "disputed"})


def submit(
    actor: Actor,
    draft_id: UUID,
    key: str = "",
    *,
    desk_id: UUID | None = None,
    accept: bool = False,
) -> UUID:
    """Send a draft in; returns the id of the dossier. Sending the same draft or key again returns
    the same dossier and changes nothing.

    `desk_id`: a body with a one-stop desk, chosen by the applicant; otherwise the desk of the
    competent body (a clerk's own desk at the counter). `accept=True` (clerk with "receive"): the
    check at the desk is done at once, with code and slip 01. Refusals: dossiers.form-incomplete
    (with all Problems), identity.level-too-low, directory.no-competent-body, dossiers.no-applicant,
    dossiers.no-desk-there, dossiers.draft-not-found.
    """
    try:
        with transaction.atomic():
            return _submit(actor, draft_id, key=key, desk_id=desk_id, accept=accept)
    except (IntegrityError, Refusal) as fault:
        # It was sent before, perhaps a moment ago by the other half of a double click.
        if isinstance(fault, Refusal) and fault.code != "dossiers.draft-not-found":
            raise
        if known := _sent_before(actor, draft_id, key):
            return known
        raise


def problems_of(draft: Draft, uploads: tuple[UploadedFile, ...]) -> tuple[Problem, ...]:
    """Everything that keeps a draft from being sent: answers and papers together."""
    procedure, context = catalogue.procedure(draft.procedure), form_context(draft)
    found = catalogue.check_answers(procedure, draft.answers, context)
    faults, _warnings = split_faults(procedure, found, draft.sources)
    given = {one.paper for one in uploads}
    needed = catalogue.evidence_needed(procedure, draft.answers, context)
    if draft.assisted:
        return faults  # the clerk sees the papers on the counter
    return faults + tuple(
        Problem(path=one.paper, code="catalogue.paper-missing", params={"title": one.title})
        for one in needed
        if not one.optional and one.paper not in given
    )


def check_draft(actor: Actor, draft_id: UUID) -> tuple[Problem, ...]:
    """All faults of a draft at once, answers and missing papers; () when it can be sent."""
    draft = own_draft(actor, draft_id)
    return problems_of(draft, uploads_of(draft.id))


def _sent_before(actor: Actor, draft_id: UUID, key: str) -> UUID | None:
    """The dossier that this draft or key has become, if it is the actor's; None if not sent."""
    keys = SubmissionKey.objects.filter(key=key).values_list("dossier_id", flat=True)
    known = (keys.first() if key else None) or draft_id
    row = DossierRow.objects.filter(id=known).values("applicant_id", "filed_by").first()
    if row is None:
        return None
    owners = {one for one in row.values() if one is not None}
    if (actor.account_id not in owners) if owners else (actor.account_id is not None):
        raise Refusal("dossiers.draft-not-found")
    return known


def _submit(actor: Actor, draft_id: UUID, *, key: str, desk_id: UUID | None, accept: bool) -> UUID:
    draft = locked_draft(actor, draft_id)
    procedure = catalogue.procedure(draft.procedure)
    uploads = uploads_of(draft.id)
    _check(actor, draft, procedure, uploads=uploads)
    dossier = _filed(draft, procedure, uploads, desk_id=desk_id)
    decided = open_dossier(
        procedure, dossier, surroundings=around(procedure, dossier), now=clock.now()
    )
    storage.insert(decided.dossier, key=key)
    follow(actor, procedure, decided)
    want_extracts(procedure, decided.dossier)
    if accept and draft.assisted:
        carry_out(actor, decided.dossier, "accept")
    return decided.dossier.id


def _check(
    actor: Actor, draft: Draft, procedure: Procedure, *, uploads: tuple[UploadedFile, ...]
) -> None:
    if draft.assisted:
        if not draft.applicant.get("name"):
            raise Refusal("dossiers.no-applicant")
        identity.require(actor, "receive", draft.desk_id, owner_id=draft.applicant_id)
    else:
        identity.require_level(actor, procedure.identity)
    if problems := problems_of(draft, uploads):
        raise Refusal("dossiers.form-incomplete", problems, count=len(problems))


def _filed(
    draft: Draft,
    procedure: Procedure,
    uploads: tuple[UploadedFile, ...],
    *,
    desk_id: UUID | None,
) -> Dossier:
    answers = catalogue.without_hidden(procedure, draft.answers, form_context(draft))
    now = clock.now()
    place = place_of(answers, procedure.decided_by.of)
    body = deciding_body(procedure.decided_by.body, place, local_date(now))
    papers: dict[str, tuple[str, ...]] = {}
    for one in uploads:
        papers[one.paper] = (*papers.get(one.paper, ()), str(one.file_id))
    return Dossier(
        id=draft.id,
        procedure=procedure.key,
        channel=COUNTER if draft.assisted else ONLINE,
        status=Status.NEW,
        at="",
        body_id=body.id,
        desk_id=_chosen_desk(draft, desk_id) or _usual_desk(body, place),
        submitted_at=now,
        answers=answers,
        applicant_id=draft.applicant_id,
        applicant=_applicant(draft),
        sources=_sources(draft, answers),
        persons=concerned(procedure, answers),
        filed_by=draft.account_id if draft.assisted else None,
        papers=papers,
    )


def _sources(draft: Draft, answers: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Whence the answers come that registers gave; a claim of the same value is none."""
    return {
        path: {name: value for name, value in source.items() if name in KEPT_OF_SOURCES}
        | ({"claimed": True} if catalogue.get(answers, path) != source.get("held") else {})
        for path, source in draft.sources.items()
        if catalogue.get(answers, path) is not None
    }


def _applicant(draft: Draft) -> dict[str, Any]:
    """Who applies: the account or what the clerk typed, completed from the form's own answers."""
    answered = draft.answers.get("applicant")
    form = answered if isinstance(answered, dict) else {}
    typed = {
        "name": form.get("full_name") or form.get("name"),
        **{key: form.get(key) for key in ("personal_number", "phone", "email", "address")},
    }
    about: dict[str, Any] = {k: value for k, value in typed.items() if value} | draft.applicant
    # A phone or e-mail typed in this application is the one to use for it.
    about |= {key: typed[key] for key in ("phone", "email", "address") if typed[key]}
    return about | ({"on_behalf_of": draft.on_behalf_of} if draft.on_behalf_of else {})


def _chosen_desk(draft: Draft, chosen: UUID | None) -> UUID | None:
    """Any desk accepts: the clerk's own, or the one that the applicant chose."""
    if draft.desk_id is None and chosen is not None and not has_desk(chosen):
        raise Refusal("dossiers.no-desk-there")
    return draft.desk_id or chosen


def _usual_desk(body: directory.Body, place: str) -> UUID:
    """The competent body's desk; where it has none, the commune's."""
    if has_desk(body.id):
        return body.id
    return directory.competent_body("commune-committee", place, local_date(clock.now())).id


def has_desk(body_id: UUID) -> bool:
    """Whether a body has a one-stop desk."""
    return any(unit.kind == "one-stop-desk" for unit in directory.units_of(body_id))
