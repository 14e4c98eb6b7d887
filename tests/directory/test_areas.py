"""Areas before and after the merger of 1 July 2025, and how people look for them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.directory import api as directory
from motcua.directory.rules.area_book import AreaBook, search_words
from motcua.directory.rules.shapes import Area
from motcua.kernel.ids import new_id

EVE, MERGER = date(2025, 6, 30), date(2025, 7, 1)


@pytest.mark.parametrize(
    ("on", "provinces", "communes"), [(EVE, 63, 0), (MERGER, 34, 3321), (date(2024, 6, 1), 63, 0)]
)
def test_the_country_has_as_many_areas_as_the_law_says(country, on, provinces, communes):
    assert len(directory.areas("province", on)) == provinces
    assert len(directory.areas("commune", on)) == communes


@pytest.mark.parametrize(
    ("code", "before", "since"),
    [
        ("24", "Tỉnh Bắc Giang", "Tỉnh Bắc Ninh"),
        ("52", "Tỉnh Bình Định", "Tỉnh Gia Lai"),
        ("80", "Tỉnh Long An", "Tỉnh Tây Ninh"),
        ("01", "Thành phố Hà Nội", "Thành phố Hà Nội"),
    ],
)
def test_a_reused_code_means_what_it_meant_on_the_day(country, code, before, since):
    assert directory.area(code, EVE).name == before
    assert directory.area(code, MERGER).name == since


def test_a_province_that_did_not_change_stays_one_area(country):
    assert directory.area("01", EVE).id == directory.area("01", MERGER).id


def test_every_ended_province_has_one_successor_that_lives_today(country):
    ended = [a for a in directory.areas("province", EVE) if not a.holds(MERGER)]
    heirs = [directory.area_by_id(a.successors[0]) for a in ended]
    assert len(ended) == 52
    assert all(len(a.successors) == 1 for a in ended)
    assert {heir.code for heir in heirs} < {a.code for a in directory.areas("province", MERGER)}


def test_hue_became_a_city_half_a_year_before_the_merger(country):
    assert directory.area("46", date(2024, 12, 31)).name == "Tỉnh Thừa Thiên Huế"
    assert directory.area("46", date(2025, 1, 1)).name == "Thành phố Huế"


def test_every_commune_lies_in_a_province_of_its_time(country):
    for commune in directory.areas("commune", MERGER):
        assert directory.province_of(commune.code, MERGER) is not None


def test_the_word_of_its_kind_begins_the_name_of_every_area(country):
    for level in ("province", "commune"):
        for area in directory.areas(level, MERGER):
            assert area.name.startswith(f"{area.kind} ")


def test_provinces_come_in_vietnamese_order(country):
    names = [a.name.removeprefix(f"{a.kind} ") for a in directory.areas("province", MERGER)]
    assert names[:3] == ["An Giang", "Bắc Ninh", "Cà Mau"]
    assert names.index("Đà Nẵng") < names.index("Đắk Lắk") < names.index("Gia Lai")


def test_an_address_is_written_from_the_commune_up(country):
    assert directory.area_path("00004", MERGER) == "Phường Ba Đình, Thành phố Hà Nội"
    assert directory.area_path("no such code", MERGER) == ""


def test_an_address_of_another_time_is_still_readable(country):
    assert directory.area_path("00004", EVE) == "Phường Ba Đình, Thành phố Hà Nội"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("ba đình", "Phường Ba Đình"),
        ("phường ba đình", "Phường Ba Đình"),
        ("BA DINH, HA NOI", "Phường Ba Đình"),
        ("ba dinh ha n", "Phường Ba Đình"),
        ("hanoi", None),
        ("ho chi minh", "Thành phố Hồ Chí Minh"),
        ("hoà bình phú thọ", "Phường Hòa Bình"),
        ("ea h’leo", "Xã Ea H'Leo"),
        ("1 bảo lộc", "Phường 1 Bảo Lộc"),
        ("'; drop table", None),
        ("", None),
    ],
)
def test_a_place_is_found_however_it_is_typed(country, text, first):
    found = directory.search_areas(text, MERGER)
    assert (found[0].name if found else None) == first


def test_without_diacritics_all_places_of_that_spelling_are_found(country):
    names = {directory.area_path(a.code, MERGER) for a in directory.search_areas("ba dinh", MERGER)}
    assert "Phường Ba Đình, Thành phố Hà Nội" in names
    assert "Xã Ba Đình, Tỉnh Thanh Hóa" in names


def test_search_keeps_to_the_level_and_the_limit(country):
    assert {a.level for a in directory.search_areas("ha", MERGER, level="province")} == {"province"}
    assert len(directory.search_areas("a", MERGER, limit=7)) == 7


def test_questions_about_areas_ask_the_database_twice_at_most(country, django_assert_num_queries):
    directory.forget()
    with django_assert_num_queries(2):
        directory.areas("province", MERGER)
        directory.search_areas("ha noi", MERGER)
        directory.area_path("00004", MERGER)


def _area(name: str, **more: object) -> Area:
    facts = {
        "id": new_id(), "code": "1", "level": "province", "kind": "Tỉnh", "name": f"Tỉnh {name}",
        "parent_code": "", "valid_from": date(2000, 1, 1), "sort_key": name,
        "search_key": search_words(f"Tỉnh {name}"),
    }  # fmt: skip
    return Area(**facts | more)


def test_a_split_area_has_several_successors():
    one, two = _area("B", code="2"), _area("C", code="3")
    split = _area("A", valid_until=MERGER, successors=(one.id, two.id))
    assert AreaBook([one, two, split]).successors("1", MERGER) == (one, two)


def test_successors_are_followed_through_several_mergers():
    last = _area("C", code="3", valid_from=date(2025, 1, 1))
    middle = _area(
        "B", code="2", valid_from=MERGER, valid_until=date(2026, 1, 1), successors=(last.id,)
    )
    first = _area("A", valid_until=MERGER, successors=(middle.id,))
    assert AreaBook([first, middle, last]).successors("1", date(2026, 2, 1)) == (last,)


@given(st.text(max_size=40))
def test_any_typed_text_is_answered(text):
    book = AreaBook([_area("Hà Nội"), _area("Ea H'Leo", code="2")])
    assert len(book.search(text, MERGER)) <= 2


@given(st.sampled_from(["Hà Nội", "Ea H'Leo", "Bà Rịa - Vũng Tàu", "1 Bảo Lộc"]), st.data())
def test_every_beginning_of_a_name_finds_it(name, data):
    typed = name[: data.draw(st.integers(1, len(name)))]
    book = AreaBook([_area(name)])
    assert book.search(typed, MERGER) or not search_words(typed)
