"""Several at once, and faults in the middle: one wins, nothing is half done, nothing is doubled."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from motcua.acts import api as acts
from motcua.dossiers import api
from motcua.dossiers.models import Dossier, DossierCode, DossierPaper
from motcua.kernel import clock, jobs
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal
from tests.dossiers.world import World, at


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Do all in threads with connections of their own; results or refusals, in order."""
    found: list[Any] = [None] * len(works)
    gate = threading.Barrier(len(works))

    def run(number: int, work: Callable[[], Any]) -> None:
        try:
            gate.wait(10)
            with clock.at(at("2026-03-03 08:30")):
                found[number] = work()
        except Refusal as no:
            found[number] = no
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return found


def test_two_officers_never_decide_the_same_dossier_at_once(shared_world: World) -> None:
    world = shared_world
    dossier_id = world.filed()
    why = {"reason": "registered-before", "say": "Đã đăng ký."}
    results = at_once(
        lambda: api.act_on(world.clerk, dossier_id, "accept"),
        lambda: api.act_on(world.clerk, dossier_id, "refuse", **why),
    )
    refused = [one.code for one in results if isinstance(one, Refusal)]
    assert len(refused) == 1
    assert refused[0] in {
        "dossiers.changed-meanwhile",
        "dossiers.closed",
        "dossiers.not-allowed",  # the other came after the file had gone on to the civil officer
        "dossiers.not-in-this-state",
    }
    verbs = [act.verb for act in acts.timeline_of(dossier_id)]
    assert len({"dossier.accepted", "dossier.refused"} & set(verbs)) == 1
    assert DossierPaper.objects.filter(dossier_id=dossier_id).count() == 1


def test_a_double_click_sends_one_dossier(shared_world: World) -> None:
    world = shared_world
    with clock.at(at("2026-03-03 08:00")):
        draft_id = world.draft()
    key = str(new_id())
    results = at_once(*[lambda: api.submit(world.mother, draft_id, key)] * 3)
    assert results == [draft_id] * 3
    assert Dossier.objects.count() == 1
    assert [a.verb for a in acts.timeline_of(draft_id)].count("dossier.submitted") == 1


def test_two_officers_who_take_the_next_get_different_tasks(shared_world: World) -> None:
    world = shared_world
    for minute in range(2):
        world.says(
            world.clerk, world.filed(f"2026-03-03 08:0{minute}"), "accept", "2026-03-03 08:10"
        )
    taken = at_once(lambda: api.take_next(world.civil), lambda: api.take_next(world.colleague))
    assert len({one[0] for one in taken}) == 2


def test_codes_of_one_desk_are_given_once_each(shared_world: World) -> None:
    world = shared_world
    ids = [world.filed(f"2026-03-03 08:0{minute}") for minute in range(3)]
    accepted = at_once(*[lambda i=i: api.act_on(world.clerk, i, "accept") for i in ids])
    assert sorted(one.code[-4:] for one in accepted) == ["0001", "0002", "0003"]


def test_two_workers_never_tick_one_dossier_together(shared_world: World) -> None:
    world = shared_world
    dossier_id = world.proposed()
    duty = jobs._duties["dossiers.tick"][0]

    def tick() -> object:
        with clock.at(at("2026-03-05 09:00")):
            return duty()

    at_once(tick, tick, tick)
    verbs = [act.verb for act in acts.timeline_of(dossier_id)]
    assert verbs.count("silence.counted") == 1


def test_a_fault_in_the_middle_leaves_nothing_half_done(world: World, settings: Any) -> None:
    dossier_id = world.filed()
    before = Dossier.objects.values().get(id=dossier_id)
    pack, settings.MOTCUA_PACK = settings.MOTCUA_PACK, settings.MOTCUA_FILES  # no templates there
    with pytest.raises(Exception, match="slip-01"):
        world.says(world.clerk, dossier_id, "accept", "2026-03-03 08:30")
    settings.MOTCUA_PACK = pack
    assert Dossier.objects.values().get(id=dossier_id) == before
    assert not DossierCode.objects.exists()
    assert not DossierPaper.objects.exists()
    assert "dossier.accepted" not in {act.verb for act in acts.timeline_of(dossier_id)}
    dossier = world.says(world.clerk, dossier_id, "accept", "2026-03-03 08:30")
    assert dossier.code.endswith("-0001")


def test_an_old_version_of_the_page_is_refused(world: World) -> None:
    dossier_id = world.filed()
    seen = api.dossier_view(world.clerk, dossier_id).version
    world.says(world.clerk, dossier_id, "take", "2026-03-03 08:10", version=seen)
    with pytest.raises(Refusal, match="changed-meanwhile"):
        world.says(world.clerk, dossier_id, "accept", "2026-03-03 08:30", version=seen)
