"""People and posts for the tests of identity."""

from collections.abc import Callable
from typing import Any

import pytest

from motcua.identity import api
from motcua.kernel.actors import SYSTEM

PASSWORD = "mot-cua-2025-thu"

NewCitizen = Callable[..., api.AccountCard]


@pytest.fixture
def new_citizen(db: None) -> NewCitizen:
    def make(username: str = "lan", **fields: Any) -> api.AccountCard:
        fields = {"full_name": "Nguyễn Thị Lan", "username": username, **fields}
        return api.create_citizen(SYSTEM, password=PASSWORD, **fields)

    return make
