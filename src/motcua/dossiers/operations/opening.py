"""Looking at a dossier and its papers: checked, and recorded when an officer looks."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.acts import api as acts
from motcua.catalogue import api as catalogue
from motcua.catalogue.rules.procedure import Procedure
from motcua.directory import api as directory
from motcua.documents import api as documents
from motcua.dossiers import access, paper_data, storage
from motcua.dossiers.models import DossierPaper, Upload
from motcua.dossiers.queries import sheets, viewing
from motcua.dossiers.queries.drafts import own_draft, uploads_of
from motcua.dossiers.queries.extracts import extracts_of
from motcua.dossiers.queries.names import body_name, holders, officers
from motcua.dossiers.rules.engine import decide
from motcua.dossiers.rules.state import END, Dossier
from motcua.dossiers.shapes import DossierView
from motcua.dossiers.surroundings import around
from motcua.kernel import clock, texts
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal

PREVIEW_CODE = "…"


@transaction.atomic
def dossier_view(actor: Actor, dossier_id: UUID, *, purpose: str = access.PURPOSE) -> DossierView:
    """Everything that the reader may see of a dossier, in one value.

    An officer's look is recorded with its purpose (the first of the day). Refusal
    dossiers.not-found. A dozen statements, whatever the length of the dossier.
    """
    found = storage.load_with_before(dossier_id)
    if found is None or not access.party(actor, found[0]):
        raise access.missing()
    dossier, before = found
    procedure = catalogue.procedure(dossier.procedure)
    known = acts.timeline_of(dossier.id)
    access.note_view(actor, dossier, known, purpose=purpose)
    return _view(actor, procedure, dossier, known=known, before=before)


def _view(
    actor: Actor,
    procedure: Procedure,
    dossier: Dossier,
    *,
    known: list[acts.ActRow],
    before: dict[str, Any],
) -> DossierView:
    party = access.party(actor, dossier)
    officer = party != "applicant"
    names = officers({*_officers_in(dossier), *viewing.authors(dossier.id)})
    answers, papers_changed = viewing.changes(procedure, dossier, before)
    stars = viewing.stars_of(dossier.id)
    return DossierView(
        id=dossier.id,
        seen_as="officer" if officer else "applicant",
        procedure=procedure,
        dossier=dossier,
        title=procedure.title,
        body=body_name(dossier.body_id),
        desk=body_name(dossier.desk_id),
        step=paper_data.step_title(procedure, dossier.at),
        holders=holders(procedure, dossier, names),
        timeline=viewing.entries(known, officer=officer),
        uploads=uploads_of(dossier.id),
        papers=viewing.papers(dossier.id),
        messages=viewing.messages(
            actor,
            dossier.id,
            officer=officer,
            names=names,
            applicant=str(dossier.applicant.get("name", "")),
        ),
        choices=viewing.choices(procedure, dossier, actor),
        changes=answers if officer else (),
        papers_changed=papers_changed if officer else (),
        names=names,
        may_message=party in {"applicant", "officer"},
        may_rate=party == "applicant" and dossier.at == END and stars is None,
        stars=stars,
        version=dossier.version,
        extracts=extracts_of(procedure, dossier),
        bills=viewing.bills(dossier),
    )


@transaction.atomic
def open_upload(actor: Actor, dossier_id: UUID, file_id: UUID) -> documents.OpenedFile:
    """The bytes of a file of the dossier; the opening is an act. Refusal dossiers.not-found."""
    dossier = access.visible(actor, dossier_id)
    if not Upload.objects.filter(dossier_id=dossier.id, file_id=file_id).exists():
        raise access.missing()
    return documents.open_file(actor, file_id, purpose=access.PURPOSE, dossier_id=dossier.id)


@transaction.atomic
def open_draft_upload(actor: Actor, draft_id: UUID, file_id: UUID) -> documents.OpenedFile:
    """The bytes of a file of one's own draft. Refusal dossiers.draft-not-found."""
    draft = own_draft(actor, draft_id)
    if not Upload.objects.filter(dossier_id=draft.id, file_id=file_id).exists():
        raise Refusal("dossiers.draft-not-found")
    return documents.open_file(actor, file_id, purpose="own-draft")


