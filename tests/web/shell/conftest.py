"""The shell's own translations, compiled; the country, for tests that pick a place."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import motcua.web.shell
from motcua.directory import api as directory
from motcua.kernel.packs import pack_root
from motcua.project.management.commands.texts import compile_texts

compile_texts(Path(motcua.web.shell.__file__).parent)


@pytest.fixture(scope="session")
def _country(django_db_setup: Any, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        directory.load_directory(pack_root())


@pytest.fixture
def country(_country: None, db: None) -> Iterator[None]:
    directory.forget()
    yield
    directory.forget()
