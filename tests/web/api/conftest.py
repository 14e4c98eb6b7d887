"""A ward whose people and posts have software."""

import pytest

from motcua.kernel import clock
from tests.dossiers.conftest import world
from tests.dossiers.world import World, at
from tests.web.api.machines import Machines, machines_of

__all__ = ["world"]


@pytest.fixture
def machines(world: World) -> Machines:
    with clock.at(at("2026-03-01 08:00")):
        return machines_of(world)
