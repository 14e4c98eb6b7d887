"""Citizens who apply, and the way from a service to a dossier as a browser without a script."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from motcua.kernel import clock
from motcua.kernel.actors import Actor
from tests.dossiers.world import World, make_world
from tests.web.portal.walking import Walk


@pytest.fixture(autouse=True)
def _on_a_tuesday_morning() -> Iterator[None]:
    """The day of the services' examples."""
    with clock.at(datetime.fromisoformat("2026-03-03T08:00:00+07:00")):
        yield


def browser_of(actor: Actor) -> Walk:
    client = Client(headers={"accept-language": "en"})
    client.force_login(get_user_model().objects.get(id=actor.account_id))
    return Walk(client)


@pytest.fixture
def world(country: None) -> World:
    """A ward with its officers; Trần Thị Bích lives there."""
    return make_world()


@pytest.fixture
def walk(world: World) -> Walk:
    """Trần Thị Bích in her browser."""
    return browser_of(world.mother)


@pytest.fixture
def stranger(world: World) -> Walk:
    """Somebody else in his own browser."""
    return browser_of(world.stranger)
