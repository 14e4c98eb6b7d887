"""A register as compiled data: what its file in the pack declares (packs/<country>/registers/).

Immutable and free of Django. A field's full name is "fact.field" ("identity.full_name"); with its
register "population.identity.full_name". A `Text` is {"vi": ..., "en": ..., "fr": ...}.
"""

from typing import Literal

from msgspec import Struct

Text = dict[str, str]
FieldKind = Literal[
    "text", "long-text", "person-name", "personal-number", "old-id-number", "business-number",
    "code", "date", "choice", "yes-no", "area", "address", "phone", "email", "number", "money",
    "rows",
]  # fmt: skip
POPULATION = "population"  # the register whose facts make the cards of persons
# Who somebody is to the person whom a record concerns; proved by registers, never claimed.
RELATIONS = ("self", "parent", "spouse", "representative", "proxy")


class _Data(Struct, frozen=True, kw_only=True, rename="kebab", omit_defaults=True):
    """Base of all parts of a declaration (keys in files are kebab-case)."""


class Law(_Data, frozen=True):
    title: Text
    article: str = ""


class Option(_Data, frozen=True):
    value: str
    title: Text


class Field(_Data, frozen=True):
    """One thing that a fact says. `must` is a CEL expression over the values of the fact and
    `today`; a value that breaks it is refused, with `otherwise` as the sentence."""

    field: str
    kind: FieldKind
    title: Text
    optional: bool = False
    sealed: bool = False  # encrypted at rest; sensitive in the sense of Law 91/2025/QH15
    must: str = ""
    otherwise: Text = {}  # key in files: `or`
    options: tuple[Option, ...] = ()
    max: int = 0


class FactKind(_Data, frozen=True):
    """What has one value at a time: "identity", "residence"; with `many`, one per item."""

    fact: str
    title: Text
    fields: tuple[Field, ...]
    many: str = ""  # the field whose value tells items apart; "dossier": each dossier its own
    event: bool = False  # happened once: its valid time begins on a day and has no successor


class Grant(_Data, frozen=True):
    """Who may read which fields for which purpose. What no grant gives, nobody may read.

    `to`: roles of the pack, or relations (`RELATIONS`); `at`: kinds or codes of bodies, any if
    empty; `purpose`: "own", "procedure/<slug>", "procedure/*" or "duty/<name>"; `fields`: full
    names within the register, "fact.*" or "*". `write` lets them correct, import and merge too.
    """

    to: tuple[str, ...]
    purpose: tuple[str, ...]
    fields: tuple[str, ...]
    at: tuple[str, ...] = ()
    law: str = ""
    write: bool = False


class Subject(_Data, frozen=True):
    """What a record is about: its key, and which field names the person whom it concerns."""

    kind: Literal["person", "business", "vehicle", "contract", "thing"]
    key: FieldKind
    title: Text
    holder: str = ""  # "registration.owner": a personal number; empty: the key is the person's


class Retention(_Data, frozen=True):
    """How long: `keep` ("forever", "10 years") `after` an end of the fact or the holder's death."""

    keep: str = "forever"
    after: Literal["ended", "death", "recorded"] = "ended"
    then: Literal["erase", "anonymise"] = "erase"
    law: str = ""
    facts: tuple[str, ...] = ()  # of the register; all if empty


class Register(_Data, frozen=True):
    """A register (cơ sở dữ liệu) as its owner declares it."""

    register: str
    title: Text
    owner: str  # code of the body that keeps it
    law: tuple[Law, ...]
    subject: Subject
    facts: tuple[FactKind, ...]
    grants: tuple[Grant, ...] = ()
    retention: tuple[Retention, ...] = ()
    extract: tuple[str, ...] = ()  # the fields that replace a paper, by full name
    once_only: tuple[str, ...] = ()  # codes of this database in the once-only table
    keepers: tuple[str, ...] = ()  # roles at the owner that answer for it (disputes, duplicates)
    source: str = ""  # empty: kept here; a URL: read from another node
    notes: dict[str, str] = {}

    def fact(self, name: str) -> FactKind | None:
        """The fact of that name."""
        return next((one for one in self.facts if one.fact == name), None)

    def field(self, path: str) -> Field | None:
        """The field of a full name "fact.field"."""
        name, _, field = path.partition(".")
        kind = self.fact(name)
        return next((f for f in kind.fields if f.field == field), None) if kind else None

    def paths(self) -> tuple[str, ...]:
        """The full names of all fields, in the order of the file."""
        return tuple(f"{kind.fact}.{field.field}" for kind in self.facts for field in kind.fields)


class Duty(_Data, frozen=True):
    """A purpose other than a procedure (packs/<country>/duties.yaml).

    `told_after`: days until the person is told of such a reading (lawful secrecy); `heirs`: whether
    heirs may see it (a reading for a will must not let them infer one).
    """

    duty: str
    title: Text
    law: str
    told_after: int = 0
    heirs: bool = True
    reason: bool = False  # a reason in words is needed each time
