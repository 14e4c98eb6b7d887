"""What a service costs somebody on a day, with every line of the table and why it counts or not."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from msgspec import Struct

from motcua.catalogue.rules.answers import Context, Truth
from motcua.catalogue.rules.procedure import Condition, Fee, Procedure, Text

Why = Literal[
    "counts", "not-yet", "no-longer", "other-channel", "other-province", "condition", "earlier-line"
]


class FeeLine(Struct, frozen=True, kw_only=True):
    """One line of the fee table. `why` says why it counts ("counts") or does not."""

    fee: str
    title: Text
    vnd: int
    law: str
    why: Why
    note: Text = {}  # exemptions and reductions in words: always shown beside the amount
    condition: Condition = ""
    since: date | None = None
    until: date | None = None

    @property
    def counts(self) -> bool:
        return self.why == "counts"


class FeeBreakdown(Struct, frozen=True, kw_only=True):
    """`total_vnd` is the sum of the lines that count. `known` is False if no line was in force."""

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
    for fee in procedure.fees:
        why = _why(fee, channel, province, on=on) or _by_condition(fee, true, settled)
        if why == "counts":
            settled.add(fee.fee)
        lines.append(_line(fee, why))
    return FeeBreakdown(
        total_vnd=sum(line.vnd for line in lines if line.counts),
        lines=tuple(lines),
        known=not procedure.fees or bool(settled),
    )


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


def _line(fee: Fee, why: Why) -> FeeLine:
    return FeeLine(
        fee=fee.fee,
        title=fee.title,
        vnd=fee.vnd,
        law=fee.law,
        why=why,
        note=fee.note,
        condition=fee.when,
        since=fee.since,
        until=fee.until,
    )
