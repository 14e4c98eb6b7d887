"""The real country, for places of birth."""

from collections.abc import Iterator
from typing import Any

import pytest

from motcua.directory import api as directory
from motcua.kernel.packs import pack_root


@pytest.fixture(scope="session")
def _country(django_db_setup: Any, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        directory.load_directory(pack_root())


@pytest.fixture
def country(_country: None, db: None) -> Iterator[None]:
    directory.forget()
    yield
    directory.forget()
