"""Each rule finds what it is for, and says on which line."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.catalogue.api import Finding, Pack, Procedure, check_pack, errors, rules
from motcua.catalogue.checks import RULES, check, fee_tables, values
from motcua.catalogue.rules.tables import COLUMNS
from motcua.kernel.packs import pack_root
from tests.catalogue.conftest import seeded, spoilt_services

Spoil = Callable[..., list[Finding]]
BIRTH, DEATH, POWER = "birth-registration", "death-registration", "electricity-connection"
MARRIED, CUSTOMS, BILL = "marital-status-certificate", "customs-declaration", "utility-bill-payment"
FORMER, BIRTH_PAPER = "former-id-confirmation", "birth-certificate"

_NAME = "title: {vi: A, en: A, fr: A}"
PAGE_OF_A_DOG = f"""\
  - page: dog
    {_NAME}
    ask:
      - {{field: dog.name, kind: person-name, {_NAME}}}
  - page: supply
"""

SEALED_EXTRACT = """\
{paper: card, instead: {register: population, fields: [identity.religion]},
    title: {vi: Thẻ căn cước, en: Identity card, fr: Carte}}"""

FAULTS = [
    ("MC002", BIRTH, ("kind: yes-no", "kind: yes-or-no")),
    ("MC002", BIRTH, ("limit: same day", "limit: soon")),
    ("MC002", BIRTH, ("identity: 1", "identity: 1\nsurprise: 1")),
    ("MC003", BIRTH, ("use: pages/mother", "use: pages/nobody")),
    ("MC003", BIRTH, ("use: evidence/identity-card", "use: evidence/identity-cart")),
    ("MC003", BIRTH, ("use: states/reception", "use: states/arrival")),
    ("MC003", BIRTH, ("use: questions/born-on", "use: questions/born-of")),
    ("MC002", BIRTH, ("use: states/reception", "use: pages/mother")),
    ("MC002", BIRTH, ("        field: child.born_on\n", "")),
    ("MC005", BIRTH, ("vi: Nam, en: Male, fr: Masculin", "vi: Nam, en: M")),
    ("MC006", DEATH, ("{vi: Con, en: Child, fr: Enfant}", "{vi: Con, en: TO WRITE, fr: Enfant}")),
    ("MC006", FORMER, ('law: "Luật Căn cước số 26/2023/QH15"', "law: TO WRITE")),
    ("MC010", BIRTH, ("today - child.born_on > d", "today - child.bornon > d")),
    ("MC010", BIRTH, ("today - child.born_on > d", "child.born_on > d")),
    ("MC010", BIRTH, ("when: child.at_facility == false", "when: child.facility")),
    ("MC011", BIRTH, ("of: registration.commune}", "of: registration.village}")),
    ("MC011", BIRTH, ("of: registration.commune}", "of: child.name}")),
    ("MC012", BIRTH, ("prefill: applicant.address.area", "prefill: applicant.shoe_size")),
    ("MC012", BIRTH, ("prefill: applicant.address.area", "prefill: applicant.email")),
    ("MC012", BIRTH, ("prefill: applicant.address.area", "prefill: population.identity.shoe")),
    ("MC012", BIRTH, ("prefill: applicant.address.area", "prefill: vehicle.registration.owner")),
    (
        "MC012",
        BIRTH,
        ("prefill: applicant.address.area", "prefill: population.residence.address.area of a.b"),
    ),
    (
        "MC041",
        "marital-status-certificate",
        ("fields: [marriage.spouse_name", "fields: [marriage.secret"),
    ),
    (
        "MC041",
        "marital-status-certificate",
        ("fields: [marriage.spouse_name", "fields: [marriage.place"),
    ),
    ("MC013", BIRTH, ("who: chair", "who: king")),
    ("MC014", BIRTH, ("body: commune-committee, of: reg", "body: royal-court, of: reg")),
    ("MC014", BIRTH, ("owner: G15", "owner: G99")),
    ("MC015", BIRTH, ('registration.commune: "00004"', 'registration.commune: "99999"')),
    ("MC017", DEATH, ("{reason: registered-before,", "{reason: bad-mood,")),
    ("MC018", BIRTH, ("life-event: having-a-child", "life-event: having-a-cat")),
    ("MC002", DEATH, ("who: civil-status-officer\n    within: 2", "who: ''\n    within: 2")),
    ("MC019", BIRTH, ("fact: identity,", "fact: new-baby,")),
    ("MC019", FORMER, ("subject: applicant.personal_number, ", "")),
    ("MC019", DEATH, ("- field: deceased.p", "- optional: true\n        field: deceased.p")),
    ("MC020", FORMER, ("{use: states/reception, who", "{title: {vi: A, en: A, fr: A}, who")),
    ("MC021", DEATH, (", then: {sign: closing}", "")),
    ("MC021", DEATH, ("then: {sign: closing}", "then: {sign: nowhere}")),
    ("MC022", BIRTH, ("may: [sign, send-back]", "may: [send-back]")),
    ("MC023", BIRTH, ("who: chair", "who: desk-clerk")),
    ("MC023", BIRTH, ("silence: agree", "silence: confirm")),
    ("MC024", MARRIED, ("states/payment}", "states/payment, silence: agree}")),
    ("MC024", MARRIED, ("states/payment}", "states/payment, who: chair}")),
    ("MC024", MARRIED, ("who: chair, within", "silence: stop, who: chair, within")),
    ("MC025", BILL, ("pays:\n", "limit: same day\npays:\n")),
    ("MC002", BILL, ("pays:\n", "notes_:\n")),
    ("MC011", BILL, ("customer_code: bill.customer_code", "customer_code: bill.code")),
    ("MC074", BILL, ("keys: {supply: ", "keys: {branch: ")),
    ("MC031", MARRIED, ("states/payment}", "states/payment, pay: false}")),
    ("MC031", MARRIED, ("fee: certificate,", "fee: certificate, at: check,")),
    ("MC070", CUSTOMS, ("sum: goods.value", "sum: goods.worth")),
    ("MC070", CUSTOMS, ("sum: goods.value", "sum: goods.unit")),
    ("MC070", CUSTOMS, ("name: declaration.tax,", "name: entry.invoice,")),
    ("MC071", CUSTOMS, ("field: origin,", "field: importer,")),
    ("MC060", CUSTOMS, ("field: origin,", "field: unit,")),
    ("MC010", CUSTOMS, ("gives: quantity * unit_price", "gives: quantity * unit_prize")),
    ("MC010", CUSTOMS, ("gives: quantity * unit_price", "gives: double(quantity)")),
    ("MC010", CUSTOMS, ("must: quantity >= 1", "must: quantity")),
    ("MC030", BIRTH, ("    law: Luật Hộ tịch số 60/2014/QH13\n    title", "    title")),
    ("MC040", BIRTH, ("{use: evidence/identity-card}", "{paper: card, title: {vi: Thẻ căn cước}}")),
    ("MC041", BIRTH, ("{use: evidence/identity-card}", SEALED_EXTRACT)),
    ("MC050", POWER, ("  - page: supply\n", PAGE_OF_A_DOG)),
    ("MC060", BIRTH, ('code: "1.001193"', 'code: "1.000656"')),
    ("MC060", DEATH, ("field: death.time", "field: death.cause")),
    ("MC062", POWER, ("papers: [place-proof]", "papers: [place-poof]")),
    ("MC062", POWER, ("{applicant.full_name: ", "{applicant.nickname: ")),
    ("MC063", POWER, ("at: 2026-02-13 15:10", "at: 2056-02-13 15:10")),
]  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: f"{f[0]}-{f[2][1][:30].strip()}")
def test_rule_finds_its_fault_in_the_right_file(fault: tuple, spoil: Spoil) -> None:
    rule, service, *changes = fault
    findings = [f for f in spoil(service, *changes) if f.rule == rule]
    assert findings, rule
    assert all(f.file.endswith(f"{service}.yaml") and f.line >= 1 and f.fix for f in findings)


def test_the_pack_of_the_country_has_nothing_to_say() -> None:
    assert check_pack(pack_root()) == ()


def test_finding_names_the_line_of_the_fault(spoil: Spoil) -> None:
    finding = next(f for f in spoil(DEATH, ("who: chair", "who: king")) if f.rule == "MC013")
    lines = (pack_root() / finding.file).read_text(encoding="utf-8").splitlines()
    assert "who: chair" in lines[finding.line - 1]


@pytest.mark.parametrize(
    ("old", "new", "remedy"),
    [
        ("vi: Lệ phí xác nhận,", "vi: Lệ phí, xác nhận,", "a comma or a colon in quotes"),
        ("vi: Lệ phí xác nhận,", "vi: Lệ phí: xác nhận,", "a comma or a colon needs quotes"),
        ("vnd: 0", "vnd: 15.000", "without dots or commas: 15000"),
        ("fee: confirmation,", "fee: confirmation, since: 1/7/2025,", "A date: 2026-03-31"),
        ("at: 2026-03-03 08:00", "at: 2026-03-03 8:00", "2026-03-03 08:00"),
        ("identity: 1", "identity: 1\ncode: 1.004873", 'in quotes: "1.004873"'),
        ("when: former.card_kept", "when: former.purpose = bank", "Compare with =="),
    ],
)
def test_beginners_mistake_is_named_once_with_its_remedy(
    old: str, new: str, remedy: str, spoil: Spoil
) -> None:
    findings = spoil(FORMER, (old, new))
    assert findings
    assert all(remedy in finding.fix for finding in findings), findings


def test_fee_line_below_a_general_one_is_never_asked(spoil: Spoil) -> None:
    second = """
  - {fee: confirmation, vnd: 5000, law: X, title: {vi: A, en: A, fr: A}}
