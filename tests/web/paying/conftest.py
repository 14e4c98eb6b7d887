"""A town that collects, the gateway within the process, and browsers of its people."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from motcua.kernel.actors import Actor
from tests.payments.conftest import Town, gateway, town

__all__ = ["gateway", "town"]


@pytest.fixture
def guest() -> Client:
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def mother(town: Town) -> Client:
    return browser_of(town.mother)


def browser_of(actor: Actor) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(get_user_model().objects.get(id=actor.account_id))
    return client
