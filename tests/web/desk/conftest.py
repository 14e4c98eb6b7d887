"""Officers of several bodies at their screens, and services filled in from their own examples."""

from collections.abc import Iterator

import pytest

from motcua.kernel import clock
from tests.dossiers.conftest import shared_world as live_world
from tests.dossiers.world import World, at, make_world

__all__ = ["live_world"]
MORNING = "2026-03-03 08:40"


@pytest.fixture
def world(country: None) -> Iterator[World]:
    """One ward on a Tuesday morning."""
    with clock.at(at(MORNING)):
        yield make_world()
