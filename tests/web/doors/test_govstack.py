"""The digital registries API, on a small register like that of its public tests, and on ours."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings as configured
from django.test import Client

from motcua.acts.models import Act
from motcua.directory import api as directory
from motcua.registers import api as registers
from motcua.registers.declared import reload
from motcua.registers.models import FactVersion
from tests.dossiers.world import officer
from tests.web.doors.partner import family, secret_for

CLIENT = {"Information-Mediator-Client": "eGovStack/GOV/90000009/digitalregistries"}
DATA = "data/registryname/111"
# A register with the four fields of the public tests' example.
EXAMPLE = """
register: registryname
title: {vi: Sổ thử, en: A small register, fr: Petit registre}
owner: G12
law: [{title: {vi: Luật thử, en: A law, fr: Une loi}}]
subject: {kind: thing, key: code, title: {vi: Mã, en: Code, fr: Code}}
facts:
  entry:
    title: {vi: Mục, en: Entry, fr: Inscription}
    fields:
      FirstName: {kind: text, title: {vi: Tên, en: First name, fr: Prénom}}
      LastName: {kind: text, title: {vi: Họ, en: Last name, fr: Nom}}
      BirthCertificateID: {kind: text, optional: true, title: {vi: Số, en: Number, fr: Numéro}}
grants:
  - {to: [register-officer], at: [G12], purpose: [duty/keep-register], fields: ["*"], write: true}
  - {to: [data-partner], purpose: [duty/data-sharing], fields: [entry.FirstName]}
notes: {govstack-version: "111", govstack-key: ID, listed: "yes"}
"""
PEOPLE = [
    ("EE123627348834", "John", "Bon", "RR-3334537999"),
    ("EE456627348834", "Alice", "Hendrix", "RR-1114537999"),
    ("EE789627348834", "Jack", "King", "RR-2224537999"),
    ("EE111627348834", "Alice", "Adams", "RR-5554537999"),
]


@pytest.fixture
def pack(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """The country's pack with one register more."""
    here = tmp_path / "pack"
    here.mkdir()
    real = Path(configured.MOTCUA_PACK)
    for one in real.iterdir():
        if one.name != "registers":
            (here / one.name).symlink_to(one)
    (here / "registers").mkdir()
    for one in (real / "registers").glob("*.yaml"):
        (here / "registers" / one.name).symlink_to(one)
    (here / "registers" / "registryname.yaml").write_text(EXAMPLE)
    settings.MOTCUA_PACK = here
    reload()
    yield here
    settings.MOTCUA_PACK = real
    reload()


class Software:
    """A client of the door."""

    def __init__(self, secret: str) -> None:
        self.secret = secret

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        given = {"authorization": f"Bearer {self.secret}", **CLIENT, **headers}
        extra: dict[str, Any] = {}
        if body is not None:
            data = body if isinstance(body, bytes) else json.dumps(body)
            extra = {"data": data, "content_type": "application/json"}
        return Client().generic(method, f"/govstack/{path}", headers=given, **extra)

    def get(self, path: str) -> Any:
        return self.send("GET", path)

    def post(self, path: str, body: Any) -> Any:
        return self.send("POST", path, body)

    def put(self, path: str, body: Any) -> Any:
        return self.send("PUT", path, body)


def content(row: tuple[str, str, str, str], **changes: str) -> dict[str, str]:
    names = ("ID", "FirstName", "LastName", "BirthCertificateID")
    return {**dict(zip(names, row, strict=True)), **changes}


def body_of(code: str) -> directory.Body:
    found = directory.body_by_code(code)
    assert found is not None
    return found


@pytest.fixture
def keeper(country: None, pack: Path) -> Software:
    """The software of the office that keeps the small register, with four records in it."""
    leader = officer(body_of("G12"), "leadership", "register-head", "Ngô Thị Lãnh Đạo")
    post = officer(body_of("G12"), "leadership", "register-officer", "Phạm Văn Giữ")
    made = Software(secret_for(leader, post)[0])
    for row in PEOPLE:
        assert made.post(f"{DATA}/create", {"write": {"content": content(row)}}).status_code == 200
    return made


@pytest.fixture
def partner(keeper: Software) -> Software:
    leader = officer(body_of("G15"), "leadership", "register-head", "Bùi Thị Xa")
    post = officer(body_of("G15"), "leadership", "data-partner", "Đầu mối")
    return Software(secret_for(leader, post)[0])


# -- as in the public tests ------------------------------------------------------------------------


def test_a_record_is_created_and_given_back(keeper: Software) -> None:
    given = content(("2999", "Anna", "Stock", "RR-1234567999"))

    made = keeper.post(f"{DATA}/create", {"write": {"content": given}})

    assert (made.status_code, made["Content-Type"]) == (200, "application/json")
    assert made.json() == {"content": given}


def test_what_exists_is_said_to_exist(keeper: Software) -> None:
    answer = keeper.post(f"{DATA}/exists", {"query": {"content": content(PEOPLE[0])}})

    assert answer.json()["answer"]["status"] is True


