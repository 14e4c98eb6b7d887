"""Personal numbers: their form, their places, and that none is given twice."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.refusals import Refusal
from motcua.registers import api as registers
from motcua.registers.models import PersonalNumber
from motcua.registers.operations.numbers import allot_numbers, take_numbers
from motcua.registers.rules.numbers import compose, read

_days = st.dates(date(1900, 1, 1), date(2399, 12, 31))
_sexes = st.sampled_from(["male", "female"])


@given(st.from_regex(r"\A[0-9]{3}\Z"), _days, _sexes, st.integers(0, 999_999))
def test_what_a_number_is_made_of_can_be_read_back(prefix, born_on, sex, serial):
    number = compose(prefix, born_on, sex, serial=serial)
    parts = read(number)
    assert len(number) == 12
    assert (parts.prefix, parts.sex, parts.year, parts.serial) == (
        prefix, sex, born_on.year, serial,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("year", "sex", "digit"),
    [(1999, "male", "0"), (1999, "female", "1"), (2000, "male", "2"), (2026, "female", "3"),
     (2100, "male", "4"), (2299, "female", "7"), (2399, "female", "9")],
)  # fmt: skip
def test_the_fourth_digit_tells_century_and_sex(year, sex, digit):
    assert compose("001", date(year, 5, 1), sex, serial=0)[3] == digit


@pytest.mark.parametrize("text", ["", "12", "00119600001a", "0011960000112", "٠٠١١٩٦٠٠٠٠١١"])
def test_what_is_not_twelve_digits_is_no_number(text):
    assert read(text) is None


@pytest.mark.parametrize(
    ("place", "born_on", "prefix"),
    [
        ("00004", date(2026, 2, 10), "001"),  # a commune of Hanoi
        ("00004", date(1990, 2, 10), "001"),  # born before the commune was made
        ("24", date(2025, 6, 30), "024"),  # Bắc Giang
        ("27", date(2025, 6, 30), "027"),  # Bắc Ninh, whose code ended with the merger
        ("27", date(1980, 1, 1), "027"),
        ("24823", date(2026, 1, 1), "068"),  # Lâm Đồng of today: the surviving code
    ],
)
def test_the_prefix_is_that_of_the_place_at_the_time(country, place, born_on, prefix):
    assert registers.allot_personal_number(place, born_on, "female").startswith(prefix)


def test_a_number_takes_the_birthday_as_text_too(country):
    number = registers.allot_personal_number(place="00004", born_on="2026-02-10", sex="female")
    assert number[:6] == "001326"


def test_numbers_are_given_once_and_kept(country):
    numbers = allot_numbers([("00004", date(2026, 2, 10), "male")] * 500)
    assert len(set(numbers)) == 500
    assert take_numbers(numbers) == []
    assert PersonalNumber.objects.filter(number__in=numbers).count() == 500


def test_numbers_for_many_people_take_few_statements(country, django_assert_max_num_queries):
    registers.allot_personal_number("00004", date(2026, 2, 10), "male")
    with django_assert_max_num_queries(6):
        allot_numbers([("00004", date(2026, 2, 10), "male")] * 300)


def test_a_taken_number_is_drawn_again(country):
    spec = ("00004", date(2026, 2, 10), "female")
    serials = iter([7, 7, 8])
    assert allot_numbers([spec], lambda _: next(serials)) == ["001326000007"]
    assert allot_numbers([spec], lambda _: next(serials)) == ["001326000008"]


def test_no_number_is_given_when_none_is_free(country):
    spec = ("00004", date(2026, 2, 10), "female")
    with pytest.raises(Refusal, match=r"registers\.numbers-exhausted"):
        allot_numbers([spec, spec], lambda _: 7)


@pytest.mark.parametrize(
    ("place", "born_on", "code"),
    [
        ("99999", date(2026, 1, 1), "registers.unknown-place"),
        ("", date(2026, 1, 1), "registers.unknown-place"),
        ("00004", date(1899, 12, 31), "registers.year-not-covered"),
    ],
)
def test_no_number_is_invented(country, place, born_on, code):
    with pytest.raises(Refusal) as refused:
        registers.allot_personal_number(place, born_on, "male")
    assert refused.value.code == code


def test_the_database_keeps_the_form_of_numbers(country):
    with pytest.raises(IntegrityError), transaction.atomic():
        take_numbers(["12345"])
