"""The statement of a day, and the faults that somebody planted in it for us to find.

The gateway pays what its statement says: a planted fault of a line is also in the settlement.
Only the fault "short" makes the bank receive something else than the gateway says it owes.
"""

from collections.abc import Sequence
from datetime import date

import msgspec
from msgspec import Struct

from motcua.payments.rules.reconciling import StatementLine, settled_vnd
from motcua.project.sandbox.store import Book, moment

KINDS = ("missing", "extra", "amount", "doubled", "status", "short")
EXTRA_VND = 123_000
STEP_VND = 1_000


class Fault(Struct, frozen=True, kw_only=True):
    """A planted fault: which line (`number`; empty: the first one), and by how much."""

    kind: str
    number: str = ""
    amount_vnd: int = 0


def lines_of(book: Book, day: date) -> tuple[StatementLine, ...]:
    """The statement as the sandbox hands it out, faults and settlement included."""
    rows = book.all("SELECT * FROM transactions WHERE day = ? ORDER BY nth", f"{day:%Y%m%d}")
    true = [
        StatementLine(
            source="bank" if row["kind"] == "transfer" else "gateway",
            kind=row["kind"],
            number=row["number"],
            reference=row["reference"],
            amount_vnd=row["amount_vnd"],
            fee_vnd=row["fee_vnd"],
            status="done" if row["code"] == "00" else "failed",
            at=moment(row["at"]),
            content=row["content"],
            account=row["account"],
        )
        for row in rows
    ]
    planted = book.all(
        "SELECT kind, number, amount_vnd FROM faults WHERE day = ? ORDER BY nth", f"{day:%Y%m%d}"
    )
    return with_faults(true, [Fault(**fault) for fault in planted], day)


def with_faults(
    true: Sequence[StatementLine], faults: Sequence[Fault], day: date
) -> tuple[StatementLine, ...]:
    """The true lines, spoiled as planted, and the settlement that follows from them."""
    lines = list(true)
    for nth, fault in enumerate(faults):
        if fault.kind == "extra":
            lines.append(_invented(day, nth, fault.amount_vnd or EXTRA_VND))
        elif fault.kind != "short":
            lines = _spoiled(lines, fault)
    short = sum(fault.amount_vnd or STEP_VND for fault in faults if fault.kind == "short")
    owed = settled_vnd(lines) - short
    if owed or short:
        lines.append(
            StatementLine(
                source="bank",
                kind="settlement",
                number=f"SETTLE{day:%Y%m%d}",
                amount_vnd=owed,
                content=f"MOTPAY SETTLEMENT {day:%Y%m%d}",
            )
        )
    return tuple(lines)


def plant(book: Book, day: date, fault: Fault) -> None:
    """Spoil the statement of a day from now on."""
    if fault.kind not in KINDS:
        raise ValueError(fault.kind)
    book.add("faults", day=f"{day:%Y%m%d}", **msgspec.structs.asdict(fault))


def heal(book: Book, day: date) -> None:
    """Take all planted faults of a day away: the corrected statement."""
    book.run("DELETE FROM faults WHERE day = ?", f"{day:%Y%m%d}")


def _spoiled(lines: list[StatementLine], fault: Fault) -> list[StatementLine]:
    number = fault.number or next((each.number for each in lines if each.status == "done"), "")
    spoiled: list[StatementLine] = []
    for line in lines:
        if line.number != number:
            spoiled.append(line)
        elif fault.kind == "doubled":
            spoiled += [line, line]
        elif fault.kind == "amount":
            more = fault.amount_vnd or STEP_VND
            spoiled.append(msgspec.structs.replace(line, amount_vnd=line.amount_vnd + more))
        elif fault.kind == "status":
            other = "failed" if line.status == "done" else "done"
            spoiled.append(msgspec.structs.replace(line, status=other))
    return spoiled  # a line that is "missing" is in no branch


def _invented(day: date, nth: int, amount_vnd: int) -> StatementLine:
    return StatementLine(
        source="gateway",
        kind="payment",
        number=f"X{day:%y%m%d}{nth:06d}",
        reference=f"NOBODY{nth:04d}",
        amount_vnd=amount_vnd,
    )
