"""What is wrong with a register's file is said on its line, with a remedy."""

import shutil
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from motcua.catalogue.api import Finding, Pack, once_only_rows, once_only_summary, papers_of
from motcua.catalogue.checks import (
    RULES,
    once_only_database,
    once_only_elsewhere,
    register_facts,
    registers_format,
)
from motcua.kernel.packs import pack_root
from tests.catalogue.conftest import seeded

OF_REGISTERS = [
    one for one in RULES if one.__name__.rpartition(".")[2].startswith(("registers_", "register_"))
]
DECLARED = ("register_files", "registers", "duties")
SpoilRegister = Callable[..., list[Finding]]
POPULATION, UTILITY, LICENCE, DUTIES = (
    "registers/population.yaml", "registers/utility.yaml", "registers/driving-licence.yaml",
    "duties.yaml",
)  # fmt: skip

FAULTS = [
    ("MC075", POPULATION, "register: population\n", "register: [\n"),
    ("MC075", POPULATION, "owner: G01\n", "owner: G01\nsurprise: 1\n"),
    ("MC075", POPULATION, "kind: person-name", "kind: persons-name"),
    ("MC075", UTILITY, "keep: 5 years", "keep: five years"),
    ("MC075", DUTIES, "told-after: 180", "told-after: half a year"),
    ("MC076", POPULATION, "vi: Dân tộc, en: Ethnic group, fr: Groupe ethnique", "vi: Dân tộc"),
    ("MC076", DUTIES, "vi: Thống kê, en: Statistics, ", "vi: Thống kê, "),
    ("MC077", POPULATION, "owner: G01", "owner: G99"),
    ("MC077", POPULATION, "keepers: [register-officer, ", "keepers: [desk-clerk, "),
    ("MC077", UTILITY, "keepers: [register-officer, register-head]", "keepers: []"),
    ("MC077", UTILITY, "at: [ZEVN], purpose: [duty/keep", "at: [G01], purpose: [duty/keep"),
    ("MC078", POPULATION, "to: [spouse]", "to: [neighbour]"),
    ("MC078", POPULATION, "to: [spouse]", "to: [spouse, chair]"),
    ("MC078", POPULATION, "at: [province-police]", "at: [moon-police]"),
    ("MC078", POPULATION, "procedure/former-id-confirmation", "procedure/former-card"),
    ("MC078", POPULATION, "duty/check-duplicates", "duty/curiosity"),
    ("MC078", POPULATION, "former-number.number", "former-number.digits"),
    ("MC078", POPULATION, '[proxy], purpose: ["procedure/*"]', "[proxy], purpose: [duty/will]"),
    ("MC078", POPULATION, "purpose: [duty/will]", "purpose: [own]"),
    ("MC078", POPULATION, "purpose: [duty/will]", 'purpose: ["procedure/*"]'),
    ("MC078", UTILITY, ', law: "Nghị định số 117/2007/NĐ-CP"}', "}"),
    ("MC079", UTILITY, "holder: contract.holder,", "holder: contract.customer,"),
    ("MC079", UTILITY, "holder: contract.holder,", "holder: contract.holder_name,"),
    ("MC079", UTILITY, "holder: contract.holder, ", ""),
    ("MC079", UTILITY, "extract: [contract.provider", "extract: [contract.supplier"),
    ("MC079", LICENCE, "extract: [licence.number", "extract: [licence.clinic"),
    ("MC079", LICENCE, "many: class", "many: category"),
    ("MC080", POPULATION, "must: born_on <= today", "must: born_on <= tomorrow"),
    ("MC080", POPULATION, "must: born_on <= today", "must: 1 < 2"),
    ("MC081", UTILITY, "after: ended, then: erase, law", "after: ended, then: erase}  #"),
    ("MC081", UTILITY, "then: erase", "then: erase, facts: [contracts]"),
    ("MC082", POPULATION, "sealed: true, title: {vi: Tôn", "title: {vi: Tôn"),
    ("MC083", POPULATION, "register: population\n", "register: people\n"),
    ("MC083", POPULATION, "once-only: [DANCU", "once-only: [DANSO"),
    ("MC083", POPULATION, "once-only: [DANCU", "once-only: [DKXE"),
    ("MC084", DUTIES, "  told-after: 180\n  reason: true\n", "  told-after: 180\n"),
    ("MC084", DUTIES, '"Luật Thống kê số 89/2015/QH13"', '""'),
    ("MC019", POPULATION, "  former-number:\n", "  old-number:\n"),
    ("MC019", UTILITY, "holder_name: {kind: person-name", "holder_name: {kind: date"),
    ("MC019", UTILITY, "meter: {kind: code, optional: true,", "meter: {kind: code,"),
    ("MC019", UTILITY, "{value: water,", "{value: tap-water,"),
]  # fmt: skip


