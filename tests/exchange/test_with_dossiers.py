"""From a real dossier to a real receiver, and through the death of a worker."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import transaction

from motcua.acts import api as acts
from motcua.exchange import api
from motcua.exchange.operations.reading import make_deliveries
from motcua.identity import api as identity
from motcua.kernel import clock
from tests.dossiers.world import World, at
from tests.exchange.receiver import Got, Receiver
from tests.simulation.processes import environment, until

SENDER = "import django; django.setup(); from motcua.exchange import api; api.send_due()"


@transaction.atomic
def seen_by_a_reader() -> list[acts.ActRow]:
    return acts.Reader("test").read(10_000)


def readable(dossier_id: UUID) -> bool:
    """Whether no older transaction of the whole server holds the acts back any more."""
    return acts.timeline_of(dossier_id)[-1].id in {act.id for act in seen_by_a_reader()}


def heard(receiver: Receiver, endpoint_id: UUID, dossier_id: UUID) -> list[str]:
    """The dossier's own acts as they first arrived at this endpoint."""
    verbs = [
        got.said["type"]
        for got in receiver.got
        if got.said["data"]["dossier_id"] == str(dossier_id) and got.id.endswith(endpoint_id.hex)
    ]
    return [verb for verb in dict.fromkeys(verbs) if verb.startswith("dossier.")]


def test_a_ward_and_the_mother_hear_of_their_dossier_and_a_dead_worker_loses_nothing(
    shared_world: World, receiver: Receiver, tmp_path: Path
) -> None:
    world, early = shared_world, "2026-03-01 08:00"
    with clock.at(at(early)):
        ward = api.add_endpoint(world.chair, url=receiver.url, kinds=["dossier.*"]).endpoint
        own = api.add_endpoint(world.mother, url=receiver.url).endpoint
    dossiers = [world.filed(), world.filed()]
    for dossier_id in dossiers:
        world.says(world.clerk, dossier_id, "accept", "2026-03-03 08:30")
        world.says(world.civil, dossier_id, "propose", "2026-03-03 09:30")
    make_deliveries([act for one in dossiers for act in acts.timeline_of(one)])

    process: list[subprocess.Popen[bytes]] = []

    def kill_at_the_third(_got: Got) -> int:
        if len(receiver.got) >= 3:
            os.kill(process[0].pid, signal.SIGKILL)
        return 200

    receiver.behave = kill_at_the_third
    process.append(subprocess.Popen([sys.executable, "-c", SENDER], env=environment(tmp_path, 1)))
    assert process[0].wait(30) == -signal.SIGKILL
    receiver.behave = lambda _got: 200
    with clock.at(clock.now() + timedelta(minutes=2)):
        api.send_due()

    assert [one.waiting for one in api.endpoints(world.chair)] == [0]
    assert [one.waiting for one in api.endpoints(world.mother)] == [0]
    public = ["dossier.submitted", "dossier.accepted", "dossier.processing-started"]
    for dossier_id in dossiers:
        assert heard(receiver, ward.id, dossier_id) == [*public, "dossier.proposed"]
        assert heard(receiver, own.id, dossier_id) == public  # not the office's inner work
    assert b"B\xc3\xadch" not in b"".join(got.body.encode() for got in receiver.got)


def test_the_ledger_is_followed_from_where_there_is_somebody_to_tell(
    shared_world: World, receiver: Receiver
) -> None:
    first = shared_world.filed()
    until(lambda: readable(first), 60, "older transactions")
    assert api.read_ledger() == 0
    with clock.at(at("2026-03-01 08:00")):
        endpoint = api.add_endpoint(
            shared_world.chair, url=receiver.url, kinds=["dossier.submitted"]
        ).endpoint
    second = shared_world.filed()
    until(lambda: readable(second), 60, "older transactions")

    assert (api.read_ledger(), api.read_ledger()) == (1, 0)
    [delivery] = api.deliveries(shared_world.chair, endpoint.id)
    assert delivery.dossier_id == second


@pytest.mark.django_db
def test_the_owner_is_told_of_an_endpoint_that_failed_for_days(
    world: World, receiver: Receiver
) -> None:
    from tests.exchange.conftest import happened, parcel

    endpoint = api.add_endpoint(world.chair, url=receiver.url, title="Phần mềm một cửa").endpoint
    receiver.behave = lambda _got: 500
    happened((parcel(world.ward.id), "parcel.sent"))
    for hours in (0, 47, 49):
        with clock.at(clock.now() + timedelta(hours=hours)):
            api.send_due()

    found = api.endpoint(world.chair, endpoint.id)
    assert (found.state, found.why, found.waiting) == ("paused", "failing", 1)
    assert world.chair.account_id
    [notice] = identity.notifications_of(world.chair.account_id)
    assert notice.template == "webhook-paused"
    assert "Phần mềm một cửa" in notice.body
