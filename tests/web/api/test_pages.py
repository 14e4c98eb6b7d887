"""The page about the API, and the pages where keys are made."""

import re

import pytest
from django.test import Client

from motcua.identity import api as identity
from motcua.web.api.describing import OPERATIONS
from tests.dossiers.world import World
from tests.hostile.conftest import browser


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_the_page_shows_every_operation_in_each_language(country: None, language: str) -> None:
    response = Client(headers={"accept-language": language}).get("/api/")
    text = response.content.decode()
    assert response.status_code == 200
    assert f'lang="{language}"' in text
    assert not [name for name in OPERATIONS if f'id="{name}"' not in text]
    assert "style=" not in text


def test_every_type_of_problem_leads_to_its_words(country: None) -> None:
    text = Client().get("/api/problems/").content.decode()
    assert 'id="dossiers.form-incomplete"' in text
    assert 'id="api.invalid"' in text


def made(client: Client, address: str, **fields: str) -> str:
    response = client.post(address, {"name": "Sổ gia đình", **fields})
    assert response.status_code == 303
    return str(response["Location"])


def shown_secret(text: str) -> str:
    found = re.search(r"mc_[a-z2-7]{10}_[\w-]{43}", text)
    assert found
    return found[0]


def test_a_person_makes_rotates_and_ends_a_key(world: World) -> None:
    client = browser(world.mother, "en")
    address = made(client, "/my/applications/")
    response = client.post(address, {"do": "issue", "scopes": ["dossiers:read"], "newest": ""})
    assert response["Cache-Control"] == "private, no-store"
    secret = shown_secret(response.content.decode())
    caller = identity.actor_of_key(secret)
    page = client.get(address).content.decode()
    assert secret not in page
    key = identity.application(world.mother, caller.application_id).keys[0]
    rotated = client.post(address, {"do": f"rotate:{key.id}", "newest": str(key.id)})
    assert shown_secret(rotated.content.decode()) != secret
    assert client.post(address, {"do": f"revoke:{key.id}"}).status_code == 303
    assert client.post(address, {"do": "close"}).status_code == 303
    assert "Disconnected" in client.get("/my/applications/").content.decode()


def test_a_double_click_makes_one_key(world: World) -> None:
    client = browser(world.mother, "en")
    address = made(client, "/my/applications/")
    form = {"do": "issue", "scopes": ["dossiers:read"], "newest": ""}
    assert client.post(address, form).status_code == 200
    assert client.post(address, form).status_code == 422
    assert len(identity.applications_of(world.mother)[0].keys) == 1


def test_who_leads_connects_software_of_the_body(world: World) -> None:
    client = browser(world.chair, "vi")
    address = made(client, "/desk/applications/", post=str(world.clerk.post_id))
    response = client.post(address, {"do": "issue", "scopes": ["queue:read"], "newest": ""})
    caller = identity.actor_of_key(shown_secret(response.content.decode()))
    assert caller.actor.body_id == world.ward.id
    assert browser(world.civil).get("/desk/applications/").status_code == 403
    assert client.get(address).status_code == 200


def test_faults_come_back_on_the_page(world: World) -> None:
    assert browser(world.mother).post("/my/applications/", {"name": " "}).status_code == 422
    assert browser(world.chair).post("/desk/applications/", {"name": "x"}).status_code == 422
    client = browser(world.mother)
    address = made(client, "/my/applications/")
    assert client.post(address, {"do": "issue", "newest": ""}).status_code == 422
