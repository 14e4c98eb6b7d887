"""Citizens who apply, and the way from a service to a dossier as a browser without a script."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

import motcua.web.portal
from motcua.identity import api as identity
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM
from motcua.project.management.commands.texts import compile_texts
from tests.web.portal.walking import Walk
from tests.web.public.conftest import country, loaded

__all__ = ["country", "loaded"]
compile_texts(Path(motcua.web.portal.__file__).parent)
PASSWORD = "mot-cua-2025-thu"


@pytest.fixture(scope="session")
def _keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(autouse=True)
def _own_keys(_keys: Path, settings: Any) -> None:
    settings.MOTCUA_KEYS = _keys


@pytest.fixture(autouse=True)
def _on_a_tuesday_morning() -> Iterator[None]:
    """The day of the services' examples."""
    with clock.at(datetime.fromisoformat("2026-03-03T08:00:00+07:00")):
        yield


@pytest.fixture
def new_citizen(country: None) -> Callable[..., identity.AccountCard]:
    def make(username: str = "bich", **fields: Any) -> identity.AccountCard:
        known = {"full_name": "Trần Thị Bích", "personal_number": "001196000011"}
        known |= {"phone": "0912345678"}
        return identity.create_citizen(
            SYSTEM, password=PASSWORD, username=username, **{**known, **fields}
        )

    return make


def signed_in(username: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    assert client.login(username=username, password=PASSWORD)
    return client


@pytest.fixture
def bich(new_citizen: Any) -> identity.AccountCard:
    card: identity.AccountCard = new_citizen()
    return card


@pytest.fixture
def walk(bich: identity.AccountCard) -> Walk:
    """Trần Thị Bích in her browser."""
    return Walk(signed_in("bich"))
