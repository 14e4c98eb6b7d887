"""A committed copy of the test database, for processes that are killed."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from tests.simulation.processes import copied_database


@pytest.fixture
def copied(the_country: None, django_db_blocker: Any) -> Iterator[None]:
    """A committed copy of the test database; ask for it before `transactional_db`."""
    with django_db_blocker.unblock():
        name = f"{connection.settings_dict['NAME']}_copy"
        with copied_database(name):
            yield


@pytest.fixture
def fresh() -> Iterator[None]:
    """Nothing remembered from another test, whatever it was."""
    directory.forget()
    catalogue.forget()
    yield
    directory.forget()
    catalogue.forget()
