"""Which body decides for a place on a date; the merger of 1 July 2025 decides it anew."""

from datetime import date

import pytest

from motcua.directory import api as directory
from motcua.directory.models import Area, AreaSuccession, Body, Delegation
from motcua.kernel.refusals import Refusal

EVE, MERGER = date(2025, 6, 30), date(2025, 7, 1)


def competent(kind: str, place: str, on: date, **more: object) -> str:
    return directory.competent_body(kind, place, on, **more).name["vi"]


def why(kind: str, place: str, on: date) -> str:
    with pytest.raises(Refusal) as refused:
        directory.competent_body(kind, place, on)
    assert refused.value.code == "directory.no-competent-body"
    return refused.value.params["why"]


@pytest.mark.parametrize(
    ("place", "on", "name"),
    [
        ("24", EVE, "Ủy ban nhân dân tỉnh Bắc Giang"),
        ("24", MERGER, "Ủy ban nhân dân tỉnh Bắc Ninh"),
        ("27", EVE, "Ủy ban nhân dân tỉnh Bắc Ninh"),
        ("27", MERGER, "Ủy ban nhân dân tỉnh Bắc Ninh"),
        ("02", EVE, "Ủy ban nhân dân tỉnh Hà Giang"),
        ("02", MERGER, "Ủy ban nhân dân tỉnh Tuyên Quang"),
        ("77", date(2026, 11, 1), "Ủy ban nhân dân Thành phố Hồ Chí Minh"),
        ("01", EVE, "Ủy ban nhân dân thành phố Hà Nội"),
    ],
)
def test_the_province_answers_as_of_the_date(country, place, on, name):
    assert competent("province-committee", place, on) == name


def test_the_date_of_an_address_says_which_area_a_reused_code_means(country):
    kind = "province-police"
    assert competent(kind, "52", MERGER) == "Công an tỉnh Gia Lai"
    assert competent(kind, "80", MERGER, named_on=EVE) == "Công an tỉnh Tây Ninh"
    assert competent(kind, "54", MERGER, named_on=EVE) == "Công an tỉnh Đắk Lắk"


def test_a_commune_answers_itself_and_the_province_above_it(country):
    assert competent("commune-committee", "00004", MERGER) == "Ủy ban nhân dân phường Ba Đình"
    assert competent("power-company", "24823", MERGER) == "Công ty Điện lực Lâm Đồng"


def test_a_single_national_body_answers_for_every_place(country):
    Body.objects.filter(code="ZEVN").update(kind="grid")
    directory.forget()
    assert competent("grid", "00004", MERGER) == "Tập đoàn Điện lực Việt Nam"


def test_one_of_several_bodies_is_not_chosen_by_chance(country):
    assert why("ministry", "00004", MERGER) == "several-bodies"


def test_no_commune_is_guessed_for_the_time_before_the_merger(country):
    assert why("commune-committee", "00004", EVE) == "no-body"
    assert why("commune-committee", "24823", EVE) == "unknown-area"


def test_an_unchanged_province_answers_for_its_communes_of_today(country):
    assert competent("province-committee", "00004", EVE) == "Ủy ban nhân dân thành phố Hà Nội"


def test_an_unknown_place_goes_to_the_fallback_queue(country):
    assert why("commune-committee", "99999", MERGER) == "unknown-area"
    assert why("no-such-kind", "00004", MERGER) == "no-body"


def test_a_split_area_is_not_decided_by_chance(country):
    old = Area.objects.get(code="02", valid_until=MERGER)
    other = Area.objects.get(code="04", level="province")
    AreaSuccession.objects.create(old=old, new=other)
    directory.forget()
    assert why("province-committee", "02", MERGER) == "split-area"


def test_a_delegation_wins_while_it_lasts(country):
    Delegation.objects.create(
        kind="commune-committee", area_code="00004", body_code="H26", law="Decision 1",
        valid_from=date(2026, 1, 1), valid_until=date(2026, 7, 1),
    )  # fmt: skip
    directory.forget()
    for on, code in [
        (date(2025, 12, 31), "H26.00004"), (date(2026, 1, 1), "H26"),
        (date(2026, 6, 30), "H26"), (date(2026, 7, 1), "H26.00004"),
    ]:  # fmt: skip
        assert directory.competent_body("commune-committee", "00004", on).code == code


def test_competence_asked_again_asks_no_database(country, django_assert_num_queries):
    directory.competent_body("commune-committee", "00004", MERGER)
    with django_assert_num_queries(0):
        directory.competent_body("commune-committee", "00004", MERGER)
