"""The register of the guide is one file: dropped into a pack it is checked, written to and read."""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.packs import pack_root
from motcua.kernel.refusals import Refusal
from motcua.registers import api as registers
from motcua.registers import declared
from tests.dossiers.world import officer
from tests.web.api.machines import Machine, secret_of

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "write-a-register.md"
VESSEL, OWNER, NUMBER = "fishing-vessel", "001185000044", "KG-91234-TS"
KEEPING = "duty/keep-register"
REGISTRATION = {"owner": OWNER, "name": "Biển Đông 7", "length_cm": 1520, "home_port": "91"}


@pytest.fixture
def pack(tmp_path: Path, settings: Any) -> Path:
    """A copy of the pack with the file of the guide, as the pack in use."""
    copy = shutil.copytree(pack_root(), tmp_path / "pack")
    words = re.search(r"```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert words is not None
    (copy / "registers" / f"{VESSEL}.yaml").write_text(words[1], encoding="utf-8")
    settings.MOTCUA_PACK = str(copy)
    declared.reload()
    return copy


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """The declarations of the country again, after the settings are."""
    yield
    declared.reload()


def test_the_check_has_nothing_to_say_about_it(pack: Path) -> None:
    assert catalogue.check_pack(pack) == ()


@pytest.mark.django_db
def test_it_is_written_to_and_read_by_its_keeper_through_http(pack: Path, country: None) -> None:
    ministry = directory.body_by_code("GNNMT")
    keeper = officer(ministry, "registers", "register-officer", "Lê Văn Biển")
    head = officer(ministry, "leadership", "register-head", "Phan Thị Hải")
    _write("registration", REGISTRATION | {"illness": "hen"}, date(2026, 1, 5))
    _write("licence", {"gear": "trawl", "quota_kg": 4000}, date(2026, 1, 5))
    _write("licence", {"gear": "gillnet"}, date(2026, 2, 1))
    machine = Machine(secret_of(head, "Phần mềm tàu cá", keeper.post_id))
    asked = {"key": NUMBER, "purpose": KEEPING, "as_of": "2026-03-01"}
    answer = machine.post(f"/registers/{VESSEL}/read", asked)
    assert answer.status_code == 200, answer.content
    facts = answer.json()["facts"]
    assert {one["fact"]: one["values"] for one in facts if one["fact"] == "registration"} == {
        "registration": REGISTRATION | {"illness": "hen"}
    }
    assert sorted(one["item"] for one in facts if one["fact"] == "licence") == ["gillnet", "trawl"]
    assert answer.json()["holder"] == OWNER


@pytest.mark.django_db
def test_others_read_only_what_its_grants_give(pack: Path, country: None) -> None:
    _write("registration", REGISTRATION, date(2026, 1, 5))
    police = directory.bodies_of_kind("province-police")[0]
    detective = officer(police, "appraisal", "police-officer", "Đỗ Văn Án")
    ask = registers.Ask(register=VESSEL, key=NUMBER)
    found = registers.read(
        detective, ask, purpose="duty/criminal-investigation", reason="Vụ án số 12/2026."
    )
    assert found is not None
    assert found.get("registration.owner") == OWNER
    assert found.get("registration.home_port") is None
    assert _refused(detective, ask)
    assert _refused(officer(police, "leadership", "police-chief", "Vũ Thị Lệnh"), ask)


@pytest.mark.django_db
def test_a_quality_rule_of_the_file_refuses_what_cannot_be(pack: Path, country: None) -> None:
    with pytest.raises(Refusal):
        _write("registration", REGISTRATION | {"length_cm": 450}, date(2026, 1, 5))


def test_the_command_begins_a_register_that_can_be_checked(pack: Path) -> None:
    out = StringIO()
    call_command("pack", "--pack", str(pack), "new-register", "harbour", stdout=out)
    assert "harbour.yaml" in out.getvalue()
    findings = catalogue.check_pack(pack)
    assert catalogue.errors(findings) == ()
    assert {one.rule for one in findings} == {"MC006"}
    with pytest.raises(CommandError):
        call_command("pack", "--pack", str(pack), "new-register", "harbour", stdout=out)


def _write(fact: str, values: dict[str, object], since: date) -> None:
    new = registers.Fact(
        register=VESSEL, fact=fact, subject=NUMBER, values=values, valid_from=since
    )
    registers.write_facts(SYSTEM, [new])


def _refused(actor: Actor, ask: registers.Ask) -> bool:
    try:
        return registers.read(actor, ask, purpose=KEEPING) is None
    except Refusal:
        return True
