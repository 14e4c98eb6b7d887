"""Queues, counts, teams: the same work seen from several chairs."""

import pytest

from motcua.dossiers import api
from motcua.kernel import clock
from motcua.kernel.refusals import Refusal
from tests.dossiers.world import World, at


def three(world: World) -> list[object]:
    return [world.filed(f"2026-03-03 08:0{minute}") for minute in range(3)]


def test_counts_and_queues_agree(world: World) -> None:
    ids = three(world)
    with clock.at(at("2026-03-03 08:30")):
        assert api.take_next(world.clerk) is not None
        counts = api.queue_counts(world.clerk)
        assert (counts.mine, counts.unit, counts.unassigned, counts.late) == (1, 3, 2, 0)
        for which in ("mine", "unit", "unassigned", "late", "waiting"):
            rows = api.queue(world.clerk, which).rows
            assert len(rows) == getattr(counts, which)
        assert [row.dossier_id for row in api.queue(world.clerk, "unit").rows] == ids
    with clock.at(at("2026-03-03 15:00")):
        assert api.queue_counts(world.clerk).late == 3
        assert {row.tone for row in api.queue(world.clerk, "late").rows} == {"late"}


def test_take_next_gives_what_is_due_first_and_nothing_twice(world: World) -> None:
    ids = three(world)
    with clock.at(at("2026-03-03 08:30")):
        taken = [api.take_next(world.clerk) for _ in range(4)]
    assert [one[0] for one in taken if one] == ids
    assert taken[3] is None


def test_pages_of_a_queue_neither_repeat_nor_skip(world: World) -> None:
    ids = three(world)
    seen, after = [], ""
    while True:
        page = api.queue(world.clerk, "unit", after=after, limit=1)
        seen += [row.dossier_id for row in page.rows]
        after = page.next
        if not after:
            break
    assert seen == ids
    with pytest.raises(Refusal, match="bad-page"):
        api.queue(world.clerk, "unit", after="no!")


def test_filters_find_by_name_without_diacritics_and_by_service(world: World) -> None:
    three(world)

    def found(**filters: object) -> int:
        return len(api.queue(world.clerk, "unit", filters=api.QueueFilters(**filters)).rows)

    assert found(text="tran thi bich") == 3
    assert found(text="Trần") == 3
    assert found(text="100%") == 0
    assert found(service="birth-registration") == 3
    assert found(service="death-registration") == 0
    assert found(status=1) == 3
    with clock.at(at("2026-03-03 08:30")):
        assert found(due="today") == 3
        assert found(due="late") == 0
    with pytest.raises(Refusal, match="no-such-filter"):
        found(due="yesterday")


def test_what_the_applicant_owes_waits(world: World) -> None:
    world.proposed()
    assert api.queue_counts(world.civil).waiting == 1
    assert [row.tone for row in api.queue(world.civil, "waiting").rows] == ["paused"]
    assert [row.your_turn for row in api.my_dossiers(world.mother)] == [True]


def test_a_leader_assigns_many_and_hears_what_failed(world: World) -> None:
    accepted = [world.filed(f"2026-03-03 08:0{n}") for n in range(2)]
    for dossier_id in accepted:
        world.says(world.clerk, dossier_id, "accept", "2026-03-03 08:30")
    still_at_the_desk = world.filed("2026-03-03 08:10")
    with clock.at(at("2026-03-03 08:40")):
        rows = api.queue(world.chair, "unit").rows
        pairs = [(row.dossier_id, row.task_id) for row in rows]
        assert world.civil.account_id is not None
        result = api.bulk_assign(world.chair, pairs, officer_id=world.civil.account_id)
    assert set(result.done) == set(accepted)
    assert [(no.dossier_id, no.code) for no in result.failed] == [
        (still_at_the_desk, "dossiers.not-an-officer-there")
    ]
    assert len(api.queue(world.civil, "mine").rows) == 2
    names = {name for _, name, _ in api.colleagues(world.chair)}
    assert {"Đỗ Văn Nam", "Vũ Thị Mai", "Lê Thị Hoa"} <= names


def test_the_team_report_counts_backlog_and_what_ended_in_time(world: World) -> None:
    world.signed()
    world.filed("2026-03-03 09:00")
    with clock.at(at("2026-03-06 09:00")):
        report = api.team_report(world.chair)
    assert (report.backlog, report.ended, report.on_time_share) == (1, 1, 1.0)
    assert dict(report.ageing)["2-3"] == 1
    done = {line.name: line.done for line in report.officers}
    assert done["Đỗ Văn Nam"] == 1
    with pytest.raises(Refusal, match="not-allowed"):
        api.team_report(world.civil)


def test_a_citizen_has_no_queue(world: World) -> None:
    for ask in (api.queue, api.queue_counts, api.take_next):
        with pytest.raises(Refusal, match="not-allowed"):
            ask(world.mother)
