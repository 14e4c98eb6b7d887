"""Whether values can be what a fact says: all faults at once."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.registers.rules import quality
from motcua.registers.rules.compile import compile_register

TODAY = date(2026, 11, 22)


def kind(**fields: Any):
    fact = {"title": {}, "fields": {name: {"title": {}, **words} for name, words in fields.items()}}
    words = {"register": "r", "title": {}, "owner": "G01", "law": [], "facts": {"f": fact},
             "subject": {"kind": "person", "key": "personal-number", "title": {}}}  # fmt: skip
    return compile_register(words).facts[0]


def codes(field: dict[str, Any], value: Any) -> list[str]:
    values = quality.plain({"x": value})
    found = quality.faults(kind(x=field), values, TODAY)
    return [one.code.removeprefix("registers.value-") for one in found]


GOOD = [
    ("personal-number", "001190000001"), ("personal-number", "001326000001"),
    ("old-id-number", "012345678"), ("business-number", "0100109106"),
    ("business-number", "0100109106-001"), ("business-number", "001190000001"),
    ("date", "2024-02-29"), ("date", date(1990, 1, 1)), ("yes-no", False), ("number", 0),
    ("money", 5_000_000), ("person-name", "Ý"), ("person-name", "Y Bhăm Êban"),
    ("address", {"area": "00004", "line": "12"}), ("address", {"area": "00004"}),
    ("phone", "+84 912 345 678"), ("email", "a@b.vn"), ("rows", [{"a": 1}]), ("rows", []),
    ("code", "29A-123.45"), ("long-text", "a\nb"), ("area", "00004"), ("choice", "x"),
]  # fmt: skip
BAD = [
    ("personal-number", "00119000000"), ("personal-number", "٠٠١١٩٠٠٠٠٠٠١"),
    ("personal-number", "001990000001"), ("personal-number", 1190000001),
    ("old-id-number", "01234567"), ("business-number", "0100109107"),
    ("business-number", "12345"), ("date", "2026-02-30"), ("date", "20260210"),
    ("date", "10/02/2026"), ("yes-no", "yes"), ("number", True), ("number", 1.5),
    ("number", "7"), ("person-name", "12345"), ("person-name", ["a"]), ("address", "12 Đội Cấn"),
    ("address", {"line": "12"}), ("address", {"area": "1", "x": "y"}), ("phone", "12"),
    ("email", "nobody"), ("rows", {"a": 1}), ("rows", ["a"]), ("code", {"a": 1}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), GOOD)
def test_what_can_be_a_value_is_one(name, value):
    assert codes({"kind": name}, value) == []


@pytest.mark.parametrize(("name", "value"), BAD)
def test_what_cannot_be_a_value_is_none(name, value):
    assert codes({"kind": name}, value) == ["of-other-kind"]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ({"kind": "text"}, None, "missing"),
        ({"kind": "text"}, " \u200b ", "missing"),
        ({"kind": "text", "optional": True}, "", ""),
        ({"kind": "person-name"}, "A" * 121, "too-large"),
        ({"kind": "person-name"}, "A" * 120, ""),
        ({"kind": "text", "max": 3}, "abcd", "too-large"),
        ({"kind": "number", "max": 100}, 101, "too-large"),
        ({"kind": "rows", "max": 1}, [{}, {}], "too-large"),
        ({"kind": "money"}, 2**60, "too-large"),
        ({"kind": "choice", "options": [{"value": "a", "title": {}}]}, "b", "not-offered"),
        ({"kind": "date", "must": "x <= today"}, "2026-11-23", "impossible"),
        ({"kind": "date", "must": "x <= today"}, "2026-11-22", ""),
        ({"kind": "number", "must": "1 / x > 0"}, 0, "impossible"),
    ],
)  # fmt: skip
def test_limits_options_and_rules(field, value, code):
    assert codes(field, value) == ([code] if code else [])


def test_all_faults_come_together_in_the_order_of_the_file():
    fact = kind(a={"kind": "text"}, b={"kind": "date"}, c={"kind": "number"})
    found = quality.faults(fact, {"z": 1, "c": "x", "b": "y"}, TODAY)
    assert [one.path for one in found] == ["a", "b", "c", "z"]
    assert found[-1].code == "registers.value-not-asked"


def test_a_rule_is_silent_where_what_it_needs_is_not_there():
    fact = kind(a={"kind": "date", "must": "a > b"}, b={"kind": "date", "optional": True})
    assert quality.faults(fact, {"a": "2026-01-01"}, TODAY) == ()
    said = {"vi": "Sau b.", "en": "After b."}
    fact = kind(a={"kind": "date", "must": "a > b", "or": said}, b={"kind": "date"})
    (fault,) = quality.faults(fact, {"a": "2026-01-01", "b": "2026-01-01"}, TODAY)
    assert (fault.path, fault.text) == ("a", said)


def test_what_is_sealed_and_stays_is_not_looked_at():
    fact = kind(a={"kind": "text", "sealed": True, "must": "a != 'x'"})
    assert quality.faults(fact, {"a": {"sealed": "k:v"}}, TODAY, kept={"a"}) == ()
    assert len(quality.faults(fact, {"a": {"sealed": "k:v"}}, TODAY)) == 1


def test_values_are_stored_in_one_form():
    given_values = {"a": " Nguyễn   Thị ", "b": date(2026, 1, 2), "c": None, "d": "", "e": False,
                    "f": {"area": " 1 ", "x": None}, "g": (" a ",)}  # fmt: skip
    assert quality.plain(given_values) == {
        "a": "Nguyễn Thị", "b": "2026-01-02", "e": False, "f": {"area": "1"}, "g": ["a"],
    }  # fmt: skip


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)  # fmt: skip


@given(st.sampled_from([name for name, _ in GOOD]), JSON)
def test_no_value_is_too_strange_to_be_judged(name, value):
    assert codes({"kind": name}, value) in (
        [], ["missing"], ["of-other-kind"], ["too-large"], ["not-offered"],
    )  # fmt: skip


@given(st.integers(0, 10**9 - 1))
def test_at_most_one_check_digit_makes_a_tax_code(digits):
    good = [n for n in range(10) if quality.is_business_number(f"{digits:09}{n}")]
    assert len(good) <= 1
