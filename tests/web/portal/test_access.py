"""Who may open what: another person's draft or dossier is as if it did not exist."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from motcua.identity import api as identity
from motcua.kernel.actors import SYSTEM
from tests.dossiers.world import World, citizen
from tests.web.portal.conftest import browser_of
from tests.web.portal.walking import Walk

PAGES = ["", "pages/child", "papers", "check", "discard"]
DOSSIER = ["", "sent", "supplement", "draft", "draft.pdf", "withdraw", "correction"]


@pytest.mark.parametrize("page", PAGES)
def test_the_draft_of_another_is_not_there(world: World, stranger: Walk, page: str) -> None:
    draft_id = world.draft()
    stranger.get(f"/my/applications/{draft_id}/{page}", status=404)
    stranger.get(f"/my/applications/{uuid4()}/{page}", status=404)


@pytest.mark.parametrize("page", DOSSIER)
def test_the_dossier_of_another_is_not_there(world: World, stranger: Walk, page: str) -> None:
    stranger.get(f"/my/dossiers/{world.filed()}/{page}", status=404)


@pytest.mark.parametrize("path", ["/my/", "/my/notices", "/my/profile", "/my/apply/x/"])
def test_a_stranger_is_asked_to_sign_in(country: None, path: str) -> None:
    response = Client().get(path)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/account/login/?next=")


def test_posts_to_the_pages_of_another_change_nothing(world: World, stranger: Walk) -> None:
    draft_id, dossier_id = world.draft(), world.filed()
    stranger.post(f"/my/applications/{draft_id}/pages/child", {"child.name": "X"}, status=404)
    stranger.post(f"/my/applications/{draft_id}/check", {"declared": "yes"}, status=404)
    stranger.post(f"/my/dossiers/{dossier_id}/withdraw", {}, status=404)
    stranger.post(f"/my/dossiers/{dossier_id}/", {"do": "message", "text": "X"}, status=404)


def test_an_account_of_too_low_a_level_hears_where_to_be_verified(country: None) -> None:
    walk = browser_of(citizen("Lê Văn Tám", "tam", level=0))
    walk.get("/my/apply/birth-registration/", status=403)
    assert "any one-stop desk with your identity card" in walk.text
    walk.post("/my/apply/birth-registration/", {}, status=403)


def test_who_represents_a_business_chooses_for_whom_to_apply(walk: Walk, world: World) -> None:
    account_id = world.mother.account_id
    assert account_id is not None
    identity.add_representation(
        SYSTEM,
        account_id=account_id,
        business_number="0101234567",
        business_name="Công ty An Phú",
        since=date(2026, 1, 1),
    )
    service = "/my/apply/electricity-connection/"
    assert "For whom do you apply?" in walk.get(service).text
    overview = walk.post(service, {"behalf": "business:0101234567"})
    assert "You act for Công ty An Phú." in walk.get(overview).text
    walk.post("/my/acting-for", {"behalf": "business:9999999999"})
    assert "You act for" not in walk.get("/my/").text
