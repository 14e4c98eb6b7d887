"""The daily comparison of three books: ours, the gateway's statement, the bank's credits.

Ours and the gateway's are compared movement by movement, transfers with the bank's credits in the
same way, and the sum that the gateway says it owes us with the one credit that the bank received.
Everything that does not agree is a Difference, and each has a key: another comparison of the same
day finds the same one again instead of a second one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from msgspec import Struct

# Money that came is in our books, but nobody knows for what.
SUSPENSE = "suspense"


class StatementLine(Struct, frozen=True, kw_only=True):
    """One line of a day, as others wrote it down.

    source: "gateway" or "bank". kind: "payment", "refund" (both the gateway's), "transfer" (a
    credit that somebody sent to the account) or "settlement" (the gateway's credit of the day).
    status: "done", "failed" or "pending". `number` is theirs, `reference` ours.
    """

    source: str
    kind: str
    number: str
    amount_vnd: int
    reference: str = ""
    fee_vnd: int = 0
    status: str = "done"
    at: datetime | None = None
    content: str = ""
    account: str = ""


class Movement(Struct, frozen=True, kw_only=True):
    """One movement of money in our own books, or one that we still wait for.

    kind: "payment", "refund" or "transfer". status: "done", "suspense", "pending" or "failed".
    `id` is that of our row, `number` the other side's transaction when we know it.
    """

    id: str
    kind: str
    amount_vnd: int
    status: str
    reference: str = ""
    number: str = ""


class Difference(Struct, frozen=True, kw_only=True):
    """What does not agree: kind is one of KINDS; amounts and states of both sides."""

    kind: str
    key: str
    source: str = "gateway"
    about: str = "payment"
    movement: str = ""
    number: str = ""
    reference: str = ""
    ours_vnd: int = 0
    theirs_vnd: int = 0
    ours_status: str = ""
    theirs_status: str = ""


KINDS = (
    "missing-here",  # they have it, we do not
    "missing-there",  # we have it, they do not
    "amount",
    "doubled",  # the same transaction stands twice in a book
    "status",  # done for one side, not for the other
    "refund",  # anything about money given back; `theirs_status` and the amounts tell what
    "suspense",  # both have it, and it belongs to no bill
    "bank-total",  # the bank did not receive what the gateway owes
)


def compare(ours: Sequence[Movement], theirs: Sequence[StatementLine]) -> tuple[Difference, ...]:
    """Every difference of one day and one gateway, in a stable order."""
    lines = [line for line in theirs if line.kind != "settlement"]
    found = [*_doubled_lines(lines), *_doubled_movements(ours)]
    pairs = _pairs(_once_each(ours), list({_line_key(line): line for line in lines}.values()))
    for movement, line in pairs:
        found += _of_pair(movement, line)
    found += _bank_total(theirs)
    return tuple(sorted(found, key=lambda difference: difference.key))


def settled_vnd(lines: Iterable[StatementLine]) -> int:
    """What the gateway owes for its lines: payments less refunds less its fees."""
    total = 0
    for line in lines:
        if line.source == "gateway" and line.status == "done":
            total += -line.amount_vnd if line.kind == "refund" else line.amount_vnd
            total -= line.fee_vnd
    return total


def _line_key(line: StatementLine) -> tuple[str, str]:
    return line.kind, line.number


def _once_each(ours: Sequence[Movement]) -> list[Movement]:
    return list({(m.kind, m.number) if m.number else (m.kind, m.id): m for m in ours}.values())


def _doubled_lines(lines: Sequence[StatementLine]) -> Iterator[Difference]:
    groups: dict[tuple[str, str], list[StatementLine]] = defaultdict(list)
    for line in lines:
        groups[_line_key(line)].append(line)
    for (kind, number), same in groups.items():
        if len(same) > 1:
            yield Difference(
                kind="doubled",
                key=f"doubled:there:{kind}:{number}",
                source=same[0].source,
                about=kind,
                number=number,
                reference=same[0].reference,
                ours_vnd=same[0].amount_vnd,
                theirs_vnd=sum(line.amount_vnd for line in same),
                theirs_status=same[0].status,
            )


def _doubled_movements(ours: Sequence[Movement]) -> Iterator[Difference]:
    groups: dict[tuple[str, str], list[Movement]] = defaultdict(list)
    for movement in ours:
        if movement.number:
            groups[movement.kind, movement.number].append(movement)
    for (kind, number), same in groups.items():
        if len(same) > 1:
            yield Difference(
                kind="doubled",
                key=f"doubled:here:{kind}:{number}",
                source=_source(kind),
                about=kind,
                movement=same[0].id,
                number=number,
                reference=same[0].reference,
                ours_vnd=sum(movement.amount_vnd for movement in same),
                theirs_vnd=same[0].amount_vnd,
                ours_status=same[0].status,
            )


def _pairs(
    ours: Sequence[Movement], lines: Sequence[StatementLine]
) -> Iterator[tuple[Movement | None, StatementLine | None]]:
    """What belongs together: by their number, else by our reference where we know no number."""
    by_number = {(m.kind, m.number): m for m in ours if m.number}
    waiting = {(m.kind, m.reference): m for m in ours if not m.number and m.reference}
    met: set[str] = set()
    # Done lines first: an order that failed once and was paid later belongs to what was paid.
    for line in sorted(lines, key=lambda line: line.status != "done"):
        movement = by_number.get(_line_key(line))
        if movement is None and line.reference:
            movement = waiting.pop((line.kind, line.reference), None)
        if movement is not None:
            met.add(movement.id)
        yield movement, line
    for movement in ours:
        if movement.id not in met:
            yield movement, None


def _of_pair(movement: Movement | None, line: StatementLine | None) -> Iterator[Difference]:
    """The differences of one movement and the line that speaks of it."""
    here = movement is not None and movement.status in ("done", SUSPENSE)
    there = line is not None and line.status == "done"
    if movement is not None and movement.status == SUSPENSE:
        yield _difference("suspense", movement, line)
    if movement is None or line is None:
        if here or there:
            yield _difference("missing-there" if here else "missing-here", movement, line)
        return
    if movement.amount_vnd != line.amount_vnd and (here or there):
        yield _difference("amount", movement, line)
    if here != there:
        yield _difference("status", movement, line)


def _difference(kind: str, movement: Movement | None, line: StatementLine | None) -> Difference:
    about = movement.kind if movement else line.kind if line else ""
    number = line.number if line else movement.number if movement else ""
    reference = line.reference if line else ""
    return Difference(
        kind="refund" if about == "refund" else kind,
        key=f"{kind}:{about}:{number or (movement.id if movement else '')}",
        source=_source(about),
        about=about,
        movement=movement.id if movement else "",
        number=number,
        reference=reference or (movement.reference if movement else ""),
        ours_vnd=movement.amount_vnd if movement else 0,
        theirs_vnd=line.amount_vnd if line else 0,
        ours_status=movement.status if movement else "",
        theirs_status=line.status if line else "",
    )


def _source(kind: str) -> str:
    return "bank" if kind == "transfer" else "gateway"


def _bank_total(lines: Sequence[StatementLine]) -> Iterator[Difference]:
    """What the gateway owes against what the bank received from it."""
    owed = settled_vnd(lines)
    credited = sum(line.amount_vnd for line in lines if line.kind == "settlement")
    if owed != credited:
        yield Difference(
            kind="bank-total",
            key="bank-total",
            source="bank",
            about="settlement",
            ours_vnd=owed,
            theirs_vnd=credited,
        )
