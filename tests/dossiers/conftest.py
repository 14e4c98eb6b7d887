"""The real country and its services, and one ward at work."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from motcua.kernel.packs import pack_root
from tests.dossiers.world import World, make_world


@pytest.fixture(scope="session")
def _keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(scope="session")
def _country(django_db_setup: Any, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        load_country()


def load_country() -> None:
    """Does nothing when everything is there: tests of several connections leave nothing behind."""
    directory.forget()
    if not directory.roles() or not directory.area("00004"):
        directory.load_directory(pack_root())
    catalogue.load_pack(pack_root())


@pytest.fixture
def world(_country: None, db: None, _keys: Path, settings: Any) -> Iterator[World]:
    """Officers and citizens of one ward, inside the test's own transaction."""
    settings.MOTCUA_KEYS = _keys
    yield from _world()


@pytest.fixture
def shared_world(transactional_db: None, _keys: Path, settings: Any) -> Iterator[World]:
    """The same for tests with several connections; the tables are emptied afterwards."""
    settings.MOTCUA_KEYS = _keys
    load_country()
    yield from _world()


def _world() -> Iterator[World]:
    directory.forget()
    catalogue.forget()
    yield make_world()
    directory.forget()
    catalogue.forget()
