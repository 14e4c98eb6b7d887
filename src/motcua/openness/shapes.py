"""What openness hands out: immutable values, texts in all languages."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from motcua.kernel.deadlines import Clock

Text = dict[str, str]


class Question(Struct, frozen=True, kw_only=True):
    """A question about an access, as the person who asked sees it.

    standing: "asked", "acknowledged", "unseen", "late" or "answered" (rules.asking.standing).
    finding: "lawful", "mistake" or "unlawful", once answered.
    """

    id: UUID
    act_id: UUID
    act_at: datetime
    question: str
    asked_at: datetime
    acknowledge_by: datetime
    due_at: datetime
    standing: str
    acknowledged_at: datetime | None = None
    answered_at: datetime | None = None
    answer: str = ""
    finding: str = ""


class Usage(Struct, frozen=True, kw_only=True):
    """One access in words. Officers are told by body and post, never by private name.

    who: "officer", "machine", "person" (somebody with a right to it) or "self".
    kind: see rules.entries.kind_of; purpose_kind: see rules.entries.purpose_of.
    what: names of the fields; () means all that the purpose allows.
    dossier_code: only of the person's own dossier.
    """

    id: UUID
    at: datetime
    kind: str
    who: str
    body_id: UUID | None
    body_code: str
    body: Text
    post: Text
    register: str
    register_title: Text
    what: tuple[Text, ...]
    purpose: str
    purpose_kind: str
    purpose_title: Text
    law: str
    dossier_id: UUID | None = None
    dossier_code: str = ""
    question: Question | None = None


class UsagePage(Struct, frozen=True, kw_only=True):
    """A page of entries; `next` is what `after` takes to go on, "" at the end."""

    items: tuple[Usage, ...]
    next: str = ""


class QuestionTask(Struct, frozen=True, kw_only=True):
    """A question as the body sees it: who looked is named, for somebody else has to judge it."""

    question: Question
    clock: Clock
    officer: str
    entry: Usage
    may_answer: bool


class Delay(Struct, frozen=True, kw_only=True):
    """A reading of which the person is told later: for the yearly review of such delays."""

    id: UUID
    at: datetime
    told_after: date
    officer: str
    post: Text
    register: str
    what: tuple[Text, ...]
    purpose: str
    purpose_title: Text
    law: str
    reason: str


class FieldShown(Struct, frozen=True, kw_only=True):
    """One value that a register holds."""

    path: str
    title: Text
    kind: str
    value: Any
    options: dict[str, Text]


class FactShown(Struct, frozen=True, kw_only=True):
    """One fact about the person, with its source and its time; `many` = one of several."""

    fact: str
    item: str
    title: Text
    fields: tuple[FieldShown, ...]
    valid_from: date
    valid_until: date | None
    recorded_at: datetime
    replaced_at: datetime | None
    disputed: bool
    ground: str
    version: UUID


class Holding(Struct, frozen=True, kw_only=True):
    """What one register holds about the person."""

    register: str
    key: str
    title: Text
    owner: Text
    facts: tuple[FactShown, ...]
    unavailable: bool = False


class Relative(Struct, frozen=True, kw_only=True):
    """Somebody whose data the person may see."""

    person_id: UUID
    number: str
    name: str
    relation: str


class AgreementShown(Struct, frozen=True, kw_only=True):
    """An agreement as a person sees it; `digest` names the exact text of `revision`."""

    agreement: str
    title: Text
    purpose: Text
    body: Text
    law: str
    revision: int
    text: Text
    digest: str
    agreed: bool
    signed_at: str = ""
    agreed_revision: int = 0


class Declarations(Struct, frozen=True, kw_only=True):
    """What the person himself declared about his data, valid now."""

    agreements: tuple[AgreementShown, ...]
    restrictions: tuple[FactShown, ...]
    objections: tuple[FactShown, ...]
    mandates: tuple[FactShown, ...]
