"""The comparison finds every planted difference, and nothing else."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from motcua.payments.rules.reconciling import (
    Difference,
    Movement,
    StatementLine,
    compare,
    settled_vnd,
)
from motcua.payments.rules.statement_files import read_statement, write_csv
from motcua.project.sandbox.statement import KINDS, Fault, with_faults

DAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
SOURCES = {"payment": "gateway", "refund": "gateway", "transfer": "bank"}


@st.composite
def days(draw: st.DrawFn) -> tuple[list[Movement], list[StatementLine]]:
    """Our books and the true lines of a day on which everything agrees."""
    ours: list[Movement] = []
    theirs: list[StatementLine] = []
    for nth in range(draw(st.integers(0, 12))):
        kind = draw(st.sampled_from([*SOURCES]))
        vnd = draw(st.integers(2_000, 10**9))
        failed = kind == "payment" and draw(st.booleans())
        reference = "" if kind == "transfer" else f"R{nth}"
        status = "failed" if failed else "done"
        number = "" if failed else f"T{nth}"  # of what failed we keep no number
        ours.append(
            Movement(
                id=f"m{nth}",
                kind=kind,
                amount_vnd=vnd,
                status=status,
                reference=reference,
                number=number,
            )
        )
        theirs.append(
            StatementLine(
                source=SOURCES[kind],
                kind=kind,
                number=f"T{nth}",
                reference=reference,
                amount_vnd=vnd,
                fee_vnd=1_100 if kind == "payment" and not failed else 0,
                status=status,
                at=NOON,
            )
        )
    ours += [
        Movement(
            id=f"p{nth}", kind="payment", amount_vnd=5_000, status="pending", reference=f"P{nth}"
        )
        for nth in range(draw(st.integers(0, 2)))
    ]
    order = draw(st.randoms(use_true_random=False))
    order.shuffle(ours)
    return ours, theirs


def expected(fault: Fault, line: StatementLine | None, nth: int) -> tuple[str, str]:
    """What a planted fault must be found as: (kind, number)."""
    if fault.kind == "short":
        return "bank-total", ""
    if fault.kind == "extra":
        return "missing-here", f"X261122{nth:06d}"
    assert line is not None
    if fault.kind == "doubled":
        return "doubled", line.number
    kind = {"missing": "missing-there", "amount": "amount", "status": "status"}[fault.kind]
    return ("refund" if line.kind == "refund" else kind), line.number


@given(days())
def test_a_day_that_agrees_has_no_difference(
    day: tuple[list[Movement], list[StatementLine]],
) -> None:
    ours, theirs = day
    assert compare(ours, with_faults(theirs, [], DAY)) == ()


@given(days(), st.data())
def test_every_planted_fault_is_found_and_nothing_else(
    day: tuple[list[Movement], list[StatementLine]], data: st.DataObject
) -> None:
    ours, theirs = day
    done = [line for line in theirs if line.status == "done"]
    spoiled = data.draw(st.lists(st.sampled_from(done), unique=True) if done else st.just([]))
    faults: list[Fault] = []
    wanted: list[tuple[str, str]] = []
    for line in [*spoiled, *[None] * data.draw(st.integers(0, 3))]:
        kinds = ("extra", "short") if line is None else ("missing", "amount", "doubled", "status")
        kind = data.draw(st.sampled_from(kinds))
        vnd = data.draw(st.integers(1, 10**6))
        fault = Fault(kind=kind, number=line.number if line else "", amount_vnd=vnd)
        wanted.append(expected(fault, line, len(faults)))
        faults.append(fault)
    found = compare(ours, with_faults(theirs, faults, DAY))
    assert sorted((one.kind, one.number) for one in found) == sorted(set(wanted))
    assert len({one.key for one in found}) == len(found)


@given(days(), st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter(
    day: tuple[list[Movement], list[StatementLine]], random: object
) -> None:
    ours, theirs = day
    lines = list(with_faults(theirs, [Fault(kind="extra"), Fault(kind="missing")], DAY))
    before = compare(ours, lines)
    random.shuffle(lines)  # type: ignore[attr-defined]
    assert compare(ours, lines) == before


@given(days())
def test_a_statement_survives_its_file(day: tuple[list[Movement], list[StatementLine]]) -> None:
    lines = with_faults(day[1], [Fault(kind="extra"), Fault(kind="short")], DAY)
    assert read_statement(write_csv(lines).encode()) == lines


def line(**about: object) -> StatementLine:
    whole = {"source": "gateway", "kind": "payment", "number": "T1", "amount_vnd": 10_000}
    return StatementLine(**{**whole, **about})  # type: ignore[arg-type]


def ours(**about: object) -> Movement:
    whole = {"id": "m1", "kind": "payment", "amount_vnd": 10_000, "status": "done", "number": "T1"}
    return Movement(**{**whole, **about})  # type: ignore[arg-type]


def kinds(movements: list[Movement], lines: list[StatementLine]) -> list[tuple[str, str]]:
    found: tuple[Difference, ...] = compare(movements, lines)
    return [(one.kind, one.number) for one in found if one.kind != "bank-total"]


def test_a_lost_notice_is_a_difference_of_status() -> None:
    waiting = ours(status="pending", number="", reference="R1")
    assert kinds([waiting], [line(reference="R1")]) == [("status", "T1")]


def test_who_paid_twice_while_we_heard_once_is_found() -> None:
    lines = [line(reference="R1"), line(number="T2", reference="R1")]
    assert kinds([ours(reference="R1")], lines) == [("missing-here", "T2")]


def test_a_first_failure_does_not_hide_the_payment_that_followed() -> None:
    waiting = ours(status="pending", number="", reference="R1")
    lines = [line(status="failed", number="T0", reference="R1"), line(reference="R1")]
    assert kinds([waiting], lines) == [("status", "T1")]
    assert kinds([ours(reference="R1")], lines) == []


def test_money_in_suspense_is_named_until_somebody_places_it() -> None:
    transfer = line(kind="transfer", source="bank")
    waiting = ours(kind="transfer", status="suspense")
    assert kinds([waiting], [transfer]) == [("suspense", "T1")]
    assert kinds([ours(kind="transfer")], [transfer]) == []


def test_the_same_transaction_twice_in_our_own_books_is_found() -> None:
    assert kinds([ours(), ours(id="m2")], [line()]) == [("doubled", "T1")]


def test_a_wrong_amount_and_a_wrong_status_are_two_differences() -> None:
    assert kinds([ours()], [line(amount_vnd=9_000, status="failed")]) == [
        ("amount", "T1"),
        ("status", "T1"),
    ]


def test_the_bank_must_receive_what_the_gateway_owes() -> None:
    lines = [line(fee_vnd=1_100), line(kind="refund", number="T2", amount_vnd=4_000)]
    assert settled_vnd(lines) == 4_900
    settled = line(source="bank", kind="settlement", number="S1", amount_vnd=4_900)
    movements = [ours(), ours(id="m2", kind="refund", number="T2", amount_vnd=4_000)]
    assert compare(movements, [*lines, settled]) == ()
    (found,) = compare(movements, lines)
    assert (found.kind, found.ours_vnd, found.theirs_vnd) == ("bank-total", 4_900, 0)


def test_all_kinds_of_planting_are_tried() -> None:
    assert set(KINDS) == {"missing", "amount", "doubled", "status", "extra", "short"}
