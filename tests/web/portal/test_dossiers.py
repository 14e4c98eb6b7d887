"""A dossier on its way, as its applicant sees it and takes part in it."""

import re
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries

from motcua.dossiers import api as dossiers
from motcua.kernel import clock
from tests.documents.samples import jpeg
from tests.dossiers.world import World, at
from tests.web.portal.walking import Walk, work_off


@pytest.fixture(autouse=True)
def _in_the_afternoon() -> Iterator[None]:
    with clock.at(at("2026-03-03 15:00")):
        yield


def version(walk: Walk) -> str:
    found = re.search(r'name="version" value="(\d+)"', walk.text)
    assert found is not None
    return found[1]


def test_the_page_says_who_holds_it_since_when_and_until_when(walk: Walk, world: World) -> None:
    dossier_id = world.filed()
    world.says(world.clerk, dossier_id, "accept", "2026-03-03 08:30")
    walk.get(f"/my/dossiers/{dossier_id}/")
    code = dossiers.dossier_view(world.mother, dossier_id).dossier.code
    assert code in walk.text
    assert "People's Committee of" in walk.text
    assert "How this date was computed" in walk.text
    assert "Tue 3 Mar 2026, 17:00" in walk.text
    assert "Accepted by the desk" in walk.text
    walk.get(f"/my/dossiers/{dossier_id}/sent")
    assert f"/track?code={code}" in walk.text


def test_the_receipt_can_be_fetched_when_it_is_made(walk: Walk, world: World) -> None:
    dossier_id = world.filed()
    world.says(world.clerk, dossier_id, "accept", "2026-03-03 08:30")
    assert "Look again" in walk.get(f"/my/dossiers/{dossier_id}/sent").text
    work_off()
    walk.get(f"/my/dossiers/{dossier_id}/sent")
    link = re.search(r'href="(/my/dossiers/[^"]+/papers/[^"]+)"', walk.text)
    assert link is not None
    walk.response = walk.client.get(link[1])
    assert walk.response.content.startswith(b"%PDF")


def test_what_is_asked_for_is_given_and_the_officer_goes_on(walk: Walk, world: World) -> None:
    dossier_id = world.filed()
    items = [{"paper": "birth-notice", "say": "Ảnh bị mờ."}, {"field": "child.ethnicity"}]
    asked = {"reason": "unreadable-paper", "say": "Xin chụp lại.", "items": items}
    world.says(world.clerk, dossier_id, "ask-once", "2026-03-03 08:20", **asked)
    assert "Your turn" in walk.get("/my/").text
    assert "something is missing" in walk.get(f"/my/dossiers/{dossier_id}/").text
    url = f"/my/dossiers/{dossier_id}/supplement"
    walk.get(url)
    assert "Xin chụp lại." in walk.text
    assert "Ảnh bị mờ." in walk.text
    sent = {"version": version(walk), "child.ethnicity": "Tày"}
    walk.post(url, sent, status=422)
    assert 'value="Tày"' in walk.text
    photo = SimpleUploadedFile("rõ.jpg", jpeg(), "image/jpeg")
    walk.post(url, {**sent, "file:birth-notice": [photo]})
    view = dossiers.dossier_view(world.mother, dossier_id)
    assert view.request is None
    assert view.dossier.answers["child"]["ethnicity"] == "Tày"
    assert "rõ.jpg" in walk.get(f"/my/dossiers/{dossier_id}/").text
    walk.response = walk.client.get(url)
    assert walk.response.status_code == 303


def test_the_draft_is_read_and_agreed_to(walk: Walk, world: World) -> None:
    dossier_id = world.proposed()
    url = f"/my/dossiers/{dossier_id}/draft"
    walk.get(url)
    assert "Nguyễn Minh Anh" in walk.text
    assert "counts as right" in walk.text
    walk.response = walk.client.get(f"{url}.pdf")
    assert walk.response.content.startswith(b"%PDF")
    walk.get(url)
    walk.post(url, {"answer": "agree", "version": version(walk)})
    assert dossiers.dossier_view(world.mother, dossier_id).dossier.at == "signature"


