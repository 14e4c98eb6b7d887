"""Every button of the portal is clicked twice: the second click changes nothing."""

import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client

from motcua.acts import api as acts
from motcua.dossiers import api
from motcua.dossiers.models import Dossier, Draft, Message, Upload
from motcua.kernel import clock
from tests.documents.samples import png
from tests.dossiers.conftest import shared_world
from tests.dossiers.world import World, at
from tests.hostile.addresses import addresses
from tests.hostile.conftest import browser
from tests.hostile.forms import forms_of
from tests.simulation.holding import traces

__all__ = ["shared_world"]
NOW = "2026-03-03 10:00"
WHY = {"reason": "unreadable-paper", "say": "Bản chụp mờ.", "items": [{"paper": "birth-notice"}]}


def footprint() -> tuple[Any, ...]:
    drafts = list(Draft.objects.order_by("id").values_list("id", "answers", "done"))
    dossiers = list(Dossier.objects.order_by("id").values_list("id", "version", "state"))
    return traces(), drafts, dossiers


@pytest.mark.parametrize("stage", ["filed", "asked", "proposed"])
def test_a_second_click_on_any_form_changes_nothing(
    stage: str, world: World, known: dict[str, Any]
) -> None:
    with clock.at(at(NOW)):
        known["dossier_id"] = STAGES[stage](world)
        client = browser(world.mother, "en")
        found: dict[str, Any] = {}
        for path in addresses(known):
            if path.startswith("/my/"):
                answer = client.get(path)
                if answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
                    pairs = forms_of(path, answer.content.decode())
                    found |= {f"{to} {data}": (to, data) for to, data in pairs}
        assert len(found) > 10
        wrong = [why for to, data in found.values() if (why := clicked_twice(client, to, data))]
    assert not wrong, "\n".join(wrong)


def clicked_twice(client: Client, path: str, data: dict[str, Any]) -> str:
    """What changed with the second click, in words; all is taken back."""
    if path.startswith("/account/"):
        return ""
    with transaction.atomic():
        first = client.post(path, data).status_code
        before = footprint()
        second = client.post(path, data).status_code
        after = footprint()
        transaction.set_rollback(True)
    if first >= 500 or second >= 500 or before != after:
        return f"{path} {data}: {first}, {second}; {before[0]} -> {after[0]}"
    return ""


def _asked(world: World) -> UUID:
    dossier_id = world.filed()
    world.says(world.clerk, dossier_id, "ask-once", "2026-03-03 08:30", **WHY)
    return dossier_id


STAGES: dict[str, Callable[[World], UUID]] = {
    "filed": lambda world: world.filed(),
    "asked": _asked,
    "proposed": lambda world: world.proposed(),
}


def together(client: Client, path: str, data: Callable[[], dict[str, Any]]) -> list[int]:
    """The same request from two threads at the same moment; the two statuses."""
    found, gate = [0, 0], threading.Barrier(2)

    def run(number: int) -> None:
        try:
            copy = Client(raise_request_exception=False)
            copy.cookies = client.cookies
            gate.wait(10)
            with clock.at(at(NOW)):
                found[number] = copy.post(path, data()).status_code
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return found


def one_file() -> dict[str, Any]:
    return {"file:birth-notice": SimpleUploadedFile("a.png", png())}


def verbs(dossier_id: UUID) -> list[str]:
    return [act.verb for act in acts.timeline_of(dossier_id)]


def test_two_clicks_at_once_do_everything_once(shared_world: World) -> None:
    world = shared_world
    client = browser(world.mother, "en")
    with clock.at(at("2026-03-03 08:00")):
        draft_id = world.draft(paper=False)
    papers = f"/my/applications/{draft_id}/papers"
    assert max(together(client, papers, one_file)) < 500
    assert Upload.objects.filter(dossier_id=draft_id).count() == 1
    check = f"/my/applications/{draft_id}/check"
    assert together(client, check, lambda: {"declared": "yes", "key": "k"}) == [303, 303]
    assert Dossier.objects.count() == 1
    assert verbs(draft_id).count("dossier.submitted") == 1
    world.says(world.clerk, draft_id, "ask-once", "2026-03-03 09:00", **WHY)
    version = api.dossier_view(world.mother, draft_id).version
    withdraw = {"say": "Tôi không cần nữa.", "sure": "yes", "version": str(version)}
    assert max(together(client, f"/my/dossiers/{draft_id}/withdraw", lambda: withdraw)) < 500
    assert verbs(draft_id).count("dossier.withdrawn") == 1


def test_two_messages_sent_at_once_by_one_click_are_one(shared_world: World) -> None:
    world = shared_world
    dossier_id = world.filed()
    client = browser(world.mother, "en")
    with clock.at(at(NOW)):
        path = f"/my/dossiers/{dossier_id}/"
        pairs = forms_of(path, client.get(path).content.decode())
    to, data = next((to, data) for to, data in pairs if {"text", "message"} & data.keys())
    data = {name: value if value != [""] else ["Xin chào."] for name, value in data.items()}
    assert max(together(client, to, lambda: data)) < 500
    assert Message.objects.count() == 1
