"""How many statements things cost: pinned, so that nobody adds one unseen."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers import api
from motcua.dossiers.operations.billing import PAID
from motcua.kernel import clock, jobs
from tests.dossiers.test_paid import bill_of, charged, marital_draft, take_money
from tests.dossiers.world import World, at

OWN = 25  # of this room and the ledger, from the submission to the handed-over result
WITH_PAYMENT = 50  # without the payment itself, which is counted in its own room
# With four notices, two papers, a personal number, the mother's household read, three facts in
# registers, and the job that fetches the extracts.
ALL = 59


def test_a_whole_lifecycle_is_cheap(world: World) -> None:
    world.signed()  # names, calendars and services are in memory from now on
    with clock.at(at("2026-03-03 08:00")):
        draft_id = world.draft()
    said: list[str] = []

    def count(work: Callable[[], object]) -> None:
        with CaptureQueriesContext(connection) as seen, clock.at(at("2026-03-03 09:00")):
            work()
        said.extend(query["sql"] for query in seen.captured_queries)

    count(lambda: api.submit(world.mother, draft_id, "key"))
    for actor, verb in [
        (world.clerk, "accept"),
        (world.civil, "take"),
        (world.civil, "propose"),
        (world.mother, "agree"),
        (world.chair, "sign"),
    ]:
        count(lambda a=actor, v=verb: api.act_on(a, draft_id, v))
    jobs.run_due()
    count(lambda: api.act_on(world.clerk, draft_id, "hand-over", to="Bích"))
    # Inside a test each operation is a savepoint; in production it is the transaction itself.
    statements = [sql for sql in said if "SAVEPOINT" not in sql]
    own = [sql for sql in statements if "dossiers_" in sql or _is_act(sql)]
    assert len(own) <= OWN, own
    assert len(statements) <= ALL, statements


def test_a_lifecycle_with_payment_is_cheap(world: World) -> None:
    charged(world)  # names, calendars and services are in memory from now on
    said: list[str] = []

    def count(work: Callable[[], object], when: str = "2026-03-03 09:00") -> None:
        with CaptureQueriesContext(connection) as seen, clock.at(at(when)):
            work()
        said.extend(q["sql"] for q in seen.captured_queries if "SAVEPOINT" not in q["sql"])

    with clock.at(at("2026-03-03 08:00")):
        draft_id = marital_draft(world.mother)
    count(lambda: api.submit(world.mother, draft_id, "key"))
    count(lambda: api.act_on(world.clerk, draft_id, "accept"))
    bill = bill_of(draft_id)
    take_money(world, draft_id)  # its statements are counted where they are made
    payload = {"bill_id": str(bill.id), "dossier_id": str(draft_id)}
    count(lambda: jobs._handlers[PAID](payload))
    count(lambda: api.act_on(world.civil, draft_id, "propose"))
    count(lambda: api.act_on(world.chair, draft_id, "sign"))
    jobs.run_due()
    assert api.dossier_view(world.mother, draft_id).dossier.status == api.Status.RETURNED
    assert len(said) <= WITH_PAYMENT, (len(said), said)


def _is_act(sql: str) -> bool:
    return "acts_act" in sql and "'dossier'" in sql


@pytest.mark.parametrize(
    ("name", "most"), [("view", 12), ("queue", 2), ("counts", 1), ("track", 5), ("mine", 1)]
)
def test_a_page_needs_few_statements(world: World, name: str, most: int) -> None:
    dossier_id = world.proposed()
    world.filed("2026-03-03 09:40")
    reads = {
        "view": lambda: api.dossier_view(world.civil, dossier_id),
        "queue": lambda: api.queue(world.clerk, "unit"),
        "counts": lambda: api.queue_counts(world.clerk),
        "track": lambda: api.track(str(dossier_id)),
        "mine": lambda: api.my_dossiers(world.mother),
    }
    reads[name]()
    with CaptureQueriesContext(connection) as seen:
        reads[name]()
    assert len(seen) <= most, [query["sql"][:100] for query in seen.captured_queries]
