"""Loading a pack, versions, search: against the real database."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from motcua.catalogue import api as catalogue
from motcua.catalogue.models import PackLoad, ProcedureVersion, SearchEntry
from motcua.kernel.packs import pack_root
from motcua.kernel.refusals import Refusal

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 3)
FORMER = "former-id-confirmation"


@pytest.fixture(autouse=True)
def _nothing_loaded(db: None) -> Iterator[None]:
    """Each test begins with an empty catalogue, whatever all tests share."""
    for model in (SearchEntry, ProcedureVersion, PackLoad):
        model.objects.all().delete()
    catalogue.forget()
    yield
    catalogue.forget()


def change(copy: Path, service: str, old: str, new: str) -> None:
    path = next((copy / "services").rglob(f"{service}.yaml"))
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_pack_is_loaded_once_and_then_unchanged() -> None:
    loaded = catalogue.load_pack(pack_root())
    assert len(loaded.added) == len(catalogue.Pack(pack_root()).services)
    assert catalogue.load_pack(pack_root()).is_unchanged
    assert PackLoad.objects.count() == 1


def test_a_changed_file_becomes_a_version_and_says_what_changed(copy: Path) -> None:
    catalogue.load_pack(copy)
    change(copy, FORMER, "limit: same day", "limit: 2 working days")
    loaded = catalogue.load_pack(copy)
    changes = loaded.changed[f"{FORMER}@2"]
    assert [str(c) for c in changes] == ["time limit: same day -> 2 working days"]
    assert str(catalogue.procedure(f"{FORMER}@1").limit) == "same day"
    assert catalogue.current(FORMER, DAY).key == f"{FORMER}@2"
    assert catalogue.versions(FORMER) == (f"{FORMER}@1", f"{FORMER}@2")


def test_one_fault_changes_nothing(copy: Path) -> None:
    catalogue.load_pack(copy)
    change(copy, FORMER, "limit: same day", "limit: 2 working days")
    change(copy, "death-registration", "who: chair", "who: king")
    with pytest.raises(Refusal, match="pack-faulty"):
        catalogue.load_pack(copy)
    assert ProcedureVersion.objects.filter(version__gt=1).count() == 0


def test_a_service_taken_out_is_no_longer_offered_but_kept(copy: Path) -> None:
    catalogue.load_pack(copy)
    next(copy.rglob(f"{FORMER}.yaml")).unlink()
    assert catalogue.load_pack(copy).withdrawn == (FORMER,)
    with pytest.raises(Refusal, match="no-such-service"):
        catalogue.current(FORMER, DAY)
    assert catalogue.procedure(f"{FORMER}@1").service == FORMER


def test_a_folder_without_a_pack_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="no-such-pack"):
        catalogue.load_pack(tmp_path)


def test_a_service_is_not_offered_before_its_day() -> None:
    catalogue.load_pack(pack_root())
    with pytest.raises(Refusal, match="not-in-force"):
        catalogue.current(FORMER, date(2025, 6, 30))
    assert catalogue.procedures(date(2025, 6, 30)) == ()


@pytest.mark.parametrize("key", ["", "x", "x@1", "birth-registration@", "birth-registration@½"])
def test_an_unknown_key_is_refused(key: str) -> None:
    with pytest.raises(Refusal, match="no-such-service"):
        catalogue.procedure(key)


FOUND = [
    ("khai sinh", "birth-registration"),
    ("khai sin", "birth-registration"),
    ("GIẤY KHAI SINH", "birth-registration"),
    ("giay kai sinh cho con", "birth-registration"),
    ("birth certifcate", "birth-registration"),
    ("naissance", "birth-registration"),
    ("1.001193", "birth-registration"),
    ("cmnd", FORMER),
    ("chung minh nhan dan cu", FORMER),
    ("khai tu", "death-registration"),
    ("deces", "death-registration"),
    ("lap cong to dien", "electricity-connection"),
    ("mac dien", "electricity-connection"),
    ("new electricty connection", "electricity-connection"),
    ("hoa don tien dien", "utility-bill-payment"),
    ("phat nguoi", "road-fine-payment"),
    ("to khai hai quan", "customs-declaration"),
    ("bao hiem y te", "health-insurance-renewal"),
    ("driving licence", "driving-licence-renewal"),
    ("impot sur le revenu", "personal-income-tax-payment"),
]


def test_search_forgives_diacritics_slips_and_languages() -> None:
    catalogue.load_pack(pack_root())
    for text, service in FOUND:
        assert catalogue.search(text, lang="en", on=DAY)[0].service == service, text


def test_search_says_nothing_about_what_is_not_there() -> None:
    catalogue.load_pack(pack_root())
    assert catalogue.search("xyzzy qwerty", lang="vi", on=DAY) == ()
    assert catalogue.search("\x00'; drop table --", lang="vi", on=DAY) == ()


def test_search_filters_and_lists_everything_for_an_empty_text() -> None:
    catalogue.load_pack(pack_root())
    assert len(catalogue.search("", lang="fr", on=DAY)) == len(catalogue.procedures(DAY))
    found = catalogue.search("", lang="fr", on=DAY, audience="business")
    assert "Nouveau raccordement électrique basse tension" in {hit.title for hit in found}
    assert all("business" in hit.audience for hit in found)
    assert catalogue.search("khai sinh", lang="vi", on=DAY, life_event="utilities") == ()


def test_search_takes_one_statement(django_assert_num_queries: object) -> None:
    catalogue.load_pack(pack_root())
    with django_assert_num_queries(1):  # type: ignore[operator]
        catalogue.search("khai sinh", lang="vi", on=DAY)


def test_life_events_come_in_the_order_of_the_pack() -> None:
    catalogue.load_pack(pack_root())
    found = [event.slug for event in catalogue.life_events(DAY)]
    used = {one.life_event for one in catalogue.procedures(DAY)}
    assert found == [
        one for one in catalogue.Pack(pack_root()).country["life-events"] if one in used
    ]


def test_a_scaffold_passes_the_check_and_can_be_loaded(copy: Path) -> None:
    path = catalogue.new_service(catalogue.Pack(copy), "marriage", "single-status")
    findings = catalogue.check_pack(copy)
    assert path.name == "single-status.yaml"
    assert {f.rule for f in findings} == {"MC006"}
    with pytest.raises(Refusal, match="service-exists"):
        catalogue.new_service(catalogue.Pack(copy), "marriage", "single-status")
    with pytest.raises(Refusal, match="no-such-life-event"):
        catalogue.new_service(catalogue.Pack(copy), "war", "peace")
    with pytest.raises(Refusal, match="bad-slug"):
        catalogue.new_service(catalogue.Pack(copy), "marriage", "../x")


def test_a_diagram_shows_every_state() -> None:
    for _, procedure in catalogue.Pack(pack_root()).compiled():
        drawn = catalogue.mermaid(procedure)
        assert drawn.startswith("stateDiagram-v2")
        assert all(step.state.replace("-", "_") in drawn for step in procedure.route)
        assert procedure.key in catalogue.plain_text(procedure, "vi")
