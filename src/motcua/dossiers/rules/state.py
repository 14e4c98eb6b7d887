"""The state of a dossier as the engine sees it: plain immutable data, no Django, no clock.

`decide(procedure, dossier, command, surroundings, now)` in `engine.py` returns `Decided` or raises
`Refusal`; the shell in `operations.py` persists what was decided, in one transaction.
"""

from datetime import datetime
from enum import IntEnum
from typing import Any
from uuid import UUID

from msgspec import Struct

from motcua.kernel.deadlines import Clock


class Status(IntEnum):
    """The ten statuses exchanged with the national portal."""

    NEW = 1
    ACCEPTED = 2
    NOT_ACCEPTED = 3
    IN_PROCESSING = 4
    SUPPLEMENT_REQUESTED = 5
    PAYMENT_REQUESTED = 6
    WITHDRAWN = 7
    STOPPED = 8
    FINISHED = 9
    RETURNED = 10


# Values of `at` beside the states of the route.
HANDOVER = "handover"  # decided and signed; a paper waits at the desk, or the seal is being made
CORRECTION = "correction"  # the result was returned, and somebody says that it is wrong
END = "end"


class _State(Struct, frozen=True, kw_only=True, omit_defaults=True):
    pass


class Task(_State, frozen=True, kw_only=True):
    """A piece of work that somebody owes: the row of a queue.

    kind: "step", "branch", "opinion", "applicant", "payment", "seal" (the system signs the paper),
    "handover" or "correction". body_id None = the applicant owes it. officer_id is the account of
    who took it.
    """

    id: UUID
    kind: str
    state: str  # the route state it belongs to
    role: str
    opened_at: datetime
    body_id: UUID | None = None
    officer_id: UUID | None = None
    name: str = ""  # the branch's name, or the opinion's subject
    clock: Clock | None = None
    may: tuple[str, ...] = ()
    on_due: str = ""  # "agree", "report", ...: what a tick does when the time is over
    closed_at: datetime | None = None
    closed_by: UUID | None = None
    verb: str = ""  # how it ended
    reported: bool = False  # its lateness has been told once


class Request(_State, frozen=True, kw_only=True):
    """What the applicant was asked to add, all at once (slip 02)."""

    id: UUID
    at: datetime
    by: UUID
    verb: str  # "ask-once" or "return"
    # {"paper": ..., "field": ..., "say": text, "in_spite": why, although a register holds it}
    items: tuple[dict[str, Any], ...]
    reason: str
    say: str
    answered_at: datetime | None = None


class Apology(_State, frozen=True, kw_only=True):
    at: datetime
    by: UUID
    reason: str
    due_before: datetime
    due_after: datetime


class Charge(_State, frozen=True, kw_only=True):
    """Money asked on the way. `id` is the bill's; `ended` is "paid" or "cancelled" ("" = open)."""

    id: UUID
    state: str  # the paying state of the route
    amount_vnd: int
    # {"fee", "title", "vnd", "law", "refund"}, and where it has them: "note" (words of the law),
    # "of" ([title, value] pairs it was computed from), "indicative" (true: not official),
    # "before_vnd" (the part paid earlier)
    lines: tuple[dict[str, Any], ...]
    opened_at: datetime
    ended_at: datetime | None = None
    ended: str = ""
    refunded_vnd: int = 0  # what goes back, by decision of the engine


class Dossier(_State, frozen=True, kw_only=True):
    """An application on its way. `version` grows by one with each persisted change."""

    id: UUID
    procedure: str  # "birth-registration@3"
    channel: int  # 1 counter, 2 online, 3 post
    status: Status
    at: str  # a state of the route, HANDOVER or END
    body_id: UUID  # the competent body
    desk_id: UUID  # the body whose one-stop desk received it
    submitted_at: datetime
    answers: dict[str, Any]
    applicant_id: UUID | None = None  # account
    applicant: dict[str, Any] = {}  # name, personal_number, phone, email, address as filed
    # answer path -> the register it is from, "held" there, "claimed" to be wrong by the person
    sources: dict[str, dict[str, Any]] = {}
    persons: tuple[UUID, ...] = ()  # whom the answers concern, as the register knows them
    filed_by: UUID | None = None  # the clerk, when filed at the counter
    papers: dict[str, tuple[str, ...]] = {}  # evidence name -> file ids
    code: str = ""
    accepted_at: datetime | None = None
    clock: Clock | None = None  # the legal clock of the whole procedure
    tasks: tuple[Task, ...] = ()
    requests: tuple[Request, ...] = ()
    charges: tuple[Charge, ...] = ()
    apology: Apology | None = None
    visit_at: datetime | None = None
    recorded: dict[str, Any] = {}  # what officers recorded (Step.ask), nested like answers
    checks: dict[str, str] = {}  # item -> "ok" or "doubt", marked by officers
    proposal: dict[str, Any] = {}
    decision: dict[str, Any] = {}  # {"granted": bool, "reason": ..., "at": ..., "by": ...}
    ended_at: datetime | None = None
    returned_at: datetime | None = None
    corrections: int = 0
    told: tuple[str, ...] = ()  # "apology-due", "overdue": what was said once about this due date
    version: int = 0

    @property
    def open_tasks(self) -> tuple[Task, ...]:
        return tuple(t for t in self.tasks if t.closed_at is None)

    @property
    def open_request(self) -> Request | None:
        return next((r for r in self.requests if r.answered_at is None), None)

    @property
    def open_charge(self) -> Charge | None:
        """What the applicant has to pay now."""
        return next((charge for charge in self.charges if not charge.ended), None)


class Command(_State, frozen=True, kw_only=True):
    """What somebody wants to do: a verb, the task it concerns and its parameters.

    `by` None and not `officer` = the system. `version` = the dossier's version that was seen (None
    = not checked). Without `task_id` the first open task that the verb fits is meant.
    """

    verb: str
    by: UUID | None = None  # account
    applicant: bool = False  # speaks for the business that applies
    officer: bool = False
    body_id: UUID | None = None
    role: str = ""
    permissions: frozenset[str] = frozenset()
    task_id: UUID | None = None
    version: int | None = None
    params: dict[str, Any] = {}


class Effect(_State, frozen=True, kw_only=True):
    """Something that must follow, written in the same transaction as a job or a row.

    kind: "slip" (params: form "01".."06"), "notify" (params: template), "issue" (the outcome),
    "reissue" (after a correction), "report" (to the head of the one-stop desk), "bill" (params:
    charge), "cancel-bill" (params: charge_id, reason), "refund" (params: charge_id, amount_vnd,
    reason), "ask-in-spite" (params: paper, register, reason: a register holds the paper).
    """

    kind: str
    params: dict[str, Any] = {}


class Done(_State, frozen=True, kw_only=True):
    """An act to record: `verb` in the past tense ("dossier.accepted") and its detail."""

    verb: str
    detail: dict[str, Any] = {}
    basis: str = ""


class Decided(_State, frozen=True, kw_only=True):
    dossier: Dossier
    acts: tuple[Done, ...]
    effects: tuple[Effect, ...] = ()
