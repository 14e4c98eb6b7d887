"""Parcels: things that bodies and people have a part in, without a whole dossier behind each."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID, uuid4

import pytest

from motcua.acts import api as acts
from motcua.exchange import api as exchange
from motcua.exchange.operations.reading import make_deliveries
from motcua.kernel.actors import SYSTEM, Actor
from tests.dossiers.conftest import shared_world
from tests.dossiers.world import World, make_world
from tests.exchange.receiver import Receiver, receiving

__all__ = ["shared_world"]

PARCELS: dict[UUID, exchange.Parties] = {}


def known(ids: Sequence[UUID]) -> Mapping[UUID, exchange.Parties]:
    return {one: PARCELS[one] for one in ids if one in PARCELS}


exchange.describe("parcel", known, internal={"parcel.noted"})


def leader(body_id: UUID | None = None) -> Actor:
    return Actor(
        kind="officer",
        account_id=uuid4(),
        body_id=body_id or uuid4(),
        permissions=frozenset({"lead"}),
    )


def parcel(body_id: UUID | None, **about: object) -> UUID:
    """A new thing of this body."""
    made = uuid4()
    bodies = frozenset({body_id} if body_id else ())
    PARCELS[made] = exchange.Parties(bodies=bodies, **about)  # type: ignore[arg-type]
    return made


def happened(*what: tuple[UUID, str]) -> None:
    """Acts on parcels, and the deliveries that the ledger's reader makes of them."""
    for thing, verb in what:
        acts.record(SYSTEM, verb, object=("parcel", thing), dossier_id=thing)
    rows = [row for thing in dict.fromkeys(one for one, _ in what) for row in _new(thing)]
    make_deliveries(sorted(rows, key=lambda row: row.id))


def _new(thing: UUID) -> list[acts.ActRow]:
    known_before = TOLD.setdefault(thing, set())
    rows = [row for row in acts.timeline_of(thing) if row.id not in known_before]
    known_before.update(row.id for row in rows)
    return rows


TOLD: dict[UUID, set[UUID]] = {}


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as one:
        yield one


@pytest.fixture
def world(country: None) -> World:
    return make_world()
