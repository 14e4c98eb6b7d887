"""A public service as compiled data: what a pack file says, checked and given types.

Everything here is immutable and free of Django; a dossier keeps the version it was opened under.
A `Text` is {"vi": ..., "en": ..., "fr": ...}. A `Condition` is the source of a CEL expression.
"""

from datetime import date
from typing import Any, Literal

from msgspec import Struct

from motcua.kernel.durations import Duration

Text = dict[str, str]
Condition = str
FieldKind = Literal[
    "text", "long-text", "person-name", "personal-number", "old-id-number", "date", "choice",
    "choices", "yes-no", "area", "address", "phone", "email", "number", "money", "rows",
]  # fmt: skip
Verb = Literal[
    "accept", "ask-once", "refuse", "propose", "return", "send-back", "sign", "ask-opinion",
    "schedule", "record", "confirm", "object", "agree", "correct",
]  # fmt: skip


class _Data(Struct, frozen=True, kw_only=True, rename="kebab", omit_defaults=True):
    """Base of all parts of a definition (keys in files are kebab-case)."""


class Option(_Data, frozen=True):
    value: str
    title: Text


class Field(_Data, frozen=True):
    """One question. `field` is a dotted path ("child.born_on"): the answer's place and CEL name."""

    field: str
    kind: FieldKind
    title: Text
    hint: Text = {}
    why: Text = {}
    optional: bool = False
    when: Condition = ""  # asked only if true
    must: Condition = ""  # the answer is right only if true
    otherwise: Text = {}  # what to say when `must` is false (key in files: `or`)
    options: tuple[Option, ...] = ()
    prefill: str = ""  # where a known value comes from: see rules/prefills.py
    max: int = 0  # characters of text, or the largest number; 0 = the kind's own limit
    level: str = ""  # for areas: "province" or "commune"
    columns: tuple["Field", ...] = ()  # of "rows": a table; `field` is a bare name ("quantity")
    gives: Condition = ""  # of a column: computed from the row (and `nth`, from 1), never asked


class Computed(_Data, frozen=True):
    """A value that the form computes and shows: a sum over a column, or an expression."""

    name: str  # dotted path, seen by conditions, fees and papers like an answer
    title: Text
    kind: Literal["money", "number"] = "money"
    sum: str = ""  # "goods.value": rows field and column
    gives: Condition = ""
    note: Text = {}


class DatedValue(_Data, frozen=True):
    """One amount in force from a day, with its law (`values.base_salary` in conditions)."""

    value: int
    law: str
    since: date
    until: date | None = None
    title: Text = {}


class Page(_Data, frozen=True):
    page: str
    title: Text
    ask: tuple[Field, ...]
    intro: Text = {}
    when: Condition = ""


class Evidence(_Data, frozen=True):
    """A paper the applicant must give (thành phần hồ sơ), and what replaces it (once-only).

    In files `instead` is a register, or {register, of, fields}; `law` is found in the once-only
    table when the file names none.
    """

    paper: str
    title: Text
    hint: Text = {}
    when: Condition = ""
    optional: bool = False
    copies: str = "electronic"  # "original", "copy" or "electronic" (LoaiBan 0, 1, 2)
    instead: str = ""  # the register that holds it, e.g. "population"; then the paper is not asked
    of: str = ""  # the answer that holds the record's key; empty: the applicant's number
    fields: tuple[str, ...] = ()  # what is read, by full name; empty: the register's own extract
    law: str = ""  # why the paper may not be asked for
    source: Text = {}  # what that register is called
    accepts: tuple[str, ...] = ("pdf", "jpeg", "png")


class Fee(_Data, frozen=True):
    """A dated amount with its legal reference; the first line whose conditions hold counts."""

    fee: str
    title: Text
    law: str
    vnd: int = 0
    gives: Condition = ""  # the amount as an expression over the answers, instead of `vnd`
    at: str = ""  # the paying state that collects it; empty: the first of the route
    refund: bool = False  # given back when the dossier is refused or withdrawn
    indicative: bool = False  # not official: the council's own decision counts; said beside it
    since: date | None = None
    until: date | None = None
    when: Condition = ""
    channel: str = ""  # "online" or "counter"; both when empty
    province: str = ""
    note: Text = {}  # exemptions and reductions in the words of the law


class Law(_Data, frozen=True):
    title: Text
    article: str = ""


class Competence(_Data, frozen=True):
    """Which body decides: its kind, and the field of the form that names the place."""

    body: str
    of: str


class Branch(_Data, frozen=True):
    """One of several bodies that act in parallel; the deciding body leads."""

    name: str
    title: Text
    who: str
    body: str
    of: str
    within: Duration
    may: tuple[Verb, ...]
    ask: tuple[Field, ...] = ()


class Step(_Data, frozen=True):
    """A state of the route: who acts (by role), until when, and what they may do."""

    state: str
    title: Text
    who: str  # a role of the pack, or "applicant"
    within: Duration
    may: tuple[Verb, ...] = ()
    at: str = "deciding-body"  # or "desk": the one-stop desk where the dossier was filed
    silence: str = ""  # the verb that the law supposes when nobody answers in time
    when: Condition = ""  # the state is passed over if false
    ask: tuple[Field, ...] = ()  # what the officer records here
    shows: str = ""  # a paper shown as a draft (for the applicant to agree to)
    then: dict[str, str] = {}  # verb -> state, where it is not the natural one
    together: tuple[Branch, ...] = ()  # parallel bodies; the state ends when all have answered
    pay: bool = False  # the applicant pays the fees due here; passed over when nothing is due


