"""What the door of dossiers gives to screens: immutable values, never rows.

A `Text` is {"vi": ..., "en": ..., "fr": ...}. Moments carry a time zone. Names of officers are
public in their office (Decree 224 art. 15); names of applicants are given only after a check.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from motcua.catalogue.rules.procedure import Field, Procedure, Reason
from motcua.dossiers.rules.state import Apology, Charge, Dossier, Request, Task
from motcua.kernel.deadlines import Clock
from motcua.payments.api import BillView

Text = dict[str, str]


class UploadedFile(Struct, frozen=True, kw_only=True):
    """A file given as evidence. Open it with `open_upload(actor, dossier_id, file_id)`."""

    file_id: UUID
    paper: str
    name: str
    size_bytes: int
    media_type: str
    added_at: datetime


class DraftView(Struct, frozen=True, kw_only=True):
    """A form being filled in. `typed` holds, page by page, what was typed where it is wrong."""

    id: UUID
    procedure: Procedure
    service: str
    title: Text
    answers: dict[str, Any]
    typed: dict[str, dict[str, list[str]]]
    done: tuple[str, ...]
    uploads: tuple[UploadedFile, ...]
    assisted: bool
    applicant: dict[str, Any]
    applicant_id: UUID | None
    version: int
    created_at: datetime
    updated_at: datetime
    expires_at: datetime
    # answer path -> {"register", "field", "held", "since", "at", "version", "disputed"?,
    # "claimed"?}: `held` is the register's value; "claimed": the person says that it is wrong
    sources: dict[str, dict[str, Any]] = {}
    silent: tuple[str, ...] = ()  # registers of this form that do not answer at the moment

    def uploads_of(self, paper: str) -> tuple[UploadedFile, ...]:
        """The files given for one paper of the evidence."""
        return tuple(one for one in self.uploads if one.paper == paper)


class ExtractLine(Struct, frozen=True, kw_only=True):
    """One field of an extract, with the kind by which it is shown."""

    title: Text
    kind: str
    value: Any
    options: dict[str, Text] = {}
    since: str = ""
    disputed: bool = False


class ExtractView(Struct, frozen=True, kw_only=True):
    """What a register says in place of a paper. state: "waiting" (asked for), "fetched",
    "nothing" (it holds nothing), "unavailable" (it does not answer), "disputed"."""

    paper: str
    title: Text  # of the paper
    register: str
    source: Text  # what the register is called; {} for one that is not connected
    state: str
    lines: tuple[ExtractLine, ...]
    law: str
    fetched_at: datetime | None
    asked_reason: Text = {}  # why an officer wanted the paper all the same
    asked_body: Text = {}


class AskedInSpite(Struct, frozen=True, kw_only=True):
    """How often a body asked for papers that registers hold, for one reason."""

    body_id: UUID
    body: Text
    reason: str
    count: int


class DraftRow(Struct, frozen=True, kw_only=True):
    """A line of "my unfinished applications"."""

    id: UUID
    service: str
    title: Text
    updated_at: datetime
    expires_at: datetime
    pages_done: int
    assisted: bool
    applicant_name: str


class Holder(Struct, frozen=True, kw_only=True):
    """Who holds a dossier now. Everything here is public."""

    body_id: UUID | None  # None: the applicant
    body: Text
    unit: Text
    role: Text
    officer: str  # name; "" while nobody took it
    since: datetime
    until: datetime | None
    kind: str  # kind of task
    state: str
    title: Text  # of the step

    @property
    def is_applicant(self) -> bool:
        """The applicant owes it: an answer, or money."""
        return self.kind in {"applicant", "payment"}


class DossierRow(Struct, frozen=True, kw_only=True):
    """A line of "my dossiers"."""

    id: UUID
    code: str
    service: str
    title: Text
    status: int
    at: str
    step: Text
    body: Text
    submitted_at: datetime
    due_at: datetime | None
    paused: bool
    ended_at: datetime | None
    returned_at: datetime | None
    your_turn: bool  # the applicant owes something
    late: bool
    to_pay_vnd: int = 0  # asked and not paid yet
    bill_code: str = ""  # of what is to pay


class Entry(Struct, frozen=True, kw_only=True):
    """A line of the timeline. `who` is a name, `body` the body; `detail` as the engine said it."""

    id: UUID
    at: datetime
    verb: str
    who_kind: str
    who: str
    body: Text
    detail: dict[str, Any]
    basis: str


class PaperLink(Struct, frozen=True, kw_only=True):
    """A paper of the dossier. Open it with `open_paper(actor, dossier_id, paper_id)`."""

    paper_id: UUID
    kind: str  # "slip" or "outcome"
    form: str  # "01".."06", or the template
    at: datetime
    sealed_at: datetime | None
    code: str = ""
    number: str = ""
    ready: bool = False  # rendered (and sealed, where a seal belongs to it)


class MessageView(Struct, frozen=True, kw_only=True):
    id: UUID
    at: datetime
    author: str  # "applicant" or "officer"
    who: str
    body: Text
    text: str
    visible: bool  # False: a note among officers
    own: bool


class Choice(Struct, frozen=True, kw_only=True):
    """A verb that may be said now, and what it needs."""

    verb: str
    task_id: UUID | None
    task_kind: str
    reasons: tuple[Reason, ...]  # coded reasons to choose from
    fields: tuple[Field, ...]  # what the officer records, or the applicant answers again
    law: str = ""


class Change(Struct, frozen=True, kw_only=True):
    """What the applicant changed with the last supplement."""

    path: str
    title: Text
    before: Any
    after: Any


class DossierView(Struct, frozen=True, kw_only=True):
    """Everything that one reader may see of a dossier. `seen_as`: "applicant" or "officer"."""

    id: UUID
    seen_as: str
    procedure: Procedure
    dossier: Dossier
    title: Text
    body: Text
    desk: Text
    step: Text
    holders: tuple[Holder, ...]
    timeline: tuple[Entry, ...]
    uploads: tuple[UploadedFile, ...]
    papers: tuple[PaperLink, ...]
    messages: tuple[MessageView, ...]
    choices: tuple[Choice, ...]
    changes: tuple[Change, ...]
    papers_changed: tuple[str, ...]
    names: dict[UUID, str]  # of the officers in `dossier`
    may_message: bool
    may_rate: bool
    stars: int | None
    version: int
    extracts: tuple[ExtractView, ...] = ()  # in place of papers, in the order of the evidence
    bills: tuple[BillView, ...] = ()  # asked on the way, oldest first, with receipts and refunds

    @property
    def clock(self) -> Clock | None:
        return self.dossier.clock

    @property
    def request(self) -> Request | None:
        """What the applicant owes, if anything."""
        return self.dossier.open_request

    @property
    def charge(self) -> Charge | None:
        """What is to be paid now, line by line (see `Charge.lines` for what explains each)."""
        return self.dossier.open_charge

    @property
    def bill(self) -> BillView | None:
        """The bill of `charge`: its code pays it, online or at the counter."""
        charge = self.charge
        return next((b for b in self.bills if charge and b.id == charge.id), None)

    @property
    def pay_until(self) -> datetime | None:
        """Until when `charge` must be paid."""
        clocks = [task.clock for task in self.open_tasks if task.kind == "payment"]
        return next((clock.due_at for clock in clocks if clock), None)

    @property
    def apology(self) -> Apology | None:
        return self.dossier.apology

    @property
    def open_tasks(self) -> tuple[Task, ...]:
        return self.dossier.open_tasks

    def choice(self, verb: str) -> Choice | None:
        """The first choice with this verb."""
        return next((one for one in self.choices if one.verb == verb), None)


class PublicEvent(Struct, frozen=True, kw_only=True):
    """A line of the public tracking page: no personal data of the applicant."""

    at: datetime
    verb: str
    body: Text


class Track(Struct, frozen=True, kw_only=True):
    """What anybody with the code may know (Decree 224 art. 15): no personal data."""

    code: str
    reference: str  # the dossier's id, for a link before there is a code
    service: str
    title: Text
    status: int
    step: Text
    body: Text
    submitted_at: datetime
    accepted_at: datetime | None
    due_at: datetime | None
    paused: bool
    late: bool
    apology_due_at: datetime | None
    ended_at: datetime | None
    returned_at: datetime | None
    holders: tuple[Holder, ...]
    events: tuple[PublicEvent, ...]
    payment_due: bool = False  # the applicant has to pay; how much and where only he may know


class QueueFilters(Struct, frozen=True, kw_only=True):
    """Chips of a queue; empty ones do not filter. `due`: "late", "today", "soon" (3 days)."""

    service: str = ""
    status: int | None = None
    due: str = ""
    text: str = ""  # part of a code, or of the applicant's name (without diacritics)
    kind: str = ""
    officer_id: UUID | None = None


class QueueRow(Struct, frozen=True, kw_only=True):
    """A line of a queue. `tone`: "late", "soon", "calm" or "paused"."""

    dossier_id: UUID
    task_id: UUID
    version: int
    code: str
    service: str
    title: Text
    status: int
    state: str
    step: Text
    kind: str
    name: str
    applicant: str
    opened_at: datetime
    submitted_at: datetime
    task_due_at: datetime | None
    dossier_due_at: datetime | None
    tone: str
    officer_id: UUID | None
    officer: str
    desk: Text


class QueuePage(Struct, frozen=True, kw_only=True):
    """`next` is what to give as `after` for the following lines; "" at the end."""

    rows: tuple[QueueRow, ...]
    next: str


class QueueCounts(Struct, frozen=True, kw_only=True):
    mine: int = 0
    unit: int = 0
    unassigned: int = 0
    late: int = 0
    waiting: int = 0


class Failure(Struct, frozen=True, kw_only=True):
    """One line of a bulk action that was refused."""

    dossier_id: UUID
    task_id: UUID
    code: str  # refusal code
    params: dict[str, Any]


class BulkResult(Struct, frozen=True, kw_only=True):
    done: tuple[UUID, ...]
    failed: tuple[Failure, ...]


class OfficerLine(Struct, frozen=True, kw_only=True):
    officer_id: UUID
    name: str
    open: int
    late: int
    done: int  # in the last 30 days


class TeamReport(Struct, frozen=True, kw_only=True):
    """The unit's work. Shares are 0..1, None without a denominator; days are calendar days."""

    backlog: int
    unassigned: int
    late: int
    waiting: int
    ageing: tuple[tuple[str, int], ...]  # ("0-1", 12), ("2-3", 4), ... days since submission
    ended: int  # in the last 30 days
    on_time: int
    on_time_share: float | None
    supplemented_share: float | None
    officers: tuple[OfficerLine, ...]


class ControlLine(Struct, frozen=True, kw_only=True):
    """A line of the control sheet (slip 05): who gave it to whom, and when it was due."""

    step: Text
    body: Text
    officer: str
    received_at: datetime
    due_at: datetime | None
    handed_on_at: datetime | None
    verb: str
    late: bool


class RegisterLine(Struct, frozen=True, kw_only=True):
    """A line of the register of received dossiers (slip 06)."""

    code: str
    title: Text
    applicant: str
    submitted_at: datetime
    accepted_at: datetime | None
    due_at: datetime | None
    ended_at: datetime | None
    returned_at: datetime | None
    status: int
