"""Officers of several bodies at their screens, and services filled in from their own examples."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import motcua.web.desk
from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from motcua.kernel import clock
from motcua.project.management.commands.texts import compile_texts
from tests.dossiers.conftest import load_country
from tests.dossiers.world import World, at, make_world

if (Path(motcua.web.desk.__file__).parent / "locale").exists():
    compile_texts(Path(motcua.web.desk.__file__).parent)

MORNING = "2026-03-03 08:40"


@pytest.fixture(scope="session")
def _keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(scope="session")
def _country(django_db_setup: Any, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        load_country()


@pytest.fixture
def world(_country: None, db: None, _keys: Path, settings: Any) -> Iterator[World]:
    """One ward on a Tuesday morning."""
    settings.MOTCUA_KEYS = _keys
    load_country()
    with clock.at(at(MORNING)):
        yield make_world()
    _forget()


@pytest.fixture
def live_world(transactional_db: None, _keys: Path, settings: Any) -> Iterator[World]:
    """The same for the browser, in real time."""
    settings.MOTCUA_KEYS = _keys
    load_country()
    yield make_world()
    _forget()


def _forget() -> None:
    directory.forget()
    catalogue.forget()
