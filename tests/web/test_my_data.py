"""My data in the browser without a script: what is held, who looked, asking, agreeing, copying."""

import json
import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from motcua.dossiers import api as dossiers
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.openness import api as openness
from tests.openness.people import NOW, People, make_people


@pytest.fixture
def people(country: None) -> Iterator[People]:
    with clock.at(NOW):
        yield make_people()


def browser(actor: Actor) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(get_user_model().objects.get(id=actor.account_id))
    return client


def page(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, response.content[-500:]
    return response.content.decode()


def test_the_page_says_what_is_held_by_whom_and_since_when(people: People) -> None:
    text = page(browser(people.hanh), "/my/data/")
    assert "National population database" in text
    assert "Ministry of Public Security" in text
    assert "Vũ Thị Hạnh" in text
    assert "Valid since" in text


def test_no_page_of_my_data_has_a_personal_number_in_an_address(people: People) -> None:
    people.looks()
    client = browser(people.hanh)
    for url in ("/my/data/", "/my/data/access", "/my/data/rights", f"/my/data/?of={people.child}"):
        links = re.findall(r'(?:href|action)="([^"]*)"', page(client, url))
        assert not [one for one in links if re.search(r"\d{12}", one.replace("-", "x"))]


def test_this_is_wrong_opens_the_correction_with_what_is_wrong(people: People) -> None:
    data = {"register": "population", "path": "identity.born_on", "entry": ""}
    response = browser(people.hanh).post("/my/data/wrong", data)
    assert response.status_code == 303
    [row] = dossiers.my_drafts(people.hanh)
    request = dossiers.draft(people.hanh, row.id).answers["request"]
    assert (request["register"], request["what"]) == ("population", "Date of birth")


def test_who_looked_is_listed_and_can_be_questioned_once(people: People) -> None:
    act = people.looks()
    client = browser(people.hanh)
    text = page(client, "/my/data/access?period=30")
    assert "Register officer" in text
    assert "Checking the quality of data" in text
    assert "Lê Thị Hoa" not in text
    assert "Ask why" in page(client, f"/my/data/access/{act}/ask")
    empty = client.post(f"/my/data/access/{act}/ask", {"question": " "})
    assert empty.status_code == 422
    assert client.post(f"/my/data/access/{act}/ask", {"question": "Why?"}).status_code == 303
    text = page(client, "/my/data/access?period=30")
    assert "Why?" in text
    assert "answer due by" in text


def test_the_answer_of_the_desk_stands_beside_the_entry(people: People) -> None:
    question = openness.ask_about(people.hanh, people.looks(), question="Vì sao?")
    desk = browser(people.head)
    assert "Vì sao?" in page(desk, "/desk/questions")
    assert "Lê Thị Hoa" in page(desk, f"/desk/questions/{question.id}")
    url = f"/desk/questions/{question.id}"
    assert desk.post(url, {"do": "acknowledge"}).status_code == 303
    assert desk.post(url, {"do": "answer", "finding": "lawful"}).status_code == 422
    answer = {"do": "answer", "finding": "lawful", "answer": "Rà soát định kỳ."}
    assert desk.post(url, answer).status_code == 303
    assert "Rà soát định kỳ." in page(desk, url)
    assert "Rà soát định kỳ." in page(browser(people.hanh), "/my/data/access?period=30")


def test_an_officer_who_may_not_review_gets_no_questions(people: People) -> None:
    assert browser(people.keeper).get("/desk/questions").status_code == 403
    assert browser(people.keeper).get("/desk/questions/delays").status_code == 403


def test_the_delays_are_shown_to_who_reviews(people: People) -> None:
    people.looks(detail={"told_after": "2026-12-31"}, purpose="duty/criminal-investigation")
    assert "Criminal investigation" in page(browser(people.head), "/desk/questions/delays")


def test_a_page_is_followed_by_the_next(people: People) -> None:
    for _time in range(30):
        people.looks()
    client = browser(people.hanh)
    first = page(client, "/my/data/access?period=30")
    [older] = re.findall(r'rel="next" href="([^"]*)"', first)
    second = page(client, older.replace("&amp;", "&"))
    assert first.count("Ask why<") == 25
    assert second.count("Ask why<") == 5


def test_a_childs_log_is_there_and_a_strangers_is_not(people: People) -> None:
    people.looks(whose=people.child)
    client = browser(people.hanh)
    assert "Vũ Minh Anh" in page(client, f"/my/data/access?of={people.child}")
    assert client.get(f"/my/data/access?of={people.stranger.person_id}").status_code == 404
    assert client.get("/my/data/access?of=nobody").status_code == 404
    assert client.get(f"/my/data/access/{uuid4()}/ask").status_code == 404


def test_nothing_is_agreed_without_a_tick(people: People) -> None:
    client = browser(people.hanh)
    text = page(client, "/my/data/rights")
    assert 'name="agree"' in text
    assert not re.search(r'name="agree"[^>]*checked', text)
    hidden = dict(re.findall(r'name="(agreement|revision|digest)" value="([^"]*)"', text))
    assert client.post("/my/data/consent", {**hidden, "do": "give"}).status_code == 422
    given = client.post("/my/data/consent", {**hidden, "do": "give", "agree": "on"})
    assert given.status_code == 303
    assert "You agree" in page(client, "/my/data/rights")
    gone = {"agreement": hidden["agreement"], "do": "withdraw"}
    assert client.post("/my/data/consent", gone).status_code == 303
    assert "You agree" not in page(client, "/my/data/rights")


def test_the_rights_are_offered_as_services(people: People) -> None:
    text = page(browser(people.hanh), "/my/data/rights")
    for service in ("data-access", "data-correction", "data-erasure"):
        assert f"/my/apply/{service}/" in text


def test_a_copy_is_downloaded_and_never_cached(people: People) -> None:
    client = browser(people.hanh)
    for form, kind in (("json", "application/json"), ("pdf", "application/pdf")):
        answer = client.post("/my/data/copy", {"format": form})
        assert answer.headers["Content-Type"] == kind
        assert "attachment" in answer.headers["Content-Disposition"]
        assert "no-store" in answer.headers["Cache-Control"]
        if form == "json":
            assert json.loads(answer.content)["personal_number"] == people.hanh_number
    assert client.get("/my/data/copy").status_code == 405


def test_who_is_not_verified_is_told_how_to_become_it(people: People) -> None:
    from motcua.identity import api as identity
    from motcua.kernel.actors import SYSTEM

    card = identity.create_citizen(SYSTEM, full_name="Hoàng Văn An", username="an-h")
    response = browser(identity.actor_of(card)).get("/my/data/")
    assert response.status_code == 403
    assert "identity card" in response.content.decode()


def test_strangers_sign_in_first() -> None:
    assert Client().get("/my/data/").status_code == 302