def test_the_draft_is_corrected_in_words_and_in_its_answers(walk: Walk, world: World) -> None:
    dossier_id = world.proposed()
    url = f"/my/dossiers/{dossier_id}/draft"
    sent = {"answer": "correct", "version": version(walk.get(url)), "child.ethnicity": "Tày"}
    walk.post(url, sent, status=422)
    assert 'value="Tày"' in walk.text
    walk.post(url, {**sent, "say": "Dân tộc của con là Tày."})
    dossier = dossiers.dossier_view(world.mother, dossier_id).dossier
    assert dossier.at == "appraisal"
    assert dossier.answers["child"]["ethnicity"] == "Tày"
    assert dossier.answers["child"]["name"] == "Nguyễn Minh Anh"


def test_an_application_is_withdrawn_after_asking(walk: Walk, world: World) -> None:
    dossier_id = world.filed()
    url = f"/my/dossiers/{dossier_id}/withdraw"
    assert "Withdraw this application?" in walk.get(url).text
    walk.post(url, {"version": version(walk), "say": "Nộp nhầm"})
    assert "Withdrawn" in walk.get(f"/my/dossiers/{dossier_id}/").text


def test_messages_go_both_ways_in_one_thread(walk: Walk, world: World) -> None:
    dossier_id = world.filed()
    url = f"/my/dossiers/{dossier_id}/"
    walk.post(url, {"do": "message", "text": " "}, status=422)
    walk.post(url, {"do": "message", "text": "Bao giờ có kết quả?"})
    with clock.at(at("2026-03-03 08:10")):
        dossiers.send_message(world.clerk, dossier_id, "Chiều nay, chị nhé.")
        dossiers.add_note(world.clerk, dossier_id, "chỉ nội bộ")
    walk.get(url)
    assert "Bao giờ có kết quả?" in walk.text
    assert "Chiều nay, chị nhé." in walk.text
    assert "chỉ nội bộ" not in walk.text


def test_a_result_is_fetched_checked_rated_and_corrected(walk: Walk, world: World) -> None:
    dossier_id = world.signed()
    with clock.at(at("2026-03-03 11:05")):
        work_off()
    world.says(world.clerk, dossier_id, "hand-over", "2026-03-03 14:00", to="Trần Thị Bích")
    url = f"/my/dossiers/{dossier_id}/"
    walk.get(url)
    code = re.search(r'href="/verify/([^"]+)"', walk.text)
    assert code is not None
    assert "in force" in walk.get(f"/verify/{code[1]}").text
    link = re.search(r'class="button" href="(/my/dossiers/[^"]+/papers/[^"]+)"', walk.get(url).text)
    assert link is not None
    original = SimpleUploadedFile("kq.pdf", walk.client.get(link[1]).content, "application/pdf")
    walk.response = walk.client.post("/verify", {"file": original})
    assert "This is the original file" in walk.text
    assert "Nguyễn" not in re.sub(r"(?s)<header.*?</header>", "", walk.text)
    walk.post(url, {"do": "rate", "text": "Tốt"}, status=422)
    walk.post(url, {"do": "rate", "stars": "5", "text": "Nhanh"})
    assert "5 of 5" in walk.get(url).text
    walk.get(f"{url}correction")
    walk.post(f"{url}correction", {"version": version(walk), "say": ""}, status=422)
    walk.post(f"{url}correction", {"version": version(walk), "say": "Sai tên đệm."})
    assert "A correction of the result was asked for" in walk.get(url).text


def test_notices_are_listed_and_marked_as_read(walk: Walk, world: World) -> None:
    world.filed()
    walk.get("/my/notices")
    assert "(unread)" in walk.text
    walk.post("/my/notices", {})
    assert "(unread)" not in walk.get("/my/notices").text


def test_the_phone_number_is_checked_and_the_language_follows(walk: Walk) -> None:
    walk.get("/my/profile")
    walk.post("/my/profile", {"phone": "12", "language": "fr"}, status=422)
    assert "type a Vietnamese phone number" in walk.text
    walk.post("/my/profile", {"phone": "0987 654 321", "language": "fr"})
    walk.get("/my/profile")
    assert '<html lang="fr">' in walk.text
    assert "0987654321" in walk.text


def test_lists_take_few_statements(
    walk: Walk, world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    dossier_id, draft_id = world.proposed(), world.draft()
    for path, most in (
        ("/my/", 6),
        ("/my/notices", 5),
        (f"/my/dossiers/{dossier_id}/", 20),
        (f"/my/applications/{draft_id}/", 6),
        (f"/my/applications/{draft_id}/pages/child", 6),
    ):
        walk.get(path)
        with django_assert_max_num_queries(most):
            walk.get(path)