@pytest.fixture
def spoil_register(tmp_path: Path, pack: Pack) -> SpoilRegister:
    """Replace words in a copy of the declarations; the services stay as they are."""

    def run(file: str, old: str, new: str) -> list[Finding]:
        shutil.copytree(pack_root() / "registers", tmp_path / "registers")
        shutil.copy(pack_root() / "duties.yaml", tmp_path)
        words = (tmp_path / file).read_text(encoding="utf-8")
        assert old in words, old
        (tmp_path / file).write_text(words.replace(old, new, 1), encoding="utf-8")
        spoilt = seeded(tmp_path, pack)
        spoilt.__dict__["services"] = pack.services
        for name in DECLARED:
            spoilt.__dict__.pop(name, None)
        return [one for rule in OF_REGISTERS for one in rule.check(spoilt)]

    return run


@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: f"{f[0]}-{f[3][:30].strip()}")
def test_a_fault_of_a_register_is_found_with_its_remedy(
    fault: tuple[str, str, str, str], spoil_register: SpoilRegister
) -> None:
    rule, file, old, new = fault
    found = [one for one in spoil_register(file, old, new) if one.rule == rule]
    assert found, rule
    assert all(one.line >= 1 and one.message and one.fix for one in found)
    if rule not in {"MC019", "MC083"}:
        assert {one.file for one in found} == {file}


def test_the_line_of_a_fault_is_the_line_of_the_words(spoil_register: SpoilRegister) -> None:
    (found,) = [
        one
        for one in spoil_register(POPULATION, "at: [province-police]", "at: [moon-police]")
        if one.rule == "MC078"
    ]
    lines = (pack_root() / POPULATION).read_text(encoding="utf-8").splitlines()
    assert "at: [province-police]" in lines[found.line - 1]


def test_the_schema_of_editors_is_itself_right() -> None:
    jsonschema.Draft202012Validator.check_schema(registers_format._validator().schema)


# The once-only table


def test_the_table_is_loaded_whole_and_counted(pack: Pack) -> None:
    counted = once_only_summary(pack)
    assert counted.rows == 761
    assert counted.services >= 4
    assert set(counted.missing) == {"DATDAI", "LLTP", "SKDT"}
    assert sum(map(len, pack.once_only.values())) <= counted.rows


def test_the_rows_of_a_procedure_say_paper_database_and_ground() -> None:
    (row,) = once_only_rows("1.001193")
    assert (row.row, row.paper, row.database_code) == ("457", "Căn cước", "DANCU")
    assert "66.7/2025" in row.ground
    assert once_only_rows("") == once_only_rows("9.999999") == ()


def test_the_papers_of_a_service_say_what_replaces_them(pack: Pack) -> None:
    (birth,) = [one for _, one in pack.compiled() if one.service == "birth-registration"]
    papers = {one.paper: one for one in papers_of(pack, birth)}
    assert (papers["identity-card"].by, papers["identity-card"].rows) == ("population", ("457",))
    assert papers["birth-notice"].by == ""


def test_a_paper_replaced_by_another_database_than_the_law_says_is_found(
    spoil: Callable[..., list[Finding]],
) -> None:
    old = "{use: evidence/identity-card}"
    new = "{paper: card, instead: insurance, title: {vi: Thẻ căn cước, en: A, fr: A}}"
    found = [one for one in spoil("birth-registration", (old, new)) if one.rule == "MC085"]
    assert "CANCUOC" not in found[0].message
    assert "DANCU (row 457)" in found[0].message


def test_a_paper_that_the_table_replaces_for_many_others_is_warned_about(
    spoil: Callable[..., list[Finding]],
) -> None:
    old = "{use: evidence/identity-card}"
    new = "{paper: card, title: {vi: Thẻ căn cước, en: A, fr: A}}"
    found = [one for one in spoil("former-id-confirmation", (old, new)) if one.rule == "MC086"]
    assert found[0].level == "warning"
    assert "instead: population" in found[0].fix


def test_every_rule_about_registers_has_a_test_here() -> None:
    tested = {rule for rule, *_ in FAULTS} | {once_only_database.RULE, once_only_elsewhere.RULE}
    assert tested == {one.RULE for one in OF_REGISTERS} | {"MC085", "MC086"}
    assert register_facts in OF_REGISTERS
