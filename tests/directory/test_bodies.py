"""Bodies, their names in three languages, units, posts, calendars and roles."""

from datetime import date, time

import pytest

from motcua.acts.models import Act
from motcua.directory import api as directory
from motcua.directory.rules.naming import body_name, of_name
from motcua.kernel.actors import SYSTEM
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal

EVE, MERGER = date(2025, 6, 30), date(2025, 7, 1)
NOW = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("name", "french"),
    [
        ("Hà Nội", "de Hà Nội"),
        ("An Giang", "d'An Giang"),
        ("Ea H'Leo", "d'Ea H'Leo"),
        ("Ô Môn", "d'Ô Môn"),
        ("Ý Yên", "d'Ý Yên"),
        ("Y Tý", "d'Y Tý"),
        ("Yên Bái", "de Yên Bái"),
        ("Đà Nẵng", "de Đà Nẵng"),
    ],
)
def test_french_elides_before_a_vowel(name, french):
    assert of_name(name) == french


@pytest.mark.parametrize(
    ("kind", "place", "vi", "en", "fr"),
    [
        (
            "commune-committee", "00004", "Ủy ban nhân dân phường Ba Đình",
            "People's Committee of Ba Đình Ward", "Comité populaire du quartier de Ba Đình",
        ),
        (
            "commune-police", "24823", "Công an phường 1 Bảo Lộc",
            "Police of Ward 1 Bảo Lộc", "Police du quartier 1 Bảo Lộc",
        ),
        (
            "commune-committee", "31105", "Ủy ban nhân dân đặc khu Thổ Châu",
            "People's Committee of Thổ Châu Special Zone",
            "Comité populaire de la zone spéciale de Thổ Châu",
        ),
        (
            "province-committee", "91", "Ủy ban nhân dân tỉnh An Giang",
            "People's Committee of An Giang Province",
            "Comité populaire de la province d'An Giang",
        ),
        (
            "power-company", "12", "Công ty Điện lực Lai Châu", "Lai Châu Power Company",
            "Compagnie d'électricité de Lai Châu",
        ),
        (
            "power-company", "01", "Tổng công ty Điện lực Thành phố Hà Nội",
            "Hà Nội Power Corporation", "Compagnie générale d'électricité de Hà Nội",
        ),
    ],
)  # fmt: skip
def test_bodies_are_named_properly_in_three_languages(country, kind, place, vi, en, fr):
    body = directory.competent_body(kind, place, NOW)
    assert body.name == {"vi": vi, "en": en, "fr": fr}


def test_every_commune_has_a_committee_and_a_police_of_its_own(country):
    for kind in ("commune-committee", "commune-police"):
        bodies = directory.bodies_of_kind(kind, NOW)
        assert len({b.area_code for b in bodies}) == len(bodies) == 3321


def test_the_committees_of_the_63_provinces_ended_with_the_merger(country):
    before = directory.bodies_of_kind("province-committee", EVE)
    since = directory.bodies_of_kind("province-committee", MERGER)
    assert (len(before), len(since)) == (63, 34)
    for body in before:
        if not body.holds(MERGER):
            (heir,) = directory.successors_of(body.id)
            assert heir.holds(MERGER)


def test_the_surviving_province_keeps_its_code(country):
    assert directory.body_by_code("H21", EVE).area_code == "64"
    assert directory.body_by_code("H21", MERGER).area_code == "52"
    assert directory.body_by_code("H08", MERGER) is None


def test_ministries_dissolved_in_2025_name_their_successors(country):
    assert len(directory.bodies_of_kind("ministry", date(2025, 2, 28))) == 22
    assert len(directory.bodies_of_kind("ministry", NOW)) == 17
    old = directory.body_by_code("G13", date(2025, 1, 1))
    assert [b.name["en"] for b in directory.successors_of(old.id)] == [
        "Ministry of Agriculture and Environment"
    ]


def test_a_code_made_by_us_is_never_marked_official(country):
    for kind in ("commune-committee", "province-police", "power-company", "tax-office"):
        assert {b.confidence for b in directory.bodies_of_kind(kind, NOW)} == {"candidate"}
    verified = {
        b.code for b in directory.bodies_of_kind("province-committee", NOW)
        if b.confidence == "verified"
    }  # fmt: skip
    assert verified == {"H14", "H15", "H21", "H37", "H41", "H56"}


def test_a_commune_committee_stands_under_its_province(country):
    body = directory.competent_body("commune-committee", "00004", NOW)
    assert directory.body(body.parent_id).code == "H26"
    police = directory.competent_body("commune-police", "00004", NOW)
    province_police = directory.body(police.parent_id)
    assert directory.body(province_police.parent_id).name["vi"] == "Bộ Công an"


def test_every_body_of_a_kind_that_receives_has_one_desk(country):
    for kind in ("commune-committee", "commune-police", "power-company"):
        body = directory.competent_body(kind, "00004", NOW)
        assert directory.desk_of(body.id).body_id == body.id
    with pytest.raises(Refusal, match=r"directory\.unknown-unit"):
        directory.unit_of(body.id, "civil-status")


