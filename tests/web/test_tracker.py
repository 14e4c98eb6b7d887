"""The data tracker's protocol, held against its published shapes (OpenAPI 2.1.0, retold here)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import jsonschema
import pytest
from django.test import Client

from motcua.directory import api as directory
from motcua.identity import api as identity
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from tests.dossiers.world import officer
from tests.openness.people import NOW, People, later, make_people

MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"}
TEXT = {"type": "string", "minLength": 1}
USAGES = {
    "type": "object",
    "required": ["totalUsages", "usages"],
    "properties": {
        "totalUsages": {"type": "integer", "minimum": 0, "maximum": 2**31 - 1},
        "usages": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["logtime", "action", "receiverCode", "receiverSystem"],
                "properties": {
                    "logtime": MOMENT,
                    "action": TEXT,
                    "receiverCode": TEXT,
                    "receiverName": TEXT,
                    "receiverSystem": TEXT,
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}
PERIOD = {
    "type": "object",
    "required": ["periodStart"],
    "properties": {"periodStart": MOMENT, "periodEnd": MOMENT},
    "additionalProperties": False,
}
HEARTBEAT = {
    "type": "object",
    "required": ["status"],
    "properties": {"status": {"enum": ["OK", "FAIL"]}, "message": {"type": "string"}},
    "additionalProperties": False,
}


@pytest.fixture
def people(country: None) -> Iterator[People]:
    with clock.at(NOW):
        yield make_people()


def key_for(role: str, *scopes: str) -> str:
    """A key of software that works at a post of the Ministry of Justice."""
    body = directory.body_by_code("G15")
    assert body is not None
    head: Actor = officer(body, "leadership", "chair", "Trần Văn Hải")
    post = officer(body, "appraisal", role, "Cổng dữ liệu").post_id
    application = identity.create_application(head, name=f"Portal {role}", post_id=post)
    return identity.issue_key(head, application.id, scopes=scopes or ("usage:read",)).secret


@pytest.fixture
def key(people: People) -> str:
    return key_for("data-portal")


def ask(people: People, key: str, *, user: str = "", **query: Any) -> Any:
    asked = {"userCode": f"VN{people.hanh_number}"} | query
    headers = {
        "Authorization": f"Bearer {key}",
        "X-Road-UserId": user or f"VN{people.hanh_number}",
        "X-Road-Client": "VN/GOV/G15/portal",
        "Accept-Language": "en",
    }
    url = f"/aj/v2/findUsage?{urlencode({k: v for k, v in asked.items() if v is not None})}"
    return Client().get(url, headers={k: v for k, v in headers.items() if v != "-"})


def since(days: int = 0) -> str:
    return (NOW + timedelta(days=days)).isoformat()


def test_usages_have_the_published_shape_newest_first(people: People, key: str) -> None:
    people.looks()
    with later(1):
        people.looks(purpose="duty/keep-register")
        answer = ask(people, key, periodStart=since())
    assert answer.status_code == 200
    found = answer.json()
    jsonschema.validate(found, USAGES)
    assert found["totalUsages"] == 2
    moments = [datetime.fromisoformat(one["logtime"]) for one in found["usages"]]
    assert moments == sorted(moments, reverse=True)
    assert found["usages"][1] == {
        "logtime": "2026-03-03T01:00:00.000Z",
        "action": "Checking the quality of data. Read: Full name, Date of birth",
        "receiverCode": "G01",
        "receiverName": "Ministry of Public Security",
        "receiverSystem": "National population database",
    }


def test_the_total_is_not_changed_by_limit_and_offset(people: People, key: str) -> None:
    for _time in range(5):
        people.looks()
    found = ask(people, key, periodStart=since(), limit=2, offset=4).json()
    assert found["totalUsages"] == 5
    assert len(found["usages"]) == 1
    assert ask(people, key, periodStart=since(), limit=0).json()["usages"] == []


def test_the_period_is_both_ways_included(people: People, key: str) -> None:
    people.looks()
    assert ask(people, key, periodStart=since(), periodEnd=since()).json()["totalUsages"] == 1
    with later(2):
        assert ask(people, key, periodStart=since(1)).json()["totalUsages"] == 0


def test_what_is_told_later_is_not_counted(people: People, key: str) -> None:
    people.looks(detail={"told_after": "2026-12-31"})
    assert ask(people, key, periodStart=since()).json() == {"totalUsages": 0, "usages": []}


@pytest.mark.parametrize(
    "query",
    [
        {"userCode": None},
        {"userCode": "001190000011"},
        {"userCode": "EE12345678901"},
        {"limit": 1001},
        {"limit": -1},
        {"offset": "x"},
        {"offset": 2**31},
        {"periodStart": "yesterday"},
        {"periodStart": "2026-03-03"},
        {"periodEnd": "2026-03-03T10:20:30"},
    ],
)
def test_what_does_not_fit_the_protocol_is_a_400(
    people: People, key: str, query: dict[str, Any]
) -> None:
    answer = ask(people, key, **query)
    assert answer.status_code == 400
    assert answer.json()["code"] == "tracker.invalid"


def test_the_user_must_be_named(people: People, key: str) -> None:
    assert ask(people, key, user="-").status_code == 400
    assert ask(people, key, user="VN12").status_code == 400


def test_a_parent_may_ask_for_a_child_and_a_stranger_may_not(people: People, key: str) -> None:
    people.looks(whose=people.child)
    people.looks(whose=people.child, purpose="duty/will", detail={"heirs": False})
    child = f"VN{people.child_number}"
    assert ask(people, key, userCode=child, periodStart=since()).json()["totalUsages"] == 1
    hanh = f"VN{people.hanh_number}"
    refused = ask(people, key, user=child, userCode=hanh)
    assert (refused.status_code, refused.json()["code"]) == (403, "openness.relation-missing")


def test_only_a_portal_with_the_scope_may_ask(people: People) -> None:
    for role, scopes, code in (
        ("register-officer", (), "identity.not-allowed"),
        ("data-portal", ("catalogue",), "identity.scope-missing"),
    ):
        answer = ask(people, key_for(role, *scopes))
        assert (answer.status_code, answer.json()["code"]) == (403, code)
    assert ask(people, "mc_wrong").status_code == 401
    assert Client().get("/aj/v2/usagePeriod").status_code == 401


def test_period_and_heartbeat_have_the_published_shapes(people: People, key: str) -> None:
    period = Client().get("/aj/v2/usagePeriod", headers={"Authorization": f"Bearer {key}"})
    jsonschema.validate(period.json(), PERIOD)
    heart = Client().get("/aj/v2/heartbeat")
    jsonschema.validate(heart.json(), HEARTBEAT)
    assert heart.json()["status"] == "OK"
    assert Client().post("/aj/v2/heartbeat").status_code == 405


def test_nothing_personal_is_kept_by_caches(people: People, key: str) -> None:
    assert ask(people, key).headers["Cache-Control"] == "private, no-store"
