"""MC030: fee lines have a law, can be asked, and leave no day without an amount."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from motcua.catalogue.packs import Pack, ServiceFile
from motcua.catalogue.rules.findings import Finding
from motcua.catalogue.rules.procedure import Fee, Procedure

RULE = "MC030"
TITLE = "A fee without law, never asked, or with a gap"


def check(pack: Pack) -> Iterator[Finding]:
    for file, procedure in pack.compiled():
        for index, fee in enumerate(procedure.fees):
            for message, fix in _faults(procedure, index, fee):
                yield file.finding(RULE, ("fee", index), message, fix=fix)
        yield from _gaps(file, procedure)


def _faults(procedure: Procedure, index: int, fee: Fee) -> Iterator[tuple[str, str]]:
    if not fee.law:
        yield f'the fee "{fee.fee}" has no legal reference.', "Add `law`."
    if fee.since and fee.until and fee.until < fee.since:
        yield f'the fee "{fee.fee}" ends before it begins.', "Correct `since` or `until`."
    if procedure.until and fee.since and fee.since > procedure.until:
        yield f'the fee "{fee.fee}" begins after the service ends.', "Correct `since`."
    earlier = [f for f in procedure.fees[:index] if f.fee == fee.fee]
    if any(_covers(before, fee) for before in earlier):
        message = f'this line of "{fee.fee}" is never asked: a line above always comes first.'
        yield message, "Put it above the general line, or delete it."


def _covers(before: Fee, fee: Fee) -> bool:
    """Whether `before` counts whenever `fee` could."""
    starts = before.since is None or (fee.since is not None and before.since <= fee.since)
    ends = before.until is None or (fee.until is not None and before.until >= fee.until)
    same = all(
        wide in ("", narrow)
        for wide, narrow in (
            (before.channel, fee.channel),
            (before.province, fee.province),
            (before.when, fee.when),
        )
    )
    return starts and ends and same


def _gaps(file: ServiceFile, procedure: Procedure) -> Iterator[Finding]:
    """Days between two lines of the same name, channel and province on which no line counts."""
    groups: dict[tuple[str, ...], list[Fee]] = {}
    for fee in procedure.fees:
        groups.setdefault((fee.fee, fee.channel, fee.province, fee.when), []).append(fee)
    for (name, *_), fees in groups.items():
        fees.sort(key=lambda fee: fee.since or date.min)
        for one, next_one in pairwise(fees):
            if one.until and next_one.since and next_one.since > one.until + timedelta(days=1):
                place = ("fee", procedure.fees.index(next_one))
                message = f'no amount of "{name}" between {one.until} and {next_one.since}.'
                yield file.finding(RULE, place, message, fix="Let one begin when the other ends.")
