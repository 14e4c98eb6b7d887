"""A ward whose people and posts have software."""

import pytest

from motcua.kernel import clock
from tests.dossiers.conftest import shared_world, world
from tests.dossiers.world import World, at
from tests.web.api.machines import Machines, machines_of

__all__ = ["shared_world", "world"]


@pytest.fixture
def machines(world: World) -> Machines:
    with clock.at(at("2026-03-01 08:00")):
        return machines_of(world)


@pytest.fixture
def committed_machines(shared_world: World) -> Machines:
    """The same, committed: readers of the ledger see nothing else."""
    with clock.at(at("2026-03-01 08:00")):
        return machines_of(shared_world)
