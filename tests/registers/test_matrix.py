"""Everybody x every register x every purpose x every field: what the pack says, and nothing more.

The oracle (`matrix.py`) reads the YAML by itself. The rule is asked for every square; the readers
and the API for every register, role and purpose, with records that have something in every field.
"""

from typing import Any

import msgspec
import pytest

from motcua.kernel.actors import GUEST
from motcua.kernel.ids import new_id
from motcua.registers import api as registers
from motcua.registers.rules.access import Asker, decide
from tests.registers import matrix
from tests.registers.matrix import Who
from tests.registers.readers import PERSON, bare_card, body_of, fill, officer

KEYS = {
    "business": "0101234565", "vehicle": "30A-123.45", "utility": "PD01000123456",
}  # fmt: skip


def asker_of(who: Who) -> Asker:
    return Asker(
        kind=who.kind,
        role=who.role,
        body_kind=who.body_kind,
        body_code=who.body_code,
        relations=frozenset({who.relation} - {""}),
    )


def test_the_rule_gives_every_square_what_the_files_say(capsys: pytest.CaptureFixture[str]) -> None:
    declared, duties = registers.registers(), registers.duties()
    squares, seen = 0, 0
    for name in matrix.registers():
        for who in matrix.everybody():
            asker = asker_of(who)
            for purpose in matrix.purposes():
                duty = duties.get(purpose.removeprefix("duty/"))
                found = set(decide(declared[name], asker, purpose, duty=duty).fields)
                wanted = matrix.visible_fields(name, who, purpose)
                assert found == wanted, (name, who, purpose)
                squares, seen = squares + len(matrix.fields_of(name)), seen + len(wanted)
    with capsys.disabled():
        print(f" [{squares:,} squares, {seen:,} of them open]", end="")
    assert squares > 500_000
    assert 0 < seen < squares / 10


def test_an_open_emergency_opens_all_fields_to_an_officer_and_to_nobody_else() -> None:
    for name, declared in registers.registers().items():
        for who in matrix.everybody():
            asker = msgspec.structs.replace(asker_of(who), has_emergency=True)
            found = decide(declared, asker, "emergency")
            assert set(found.fields) == (
                set(matrix.fields_of(name)) if who.kind == "officer" else set()
            )


def seats() -> list[Who]:
    """Each role where grants want it to sit, and where none does."""
    found = []
    for role in matrix.words_of("roles.yaml"):
        at = {
            place
            for words in matrix.registers().values()
            for grant in words["grants"]
            if role in grant["to"]
            for place in grant.get("at", [])
        }
        for place in sorted(at) or ["commune-committee"]:
            body = body_of(place)
            found.append(Who("officer", role, body.kind, body.code))
    return found


@pytest.fixture
def full_records(country: None, settings: Any) -> list[registers.Ask]:
    """A record of every register with something in every field, all about one person."""
    settings.MOTCUA_READS_PER_HOUR = settings.MOTCUA_READS_PER_HOUR_OF_SOFTWARE = 10**9
    bare_card(PERSON)
    asks = []
    for name, declared in registers.registers().items():
        asks.append(registers.Ask(register=name, key=KEYS.get(name, PERSON)))
        fill(declared, asks[-1].key, PERSON)
    return asks


def check(record: registers.Record | None, name: str, who: Who, purpose: str) -> None:
    """What came out is what the files say: the fields, and the names of those withheld."""
    wanted = matrix.visible_fields(name, who, purpose)
    if record is None:
        assert not wanted, (name, who, purpose)
        return
    got = {f"{held.fact}.{field}" for held in record.facts for field in held.values}
    assert got == wanted, (name, who, purpose, got ^ wanted)
    assert set(record.withheld) == set(matrix.fields_of(name)) - wanted
    assert not any(
        isinstance(v, dict) and "sealed" in v for h in record.facts for v in h.values.values()
    )


def stated() -> list[str]:
    """The purposes that a reader may state: others are refused before anything is looked for."""
    known = matrix.words_of("duties.yaml")
    found = [one for one in matrix.purposes() if one.startswith("procedure/") and one[10:]]
    return [*found, *(f"duty/{duty}" for duty in known), "own", "emergency"]


def test_what_officers_read_is_what_the_files_say(full_records: list[registers.Ask]) -> None:
    """Each role for every purpose; at its further seats for those that any seat of it has."""
    dossier_id, count, met = new_id(), 0, set()
    for who in seats():
        actor = officer(who.role, who.body_code)
        for purpose in stated():
            if who.role in met and not is_for_role(who.role, purpose):
                continue
            found = registers.read_many(
                actor, full_records, purpose=purpose, dossier_id=dossier_id, reason="vụ án 12/2026"
            )
            for ask, record in zip(full_records, found, strict=True):
                check(record, ask.register, who, purpose)
                count += 1
        met.add(who.role)
    assert count > 5_000


def is_for_role(role: str, purpose: str) -> bool:
    return any(
        role in grant["to"] and purpose in grant["purpose"]
        for words in matrix.registers().values()
        for grant in words["grants"]
    )


def test_what_jobs_and_guests_read_is_what_the_files_say(full_records: list[registers.Ask]) -> None:
    ward = body_of("commune-committee")
    jobs = Who("system", "", ward.kind, ward.code)
    for who, actor in ((jobs, registers.reader_for(ward.id)), (Who("guest"), GUEST)):
        for purpose in stated():
            found = registers.read_many(actor, full_records, purpose=purpose, reason="vụ án")
            for ask, record in zip(full_records, found, strict=True):
                check(record, ask.register, who, purpose)
