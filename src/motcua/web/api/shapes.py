"""What the API answers: immutable shapes, mostly those of the rooms themselves.

A text is {"vi", "en", "fr"}. Moments carry a time zone. Money is whole đồng.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from motcua.catalogue import api as catalogue
from motcua.dossiers import api as dossiers
from motcua.dossiers.rules.state import Request
from motcua.exchange import api as exchange
from motcua.payments import api as payments
from motcua.web.api.problems import Fault, faults_of

Text = dict[str, str]


class Services(Struct, frozen=True, kw_only=True):
    """Services found, best first; `next` is the `after` of the following page, "" at the end."""

    items: tuple[catalogue.Hit, ...]
    next: str


class LifeEvents(Struct, frozen=True, kw_only=True):
    items: tuple[catalogue.LifeEvent, ...]


class Service(Struct, frozen=True, kw_only=True):
    """A service as it is defined, and the JSON schema of its answers."""

    procedure: catalogue.Procedure
    versions: tuple[str, ...]
    schema: dict[str, Any]


class Draft(Struct, frozen=True, kw_only=True):
    """An application being filled in. `sources`: which register filled which answer, and when.

    `ask`: the pages with the questions that are asked with these answers. `papers`: what to attach.
    """

    id: UUID
    service: str
    procedure: str
    title: Text
    answers: dict[str, Any]
    sources: dict[str, dict[str, Any]]
    ask: tuple[catalogue.Page, ...]
    papers: tuple[catalogue.Evidence, ...]
    uploads: tuple[dossiers.UploadedFile, ...]
    done: tuple[str, ...]
    applicant: dict[str, Any]
    version: int
    updated_at: datetime
    expires_at: datetime


class Saved(Struct, frozen=True, kw_only=True):
    """A draft after saving, and everything that is wrong with what was sent."""

    draft: Draft
    problems: tuple[Fault, ...]
    version: int


class Drafts(Struct, frozen=True, kw_only=True):
    items: tuple[dossiers.DraftRow, ...]


class Check(Struct, frozen=True, kw_only=True):
    """All faults of a draft at once; `ready` when it can be submitted."""

    ready: bool
    problems: tuple[Fault, ...]


class Dossiers(Struct, frozen=True, kw_only=True):
    """One's own dossiers, newest first; `next` as in `Services`."""

    items: tuple[dossiers.DossierRow, ...]
    next: str


class Dossier(Struct, frozen=True, kw_only=True):
    """Everything that the caller may see of a dossier. `choices`: the verbs that may be said now,
    with the reasons, fields and task that they need."""

    id: UUID
    seen_as: str
    code: str
    service: str
    procedure: str
    title: Text
    status: int
    at: str
    step: Text
    body: Text
    desk: Text
    submitted_at: datetime
    accepted_at: datetime | None
    due_at: datetime | None
    ended_at: datetime | None
    answers: dict[str, Any]
    recorded: dict[str, Any]
    applicant: dict[str, Any]
    request: Request | None
    holders: tuple[dossiers.Holder, ...]
    timeline: tuple[dossiers.Entry, ...]
    uploads: tuple[dossiers.UploadedFile, ...]
    papers: tuple[dossiers.PaperLink, ...]
    messages: tuple[dossiers.MessageView, ...]
    choices: tuple[dossiers.Choice, ...]
    may_message: bool
    may_rate: bool
    version: int


class Created(Struct, frozen=True, kw_only=True):
    """The id of what was made."""

    id: UUID


class Taken(Struct, frozen=True, kw_only=True):
    """What was taken from the unit's queue; both null when nothing is waiting."""

    dossier_id: UUID | None
    task_id: UUID | None


class Colleague(Struct, frozen=True, kw_only=True):
    id: UUID
    name: str
    post: Text


class Colleagues(Struct, frozen=True, kw_only=True):
    items: tuple[Colleague, ...]


class Bills(Struct, frozen=True, kw_only=True):
    items: tuple[payments.BillView, ...]


class PaymentStarted(Struct, frozen=True, kw_only=True):
    """Send the payer's browser to `url`; what was paid is known by the bill alone."""

    url: str


class BillCode(Struct, frozen=True, kw_only=True):
    """The bill to pay."""

    code: str


class FoundDebts(Struct, frozen=True, kw_only=True):
    items: tuple[payments.DebtCard, ...]


class Debts(Struct, frozen=True, kw_only=True):
    """A creditor's own list, newest first; `next` as in `Services`."""

    items: tuple[payments.DebtView, ...]
    next: str


class Endpoints(Struct, frozen=True, kw_only=True):
    items: tuple[exchange.EndpointView, ...]


class Secret(Struct, frozen=True, kw_only=True):
    """The new secret of an endpoint, shown this once."""

    secret: str


class Deliveries(Struct, frozen=True, kw_only=True):
    """Newest first; `next` is the `before` of the following page, null at the end."""

    items: tuple[exchange.DeliveryView, ...]
    next: int | None


def draft_of(view: dossiers.DraftView, context: catalogue.Context) -> Draft:
    """A draft with what it asks now."""
    return Draft(
        id=view.id,
        service=view.service,
        procedure=view.procedure.key,
        title=view.title,
        answers=view.answers,
        sources=view.sources,
        ask=catalogue.visible_pages(view.procedure, view.answers, context),
        papers=catalogue.evidence_needed(view.procedure, view.answers, context),
        uploads=view.uploads,
        done=view.done,
        applicant=view.applicant,
        version=view.version,
        updated_at=view.updated_at,
        expires_at=view.expires_at,
    )


def saved_of(view: dossiers.DraftView, context: catalogue.Context, problems: Any) -> Saved:
    """A draft after a write, with the faults of what was sent."""
    return Saved(draft=draft_of(view, context), problems=faults_of(problems), version=view.version)


def dossier_of(view: dossiers.DossierView) -> Dossier:
    """A dossier without what only the engine needs."""
    one = view.dossier
    return Dossier(
        id=view.id,
        seen_as=view.seen_as,
        code=one.code,
        service=view.procedure.service,
        procedure=view.procedure.key,
        title=view.title,
        status=int(one.status),
        at=one.at,
        step=view.step,
        body=view.body,
        desk=view.desk,
        submitted_at=one.submitted_at,
        accepted_at=one.accepted_at,
        due_at=view.clock.due_at if view.clock else None,
        ended_at=one.ended_at,
        answers=one.answers,
        recorded=one.recorded,
        applicant=one.applicant,
        request=view.request,
        holders=view.holders,
        timeline=view.timeline,
        uploads=view.uploads,
        papers=view.papers,
        messages=view.messages,
        choices=view.choices,
        may_message=view.may_message,
        may_rate=view.may_rate,
        version=view.version,
    )
