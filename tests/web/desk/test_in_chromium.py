"""The desk in real Chromium: no barriers, usable on a phone, by keyboard, and the PDF beside it."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from motcua.dossiers import api as dossiers
from motcua.exchange import api as exchange
from motcua.kernel import jobs
from motcua.kernel.actors import Actor
from tests.dossiers.world import CHILD, World
from tests.exchange.conftest import happened, parcel
from tests.web import axe
from tests.web.desk.screens import screen, url_of
from tests.web.public.through import opened as through

pytestmark = pytest.mark.browser
WIDTHS = (1366, 360)


@pytest.fixture
def desk(browser: Any, live_server: Any, live_world: World) -> Iterator[Any]:
    """Opens pages as an officer, in one browser context for each."""
    contexts: dict[Any, Any] = {}

    def opened(who: Actor, path: str, width: int = 1366, **options: Any) -> Any:
        key = (who.account_id, width)
        if key not in contexts:
            context = browser.new_context(viewport={"width": width, "height": 768}, **options)
            cookies = screen(who, "vi").cookies.items()
            context.add_cookies(
                [{"name": n, "value": c.value, "url": live_server.url} for n, c in cookies]
            )
            contexts[key] = context
        page = contexts[key].new_page()
        page.goto(live_server.url + path)
        return page

    opened.world = live_world  # type: ignore[attr-defined]
    yield opened
    for context in contexts.values():
        context.close()


def at_work(world: World) -> UUID:
    """One dossier with everything on it, and another that waits."""
    for _ in range(2):
        late = {"late_reason": "Ốm."}
        draft_id = world.draft(child={**CHILD["child"], **late})
        dossier_id = dossiers.submit(world.mother, draft_id, "")
    dossiers.act_on(world.clerk, dossier_id, "accept")
    jobs.run_due()
    dossiers.mark_check(world.civil, dossier_id, "child.name", "ok")
    dossiers.mark_check(world.civil, dossier_id, "birth-notice", "doubt")
    dossiers.send_message(world.civil, dossier_id, "Xin chào.")
    dossiers.add_note(world.civil, dossier_id, "Kiểm tra lại.")
    return dossier_id


def told(world: World) -> UUID:
    """A webhook of the ward, with something to tell."""
    made = exchange.add_endpoint(world.chair, url="https://example.vn/motcua", title="Phần mềm")
    happened((parcel(world.ward.id), "parcel.sent"))
    return made.endpoint.id


def test_no_barrier_is_found_on_any_page(browser: Any, world: World) -> None:
    dossier_id = at_work(world)
    draft = dossiers.open_draft(
        world.clerk, "birth-registration", applicant={"name": "Trần Thị Bích"}
    )
    pages = [
        (world.chair, "/desk/?q=unit&due=late"),
        (world.civil, url_of(dossier_id) + "?done=take"),
        (world.civil, url_of(dossier_id, "return")),
        (world.civil, url_of(dossier_id, "propose")),
        (world.civil, url_of(dossier_id, "ask-opinion")),
        (world.civil, url_of(dossier_id, "apologise")),
        (world.chair, "/desk/team"),
        (world.clerk, "/desk/register"),
        (world.clerk, "/desk/counter"),
        (world.clerk, f"/desk/counter/{draft.id}"),
        (world.clerk, "/desk/post"),
        (world.chair, "/desk/webhooks/"),
        (world.chair, f"/desk/webhooks/{told(world)}/"),
    ]
    clients = {who.account_id: screen(who, "vi") for who, _ in pages}
    faults = ""
    for who, path in pages:
        with through(browser, clients[who.account_id], path) as page:
            faults += axe.faults_of(page, widths=WIDTHS, dark=False)
    assert not faults


def test_an_officer_works_by_keyboard_with_everything_in_sight(desk: Any) -> None:
    dossier_id = at_work(desk.world)
    works_by_keyboard(desk, dossier_id)
    bar_and_actions_stay(desk, dossier_id)
    page_is_light(desk, dossier_id)


def works_by_keyboard(desk: Any, dossier_id: UUID) -> None:
    world = desk.world
    page = desk(world.chair, "/desk/?q=unit")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator("tbody input:checked").count() == 1
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/d/**")
    officer = desk(world.civil, "/desk/?q=unit")
    officer.keyboard.press("j")
    officer.keyboard.press("a")
    officer.wait_for_url(f"**{url_of(dossier_id)}?done=take")
    officer.go_back()
    officer.keyboard.press("/")
    assert officer.evaluate("document.activeElement.name") == "text"


def bar_and_actions_stay(desk: Any, dossier_id: UUID) -> None:
    page = desk(desk.world.civil, url_of(dossier_id))
    page.evaluate("window.scrollTo(0, 700)")
    for selector in (".case h1", ".doing .button"):
        box = page.locator(selector).first.bounding_box()
        assert box
        assert 0 <= box["y"] < 768, selector
    phone = desk(desk.world.civil, url_of(dossier_id), 360)
    phone.evaluate("window.scrollTo(0, 1500)")
    box = phone.locator(".case h1").bounding_box()
    assert box
    assert 0 <= box["y"] < 100


def page_is_light(desk: Any, dossier_id: UUID) -> None:
    weights = []
    page = desk(desk.world.civil, "/desk/post")
    page.on("response", lambda answer: weights.append((answer.url, len(answer.body()))))
    page.goto(page.url.replace("/desk/post", url_of(dossier_id)))
    page.wait_for_load_state("networkidle")
    assert sum(size for url, size in weights if "/file/" not in url) < 240_000, weights
