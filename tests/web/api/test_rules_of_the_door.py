"""What every request meets: keys, scopes, problems, versions, idempotency, limits, no HTML."""

import json
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.dossiers import api as dossiers
from motcua.identity import api as identity
from motcua.kernel import clock
from motcua.web.api.examples import ANSWERS
from motcua.web.api.middleware import Machines as Middleware
from tests.dossiers.world import World, at
from tests.web.api.machines import ROOT, Machine, Machines

BIRTH = "/services/birth-registration"
NOW = "2026-03-03 08:00"


def problem(response: Any, status: int, code: str) -> Any:
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    found = response.json()
    assert found["code"] == code
    assert found["status"] == status
    assert found["type"].endswith(f"/api/problems/#{code}")
    return found


def draft(machine: Machine, answers: Any = ANSWERS) -> str:
    draft_id = machine.post(f"{BIRTH}/drafts").json()["id"]
    machine.put(f"/drafts/{draft_id}/answers", {"answers": answers})
    machine.upload(f"/drafts/{draft_id}/papers/birth-notice")
    return str(draft_id)


def test_without_a_key_only_public_things_answer(machines: Machines) -> None:
    assert machines.guest.get("/services").status_code == 200
    response = machines.guest.get("/dossiers")
    problem(response, 401, "identity.key-needed")
    assert response["WWW-Authenticate"] == "Bearer"
    problem(Machine("mc_nonsense").get("/services"), 401, "identity.key-unknown")


def test_a_session_is_no_key(world: World) -> None:
    client = Client()
    client.force_login(get_user_model().objects.get(id=world.mother.account_id))
    problem(client.get(f"{ROOT}/dossiers"), 401, "identity.key-needed")


def test_a_scope_that_was_not_given_is_missing(world: World) -> None:
    made = identity.create_application(world.mother, name="x")
    secret = identity.issue_key(world.mother, made.id, scopes=["payments"]).secret
    found = problem(Machine(secret).get("/dossiers"), 403, "identity.scope-missing")
    assert found["params"] == {"scope": "dossiers:read"}


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("GET", "/nothing", None, 404, "api.not-found"),
        ("GET", "/drafts/not-a-uuid", None, 404, "api.not-found"),
        ("PATCH", "/services", None, 405, "api.method-not-allowed"),
        ("GET", "/services/nothing", None, 404, "catalogue.no-such-service"),
        ("GET", "/track/XYZ", None, 404, "dossiers.no-such-code"),
        ("GET", "/services?limit=many", None, 422, "api.invalid"),
        ("POST", f"{BIRTH}/fees", [1], 422, "api.invalid"),
    ],
)
def test_each_no_is_a_problem(
    country: None, method: str, path: str, body: Any, status: int, code: str
) -> None:
    problem(Machine().send(method, path, body), status, code)


@pytest.mark.parametrize("sent", ["{", '"\\u0000"', "[" * 5000, "1e999", "NaN", '{"a": "\\ud800"}'])
def test_what_cannot_be_stored_is_unreadable(country: None, sent: str) -> None:
    response = Client().post(f"{ROOT}{BIRTH}/fees", sent, content_type="application/json")
    problem(response, 400, "api.unreadable")


def test_other_media_types_and_sizes_are_refused(machines: Machines) -> None:
    headers = machines.citizen.headers
    response = Client().post(f"{ROOT}{BIRTH}/drafts", {"a": "b"}, headers=headers)
    problem(response, 415, "api.media-type")
    big = json.dumps({"answers": {"a": "x" * 1_100_000}})
    response = Client().post(f"{ROOT}{BIRTH}/fees", big, content_type="application/json")
    problem(response, 413, "shell.request-too-large")


def test_all_faults_come_at_once_in_the_language_asked_for(machines: Machines) -> None:
    citizen = machines.citizen
    draft_id = citizen.post(f"{BIRTH}/drafts").json()["id"]
    wrong = {"child": {"born_on": "31/02/2026", "at_facility": ["yes"]}, "chidl": {"name": "x"}}
    saved = citizen.put(f"/drafts/{draft_id}/answers", {"answers": wrong}).json()
    codes = {one["path"]: one["code"] for one in saved["problems"]}
    assert codes["chidl.name"] == "dossiers.unknown-answer"
    assert codes["child.at_facility"] == "dossiers.answer-of-other-kind"
    assert codes["child.born_on"] == "catalogue.no-such-day"
    response = citizen.post(f"/drafts/{draft_id}/submit", key="1", **{"accept-language": "vi"})
    found = problem(response, 422, "dossiers.form-incomplete")
    assert len(found["problems"]) > 5
    assert response["Content-Language"] == "vi"


def test_the_form_comes_with_what_registers_know(machines: Machines) -> None:
    opened = machines.citizen.post(f"{BIRTH}/drafts").json()
    assert opened["answers"]["applicant"]["full_name"] == "Trần Thị Bích"
    assert [page["page"] for page in opened["ask"]]


