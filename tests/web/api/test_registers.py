"""Registers over the wire: software of bodies, one purpose at a time, nothing in addresses."""

import json
from typing import Any

import msgspec
import pytest

from motcua.acts.models import Act
from motcua.identity import api as identity
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.registers import api as registers
from motcua.registers.queries import limits
from tests.dossiers.world import CHILD, World, at
from tests.dossiers.world import officer as seated
from tests.registers import matrix
from tests.registers.matrix import Who
from tests.registers.readers import PERSON, bare_card, body_of, fill, looked, person
from tests.web.api.machines import Machine
from tests.web.api.test_rules_of_the_door import problem

COUNTER = "duty/counter-filing"
POPULATION = "/registers/population"


@pytest.fixture(autouse=True)
def _today(country: None) -> Any:
    limits.forget()
    with clock.at(at("2026-03-03 09:00")):
        yield


def software(at: str, unit: str, role: str) -> Machine:
    """Software that somebody who leads has connected to a post there."""
    body = body_of(at)
    head = seated(body, "leadership", HEADS.get(at, "register-head"), "Người Đứng Đầu")
    post = seated(body, unit, role, "Một Vị Trí")
    made = identity.create_application(head, name=f"Phần mềm {role}", post_id=post.post_id)
    return Machine(identity.issue_key(head, made.id, scopes=["registers:read"]).secret)


HEADS = {"commune-committee": "chair", "commune-police": "police-chief"}


def desk() -> Machine:
    return software("commune-committee", "one-stop-desk", "desk-clerk")


def keeper() -> Machine:
    return software("G01", "appraisal", "register-officer")


def asked(key: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "purpose": COUNTER, **more}


def test_registers_are_told_to_anybody() -> None:
    guest = Machine()
    listed = guest.get("/registers").json()["items"]
    assert {one["register"] for one in listed} == set(registers.registers())
    told = guest.get(POPULATION).json()
    assert told["facts"][0]["fields"][0]["field"] == "identity.full_name"
    assert [f["field"] for fact in told["facts"] for f in fact["fields"] if f["sensitive"]] == [
        "identity.religion"
    ]
    problem(guest.get("/registers/nothing"), 404, "registers.no-such-register")


def test_a_record_is_asked_for_in_the_body_and_comes_as_far_as_granted() -> None:
    someone, machine = person(), desk()
    response = machine.post(f"{POPULATION}/read", asked(someone.personal_number))
    assert response.status_code == 200, response.content
    found = response.json()
    assert found["facts"][0]["values"]["full_name"] == someone.full_name
    assert "identity.religion" in found["withheld"]
    assert "religion" not in json.dumps(found["facts"])
    assert "ETag" not in response
    assert "no-store" in response["Cache-Control"]
    act = looked(verb="registers.read").get()
    assert (act.purpose, act.subjects) == (COUNTER, [someone.id])
    assert "application" in act.detail


def test_what_is_not_there_and_what_may_not_be_seen_are_one_answer() -> None:
    machine, someone = software("commune-committee", "leadership", "chair"), person()
    missing = machine.post(f"{POPULATION}/read", asked("001196999999"))
    denied = machine.post(f"{POPULATION}/read", asked(someone.personal_number))
    problem(missing, 404, "registers.nothing-to-see")
    assert missing.content == denied.content


def test_keys_of_persons_and_of_other_scopes_open_nothing(world: World) -> None:
    ask = asked("001196000011")
    problem(Machine().post(f"{POPULATION}/read", ask), 401, "identity.key-needed")
    made = identity.create_application(world.mother, name="Sổ gia đình")
    secret = identity.issue_key(world.mother, made.id, scopes=["dossiers:read"]).secret
    problem(Machine(secret).post(f"{POPULATION}/read", ask), 403, "identity.scope-missing")
    assert "registers:read" not in identity.scopes_for("person")
    assert "registers:read" in identity.scopes_for("body")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"key": "1"}, 422, "api.invalid"),
        ({"key": "1", "purpose": COUNTER, "more": 1}, 422, "api.invalid"),
        ({"key": 1, "purpose": COUNTER}, 422, "api.invalid"),
        ({"key": "1", "purpose": COUNTER, "as_of": "yesterday"}, 422, "api.invalid"),
        ({"key": "1", "purpose": "curiosity"}, 422, "registers.no-such-purpose"),
        ({"key": "1", "purpose": "procedure/birth-registration"}, 422, "registers.dossier-needed"),
        ({"key": "1", "purpose": "duty/will"}, 422, "registers.reason-needed"),
        ({"key": "1", "purpose": COUNTER, "dossier": "no"}, 404, "dossiers.no-such-code"),
    ],
)  # fmt: skip
def test_what_is_asked_wrongly_is_told_how(body: dict[str, Any], status: int, code: str) -> None:
    problem(desk().post(f"{POPULATION}/read", body), status, code)


def test_all_faults_of_a_body_come_at_once() -> None:
    found = problem(desk().post(f"{POPULATION}/read", {"kay": "1"}), 422, "api.invalid")
    assert {(one["path"], one["code"]) for one in found["problems"]} == {
        ("key", "api.missing"), ("purpose", "api.missing"), ("kay", "api.unexpected"),
    }  # fmt: skip
    response = desk().send("GET", f"{POPULATION}/read")
    assert (response.status_code, response["Allow"]) == (405, "POST")


def test_a_look_takes_three_statements(django_assert_num_queries: Any) -> None:
    machine, numbers = desk(), [person().personal_number for _ in range(3)]
    machine.post(f"{POPULATION}/read", asked(numbers[0]))
    with django_assert_num_queries(3):
        assert machine.post(f"{POPULATION}/read", asked(numbers[1])).status_code == 200


