"""How many statements things cost: pinned, so that nobody adds one unseen."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers import api
from motcua.kernel import clock, jobs
from tests.dossiers.world import World, at


def test_a_whole_lifecycle_is_cheap(world: World) -> None:
    world.signed()  # names, calendars and services are in memory from now on
    with clock.at(at("2026-03-03 08:00")):
        draft_id = world.draft()
    costs: dict[str, int] = {}

    def cost(name: str, work: Any) -> None:
        with CaptureQueriesContext(connection, ) as seen, clock.at(at("2026-03-03 09:00")):
            work()
        costs[name] = len(seen)

    cost("submit", lambda: api.submit(world.mother, draft_id, "key"))
    for actor, verb in [
        (world.clerk, "accept"),
        (world.civil, "take"),
        (world.civil, "propose"),
        (world.mother, "agree"),
        (world.chair, "sign"),
    ]:
        cost(verb, lambda a=actor, v=verb: api.act_on(a, draft_id, v))
    jobs.run_due()
    cost("hand-over", lambda: api.act_on(world.clerk, draft_id, "hand-over", to="Bích"))
    assert sum(costs.values()) <= LIFECYCLE, costs


LIFECYCLE = 60


@pytest.mark.parametrize(
    ("name", "most"), [("view", 13), ("queue", 2), ("counts", 1), ("track", 6), ("mine", 1)]
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
