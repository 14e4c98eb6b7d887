"""What the API takes, checked by pydantic at this edge only. Unknown names are faults."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, ConfigDict, Field, StringConstraints

Line = Annotated[str, StringConstraints(max_length=200)]
Words = Annotated[str, StringConstraints(max_length=4000)]
Slug = Annotated[str, StringConstraints(max_length=80, pattern=r"^[a-z0-9.-]*$")]
Version = Annotated[int, Field(ge=0, le=2**31 - 1)]
Vnd = Annotated[int, Field(ge=0, le=999_999_999_999_999)]
Limit = Annotated[int, Field(ge=1, le=200)]
Language = Literal["vi", "en", "fr"]
Answers = dict[str, Any]


class Strict(Schema):
    """No second guesses: "1" is not a number, and a name that nobody knows is a fault."""

    model_config = ConfigDict(extra="forbid")


class FeesIn(Strict):
    """Answers so far; the province (two digits) where it is filed."""

    answers: Answers = {}
    channel: Literal["online", "counter"] = "online"
    province: Annotated[str, StringConstraints(pattern=r"^([0-9]{2})?$")] = ""


class ApplicantIn(Strict):
    """For whom an officer files at the counter."""

    name: Line = ""
    personal_number: Line = ""
    phone: Line = ""
    email: Line = ""
    address: Line = ""
    language: Language = "vi"


class DraftIn(Strict):
    applicant: ApplicantIn | None = None


class AnswersIn(Strict):
    """Answers are laid over those that are there; null takes one away."""

    answers: Answers
    version: Version | None = None


class SubmitIn(Strict):
    """A desk chosen by the applicant; `accept`: a clerk's check at once."""

    desk_id: UUID | None = None
    accept: bool = False


class ItemIn(Strict):
    """Something asked for: a paper or a question, and why."""

    paper: Line | None = None
    field: Line | None = None
    say: Words | None = None


class ActIn(Strict):
    """Parameters of verbs; which one needs which is in the dossier's `choices` and in the guide.

    `answers` go with supplement, correct and reissue; `values` are what an officer records.
    """

    task_id: UUID | None = None
    version: Version | None = None
    say: Words | None = None
    reason: Line | None = None
    items: list[ItemIn] | None = Field(default=None, max_length=100)
    grant: bool | None = None
    agrees: bool | None = None
    body_id: UUID | None = None
    officer_id: UUID | None = None
    within: Annotated[str, StringConstraints(max_length=40)] | None = None
    due_at: AwareDatetime | None = None
    visit_at: AwareDatetime | None = None
    to: Line | None = None
    answers: Answers | None = None
    values: Answers | None = None


class TaskIn(Strict):
    task_id: UUID | None = None
    version: Version | None = None


class AssignIn(Strict):
    task_id: UUID
    officer_id: UUID
    version: Version | None = None


class PairIn(Strict):
    dossier_id: UUID
    task_id: UUID


class BulkAssignIn(Strict):
    tasks: list[PairIn] = Field(max_length=200)
    officer_id: UUID


class MarkIn(Strict):
    item: Line
    mark: Literal["ok", "doubt", ""]
    task_id: UUID | None = None
    say: Words = ""


class TextIn(Strict):
    text: Words


class RatingIn(Strict):
    stars: Annotated[int, Field(ge=1, le=5)]
    text: Words = ""


class PayIn(Strict):
    language: Language = "vi"


class FindDebtsIn(Strict):
    """The answers of a service that pays what is owed: all its numbers, none left out."""

    service: Slug
    answers: Answers


class PayDebtsIn(Strict):
    """Tokens of `find_debts`, of one creditor."""

    tokens: list[Annotated[str, StringConstraints(max_length=1000)]] = Field(
        min_length=1, max_length=50
    )
    language: Language = "vi"


class BillLineIn(Strict):
    code: Line
    title: dict[Language, Line]
    vnd: Annotated[int, Field(ge=-999_999_999_999_999, le=999_999_999_999_999)]
    law: Line = ""


class DebtIn(Strict):
    kind: Slug
    reference: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    keys: dict[Line, Line] = Field(min_length=1, max_length=10)
    amount_vnd: Vnd
    lines: list[BillLineIn] = Field(default=[], max_length=50)
    details: dict[Line, Line | int | None] = Field(default={}, max_length=30)
    debtor_masked: Line = ""
    due_on: date | None = None
    version: Version = 0


class PutDebtsIn(Strict):
    debts: list[DebtIn] = Field(min_length=1, max_length=1000)


class WithdrawDebtIn(Strict):
    kind: Slug
    reference: Annotated[str, StringConstraints(min_length=1, max_length=60)]


class EndpointIn(Strict):
    """`kinds`: "dossier.accepted", "bill.*"; none: everything."""

    url: Annotated[str, StringConstraints(min_length=1, max_length=500)]
    title: Annotated[str, StringConstraints(max_length=100)] = ""
    kinds: list[Line] = Field(default=[], max_length=50)