@transaction.atomic
def open_paper(actor: Actor, dossier_id: UUID, paper_id: UUID) -> documents.OpenedFile:
    """A slip or the result as PDF. Refusals dossiers.not-found, documents.paper-not-ready."""
    dossier = access.visible(actor, dossier_id)
    if not DossierPaper.objects.filter(dossier_id=dossier.id, paper_id=paper_id).exists():
        raise access.missing()
    return documents.open_paper(actor, paper_id, purpose=access.PURPOSE, dossier_id=dossier.id)


def preview_slip(
    actor: Actor, dossier_id: UUID, verb: str, params: Mapping[str, Any] | None = None
) -> bytes:
    """The slip that `act_on` with this verb would issue, as a PDF marked as a draft.

    The engine decides as it would, and nothing is kept; so the same refusals come.
    Refusal dossiers.no-slip when the verb issues none. `params` may hold "task_id".
    """
    dossier = access.visible(actor, dossier_id)
    given = dict(params or {})
    command = access.command(actor, dossier, verb, task_id=given.pop("task_id", None), params=given)
    procedure = catalogue.procedure(dossier.procedure)
    code = PREVIEW_CODE if verb == "accept" else ""
    decided = decide(
        procedure,
        dossier,
        command,
        surroundings=around(procedure, dossier, code=code),
        now=clock.now(),
    )
    effect = next((one for one in decided.effects if one.kind == "slip"), None)
    if effect is None:
        raise Refusal("dossiers.no-slip")
    form = str(effect.params["form"])
    data = paper_data.slip(procedure, decided.dossier, form, actor=actor, params=effect.params)
    return documents.render_preview(f"slip-{form}", _in_language(data, dossier))


def preview_result(actor: Actor, dossier_id: UUID) -> bytes:
    """The result as it would be issued now, marked as a draft: what the applicant agrees to."""
    dossier = access.visible(actor, dossier_id)
    procedure = catalogue.procedure(dossier.procedure)
    data = paper_data.result(procedure, dossier, actor=None)
    return documents.render_preview(procedure.outcome.issue, _in_language(data, dossier))


@transaction.atomic
def control_sheet_pdf(actor: Actor, dossier_id: UUID) -> bytes:
    """Slip 05 of a dossier, for officers; nothing is kept."""
    dossier = access.visible(actor, dossier_id)
    if access.party(actor, dossier) == "applicant":
        raise access.missing()
    access.note_view(actor, dossier)
    procedure = catalogue.procedure(dossier.procedure)
    data = paper_data.slip(procedure, dossier, "05", actor=actor, params={})
    lines = sheets.control_lines(dossier)
    data["steps"] = [
        {
            "from": texts.pick(lines[number - 1].body, "vi") if number else "",
            "to": " – ".join(p for p in (texts.pick(line.body, "vi"), line.officer) if p),
            "given_at": paper_data.brief(line.received_at),
            "due_at": paper_data.brief(line.due_at),
            "done_at": paper_data.brief(line.handed_on_at),
            "state": line.step,
        }
        for number, line in enumerate(lines)
    ]
    return documents.render_preview("slip-05", data, draft=False)


def register_pdf(actor: Actor, *, since: datetime, until: datetime) -> bytes:
    """Slip 06: the register of the officer's desk for a span of time."""
    lines = sheets.register(actor, since=since, until=until)
    body = directory.body(actor.body_id) if actor.body_id else None
    data = {
        "body": texts.pick(body.name, "vi") if body else "",
        "period": f"{paper_data.brief(since)} – {paper_data.brief(until)}",
        "entries": [
            {
                "code": line.code,
                "applicant": line.applicant,
                "procedure": line.title,
                "papers": "1",
                "received_at": paper_data.brief(line.accepted_at),
                "due_at": paper_data.brief(line.due_at),
                "returned_at": paper_data.brief(line.returned_at),
            }
            for line in lines
        ],
    }
    return documents.render_preview("slip-06", data, draft=False)


def _in_language(data: dict[str, Any], dossier: Dossier) -> dict[str, Any]:
    return {**data, "language": paper_data.language_of(dossier)}


def _officers_in(dossier: Dossier) -> set[UUID]:
    found = {one for t in dossier.tasks for one in (t.officer_id, t.closed_by) if one}
    found |= {request.by for request in dossier.requests}
    found |= {dossier.filed_by} if dossier.filed_by else set()
    return found - ({dossier.applicant_id} if dossier.applicant_id else set())