def test_the_past_can_be_asked_for() -> None:
    machine, number = desk(), person().personal_number
    response = machine.post(f"{POPULATION}/read", asked(number, as_of="1995-01-01"))
    problem(response, 404, "registers.nothing-to-see")
    found = machine.post(f"{POPULATION}/history", asked(number, fields=["residence.address"]))
    assert [one["fact"] for one in found.json()["items"]] == ["residence"]


def test_an_officer_reads_for_a_procedure_by_the_dossier_that_names_the_record(
    world: World,
) -> None:
    mother = person(personal_number=CHILD["mother"]["personal_number"])
    other, dossier_id = person(), world.filed()
    civil = world.civil
    made = identity.create_application(world.chair, name="Hộ tịch", post_id=civil.post_id)
    secret = identity.issue_key(world.chair, made.id, scopes=["registers:read"]).secret
    machine, purpose = Machine(secret), "procedure/birth-registration"

    def ask(key: str, why: str = purpose) -> Any:
        body = {"key": key, "purpose": why, "dossier": str(dossier_id)}
        return machine.post(f"{POPULATION}/read", body)

    assert ask(mother.personal_number).json()["facts"][0]["values"]["full_name"]
    act = looked(verb="registers.read").get()
    assert (act.dossier_id, act.purpose) == (dossier_id, purpose)
    problem(ask(other.personal_number), 403, "dossiers.record-not-named")
    assert looked(verb="registers.read-denied").get().subjects == [other.id]
    problem(
        ask(mother.personal_number, "procedure/death-registration"), 422, "dossiers.other-purpose"
    )
    strangers = software("commune-police", "appraisal", "police-officer")
    body = {"key": mother.personal_number, "purpose": purpose, "dossier": str(dossier_id)}
    problem(strangers.post(f"{POPULATION}/read", body), 404, "dossiers.not-found")


def test_who_keeps_a_register_contests_for_somebody_and_it_is_one_dispute() -> None:
    machine, number = keeper(), person().personal_number
    ask = {"key": number, "purpose": "duty/keep-register"}
    version = machine.post(f"{POPULATION}/read", ask).json()["facts"][0]["id"]
    claim = {"key": number, "version_id": version, "claim": "Sai ngày sinh"}
    made = machine.post(f"{POPULATION}/disputes", claim, key="tranh-chap-1")
    assert made.status_code == 201, made.content
    again = machine.post(f"{POPULATION}/disputes", claim, key="tranh-chap-1")
    assert again.json() == made.json()
    problem(machine.post(f"{POPULATION}/disputes", claim), 409, "registers.already-disputed")


def test_no_number_is_in_what_a_refusal_says_or_the_ledger_keeps() -> None:
    number, machine = person().personal_number, desk()
    for body in (asked(number), asked(number, purpose="duty/will"), {"key": number}):
        response = machine.post(f"{POPULATION}/read", body)
        if response.status_code >= 400:
            assert number not in response.content.decode()
    assert number not in str(list(Act.objects.values("detail", "basis", "purpose")))


def seats() -> list[tuple[Who, str]]:
    """Each role at a body where some duty's grant wants it."""
    found = []
    for role in matrix.words_of("roles.yaml"):
        at = [
            place
            for words in matrix.registers().values()
            for grant in words["grants"]
            if role in grant["to"] and any(one.startswith("duty/") for one in grant["purpose"])
            for place in grant.get("at", [])
        ]
        body = body_of(min(at) if at else "commune-committee")
        found.append((Who("officer", role, body.kind, body.code), body.code))
    return found


def key_of(role: str, at: str) -> str:
    """The key of software at a post: who leads there is not asked about his permissions here."""
    body = body_of(at)
    post = seated(body, "leadership", role, f"Ghế {role}")
    head: Actor = seated(body, "leadership", "register-head", f"Trưởng {role}")
    powers = frozenset({"lead", "sign", "treasurer", "manage-accounts"})
    head = msgspec.structs.replace(head, permissions=powers)
    made = identity.create_application(head, name=role, post_id=post.post_id)
    return identity.issue_key(head, made.id, scopes=["registers:read"]).secret


def test_every_role_gets_over_the_wire_what_the_files_say(settings: Any) -> None:
    """Register x role x duty; the text of the answer has no value that is withheld."""
    settings.MOTCUA_READS_PER_HOUR_OF_SOFTWARE = 10**9
    bare_card(PERSON)
    keys = {"business": "0101234565", "vehicle": "30A-123.45", "utility": "PD01000123456"}
    for name, declared in registers.registers().items():
        fill(declared, keys.get(name, PERSON), PERSON)
    count = 0
    for who, code in seats():
        machine = Machine(key_of(who.role, code))
        for duty in matrix.words_of("duties.yaml"):
            for name in matrix.registers():
                if not any(
                    f"duty/{duty}" in g["purpose"] for g in matrix.registers()[name]["grants"]
                ):
                    continue  # nobody may: the rule's own matrix has these
                wanted = matrix.visible_fields(name, who, f"duty/{duty}")
                body = {"key": keys.get(name, PERSON), "purpose": f"duty/{duty}", "reason": "vụ án"}
                response = machine.post(f"/registers/{name}/read", body)
                check(response, name, wanted)
                count += 1
    assert count > 700


def check(response: Any, name: str, wanted: set[str]) -> None:
    if not wanted:
        assert response.status_code == 404, (name, response.content)
        return
    found = response.json()
    got = {f"{fact['fact']}.{field}" for fact in found["facts"] for field in fact["values"]}
    assert got == wanted
    told = json.dumps(found["facts"], ensure_ascii=False)
    for path in set(matrix.fields_of(name)) - wanted:
        field = path.split(".")[1]
        if not any(seen.endswith(f".{field}") for seen in wanted):
            assert f'"trong {field}"' not in told