def test_several_bodies_are_read_in_one_statement(country, django_assert_num_queries):
    ids = [b.id for b in directory.bodies_of_kind("ministry", NOW)]
    with django_assert_num_queries(1):
        assert set(directory.bodies(ids)) == set(ids)
    assert directory.bodies([]) == {}


def test_a_body_is_asked_of_the_database_once(country, django_assert_num_queries):
    body_id = directory.competent_body("commune-committee", "00004", NOW).id
    directory.forget()
    with django_assert_num_queries(1):
        directory.body(body_id)
        directory.body(body_id)


def test_an_unknown_body_is_a_refusal_each_time(country):
    unknown = new_id()
    for _ in range(2):
        with pytest.raises(Refusal, match=r"directory\.unknown-body"):
            directory.body(unknown)


def test_the_calendar_knows_holidays_swaps_and_the_cutoff(country):
    body = directory.competent_body("commune-committee", "00004", NOW)
    calendar = directory.calendar_of(body.id)
    assert calendar.timezone == "Asia/Ho_Chi_Minh"
    assert calendar.cutoff == time(15)
    assert calendar.intervals(date(2026, 8, 22))  # a Saturday, worked
    assert not calendar.intervals(date(2026, 8, 31))  # the Monday given for it
    assert not calendar.intervals(date(2026, 2, 17))  # Tết
    assert calendar.holidays[date(2026, 2, 17)]["fr"] == "Nouvel An lunaire (Têt)"
    assert calendar.intervals(date(2026, 2, 23)) == (
        (time(7, 30), time(11, 30)), (time(13, 30), time(17)),
    )  # fmt: skip


def test_holidays_are_named_in_three_languages_until_2032(country):
    holidays = directory.calendar("office").holidays
    assert {day.year for day in holidays} == set(range(2024, 2033))
    assert all(set(name) == {"vi", "en", "fr"} and all(name.values()) for name in holidays.values())


def test_every_swapped_saturday_is_paid_for_by_a_day_off(country):
    calendar = directory.calendar("office")
    given = [n["vi"] for n in calendar.holidays.values() if n["vi"].startswith("Ngày nghỉ")]
    assert all(any(f"{day:%d/%m/%Y}" in name for name in given) for day in calendar.extra)
    assert len(given) == len(calendar.extra)


def test_some_desks_open_on_saturday_morning(country):
    assert directory.calendar("desk-saturday").intervals(date(2026, 3, 7))
    with pytest.raises(Refusal, match=r"directory\.unknown-calendar"):
        directory.calendar("night shift")


def test_roles_carry_known_permissions_only(country):
    known = {"receive", "process", "sign", "opine", "lead", "hand-over", "verify-identity"}
    known |= {"treasurer", "keep-register", "break-glass", "review-access", "relay-usage"}
    assert all(role.permissions <= known for role in directory.roles().values())
    assert "sign" in directory.role("chair").permissions
    assert "sign" not in directory.role("desk-clerk").permissions
    with pytest.raises(Refusal, match=r"directory\.unknown-role"):
        directory.role("king")


def test_a_post_belongs_to_a_unit_and_leaves_an_act(country):
    body = directory.competent_body("commune-committee", "00004", NOW)
    post = directory.create_post(SYSTEM, body_id=body.id, unit="civil-status", role="chair")
    assert directory.post(post.id) == post
    assert directory.posts_in(body.id, role="chair") == (post,)
    assert directory.posts_in(body.id, role="desk-clerk") == ()
    act = Act.objects.get(object_id=post.id)
    assert (act.verb, act.body_id) == ("directory.post-created", body.id)


@pytest.mark.parametrize(
    ("unit", "role", "code"),
    [
        ("cellar", "chair", "directory.unknown-unit"),
        ("leadership", "king", "directory.unknown-role"),
    ],
)
def test_a_post_needs_a_unit_and_a_role_that_exist(country, unit, role, code):
    body = directory.competent_body("commune-committee", "00004", NOW)
    with pytest.raises(Refusal) as refused:
        directory.create_post(SYSTEM, body_id=body.id, unit=unit, role=role)
    assert refused.value.code == code


def test_a_name_pattern_is_filled_for_each_language():
    forms = {"area": {"vi": "xã {name}", "en": "{name} Commune", "fr": "commune {of_name}"},
             "of_area": {"fr": "de la commune {of_name}"}}  # fmt: skip
    pattern = {"vi": "Trạm {area}", "en": "Station of {area}", "fr": "Poste {of_area}"}
    assert body_name(pattern, forms, full_name="Xã An Phú", kind="Xã") == {
        "vi": "Trạm xã An Phú",
        "en": "Station of An Phú Commune",
        "fr": "Poste de la commune d'An Phú",
    }
