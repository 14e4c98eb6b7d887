"""One ward of the real country at work."""

from collections.abc import Iterator

import pytest

from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from tests.dossiers.world import World, make_world


@pytest.fixture
def world(country: None) -> World:
    """Officers and citizens of one ward, inside the test's own transaction."""
    return make_world()


@pytest.fixture
def shared_world(the_country: None, transactional_db: None) -> Iterator[World]:
    """The same for tests with several connections; the people are gone afterwards."""
    directory.forget()
    catalogue.forget()
    yield make_world()
    directory.forget()
    catalogue.forget()
