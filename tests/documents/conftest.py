"""Keys of their own for the tests of documents."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def _keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(autouse=True)
def _own_keys(_keys: Path, settings: Any) -> None:
    settings.MOTCUA_KEYS = _keys