@pytest.mark.parametrize("name", ["Mike", "Thomas", "Brook", "Alice"])
def test_what_does_not_exist_is_said_not_to(keeper: Software, name: str) -> None:
    given = content(("EE456627348844", name, "Helmut", "RR-1234567889"))

    answer = keeper.post(f"{DATA}/exists", {"query": {"content": given}})

    assert answer.status_code == 200
    assert answer.json()["answer"]["status"] is False


def test_the_register_is_listed_a_page_at_a_time(keeper: Software) -> None:
    whole = keeper.get(DATA).json()
    first = keeper.get(f"{DATA}/?pageSize=3").json()
    second = keeper.get(f"{DATA}?pageSize=3&page=2").json()

    assert (whole["count"], len(whole["results"])) == (4, 4)
    assert (len(first["results"]), len(second["results"])) == (3, 1)
    assert "page=2" in first["next"]
    assert "page=1" in second["previous"]


@pytest.mark.parametrize(
    ("name", "count", "ordering"),
    [("John", 1, "ascending"), ("Alice", 2, "descending"), ("Bob", 0, "descending")],
)
def test_the_list_is_filtered(keeper: Software, name: str, count: int, ordering: str) -> None:
    asked = f"{DATA}?filter=FirstName&search={name}&ordering={ordering}"

    said = keeper.get(asked).json()

    assert (said["count"], len(said["results"])) == (count, count)
    assert all(one["FirstName"] == name for one in said["results"])


@pytest.mark.parametrize(
    ("field", "value"),
    [("ID", "EE789627348834"), ("FirstName", "Jack"), ("LastName", "King")],
)
def test_a_record_is_read_by_any_of_its_fields(keeper: Software, field: str, value: str) -> None:
    answer = keeper.post(f"{DATA}/read", {"query": {"content": {field: value}}})

    assert answer.status_code == 200
    assert answer.json()["content"] == content(PEOPLE[2])


def test_a_record_is_read_by_all_its_fields(keeper: Software) -> None:
    answer = keeper.post(f"{DATA}/read", {"query": {"content": content(PEOPLE[1])}})

    assert answer.json()["content"] == content(PEOPLE[1])


def test_no_record_found_is_said_in_their_words(keeper: Software) -> None:
    answer = keeper.post(f"{DATA}/read", {"query": {"content": {"ID": "nobody"}}})

    assert (answer.status_code, answer.json()["detail"]) == (404, "no record found")


def test_one_value_is_read(keeper: Software) -> None:
    record = registers.record_id("registryname", PEOPLE[0][0])

    plain = keeper.get(f"{DATA}/{record}/read-value/FirstName.txt")
    named = keeper.get(f"{DATA}/{record}/readValue/FirstName.json")
    nothing = keeper.get(f"{DATA}/{uuid4()}/read-value/FirstName.json")

    assert (plain.json(), named.json()) == ("John", {"value": "John"})
    assert nothing.status_code == 404


def test_a_record_is_updated_and_what_was_stays_readable(keeper: Software) -> None:
    before = content(PEOPLE[0])
    after = {**before, "FirstName": "Johnny", "LastName": "Black"}

    answer = keeper.put(
        f"{DATA}/update", {"query": {"content": before}, "write": {"content": after}}
    )

    assert answer.json() == {"content": after}
    stored = FactVersion.objects.filter(register="registryname", subject=PEOPLE[0][0])
    assert {one.values["FirstName"] for one in stored} == {"John", "Johnny"}


@pytest.mark.parametrize("path", ["update-entries", "updateEntries"])
def test_all_that_fit_are_updated(keeper: Software, path: str) -> None:
    body = {
        "query": {"content": {"FirstName": "Alice"}},
        "write": {"content": {"FirstName": "Olga"}},
    }

    assert keeper.put(f"{DATA}/{path}", body).json() == {"count": 2}
    assert keeper.get(f"{DATA}?filter=FirstName&search=Olga").json()["count"] == 2


@pytest.mark.parametrize("path", ["update-or-create", "updateOrCreate"])
def test_a_record_is_made_and_then_changed(keeper: Software, path: str) -> None:
    first = content(("EE098765432109", "Ana", "Adams", "RR-0987654321"))
    second = {**first, "FirstName": "Emma", "LastName": "Brown"}

    made = keeper.post(f"{DATA}/{path}", {"query": {"content": first}, "write": {"content": first}})
    changed = keeper.post(
        f"{DATA}/{path}", {"query": {"content": first}, "write": {"content": second}}
    )

    assert (made.json()["content"], changed.json()["content"]) == (first, second)


def test_a_deleted_record_is_gone_and_not_erased(keeper: Software) -> None:
    answer = keeper.send("DELETE", f"{DATA}/{PEOPLE[0][0]}/delete")
    again = keeper.send("DELETE", f"{DATA}/{PEOPLE[0][0]}/delete")

    assert (answer.status_code, answer.content) == (204, b"")
    assert again.status_code == 404
    assert (
        keeper.post(f"{DATA}/read", {"query": {"content": {"ID": PEOPLE[0][0]}}}).status_code == 404
    )
    assert FactVersion.objects.filter(subject=PEOPLE[0][0]).exists()
    assert Act.objects.filter(verb="registers.fact-ended").exists()


