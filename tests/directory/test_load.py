"""Loading a pack: repeatable, all or nothing, and nothing is ever deleted."""

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from motcua.acts.models import Act
from motcua.directory import api as directory
from motcua.directory.models import Area, Body, Unit
from motcua.directory.rules.pack import overlapping
from motcua.kernel import clock
from motcua.kernel.packs import PackFault, pack_root
from motcua.kernel.refusals import Refusal

TODAY = date(2026, 11, 2)
NAMES = ["pack.yaml", "bodies.yaml", "bodies.csv", "calendars.yaml", "holidays.csv", "roles.yaml"]


@pytest.fixture
def small_pack(tmp_path: Path, db: None) -> Path:
    """A pack with all provinces but only the communes of Hanoi, into an empty directory."""
    pack = tmp_path / "pack"
    shutil.copytree(pack_root() / "areas", pack / "areas")
    for name in NAMES:
        shutil.copy(pack_root() / name, pack / name)
    edit(pack / "areas/communes.csv", lambda lines: [x for x in lines if ",01,2025" in x])
    return pack


@pytest.fixture
def empty(db: None) -> Any:
    """No directory at all, for one test."""
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE directory_area, directory_body, directory_calendar, directory_load CASCADE"
        )
    directory.forget()
    yield
    directory.forget()


@pytest.fixture
def country(small_pack: Path, empty: None) -> Any:
    """The small pack in the place of whatever the database has, for one test."""
    with clock.at(datetime(2026, 11, 2, 3, tzinfo=UTC)):
        directory.load_directory(small_pack)
        yield small_pack


def edit(file: Path, change: Callable[[list[str]], list[str]]) -> None:
    head, *lines = file.read_text().splitlines()
    file.write_text("\n".join([head, *change(lines)]) + "\n")


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def test_loading_the_same_pack_again_changes_nothing(country):
    acts = Act.objects.count()
    (country / "bodies.yaml").write_text((country / "bodies.yaml").read_text() + "# a note\n")
    counts = directory.load_directory(country)
    assert all((c.new, c.changed, c.closed) == (0, 0, 0) for c in counts.values())
    assert Act.objects.count() == acts


def test_an_unchanged_pack_takes_one_statement(country, django_assert_num_queries):
    with django_assert_num_queries(1):
        counts = directory.load_directory(country)
    assert counts["areas"] == directory.Counts(same=213)


def test_a_load_tells_its_progress_and_leaves_an_act(country):
    told: list[str] = []
    replace(country / "roles.yaml", "Desk clerk", "Clerk at the desk")
    directory.load_directory(country, told.append)
    assert "areas: 213" in told
    assert Act.objects.filter(verb="directory.loaded").exists()


def test_a_changed_name_is_changed_in_place(country):
    before = directory.body_by_code("G19")
    replace(country / "bodies.csv", "State Bank of Vietnam", "State Bank of Viet Nam")
    counts = directory.load_directory(country)
    after = directory.body_by_code("G19")
    assert (counts["bodies"].changed, counts["bodies"].new) == (1, 0)
    assert (after.id, after.name["en"]) == (before.id, "State Bank of Viet Nam")


def test_what_the_pack_no_longer_names_is_closed_and_stays(country):
    body = directory.competent_body("commune-committee", "00004", TODAY)
    edit(country / "areas/communes.csv", lambda lines: [x for x in lines if "00004" not in x])
    counts = directory.load_directory(country)
    assert counts["areas"].closed == 1
    assert counts["bodies"].closed == 2
    assert directory.area("00004", TODAY) is None
    assert directory.area("00004", date(2026, 11, 1)).name == "Phường Ba Đình"
    assert directory.body(body.id).valid_until == TODAY
    assert not Unit.objects.filter(body_id=body.id, valid_until=None).exists()


def test_what_the_pack_names_again_is_open_again(country):
    whole = (country / "areas/communes.csv").read_text()
    edit(country / "areas/communes.csv", lambda lines: [x for x in lines if "00004" not in x])
    directory.load_directory(country)
    (country / "areas/communes.csv").write_text(whole)
    directory.load_directory(country)
    assert directory.area("00004", TODAY).valid_until is None


def test_a_reload_is_seen_at_once(country):
    assert directory.search_areas("ba dinh", TODAY)
    edit(country / "areas/communes.csv", lambda lines: [x for x in lines if "00004" not in x])
    directory.load_directory(country)
    assert not directory.search_areas("ba dinh", TODAY)


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("areas/communes.csv", "Ba Đình,Phường,01", "Ba Đình,Phường,98", "unknown-parent"),
        ("areas/communes.csv", "Ba Đình,Phường", "Ba Đình,Ward", "unknown-kind"),
        ("areas/communes.csv", "00008,", "00004,", "valid-twice"),
        ("areas/provinces_before.csv", "H22,recalled,08", "H22,recalled,97", "unknown-successor"),
        ("bodies.csv", "recalled\nG02,ministry", "recalled\nG02,club", "unknown-kind"),
        ("bodies.csv", ",,G12,candidate", ",,G99,candidate", "unknown-parent"),
        ("bodies.csv", "2025-03-01,G17", "2025-03-01,G77", "unknown-successor"),
        ("pack.yaml", "calendar: office", "calendar: bureau", "unknown-calendar"),
        ("bodies.yaml", "units: [reception, technical", "units: [lobby, technical", "unknown-unit"),
    ],
)  # fmt: skip
def test_a_pack_with_a_fault_loads_nothing(small_pack, empty, file, old, new, code):
    replace(small_pack / file, old, new)
    with pytest.raises(Refusal) as refused:
        directory.load_directory(small_pack)
    assert refused.value.code == "directory.wrong-pack"
    assert code in {problem.code for problem in refused.value.problems}
    assert not Area.objects.exists()
    assert not Body.objects.exists()


def test_a_missing_file_is_named(country):
    (country / "roles.yaml").unlink()
    with pytest.raises(PackFault, match=r"roles\.yaml"):
        directory.load_directory(country)


def test_delegations_are_read_from_the_pack(country):
    (country / "competences.csv").write_text(
        "kind,area_code,body_code,law,valid_from,valid_until\n"
        "commune-committee,00004,H26.00008,Decision 1,2026-01-01,\n"
    )
    directory.load_directory(country)
    assert directory.competent_body("commune-committee", "00004", TODAY).code == "H26.00008"


def test_spans_that_touch_do_not_overlap():
    one, two, three = date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1)
    assert overlapping([("a", one, two), ("a", two, None), ("b", one, None)]) == []
    assert overlapping([("a", one, three), ("a", two, None)]) == ["a"]
    assert overlapping([("a", one, None), ("a", two, three)]) == ["a"]
