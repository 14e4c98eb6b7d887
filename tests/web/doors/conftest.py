"""A ministry that asks, the register's own office, a family, and a line back to the ministry."""

from collections.abc import Iterator

import pytest

from tests.exchange.receiver import Receiver, receiving
from tests.web.doors.partner import Ministry, ministry_of


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as one:
        yield one


@pytest.fixture
def ministry(country: None, receiver: Receiver) -> Ministry:
    return ministry_of(receiver)
