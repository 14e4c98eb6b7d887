"""What a service costs somebody on a day, with every line of the table and why it counts or not."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from msgspec import Struct

from motcua.catalogue.rules.answers import Context, Truth, get, rows_at
from motcua.catalogue.rules.procedure import Condition, Fee, Procedure, Text
from motcua.catalogue.rules.values import ROOT

Why = Literal[
    "counts", "not-yet", "no-longer", "other-channel", "other-province", "condition",
    "earlier-line", "unanswered",
]  # fmt: skip


class FeeLine(Struct, frozen=True, kw_only=True):
    """One line of the fee table. `why` says why it counts ("counts") or does not.

    `vnd` is computed when the line has a formula (`gives`); then `of` holds what the formula reads,
    title and value, so that the sum explains itself. "unanswered": it would count, but an answer
    that the formula reads is missing.
    """

    fee: str
    title: Text
    vnd: int
    law: str
    why: Why
    note: Text = {}  # exemptions and reductions in words: always shown beside the amount
    condition: Condition = ""
    since: date | None = None
    until: date | None = None
    gives: Condition = ""
    of: tuple[tuple[Text, int], ...] = ()
    at: str = ""  # the paying state that collects it ("" = the service has none)
    refund: bool = False
    indicative: bool = False
    province: str = ""
    channel: str = ""

    @property
    def counts(self) -> bool:
        return self.why == "counts"


class FeeBreakdown(Struct, frozen=True, kw_only=True):
    """`total_vnd` is the sum of the lines that count. `known` is False if no line was in force, or
    one still waits for an answer."""

    total_vnd: int
    lines: tuple[FeeLine, ...]
    known: bool

    @property
    def counted(self) -> tuple[FeeLine, ...]:
        return tuple(line for line in self.lines if line.counts)


def fee_of(
    procedure: Procedure,
    answers: Mapping[str, Any],
    *,
    channel: str,
    province: str,
    on: date,
    context: Context | None = None,
) -> FeeBreakdown:
    """The fee on `on`. Among lines of the same name the first whose conditions hold counts.

    `channel` is "online" or "counter"; `province` the two-digit code of the deciding body.
    A service without fee lines is free (`known`, total 0).
    """
    true = Truth(procedure, answers, context or Context(today=on, channel=channel))
    lines: list[FeeLine] = []
    settled: set[str] = set()
    first = next(iter(procedure.paying()), "")
    for fee in procedure.fees:
        why = _why(fee, channel, province, on=on) or _by_condition(fee, true, settled)
        vnd = _amount(fee, true) if why == "counts" else fee.vnd
        if why == "counts":
            settled.add(fee.fee)
        lines.append(
            _line(
                fee,
                why if vnd is not None else "unanswered",
                vnd or 0,
                of=_read(procedure, fee, true) if fee.gives and why == "counts" else (),
                at=fee.at or first,
            )
        )
    waiting = any(line.why == "unanswered" for line in lines)
    return FeeBreakdown(
        total_vnd=sum(line.vnd for line in lines if line.counts),
        lines=tuple(lines),
        known=not procedure.fees or (bool(settled) and not waiting),
    )


def _amount(fee: Fee, true: Truth) -> int | None:
    """What the line comes to, never less than nothing; None while an answer is missing."""
    if not fee.gives:
        return fee.vnd
    value = true.value(fee.gives)
    return max(0, value) if isinstance(value, int) and not isinstance(value, bool) else None


def _read(procedure: Procedure, fee: Fee, true: Truth) -> tuple[tuple[Text, int], ...]:
    """What the formula reads, in the order in which it names it: titles and values."""
    found: list[tuple[int, Text, int]] = []
    for path in true.paths(fee.gives):
        title, value = _named(procedure, path, true)
        if title and isinstance(value, int) and not isinstance(value, bool):
            found.append((fee.gives.find(path), title, value))
    return tuple((title, value) for _, title, value in sorted(found, key=lambda one: one[0]))


def _named(procedure: Procedure, path: str, true: Truth) -> tuple[Text, object]:
    root, _, name = path.partition(".")
    if root == ROOT and name in procedure.values:
        return procedure.values[name][0].title, true.value(path)
    computed = next((one for one in procedure.compute if one.name == path), None)
    if computed is not None:
        return computed.title, get(true.answers, path)
    field = procedure.field(path)
    if field is None:
        return {}, None
    if field.kind == "rows":
        return field.title, len(rows_at(true.answers, path))
    return field.title, get(true.answers, path)


def _why(fee: Fee, channel: str, province: str, *, on: date) -> Why | None:
    if fee.since and on < fee.since:
        return "not-yet"
    if fee.until and on > fee.until:
        return "no-longer"
    if fee.channel and fee.channel != channel:
        return "other-channel"
    return "other-province" if fee.province and fee.province != province else None


def _by_condition(fee: Fee, true: Truth, settled: set[str]) -> Why:
    if fee.fee in settled:
        return "earlier-line"
    return "counts" if true(fee.when) else "condition"


def _line(fee: Fee, why: Why, vnd: int, *, of: tuple[tuple[Text, int], ...], at: str) -> FeeLine:
    return FeeLine(
        fee=fee.fee,
        title=fee.title,
        vnd=vnd,
        law=fee.law,
        why=why,
        note=fee.note,
        condition=fee.when,
        since=fee.since,
        until=fee.until,
        gives=fee.gives,
        of=of,
        at=at,
        refund=fee.refund,
        indicative=fee.indicative,
        province=fee.province,
        channel=fee.channel,
    )
