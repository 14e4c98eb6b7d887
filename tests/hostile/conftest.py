"""A ward at work, seen through HTTP by a guest, a citizen and an officer."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.core.signals import got_request_exception
from django.test import Client

from motcua.catalogue import api as catalogue
from motcua.dossiers import api
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from tests.dossiers.conftest import world
from tests.dossiers.world import World, at

__all__ = ["world"]


def browser(actor: Actor | None, language: str = "fr") -> Client:
    """A browser signed in as the actor (through his post, for an officer)."""
    client = Client(raise_request_exception=False, headers={"accept-language": language})
    client.defaults_ = {"accept-language": language}
    if actor is not None:
        client.force_login(get_user_model().objects.get(id=actor.account_id))
        if actor.post_id:
            session = client.session
            session["post"] = str(actor.post_id)
            session.save()
    return client


@pytest.fixture
def faults() -> Iterator[list[str]]:
    """What went wrong inside the views, in words."""
    import sys
    import traceback

    seen: list[str] = []

    def note(**_about: Any) -> None:
        error = sys.exc_info()[1]
        assert error is not None
        last = traceback.extract_tb(error.__traceback__)[-1]
        ours = [f for f in traceback.extract_tb(error.__traceback__) if "motcua" in f.filename]
        where = ours[-1] if ours else last
        seen.append(
            f"{type(error).__name__}: {str(error)[:200]} at {where.filename}:{where.lineno}"
        )

    got_request_exception.connect(note)
    yield seen
    got_request_exception.disconnect(note)


@pytest.fixture
def known(world: World) -> dict[str, Any]:
    """True values for the parameters of addresses: a draft, a dossier with a paper and a file."""
    with clock.at(at("2026-03-03 08:00")):
        draft_id: UUID = world.draft()
    dossier_id = world.filed()
    world.says(world.clerk, dossier_id, "accept", "2026-03-03 08:30")
    view = api.dossier_view(world.mother, dossier_id)
    page = catalogue.procedure(view.dossier.procedure).form[0].page
    return {
        "draft_id": draft_id,
        "dossier_id": dossier_id,
        "file_id": view.uploads[0].file_id,
        "paper_id": view.papers[0].paper_id,
        "service": "birth-registration",
        "page": page,
        "verb": "propose",
        "code": view.dossier.code,
    }
