"""At the counter: finding the visitor, the whole form on one page, the receipt."""

import re
from typing import Any

from motcua.acts.models import Act
from motcua.catalogue import api as catalogue
from motcua.dossiers import api as dossiers
from motcua.identity import api as identity
from motcua.kernel import jobs
from tests.dossiers.world import CHILD, World, citizen, scan
from tests.web.desk.screens import screen, url_of


def text(response: Any) -> str:
    return response.content.decode()


def typed_answers(address: str, client: Any, answers: dict[str, Any]) -> dict[str, Any]:
    """Everything that the form asks, as a browser sends it."""
    service = catalogue.procedure("birth-registration@1")
    raw: dict[str, Any] = {}
    for field in service.fields():
        raw |= catalogue.as_typed(field, catalogue.get(answers, field.field))
    return raw


def test_a_clerk_files_for_a_visitor_without_an_account(world: World) -> None:
    client = screen(world.clerk)
    begun = client.post(
        "/desk/counter",
        {"name": "Trần Thị Bích", "phone": "0912345678", "service": "birth-registration"},
    )
    assert begun.status_code == 303
    answers = typed_answers(begun.url, client, CHILD)
    kept = client.post(begun.url, answers)
    assert kept.status_code == 200
    assert "Nguyễn Minh Anh" in text(kept)
    scanned = client.post(begun.url, {**answers, "file:birth-notice": scan()})
    assert "giay-chung-sinh.png" in text(scanned)
    sent = client.post(begun.url, {**answers, "send": "1"})
    assert sent.status_code == 303, re.findall(r'href="#[^<]+', text(sent))
    jobs.run_due()
    page = text(client.get(sent.url))
    assert f"{world.ward.code}-260303-0001" in page
    assert "Print the receipt" in page
    again = client.post(begun.url, {**answers, "send": "1"})
    assert again.url == sent.url


def test_faults_of_the_whole_form_come_back_together(world: World) -> None:
    client = screen(world.clerk)
    form = {"name": "Trần Thị Bích", "service": "birth-registration"}
    begun = client.post("/desk/counter", form)
    page = client.post(begun.url, {"child.name": "Nguyễn Minh Anh 7", "send": "1"})
    assert page.status_code == 422
    assert "Nguyễn Minh Anh 7" in text(page)
    assert 'href="#child.name"' in text(page)
    assert 'href="#mother.name"' in text(page)
    assert client.post(begun.url + "?autosave=1", {"child.name": "An"}).status_code == 204
    draft = dossiers.my_drafts(world.clerk)[0]
    assert dossiers.draft(world.clerk, draft.id).answers["child"]["name"] == "An"


def test_a_visitor_is_found_by_number_and_the_look_up_is_recorded(world: World) -> None:
    client = screen(world.clerk)
    sent = client.post("/desk/counter", {"personal_number": "001 196 000 011", "find": "1"})
    assert sent.status_code == 303
    assert "001196" not in sent.url
    page = text(client.get("/desk/counter"))
    assert "Trần Thị Bích" in page
    assert "identity not verified yet" in page
    looked = Act.objects.filter(verb="account.looked-up").values_list("purpose", flat=True)
    assert list(looked) == ["duty/counter-filing"]


def test_an_identity_is_verified_at_the_counter(world: World) -> None:
    client = screen(world.clerk)
    client.post("/desk/counter", {"personal_number": "001196000011", "find": "1"})
    assert client.post("/desk/counter/verify", {"evidence": ""}).status_code == 422
    assert client.post("/desk/counter/verify", {"evidence": "Căn cước"}).status_code == 303
    assert world.mother.account_id
    assert identity.account(world.mother.account_id).level == 2


def test_an_unknown_number_is_told_and_nothing_is_lost(world: World) -> None:
    client = screen(world.clerk)
    for number in ("001096999999", "12"):
        form = {"personal_number": number, "name": "Lê Văn A", "find": "1"}
        page = client.post("/desk/counter", form)
        assert page.status_code == 422
        assert "Lê Văn A" in text(page)
    page = client.post("/desk/counter", {"phone": "0912345678"})
    assert "Enter the name" in text(page)
    assert "Choose the service" in text(page)


def test_only_a_desk_files_for_others(world: World) -> None:
    assert screen(world.civil).get("/desk/counter").status_code == 403
    other = citizen("Lê Văn B", "levanb")
    assert screen(other).get("/desk/counter").status_code == 403


def test_a_clerk_enters_what_the_applicant_brings_to_the_counter(world: World) -> None:
    dossier_id = world.filed(who=world.clerk)
    items = [{"paper": "birth-notice"}]
    why = {"reason": "unreadable-paper", "say": "Ảnh mờ.", "items": items}
    dossiers.act_on(world.clerk, dossier_id, "ask-once", **why)
    client = screen(world.clerk)
    page = text(client.get(url_of(dossier_id, "supplement")))
    task = dossiers.dossier_view(world.clerk, dossier_id).open_tasks[0].id
    assert 'name="file:birth-notice"' in page
    sent = client.post(
        url_of(dossier_id, "supplement"), {"task": str(task), "file:birth-notice": scan()}
    )
    assert sent.status_code == 303, text(sent)[-3000:]
