"""The tests' own morning, and the people in it."""

from collections.abc import Iterator

import pytest

from motcua.kernel import clock
from tests.openness.people import NOW, People, make_people


@pytest.fixture
def _morning() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def people(country: None, _morning: None) -> People:
    """Hạnh, her daughter, a stranger, and officers of the ministry."""
    return make_people()
