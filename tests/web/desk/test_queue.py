"""The list of work: what lies where, how it is filtered, taken and given out."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers import api as dossiers
from motcua.identity import api as identity
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM
from tests.dossiers.world import World, at
from tests.web.desk.screens import screen, url_of

QUEUE_STATEMENTS, DOSSIER_STATEMENTS = 10, 18


def text(response: Any) -> str:
    return response.content.decode()


def test_the_list_says_who_what_and_until_when_in_words(world: World) -> None:
    world.filed("2026-03-03 08:00")
    page = text(screen(world.clerk).get("/desk/?q=unit"))
    assert "Trần Thị Bích" in page
    assert "Due today" in page
    assert "3 Mar 2026" in page
    assert re.search(r"<span>My unit</span><span class=\"count\">1<", page)


def test_filters_are_chips_in_the_address(world: World) -> None:
    world.filed("2026-03-03 08:00")
    client = screen(world.clerk)
    page = text(client.get("/desk/?q=unit&text=bich&service=birth-registration&due=today"))
    assert "Trần Thị Bích" in page
    assert page.count('<span class="sr">Remove:</span>') == 3
    assert "Nothing fits these filters." in text(client.get("/desk/?q=unit&text=nobody"))
    odd = "/desk/?q=x&status=77&due=never&kind=x&officer=x&text=%25"
    assert client.get(odd).status_code == 200


def test_a_page_of_the_list_leads_to_the_next(world: World, monkeypatch: Any) -> None:
    monkeypatch.setattr("motcua.web.desk.queues.PAGE", 2)
    for minute in range(3):
        world.filed(f"2026-03-03 08:0{minute}")
    client = screen(world.clerk)
    page = text(client.get("/desk/?q=unit"))
    following = re.search(r'rel="next" href="([^"]+)"', page)
    assert following
    rest = text(client.get(following[1].replace("&amp;", "&")))
    assert rest.count("<tr data-row") == 1


def test_the_next_task_is_taken_and_opened(world: World) -> None:
    dossier_id = world.filed("2026-03-03 08:00")
    client = screen(world.clerk)
    response = client.post("/desk/next")
    assert (response.status_code, response.url) == (303, url_of(dossier_id) + "?done=take")
    task = dossiers.dossier_view(world.clerk, dossier_id).open_tasks[0]
    assert task.officer_id == world.clerk.account_id
    nothing = client.post("/desk/next", follow=True)
    assert "Nothing waits to be taken." in text(nothing)


def test_many_tasks_are_shown_before_they_are_given_away(world: World) -> None:
    accepted = [world.filed(f"2026-03-03 08:0{minute}") for minute in range(2)]
    for one in accepted:
        world.says(world.clerk, one, "accept", "2026-03-03 08:30")
    third = world.filed("2026-03-03 08:05")
    pairs = [
        f"{one}.{dossiers.dossier_view(world.chair, one).open_tasks[0].id}"
        for one in (*accepted, third)
    ]
    client = screen(world.chair)
    form = {"choose": pairs, "officer": str(world.civil.account_id)}
    sure = client.post("/desk/assign", form)
    assert "3 tasks go to Đỗ Văn Nam" in text(sure)
    assert dossiers.dossier_view(world.chair, accepted[0]).open_tasks[0].officer_id is None
    done = client.post("/desk/assign", {**form, "sure": "1"})
    assert "2 tasks were assigned." in text(done)
    assert "These were not assigned" in text(done)  # the third waits for a desk clerk
    assert "does not hold the post" in text(done)


@pytest.mark.parametrize("form", [{}, {"choose": "x.y"}, {"officer": "x"}])
def test_nothing_is_assigned_without_lines_or_officer(world: World, form: dict[str, str]) -> None:
    assert screen(world.chair).post("/desk/assign", form).status_code == 422


def test_who_does_not_lead_cannot_assign(world: World) -> None:
    dossier_id = world.filed("2026-03-03 08:00")
    task = dossiers.dossier_view(world.clerk, dossier_id).open_tasks[0]
    form = {"choose": f"{dossier_id}.{task.id}", "officer": str(world.clerk.account_id), "sure": 1}
    page = text(screen(world.clerk).post("/desk/assign", form))
    assert "0 tasks were assigned." in page


@pytest.mark.parametrize("lines", [1, 6])
def test_a_long_list_costs_no_more_statements_than_a_short_one(world: World, lines: int) -> None:
    for minute in range(lines):
        world.filed(f"2026-03-03 08:{minute:02}")
    client = screen(world.clerk)
    client.get("/desk/?q=unit")
    with CaptureQueriesContext(
        connection,
    ) as caught:
        client.get("/desk/?q=unit")
    assert len(caught) <= QUEUE_STATEMENTS, [one["sql"][:90] for one in caught.captured_queries]


def test_a_dossier_costs_a_fixed_number_of_statements(world: World) -> None:
    dossier_id = world.proposed()
    client = screen(world.civil)
    client.get(url_of(dossier_id))
    with CaptureQueriesContext(connection) as caught:
        client.get(url_of(dossier_id))
    assert len(caught) <= DOSSIER_STATEMENTS, [one["sql"][:90] for one in caught.captured_queries]


def test_the_leader_sees_the_team_and_goes_on_into_the_list(world: World) -> None:
    dossier_id = world.filed("2026-03-03 08:00")
    world.says(world.clerk, dossier_id, "accept", "2026-03-03 08:30")
    world.says(world.civil, dossier_id, "take", "2026-03-03 08:31")
    client = screen(world.chair)
    page = text(client.get("/desk/team"))
    assert f"/desk/?q=unit&amp;officer={world.civil.account_id}" in page
    assert "0–1 days" in page
    assert client.get(f"/desk/?q=unit&officer={world.civil.account_id}").status_code == 200
    assert screen(world.civil).get("/desk/team").status_code == 403


def test_the_register_lists_what_was_accepted_and_prints(world: World) -> None:
    world.says(world.clerk, world.filed("2026-03-03 08:00"), "accept", "2026-03-03 08:30")
    client = screen(world.clerk)
    page = text(client.get("/desk/register"))
    assert f"{world.ward.code}-260303-0001" in page
    assert client.get("/desk/register.pdf").content.startswith(b"%PDF")
    days = "since-day=4&since-month=3&since-year=2026&until-day=3&until-month=3&until-year=2026"
    assert client.get(f"/desk/register?{days}").status_code == 422
    assert client.get("/desk/register?since-day=31&since-month=2").status_code == 422


def test_an_officer_chooses_between_posts_and_may_be_a_private_person(world: World) -> None:
    assert world.clerk.account_id
    assert world.civil.post_id
    day = at("2026-01-01 00:00").date()
    identity.appoint(
        SYSTEM, account_id=world.clerk.account_id, post_id=world.civil.post_id, since=day
    )
    client = screen(world.clerk)
    session = client.session
    del session["post"]
    session.save()
    assert client.get("/desk/?q=late").url == "/desk/post?next=%2Fdesk%2F%3Fq%3Dlate"
    form = {"post": str(world.civil.post_id), "next": "/desk/?q=late"}
    assert client.post("/desk/post", form).url == "/desk/?q=late"
    assert client.session["post"] == str(world.civil.post_id)
    assert client.post("/desk/post", {"post": str(world.chair.post_id)}).status_code == 403
    client.post("/desk/post", {"post": "private"})
    assert "post" not in client.session


def test_the_only_post_is_taken_without_asking(world: World) -> None:
    client = screen(world.clerk)
    session = client.session
    del session["post"]
    session.save()
    assert client.get("/desk/").status_code == 200
    assert screen(world.mother).get("/desk/").status_code == 403


def test_time_is_the_platforms(world: World) -> None:
    world.filed("2026-03-03 08:00")
    with clock.at(at("2026-03-04 08:00")):
        page = text(screen(world.clerk).get("/desk/?q=late"))
    assert "1 day late" in page
