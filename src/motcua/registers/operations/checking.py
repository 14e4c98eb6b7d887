"""Facts before they are written: whole, in one form, with sensitive values closed."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from msgspec import Struct

from motcua.directory import api as directory
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal
from motcua.registers.declared import register
from motcua.registers.rules import quality
from motcua.registers.rules.declaration import FactKind, Register
from motcua.registers.rules.ids import record_id
from motcua.registers.rules.shapes import Fact
from motcua.registers.sealing import seal_values

Line = tuple[UUID, str, str]


class Ready(Struct, kw_only=True):
    """A fact that may be written: where it goes, what is stored, from when on."""

    fact: Fact
    register: Register
    kind: FactKind
    line: Line
    values: dict[str, Any]  # plain, with sealed fields still open
    since: date

    @property
    def stored(self) -> dict[str, Any]:
        """The values as they lie in the database."""
        return seal_values(self.register.register, self.fact.subject, self.kind, values=self.values)

    @property
    def holder(self) -> str:
        """Whom the fact itself names as the holder; "" when it does not say."""
        return holder_in(self.register, self.kind, self.values, subject=self.fact.subject)


def ready(fact: Fact, today: date, dossier_id: UUID | None = None) -> Ready:
    """The fact, checked. Refusals: registers.no-such-register, .unknown-fact, .incomplete-fact with
    all its problems."""
    declared = register(fact.register)
    kind = kind_of(declared, fact.fact)
    values = quality.plain(fact.values)
    if quality.key_fault(declared.subject.key, fact.subject, today):
        raise Refusal("registers.incomplete-fact", field="subject", fact=fact.fact)
    if not fact.end:
        check(kind, values, today)
    since = fact.valid_from or day_of_event(kind, values) or today
    check_days(kind, (since, fact.valid_until), today)
    return Ready(
        fact=fact,
        register=declared,
        kind=kind,
        line=(record_id(fact.register, fact.subject), kind.fact, item_of(kind, values, dossier_id)),
        values=values,
        since=since,
    )


def kind_of(declared: Register, name: str) -> FactKind:
    """The kind of fact of that name. Refusal "registers.unknown-fact"."""
    kind = declared.fact(name)
    if kind is None:
        raise Refusal("registers.unknown-fact", fact=name)
    return kind


def check(
    kind: FactKind, values: Mapping[str, Any], today: date, *, kept: frozenset[str] = frozenset()
) -> None:
    """Nothing, or Refusal "registers.incomplete-fact" with every fault of the values."""
    found = quality.faults(kind, values, today, kept=kept)
    unknown = tuple(
        quality.unknown_area(field)
        for field, code in quality.areas_of(kind, values)
        if field not in kept and directory.nearest_area(code) is None
    )
    wrong = {one.path for one in found}
    if problems := found + tuple(one for one in unknown if one.path not in wrong):
        field = problems[0].path
        raise Refusal("registers.incomplete-fact", problems, field=field, fact=kind.fact)


def holder_in(
    declared: Register, kind: FactKind, values: Mapping[str, Any], *, subject: str
) -> str:
    """The personal number of whom a fact concerns, as far as the fact says so itself."""
    if not declared.subject.holder:
        return subject if declared.subject.kind == "person" else ""
    fact, _, field = declared.subject.holder.partition(".")
    return str(values.get(field) or "") if fact == kind.fact else ""


def item_of(kind: FactKind, values: Mapping[str, Any], dossier_id: UUID | None) -> str:
    """Which of several at a time: a value of the fact, or the dossier."""
    if kind.many == "dossier":
        return str(dossier_id or new_id())
    return str(values.get(kind.many) or "") if kind.many else ""


def day_of_event(kind: FactKind, values: Mapping[str, Any]) -> date | None:
    """The day on which an event happened: its first date; None for what is no event."""
    if not kind.event:
        return None
    days = (values.get(field.field) for field in kind.fields if field.kind == "date")
    return next((date.fromisoformat(day) for day in days if day), None)


def check_days(kind: FactKind, days: tuple[date, date | None], today: date) -> None:
    """Refusal "registers.incomplete-fact" for an event that lies ahead, and for what would end
    before it begins."""
    since, until = days
    if kind.event and since > today:
        raise Refusal("registers.incomplete-fact", field="valid_from", fact=kind.fact)
    if until is not None and until <= since:
        raise Refusal("registers.incomplete-fact", field="valid_until", fact=kind.fact)
