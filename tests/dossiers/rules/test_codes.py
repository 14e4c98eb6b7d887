from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.rules.codes import code_of, parse_code

DAY = date(2026, 6, 9)
BODIES = st.from_regex(r"[A-Z][0-9]{2}(\.[0-9]{1,3}){0,2}", fullmatch=True)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def test_the_order_of_the_day_has_at_least_four_digits_and_may_grow() -> None:
    assert code_of("H26.1.2", DAY, 42) == "H26.1.2-260609-0042"
    assert code_of("H26.1.2", DAY, 92637) == "H26.1.2-260609-92637"


def test_a_centralised_system_puts_its_owner_before_the_order() -> None:
    assert code_of("G09.20", DAY, 7, owner="01") == "G09.20-260609-010007"


@pytest.mark.parametrize(("count", "owner"), [(0, ""), (-1, ""), (1, "1"), (1, "AB")])
def test_a_wrong_order_or_owner_is_a_bug(count: int, owner: str) -> None:
    with pytest.raises(ValueError):
        code_of("H26", DAY, count, owner=owner)


@pytest.mark.parametrize(
    "text",
    [
        "H26.1.2-260609-0042",
        " h26.1.2 - 260609 - 0042 ",
        "H26.1.2–260609—0042",
        "H26.1.2-20260609-0042",
    ],
)
def test_codes_are_read_as_people_type_them(text: str) -> None:
    code = parse_code(text)
    assert code
    assert str(code) == "H26.1.2-260609-0042"


def test_codes_of_the_field_are_read() -> None:
    old, new = parse_code("000.00.15.H26-181121-0042"), parse_code("G09.20-20260609-0092637")
    assert old
    assert new
    assert (old.body_code, old.day, old.count) == ("000.00.15.H26", date(2018, 11, 21), 42)
    assert (new.day, new.number) == (DAY, "0092637")


@pytest.mark.parametrize(
    "text", ["", "H26", "H26-261309-0001", "H26-260609", "a-b-c", "٣-260609-1"]
)
def test_what_is_no_code_is_none(text: str) -> None:
    assert parse_code(text) is None


@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    parse_code(text)


@given(BODIES, DAYS, st.integers(1, 10**7))
def test_what_is_written_is_read(body: str, day: date, count: int) -> None:
    code = parse_code(code_of(body, day, count))
    assert code
    assert (code.body_code, code.day, code.count) == (body, day, count)