# -- the databases are files -----------------------------------------------------------------------


def test_registers_are_shown_as_databases_and_changed_by_nobody(keeper: Software) -> None:
    every = keeper.get("databases").json()
    one = keeper.get("database/population")

    assert "registryname" in {row["name"] for row in every["databases"]}
    assert one.json()["institution"] == "G01"
    assert "identity.full_name" in one.json()["schema"]["properties"]
    assert keeper.post("database/modify", {}).status_code == 405
    assert keeper.send("DELETE", "database/1").status_code == 405


# -- who may ---------------------------------------------------------------------------------------


def test_without_a_key_or_the_mediator_s_header_nothing_is_said(keeper: Software) -> None:
    body = {"query": {"content": {"ID": PEOPLE[0][0]}}}

    stranger = Software("mc_aaaaaaaaaa_" + "x" * 43).post(f"{DATA}/read", body)
    headless = keeper.send("POST", f"{DATA}/read", body, **{"Information-Mediator-Client": "a/b"})

    assert (stranger.status_code, headless.status_code) == (401, 400)
    assert stranger.json()["detail"]


def test_a_partner_reads_what_is_shared_and_writes_nothing(partner: Software) -> None:
    query = {"query": {"content": {"ID": PEOPLE[0][0]}}}

    seen = partner.post(f"{DATA}/read", query)
    made = partner.post(f"{DATA}/create", {"write": {"content": content(("1", "A", "B", "C"))}})
    ended = partner.send("DELETE", f"{DATA}/{PEOPLE[0][0]}/delete")

    assert seen.json()["content"] == {"ID": PEOPLE[0][0], "FirstName": "John"}
    assert (made.status_code, ended.status_code) == (403, 403)
    assert partner.get(DATA).status_code == 403


def test_a_person_is_read_from_the_population_with_an_act(partner: Software) -> None:
    father = family()[0]
    path = "data/population/1.0/read"

    answer = partner.post(path, {"query": {"content": {"id": father.personal_number}}})
    by_name = partner.post(
        path, {"query": {"content": {"identity": {"full_name": father.full_name}}}}
    )

    assert answer.json()["content"]["identity"]["full_name"] == father.full_name
    assert "mother" not in answer.json()["content"]["identity"]
    act = Act.objects.filter(verb="registers.read", detail__register="population").get()
    assert (act.subjects, act.purpose) == ([father.id], "duty/data-sharing")
    assert by_name.status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        {},
        {"query": 1},
        {"query": {"content": 1}},
        {"query": {"content": {"Nonsense": 1}}},
        {"query": {"content": {"ID": {"$ne": ""}}}},
        {"query": {"content": {}}},
    ],
)
def test_nonsense_is_a_bad_request(keeper: Software, body: Any) -> None:
    for path in ("read", "exists"):
        assert keeper.post(f"{DATA}/{path}", body).status_code in (400, 404)


@pytest.mark.parametrize(
    "query", ["pageSize=0", "pageSize=101", "page=0", "page=x", "filter=No&search=1"]
)
def test_a_list_has_bounds(keeper: Software, query: str) -> None:
    assert keeper.get(f"{DATA}?{query}").status_code == 400


def test_an_unknown_register_or_version_is_not_found(keeper: Software) -> None:
    body = {"query": {"content": {"ID": "1"}}}

    assert keeper.post("data/nowhere/1.0/read", body).status_code == 404
    assert keeper.post("data/registryname/7/read", body).status_code == 404
    assert keeper.get("nowhere").status_code == 404


def test_who_read_a_person_is_told_to_a_portal_that_may_relay(partner: Software) -> None:
    father = family()[0]
    partner.post("data/population/1.0/read", {"query": {"content": {"id": father.personal_number}}})
    leader = officer(body_of("G01"), "leadership", "register-head", "Lê Văn Cổng")
    portal = Software(
        secret_for(leader, officer(body_of("G01"), "leadership", "data-portal", "Cổng"))[0]
    )

    asked = f"data/MyPersonalDataUsage/1.0?userID={father.personal_number}&DatabaseID=population"
    said = portal.get(asked)

    assert said.status_code == 200
    (entry,) = [one for one in said.json() if one["ReaderInstitutionID"] == "G15"]
    assert entry["ID"] == father.personal_number
    assert entry["SearchDateTime"]
    assert UUID(entry["Refrences"][0]["ReferenceID"])
    assert partner.get(asked).status_code == 403


@pytest.mark.parametrize(
    "query",
    ["userID=EE37812&DatabaseID=population", "userID=001185000001&DatabaseID=...", ""],
)
def test_an_unknown_person_or_register_is_a_bad_request(keeper: Software, query: str) -> None:
    assert keeper.get(f"data/MyPersonalDataUsage/1.0?{query}").status_code == 400
