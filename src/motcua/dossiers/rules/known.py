"""Answers that the state knows: what to ask registers for, and what becomes of what they said.

A source says whence an answer was taken: {"register", "field", "record", "version", "at", "since",
"held", "disputed"?, "claimed"?}. `held` is the register's value; `claimed` says that the person
holds it for wrong, and then the answer may be another one. Pure.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from motcua.catalogue.rules.answers import Context, Truth, get
from motcua.catalogue.rules.faults import kind_fault, simple_as_typed
from motcua.catalogue.rules.forms import visible_fields
from motcua.catalogue.rules.prefills import Source, sources
from motcua.catalogue.rules.procedure import Field, Procedure
from motcua.kernel.refusals import Problem

Sources = dict[str, dict[str, Any]]
Raw = Mapping[str, Any]


class Want(Struct, frozen=True, kw_only=True):
    """A question that may be filled: from a record of a register, or (no key) from the account."""

    question: Field
    source: Source
    key: str = ""


class Keys(Struct, frozen=True, kw_only=True):
    """Whom a source without `of` is about."""

    person: str = ""
    business: str = ""

    def of(self, source: Source, answers: Mapping[str, Any]) -> str:
        """The key of the record that a source means; "" while it is not known."""
        if source.of:
            found = get(answers, source.of)
            return found.strip() if isinstance(found, str) else ""
        return self.business if source.register == "business" else self.person


def wants(
    procedure: Procedure, answers: Mapping[str, Any], context: Context, *, keys: Keys
) -> tuple[Want, ...]:
    """Every place from which a question that is asked now, and has no answer, may be filled."""
    true = Truth(procedure, answers, context)
    found = []
    for field in visible_fields(procedure, answers, context):
        if get(answers, field.field) is not None:
            continue
        for source in sources(field.prefill):
            if not true(source.when):
                continue
            key = keys.of(source, answers) if source.register else ""
            if key or not source.register:
                found.append(Want(question=field, source=source, key=key))
    return tuple(found)


def fields_of(
    procedure: Procedure, answers: Mapping[str, Any], *, keys: Keys, register: str, key: str
) -> tuple[str, ...]:
    """All fields of one record that the form may need: asked for together, once.

    Of the applicant's own record those too that the form asks about others: he may be one of them.
    """
    named = (
        source.field
        for field in procedure.fields()
        for source in sources(field.prefill)
        if source.register == register and key in (keys.of(source, answers), keys.person)
    )
    return tuple(dict.fromkeys(named))


def part_of(value: Any, part: str) -> Any:
    """A value of a register as an answer: the part of an address, or the whole."""
    if isinstance(value, dict) and "area" in value:
        value = {"area": value.get("area"), "line": value.get("line", "")}
    return value.get(part) if part and isinstance(value, dict) else value


def answers_it(field: Field, value: Any) -> bool:
    """Whether a known value would pass as an answer; if not, the person is asked."""
    return value not in (None, "", [], {}) and kind_fault(field, value) is None


def is_sent(field: Field, raw: Raw) -> bool:
    """Whether anything but blanks was sent for a question."""
    path = field.field
    inside = (f"{path}-", f"{path}.", f"{path}[")
    return any(
        any(str(text).strip() for text in texts)
        for name, texts in raw.items()
        if name == path or name.startswith(inside)
    )


def with_known(
    fields: Iterable[Field], raw: Raw, answers: Mapping[str, Any], *, known: Sources
) -> dict[str, Any]:
    """What was sent, completed by what was not asked because a register had said it."""
    whole = dict(raw)
    for field in fields:
        if field.field in known and not is_sent(field, raw):
            whole |= simple_as_typed(field, get(answers, field.field))
    return whole


def after(
    fields: Iterable[Field], known: Sources, answers: Mapping[str, Any], *, done: bool
) -> Sources:
    """The sources after these questions were answered anew: another value is a claim."""
    kept = dict(known)
    for field in fields:
        source = kept.get(field.field)
        if source is None:
            continue
        value = get(answers, field.field)
        if value is None:
            del kept[field.field]
        elif value != source.get("held"):
            kept[field.field] = {**source, "claimed": True}
        elif done:
            kept[field.field] = {k: v for k, v in source.items() if k != "claimed"}
    return kept


def is_claimed(source: Mapping[str, Any] | None) -> bool:
    """Whether the person says that the register is wrong here."""
    return bool(source and source.get("claimed"))


def is_held(source: Mapping[str, Any] | None) -> bool:
    """Whether the answer is the register's, and uncontested by the person: shown, not asked."""
    return source is not None and not is_claimed(source)


def split_faults(
    procedure: Procedure, problems: Iterable[Problem], known: Sources
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """(faults that count, warnings): a rule that is broken by a disputed value of a register is no
    ground against the person by itself; an officer looks at it."""
    counts: list[Problem] = []
    warnings: list[Problem] = []
    disputed = {
        path
        for path, source in known.items()
        if source.get("disputed") and not source.get("claimed")
    }
    for problem in problems:
        field = procedure.field(problem.path)
        rests = field is not None and _rests_on(field, disputed)
        (warnings if rests and problem.code == "catalogue.must" else counts).append(problem)
    return tuple(counts), tuple(warnings)


def _rests_on(field: Field, disputed: Iterable[str]) -> bool:
    return any(path == field.field or path in field.must for path in disputed)
