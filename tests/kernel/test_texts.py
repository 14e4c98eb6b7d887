"""Vietnamese names and texts: searching, ordering, dates and money."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel import texts
from tests.kernel.calendars import hanoi

ALPHABET = list("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")
names = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyAĐƯàáảãạấểỡữỵ '-", max_size=30)


@pytest.mark.parametrize(
    ("text", "lang", "shown"),
    [
        ({"vi": "Một cửa", "en": "One door"}, "en", "One door"),
        ({"vi": "Một cửa", "en": "One door"}, "en-gb", "One door"),
        ({"vi": "Một cửa", "en": "One door"}, "fr", "Một cửa"),
        ({"vi": "", "en": "One door"}, "vi", "One door"),
        ({"fr": "Une porte"}, "vi", "Une porte"),
        ({}, "vi", ""),
        (None, "vi", ""),
    ],
)
def test_a_text_is_shown_in_the_readers_language_or_the_next_best(
    text: dict[str, str] | None, lang: str, shown: str
) -> None:
    assert texts.pick(text, lang) == shown


def test_what_is_typed_takes_one_form() -> None:
    typed = "\u200b  Nguye\u0302\u0303n\u00a0 H\u2019Hen \t Nie\u0302\r\n dòng 2 "
    assert texts.normalise(typed) == "Nguyễn H'Hen Niê\ndòng 2"


@given(st.text())
def test_taking_one_form_twice_changes_nothing(text: str) -> None:
    once = texts.normalise(text)
    assert texts.normalise(once) == once


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hoà Bình", "Hòa Bình"), ("Thuý", "Thúy"), ("ĐẶNG", "dang"), ("Ưu Tiên", "uu tien"),
     ("Đắk Lắk", "dak lak"), ("H’Hen", "h'hen"), ("Nguyễn  Văn", "nguyen van")],
)  # fmt: skip
def test_a_search_does_not_mind_marks_case_or_tone_placement(one: str, other: str) -> None:
    assert texts.fold(one) == texts.fold(other)


@given(names)
def test_the_search_key_is_ascii_whatever_the_encoding_of_the_marks(name: str) -> None:
    assert texts.fold(name).isascii()
    assert texts.fold(unicodedata.normalize("NFD", name)) == texts.fold(name)
    assert texts.fold(name.upper()) == texts.fold(name)


@pytest.mark.parametrize(
    "ordered",
    [
        ALPHABET,
        ["ma", "mà", "mả", "mã", "má", "mạ"],
        ["an", "ang", "ăn", "ân", "ba"],
        ["Lê An", "Nguyễn An", "Lê Bình An", "Trần Ánh", "Lê Đào", "Lê Đào Ế"],
        ["Lê Anh", "Trần Anh", "Lê Minh Anh", "Lê Minh Bảo Anh", "Lê Minh Châu Anh"],
        ["Trần Thị Hoa", "Trần Thị Hoà", "Trần Thị Hoan", "Trần Thị Hồ"],
        ["Trần Dung", "Trần Dũng", "Trần Đông", "Trần Đức"],
        ["Y", "Lê Y"],
    ],
)
def test_names_are_ordered_as_in_vietnam(ordered: list[str]) -> None:
    assert sorted(set(ordered), key=texts.sort_key) == ordered
    keys = [texts.sort_key(name).encode("ascii") for name in ordered]
    assert keys == sorted(set(keys))


def test_old_and_new_tone_placement_stand_together() -> None:
    assert texts.sort_key("Lê Hoà") == texts.sort_key("Lê Hòa")


@given(st.text())
def test_any_name_has_an_ascii_key(name: str) -> None:
    assert texts.sort_key(name).isascii()
    assert texts.phrase_key(name).isascii()


def test_places_are_ordered_by_their_words_as_they_stand() -> None:
    places = ["Bắc Ninh", "Cà Mau", "Cao Bằng", "Đà Nẵng", "Đắk Lắk", "Huế"]
    assert sorted(set(places), key=texts.phrase_key) == places


def test_the_given_name_comes_last() -> None:
    assert texts.given_name(" Nguyễn Minh  Anh ") == "Anh"
    assert texts.given_name("") == ""


@pytest.mark.parametrize(
    ("day", "lang", "written"),
    [
        (date(2026, 4, 3), "vi", "ngày 03 tháng 4 năm 2026"),
        (date(2026, 2, 13), "vi", "ngày 13 tháng 02 năm 2026"),
        (date(2026, 12, 31), "vi", "ngày 31 tháng 12 năm 2026"),
        (date(2026, 4, 3), "en", "3 April 2026"),
        (date(2026, 8, 1), "fr", "1er août 2026"),
        (date(2026, 2, 13), "fr", "13 février 2026"),
    ],
)
def test_a_date_is_written_as_each_administration_does(day: date, lang: str, written: str) -> None:
    assert texts.long_date(day, lang) == written


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("vi", "10:05 thứ Năm, ngày 26 tháng 11 năm 2026"),
        ("en", "10:05 on Thursday 26 November 2026"),
        ("fr", "jeudi 26 novembre 2026 à 10 h 05"),
    ],
)
def test_a_moment_is_written_with_its_weekday(lang: str, written: str) -> None:
    assert texts.long_moment(hanoi("2026-11-26 10:05"), lang) == written
    assert texts.short_date(hanoi("2026-04-03 10:05")) == "03/04/2026"


def test_money_is_written_with_the_separators_of_the_language() -> None:
    assert texts.money(1234567, "vi") == "1.234.567\u00a0đồng"
    assert texts.money(1234567, "en") == "1,234,567\u00a0dong"
    assert texts.money(1234567, "fr") == "1\u202f234\u202f567\u00a0dongs"
    assert texts.money(0, "fr") == "0\u00a0dong"
    assert texts.money(500, "vi") == "500\u00a0đồng"