route:"""
    findings = spoil("former-id-confirmation", ("\nroute:", second))
    assert "never asked" in next(f for f in findings if f.rule == "MC030").message


def test_gap_between_two_dated_fees_is_found(spoil: Spoil) -> None:
    old = "fee: confirmation, vnd: 0,"
    new = "fee: confirmation, vnd: 0, until: 2025-12-31,"
    second = """
  - {fee: confirmation, vnd: 5, since: 2026-02-01, law: X, title: {vi: A, en: A, fr: A}}
route:"""
    findings = spoil("former-id-confirmation", (old, new), ("\nroute:", second))
    assert "2025-12-31 and 2026-02-01" in next(f for f in findings if f.rule == "MC030").message


def test_too_few_examples_are_found(copy: Path) -> None:
    path = next(copy.rglob("former-id-confirmation.yaml"))
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("  - name: the number does not match")], encoding="utf-8")
    assert [f.rule for f in check_pack(copy)] == ["MC061"]


def test_an_unknown_shared_part_is_named_with_the_one_that_was_meant(spoil: Spoil) -> None:
    (finding,) = spoil(BIRTH, ("evidence/identity-card", "evidence/identity-cart"))
    assert "Did you mean evidence/identity-card?" in finding.message
    _, finding = spoil(BIRTH, ("states/reception", "states/arrival"))  # beside the first
    assert "the pack has: states/appraisal, " in finding.message


@pytest.mark.parametrize(
    ("file", "old", "new", "rule"),
    [
        ("questions.yaml", "must: answer <= today", "must: answer <= tomorrow", "MC010"),
        ("questions.yaml", "kind: address", "kind: adress", "MC002"),
        ("questions.yaml", "prefill: applicant.address", "prefill: applicant.adress", "MC012"),
        ("questions.yaml", "prefill: business.number", "prefill: business.code", "MC012"),
        ("states.yaml", "within: 10 days", "within: ten days", "MC002"),
        ("states.yaml", "who: desk-clerk", "who: king", "MC013"),
        ("evidence.yaml", "vi: Thẻ căn cước, ", "", "MC005"),
        ("evidence.yaml", "vi: Thẻ căn cước, ", "vi: TO WRITE, ", "MC006"),
        ("pages/mother.yaml", "must: mother.born_on <", "must: mother.born_in <", "MC010"),
    ],
)
def test_a_fault_of_a_shared_part_is_on_its_own_line_and_told_once(
    file: str, old: str, new: str, rule: str, copy: Path
) -> None:
    words = (copy / file).read_text(encoding="utf-8")
    assert words.count(old) == 1
    (copy / file).write_text(words.replace(old, new), encoding="utf-8")
    found = {(f.file, f.line) for f in check_pack(copy) if f.rule == rule}
    assert found == {(file, words[: words.index(old)].count("\n") + 1)}


def test_a_shared_part_that_nobody_uses_is_found_on_its_line(copy: Path) -> None:
    states = copy / "states.yaml"
    words = states.read_text(encoding="utf-8")
    added = words + "waiting: {title: {vi: A, en: A, fr: A}, who: chair, within: 1 day}\n"
    states.write_text(added, encoding="utf-8")
    (finding,) = check_pack(copy)
    assert (finding.rule, finding.file) == ("MC004", "states.yaml")
    assert finding.line == words.count("\n") + 1


def test_unreadable_yaml_and_unused_page_are_found(copy: Path) -> None:
    (copy / "pages" / "lonely.yaml").write_text("page: [", encoding="utf-8")
    found = {f.rule: f for f in check_pack(copy)}
    assert found["MC001"].file == "pages/lonely.yaml"
    assert found["MC004"].level == "warning"


def test_missing_template_is_found(copy: Path, services: dict[str, Procedure]) -> None:
    for path in (copy / "papers").glob("*.typ"):
        if path.stem != BIRTH_PAPER:
            path.unlink()
    missing = [f for f in errors(check_pack(copy)) if f.rule == "MC016"]
    others = {slug for slug, one in services.items() if not one.pays} - {BIRTH}
    assert {f.file.rpartition("/")[2] for f in missing} == {f"{one}.yaml" for one in others}


def test_paper_without_a_name_in_each_language_is_found(copy: Path) -> None:
    names = copy / "papers" / "papers.yaml"
    lines = names.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("death-extract")]
    names.write_text("\n".join(kept), encoding="utf-8")
    (finding,) = check_pack(copy)
    assert finding.rule == "MC016"
    assert finding.file.endswith("death-registration.yaml")
    assert "death-extract: {vi: ..., en: ..., fr: ...}" in finding.fix


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("01,online,1.000,,,Law,", '"1.000" is not an amount.'),
        ("99,online,1000,,,Law,", 'no province has the code "99".'),
        ("01,post,1000,,,Law,", '"post" is no channel.'),
        ("01,online,1000,1/1/2026,,Law,", "a date cannot be read."),
        ("01,online,1000,2026-02-01,2026-01-01,Law,", "a line ends before it begins."),
        ("01,online,1000,,,,", "a line has no legal reference."),
        ("01,online,1000,,,Law,maybe", '"maybe" is neither yes nor no.'),
        (",,1000,,,Law,yes\n,,2000,,,Law,", "the same province, channel and day are there twice."),
    ],
)
def test_a_line_of_a_fee_table_that_cannot_be_used_is_found(
    line: str, said: str, copy: Path, pack: Pack
) -> None:
    (copy / "fees").mkdir(exist_ok=True)
    header = ",".join(COLUMNS)
    (copy / "fees" / "spoilt.csv").write_text(f"{header}\n{line}\n", encoding="utf-8")
    spoilt = seeded(copy, pack)
    del spoilt.__dict__["fee_tables"]
    (finding,) = fee_tables.check(spoilt)
    assert (finding.rule, finding.message) == ("MC032", said)
    assert finding.line == 2 + line.count("\n")


def test_a_fee_table_with_other_columns_is_found(copy: Path, pack: Pack) -> None:
    (copy / "fees").mkdir(exist_ok=True)
    (copy / "fees" / "spoilt.csv").write_text("province,price\n01,5\n", encoding="utf-8")
    spoilt = seeded(copy, pack)
    del spoilt.__dict__["fee_tables"]
    assert [f.fix for f in fee_tables.check(spoilt)] == [f"Write: {','.join(COLUMNS)}"]


OLD = "{value: 1, law: A, since: 2025-01-01, until: 2026-01-01}"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("[{value: 1, law: A, since: 2026-01-01}, {value: 2, law: B, since: 2025-01-01}]", "order"),
        (f"[{OLD}, {{value: 2, law: B, since: 2026-01-01}}]", "overlap"),
        ("[{value: 1, since: 2026-01-01}]", "without its law"),
        ("[{value: some, law: A, since: 2026-01-01}]", "whole number"),
        ("[{value: 1, law: A}]", "the day from which"),
        ("[{value: 1, law: A, since: 2026-02-01, until: 2026-01-01}]", "ends before"),
        ("[]", "has no values"),
    ],
)
def test_dated_values_out_of_order_or_without_law_are_found(
    lines: str, said: str, copy: Path, pack: Pack
) -> None:
    words = f"some-value:\n  title: {{vi: A, en: A, fr: A}}\n  values: {lines}\n"
    (copy / "values.yaml").write_text(words, encoding="utf-8")
    spoilt = seeded(copy, pack)
    del spoilt.__dict__["values"]
    (finding,) = values.check(spoilt)
    assert (finding.rule, finding.line) == ("MC033", 3 if "no values" not in said else 1)
    assert said in finding.message


def test_a_fault_of_a_fee_from_a_table_is_on_the_line_of_the_service(pack: Pack) -> None:
    for file, procedure in pack.compiled():
        tables = [i for i, fee in enumerate(file.data.get("fees", [])) if "table" in fee]
        for number in range(len(procedure.fees)) if tables else ():
            line = file.line(("fee", number))
            assert "fee:" in file.source.splitlines()[line - 1]


def test_rule_ids_are_unique_and_each_has_a_test() -> None:
    others = {"MC001", "MC004", "MC016", "MC032", "MC033", "MC061"}
    others |= {f"MC0{number}" for number in range(75, 87)}  # test_register_checks.py
    tested = {rule for rule, *_ in FAULTS} | others
    assert len(rules()) == len(RULES)
    assert set(rules()) == tested


@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_deleting_any_line_gives_findings_or_a_valid_pack(
    data: st.DataObject, copy: Path, pack: Pack
) -> None:
    names = [file.name for file in pack.services] + sorted({p.file for p in pack.parts.values()})
    file = copy / data.draw(st.sampled_from([*names, "reasons.yaml"]))
    text = (pack.root / file.relative_to(copy)).read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    number = data.draw(st.integers(0, len(lines) - 1))
    file.write_text("".join(lines[:number] + lines[number + 1 :]), encoding="utf-8")
    spoilt = seeded(copy, pack)
    if file.name in {name.rpartition("/")[2] for name in names if name.startswith("services")}:
        spoilt.__dict__["services"] = (spoilt._service(file),)
    else:
        spoilt.__dict__["services"] = spoilt_services(spoilt, pack)
    findings = check(spoilt)
    file.write_text(text, encoding="utf-8")
    assert all(finding.message and finding.fix for finding in findings)
