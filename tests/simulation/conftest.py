"""The country, loaded once; keys and files of the simulation's own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from tests.dossiers.conftest import _country, _keys
from tests.simulation.processes import copied_database

__all__ = ["_country", "_keys"]


@pytest.fixture
def copied(_country: None, django_db_blocker: Any) -> Iterator[None]:
    """A committed copy of the test database; ask for it before `transactional_db`."""
    with django_db_blocker.unblock():
        name = f"{connection.settings_dict['NAME']}_copy"
        with copied_database(name):
            yield


@pytest.fixture
def fresh(settings: Any, _keys: Path) -> Iterator[None]:
    """Nothing remembered from another test, and the keys of this run."""
    settings.MOTCUA_KEYS = _keys
    directory.forget()
    catalogue.forget()
    yield
    directory.forget()
    catalogue.forget()
