"""The webhooks of a body on the screen of who leads it."""

import re
from typing import Any

import pytest

from motcua.exchange import api as exchange
from tests.dossiers.world import World
from tests.exchange.conftest import happened, parcel
from tests.exchange.receiver import receiving
from tests.web.desk.screens import screen

URL = "/desk/webhooks/"


def text(response: Any) -> str:
    return response.content.decode()


def test_a_webhook_is_added_watched_paused_rotated_and_removed(world: World) -> None:
    client = screen(world.chair)
    with receiving() as receiver:
        form = text(client.get(URL))
        key = re.search(r'name="key" value="([^"]+)"', form)
        assert key
        typed = {"key": key[1], "url": receiver.url, "title": "Own software", "kinds": "parcel.*"}
        added = client.post(URL, typed)
        assert added.status_code == client.post(URL, typed).status_code == 303
        page = text(client.get(added.url))
        secret = re.search(r"whsec_[^<]+", page)
        assert secret
        assert "whsec_" not in text(client.get(added.url))
        happened((parcel(world.ward.id), "parcel.sent"))
        receiver.behave = lambda _got: 500
        exchange.send_due()
        page = text(client.get(f"{added.url}?waiting"))
        assert "it refused (500)" in page
        delivery = re.search(r'name="delivery" value="([^"]+)"', page)
        assert delivery
        receiver.behave = lambda _got: 200
        client.post(f"{added.url}retry", {"delivery": delivery[1]})
        exchange.send_due()
        assert "arrived" in text(client.get(added.url))
        assert receiver.got[1].verified(secret[0])
    for verb, words in (("pause", "Paused by your body."), ("resume", "in use")):
        assert words in text(client.post(f"{added.url}{verb}", follow=True))
    for _click in range(2):
        assert client.post(f"{added.url}rotate").status_code == 303
    page = text(client.get(added.url))
    assert "whsec_" in page
    assert "Two secrets sign" in page
    assert len(exchange.endpoints(world.chair)) == 1
    client.post(f"{added.url}remove")
    assert exchange.endpoints(world.chair) == ()


def test_all_faults_are_said_at_once_and_what_was_typed_comes_back(world: World) -> None:
    response = screen(world.chair).post(URL, {"url": "ftp://old", "kinds": "Dossier"})

    assert response.status_code == 422
    assert "Enter a full web address" in text(response)
    assert "Not understood: Dossier" in text(response)
    assert 'value="ftp://old"' in text(response)


@pytest.mark.parametrize("path", ["", "01a201a6-f4b6-70b4-989e-16d36c50f4f6/"])
def test_only_who_leads_sees_webhooks(world: World, path: str) -> None:
    assert screen(world.clerk).get(URL + path).status_code == 403
    assert screen(world.chair).get(URL + path).status_code == (404 if path else 200)


def test_unknown_changes_are_not_found(world: World) -> None:
    client = screen(world.chair)
    new = exchange.add_endpoint(world.chair, url="https://example.vn/")

    assert client.post(f"{URL}{new.endpoint.id}/explode").status_code == 404
    assert client.post(f"{URL}{new.endpoint.id}/retry", {"delivery": "x"}).status_code == 404
