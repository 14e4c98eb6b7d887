"""The country with its services, loaded once; each test works inside a transaction of its own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import motcua.web.public
from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from motcua.kernel.packs import pack_root
from motcua.project.management.commands.texts import compile_texts

compile_texts(Path(motcua.web.public.__file__).parent)


def load() -> None:
    directory.load_directory(pack_root())
    catalogue.load_pack(pack_root())


@pytest.fixture(scope="session")
def loaded(django_db_setup: Any, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        load()


@pytest.fixture
def country(loaded: None, db: None) -> Iterator[None]:
    """Vietnam, whatever a test with a flushed database left behind."""
    directory.forget()
    catalogue.forget()
    if not catalogue.country():
        load()
    yield
    directory.forget()
    catalogue.forget()