class Reason(_Data, frozen=True):
    """A coded reason for asking, returning or refusing (never without one)."""

    code: str
    title: Text
    law: str = ""
    verbs: tuple[str, ...] = ()
    in_spite: bool = False  # for a paper that a register holds, and that is wanted all the same


class Write(_Data, frozen=True):
    """A fact that the outcome puts into a register, or (`end`) that it ends there.

    A path is that of an answer, of what officers recorded, of the case ("dossier.code",
    "dossier.body", "dossier.decided_on"), or a register's, about whom an answer names:
    "population.residence.household of mother.personal_number" (left out if nothing is known).
    """

    register: str
    fact: str
    subject: str = ""  # path of the register's key: a personal number, a contract's code
    values: dict[str, str] = {}  # fact field -> path
    set: dict[str, str | int | bool] = {}  # fact field -> the same value in every case
    since: str = ""  # path of the day from which it holds (of `end`: no longer); today if empty
    until: str = ""  # path of the first day on which it no longer holds
    end: bool = False  # what holds ends; nothing happens where nothing holds


class Allotment(_Data, frozen=True):
    """A number that the state gives when the result is signed (a personal number)."""

    field: str
    series: str
    inputs: dict[str, str] = {}  # what the series needs -> answer path


class Outcome(_Data, frozen=True):
    issue: str  # the paper's template, e.g. "birth-certificate" -> papers/birth-certificate.typ
    title: Text
    document_type: str = ""  # Decree 30/2020 type or register abbreviation used in its number
    allot: tuple[Allotment, ...] = ()
    write: tuple[Write, ...] = ()
    announce: str = ""  # life event
    paper_result: bool = False  # a paper original is also prescribed and handed over at the desk


class Detail(_Data, frozen=True):
    """What of a debt is shown to whoever found it, and how."""

    name: str
    title: Text
    kind: Literal["text", "date", "money", "number"] = "text"


class Pays(_Data, frozen=True):
    """A service that pays what is owed, without a dossier: the form only finds the debt."""

    debts: str  # kind of debts in creditors' books: "utility-bill", "road-fine", "income-tax"
    find: dict[str, str]  # key of the debt -> answer path; all of them must fit
    shows: tuple[Detail, ...] = ()
    part: bool = False  # a part of the debt may be paid


REGISTER_OWNER = "register-owner"  # decides: the body that keeps the register named in `of`
NOBODY = Competence(body="", of="")
NOTHING = Outcome(issue="", title={})
AT_ONCE = Duration(unit="working-days", count=0)


class Procedure(_Data, frozen=True):
    """The whole service. `key` is "birth-registration@3": slug and version."""

    service: str
    title: Text
    summary: Text
    life_event: str
    audience: tuple[str, ...]
    owner: str
    law: tuple[Law, ...]
    form: tuple[Page, ...]
    decided_by: Competence = NOBODY  # these four are given unless the service `pays`
    limit: Duration = AT_ONCE
    route: tuple[Step, ...] = ()
    outcome: Outcome = NOTHING
    pays: Pays | None = None
    code: str = ""
    keywords: Text = {}
    identity: int = 1
    since: date | None = None
    until: date | None = None
    evidence: tuple[Evidence, ...] = ()
    compute: tuple[Computed, ...] = ()  # in order: each may use those before it
    values: dict[str, tuple[DatedValue, ...]] = {}  # of the pack, those that this service names
    fees: tuple[Fee, ...] = ()
    reasons: tuple[Reason, ...] = ()
    persons: dict[str, str] = {}  # role -> answer path of a personal number: subjects of the acts
    notes: dict[
        str, str
    ] = {}  # confidence marks for whoever maintains the pack; never shown as official
    partial: Text = {}  # why the service is not entirely online, when it is not
    examples: tuple[dict[str, Any], ...] = ()  # situations and what must come out of them
    key: str = ""

    def page(self, name: str) -> Page:
        """The page of the form by name (KeyError if the form has none)."""
        for page in self.form:
            if page.page == name:
                return page
        raise KeyError(name)

    def field(self, path: str) -> Field | None:
        """The question that gives `path`, wherever it is asked."""
        return next((f for f in self.fields() if f.field == path), None)

    def fields(self) -> tuple[Field, ...]:
        """Every question of the form, in order."""
        return tuple(f for page in self.form for f in page.ask)

    def paying(self) -> tuple[str, ...]:
        """The states in which the applicant pays; a fee without `at` is collected in the first."""
        return tuple(step.state for step in self.route if step.pay)

    def step(self, state: str) -> Step:
        """The state of the route by name (KeyError if the route has none)."""
        for step in self.route:
            if step.state == state:
                return step
        raise KeyError(state)


Answers = dict[str, Any]  # nested by the dots of the field paths; dates as ISO strings
