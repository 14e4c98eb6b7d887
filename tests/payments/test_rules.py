"""The pure decisions of money."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.documents.rules.codes import code_from
from motcua.payments.rules import asking, finding, references, settling

CODES = st.binary(min_size=10, max_size=10).map(code_from)
STATUS = st.sampled_from(["open", "cancelled"])


@given(CODES, st.integers(1, 9_999))
def test_a_reference_is_read_back(code: str, nth: int) -> None:
    assert references.read_reference(references.reference_of(code, nth)) == (code, nth)


@pytest.mark.parametrize("text", ["", "x", "7K2M9QXA0B3CD4EF", "7K2M9QXA0B3CD4EI01", "01" * 30])
def test_what_is_not_ours_is_no_reference(text: str) -> None:
    assert references.read_reference(text) is None


@given(CODES, st.text("ABC 123-.", max_size=8), st.text("xyz 789/", max_size=8))
def test_a_transfers_content_names_its_bill_whatever_is_around(
    code: str, before: str, after: str
) -> None:
    content = references.content_of(code)
    assert code in references.codes_in(f"{before} {content[:7]} {content[7:]} {after}".lower())


@given(st.text(max_size=3_000))
def test_any_content_can_be_read(text: str) -> None:
    assert len(references.codes_in(text)) <= references.MOST_WINDOWS


@given(st.integers(1, 10**12), st.integers(0, 10**12), STATUS, st.integers(1, 10**12))
def test_money_is_applied_or_left_over(amount: int, paid: int, status: str, money: int) -> None:
    paid = min(paid, amount)
    done = settling.split(amount=amount, paid=paid, status=status, money=money)
    assert done.applied + done.surplus == money
    assert 0 <= done.applied <= (0 if status == "cancelled" else amount - paid)
    assert bool(done.surplus) == bool(done.why)
    assert (done.status == "paid") == (status != "cancelled" and paid + done.applied == amount)


def test_no_money_is_no_payment() -> None:
    with pytest.raises(ValueError):
        settling.split(amount=1, paid=0, status="open", money=0)


@given(st.integers(0, 10**9), st.lists(st.integers(-5, 10**9), max_size=6))
def test_money_is_spread_in_order(money: int, owed: list[int]) -> None:
    shares = settling.spread(money, owed)
    assert sum(shares) == min(money, sum(max(one, 0) for one in owed))
    gaps = [share < max(one, 0) for share, one in zip(shares, owed, strict=True)]
    assert all(share == 0 for share, short in zip(shares[1:], gaps, strict=False) if short)


def test_only_what_a_gateway_brought_goes_back_by_itself() -> None:
    assert settling.goes_back_by_itself("gateway", "doubled")
    assert not settling.goes_back_by_itself("transfer", "doubled")
    assert not settling.goes_back_by_itself("cash", "overpaid")


def test_questions_become_rarer_and_end() -> None:
    start = now = datetime(2026, 3, 3, 8, tzinfo=UTC)
    waits, asked = [], 0
    while moment := asking.next_ask(asked, start, now):
        waits.append(moment - now)
        now, asked = moment, asked + 1
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (timedelta(minutes=1), timedelta(hours=6))
    assert asked < 30


@pytest.mark.parametrize("typed", ["PE0100 0012345", "pe-0100.0012345", " Pe01000012345\u200b"])
def test_a_key_is_found_however_it_was_typed(typed: str) -> None:
    keys = {"code": "PE01000012345", "name": "Đỗ Thị Hoà"}
    same = {"name": "ĐỖ THỊ HÒA", "code": typed}
    assert finding.finder("tax", keys) == finding.finder("tax", same)


def test_another_kind_another_name_or_fewer_keys_are_another_debt() -> None:
    keys = {"a": "1", "b": "2"}
    others = [{"a": "1"}, {"a": "2", "b": "1"}, {"a": "12", "b": "2"}, {"a": "1", "c": "2"}]
    digests = {finding.finder("tax", one) for one in [keys, *others]}
    assert len(digests | {finding.finder("fine", keys)}) == 6


@pytest.mark.parametrize(
    "keys", [{}, {"a": ""}, {"a": "1", "b": "--"}, dict.fromkeys("abcdefg", "1")]
)
def test_a_debt_without_a_full_set_of_keys_is_not_found(keys: dict[str, str]) -> None:
    with pytest.raises(ValueError):
        finding.finder("tax", keys)
