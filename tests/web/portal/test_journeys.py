"""The four services from the search to the confirmation, over HTTP, without a script."""

from typing import Any

import pytest
from django.test import Client

from tests.web.portal.walking import ME, Walk, example

SEARCHES = {
    "birth-registration": "khai snh",
    "death-registration": "khai tu",
    "former-id-confirmation": "cmnd 9 so",
    "electricity-connection": "lap dien",
}


@pytest.mark.parametrize("service", SEARCHES)
def test_a_citizen_finds_a_service_and_sends_an_application(walk: Walk, service: str) -> None:
    walk.get(f"/services?q={SEARCHES[service]}")
    assert f'href="/services/{service}/"' in walk.text
    dossier_id = walk.apply(service, {**example(service), **ME})
    walk.get(f"/my/dossiers/{dossier_id}/sent")
    assert "Your application is on its way" in walk.text
    assert f"/track?code={dossier_id}" in walk.text
    assert "<svg" in walk.text
    stranger = Walk(Client()).get(f"/track?code={dossier_id}")
    assert "Bích" not in stranger.text
    assert dossier_id in walk.get("/my/").text


def test_a_second_click_sends_nothing_twice(walk: Walk) -> None:
    service: Any = "former-id-confirmation"
    url = walk.answer_all(service, walk.start(service), {**example(service), **ME})
    url = walk.attach_all(url) if url.endswith("/papers") else url
    first = walk.send(url)
    again = walk.post(url, {"declared": "yes", "key": "another"})
    assert again == first
    assert walk.get("/my/").text.count("/my/dossiers/") == 1
    walk.response = walk.client.get(url)
    assert walk.response.headers["Location"] == first


def test_an_application_without_declaration_is_not_sent(walk: Walk) -> None:
    service = "former-id-confirmation"
    url = walk.answer_all(service, walk.start(service), {**example(service), **ME})
    url = walk.attach_all(url) if url.endswith("/papers") else url
    walk.post(url, {"key": "k"}, status=422)
    assert "Confirm that your answers are true" in walk.text