def test_a_submission_needs_a_key_and_happens_once(machines: Machines) -> None:
    citizen = machines.citizen
    with clock.at(at(NOW)):
        draft_id = draft(citizen)
        path = f"/drafts/{draft_id}/submit"
        problem(citizen.post(path), 400, "api.key-needed")
        first = citizen.post(path, key="k-1")
        again = citizen.post(path, key="k-1")
        assert first.status_code == again.status_code == 201
        assert first.content == again.content
        assert again["Idempotent-Replayed"] == "true"
        other = citizen.post(path, {"accept": True}, key="k-1")
    problem(other, 422, "exchange.key-reused")
    assert len(citizen.get("/dossiers").json()["items"]) == 1


def test_a_version_that_was_overtaken_is_a_conflict(machines: Machines) -> None:
    citizen = machines.citizen
    opened = citizen.post(f"{BIRTH}/drafts")
    path = f"/drafts/{opened.json()['id']}/answers"
    body = {"answers": {"child": {"name": "Nguyễn Minh Anh"}}}
    tag = opened["ETag"]
    assert citizen.put(path, body, **{"if-match": tag}).status_code == 200
    problem(citizen.put(path, body, **{"if-match": tag}), 409, "dossiers.draft-changed")
    problem(citizen.put(path, body, **{"if-match": "x"}), 400, "api.bad-version")


def test_strangers_see_nothing(machines: Machines, world: World) -> None:
    dossier_id = world.filed()
    problem(machines.stranger.get(f"/dossiers/{dossier_id}"), 404, "dossiers.not-found")
    answer = machines.stranger.post(f"/dossiers/{dossier_id}/acts/withdraw")
    problem(answer, 404, "dossiers.not-found")


@pytest.mark.parametrize("verb", ["seal", "pay", "nonsense"])
def test_the_systems_own_verbs_are_not_for_machines(
    machines: Machines, world: World, verb: str
) -> None:
    dossier_id = world.filed()
    response = machines.desk.post(f"/dossiers/{dossier_id}/acts/{verb}")
    assert 400 <= response.status_code < 500
    extra = machines.desk.post(f"/dossiers/{dossier_id}/acts/accept", {"charge_id": "x"})
    problem(extra, 422, "api.invalid")


def test_pages_of_my_dossiers_stay_the_same_while_new_ones_come(
    machines: Machines, world: World
) -> None:
    old = [world.filed(f"2026-03-03 08:0{minute}") for minute in range(3)]
    first = machines.citizen.get("/dossiers?limit=2").json()
    world.filed("2026-03-03 09:00")
    second = machines.citizen.get(f"/dossiers?limit=2&after={first['next']}").json()
    seen = [UUID(one["id"]) for one in [*first["items"], *second["items"]]]
    assert seen == old[::-1]
    assert second["next"] == ""


def test_lists_cost_few_statements(machines: Machines, world: World) -> None:
    for minute in range(5):
        world.filed(f"2026-03-03 08:0{minute}")
    for machine, path, most in [
        (machines.citizen, "/dossiers", 2),
        (machines.desk, "/queue?which=unit", 4),
        (machines.desk, "/queue/counts", 3),
    ]:
        machine.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert machine.get(path).status_code == 200
        assert len(seen) <= most, [query["sql"][:90] for query in seen.captured_queries]


def test_who_asks_too_often_waits(machines: Machines, settings: Any) -> None:
    settings.RATE_LIMITS_ON = True
    settings.RATE_LIMITS = {"api-key": (60, 2), "api-guest": (60, 1)}
    door = Middleware(lambda request: None)  # type: ignore[arg-type,return-value]
    from django.test import RequestFactory

    def ask(**headers: str) -> Any:
        return door(RequestFactory().get(f"{ROOT}/services", headers=headers))

    assert [ask().status_code for _ in range(2)] == [200, 429]
    keyed = [ask(**machines.citizen.headers) for _ in range(3)]
    assert [one.status_code for one in keyed] == [200, 200, 429]
    assert keyed[2]["Retry-After"] == "1"
    assert ask(authorization="Bearer wrong").status_code == 429


def test_the_description_is_openapi(country: None) -> None:
    response = Client().get(f"{ROOT}/openapi.json")
    assert response.status_code == 200
    assert response.json()["openapi"].startswith("3.1")


def test_files_and_replies_of_applicants_reach_the_officers(
    machines: Machines, world: World
) -> None:
    dossier_id = world.filed()
    path = f"/dossiers/{dossier_id}"
    assert machines.citizen.post(f"{path}/messages", {"text": "Xin chào"}).status_code == 201
    view = dossiers.dossier_view(world.clerk, dossier_id)
    assert [one.text for one in view.messages] == ["Xin chào"]
    problem(machines.citizen.post(f"{path}/notes", {"text": "x"}), 403, "identity.scope-missing")
