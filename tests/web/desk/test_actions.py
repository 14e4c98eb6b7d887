"""Deciding at the screen: reasons, what was typed, conflicts, strangers."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from motcua.dossiers import api as dossiers
from tests.dossiers.world import World, scan
from tests.web.desk.screens import hidden, says, screen, url_of


def text(response: Any) -> str:
    return response.content.decode()


def test_everything_missing_is_said_at_once_and_what_was_typed_stays(world: World) -> None:
    dossier_id = world.filed()
    page = says(screen(world.clerk), dossier_id, "ask-once", papers="birth-notice")
    assert page.status_code == 422
    assert "Choose a reason." in text(page)
    assert "Write a sentence of explanation." in text(page)
    assert 'value="birth-notice" checked' in text(page)


def test_one_complete_request_is_previewed_sent_and_answered(world: World) -> None:
    dossier_id, client = world.filed(), screen(world.clerk)
    typed = {
        "reason": "unreadable-paper",
        "say": "Ảnh bị mờ, xin chụp lại.",
        "papers": ["birth-notice"],
        "questions": ["child.name"],
    }
    preview = says(client, dossier_id, "ask-once", preview="1", **typed)
    assert preview.content.startswith(b"%PDF")
    assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]
    assert says(client, dossier_id, "ask-once", **typed).status_code == 303
    page = text(client.get(url_of(dossier_id)))
    assert "Child&#x27;s full name" in page
    assert "Ảnh bị mờ" in page
    dossiers.act_on(
        world.mother,
        dossier_id,
        "supplement",
        raw={"child.name": ["Nguyễn Minh Ánh"]},
        uploads={"birth-notice": [scan("ro-hon.png")]},
    )
    page = text(client.get(url_of(dossier_id)))
    assert "Changed since the last request" in page
    assert "Nguyễn Minh Anh</del>" in page
    assert "Nguyễn Minh Ánh</ins>" in page


def test_two_officers_on_one_dossier_are_told_of_each_other(world: World) -> None:
    dossier_id = world.filed()
    world.says(world.clerk, dossier_id, "accept", "2026-03-03 08:30")
    client = screen(world.civil)
    form = hidden(text(client.get(url_of(dossier_id, "return"))))
    screen(world.colleague).post(url_of(dossier_id, "take"))
    typed = {**form, "reason": "missing-paper", "say": "Thiếu giấy.", "papers": "birth-notice"}
    page = client.post(url_of(dossier_id, "return"), typed)
    assert page.status_code == 409
    assert "Thiếu giấy." in text(page)
    assert "Vũ Thị Mai" in text(page)
    assert "A colleague is working on this" in text(client.get(url_of(dossier_id)))


def test_a_decision_on_an_old_page_comes_back_with_what_happened(world: World) -> None:
    dossier_id, client = world.filed(), screen(world.clerk)
    form = hidden(text(client.get(url_of(dossier_id, "refuse"))))
    dossiers.mark_check(world.clerk, dossier_id, "child.name", "doubt")
    typed = {**form, "reason": "registered-before", "say": "Đã đăng ký."}
    page = client.post(url_of(dossier_id, "refuse"), typed)
    assert page.status_code == 409
    assert "Somebody was faster" in text(page)
    assert "Đã đăng ký." in text(page)
    again = client.post(url_of(dossier_id, "refuse"), {**typed, **hidden(text(page))})
    assert again.status_code == 303


def test_a_double_click_does_it_once_and_says_so(world: World) -> None:
    dossier_id, client = world.filed(), screen(world.clerk)
    form = hidden(text(client.get(url_of(dossier_id, "accept"))))
    first, second = (client.post(url_of(dossier_id, "accept"), form) for _ in range(2))
    assert first.url == second.url == url_of(dossier_id) + "?done=accept"


def test_a_proposal_not_to_grant_needs_a_reason_and_asks_nothing_else(world: World) -> None:
    dossier_id = world.filed()
    world.says(world.clerk, dossier_id, "accept", "2026-03-03 08:30")
    client = screen(world.civil)
    assert says(client, dossier_id, "propose").status_code == 422
    page = says(client, dossier_id, "propose", grant="no")
    assert "Choose a reason." in text(page)
    typed = {"grant": "no", "reason": "not-eligible", "say": "Không đủ điều kiện."}
    assert says(client, dossier_id, "propose", **typed).status_code == 303
    chair = screen(world.chair)
    page = text(chair.get(url_of(dossier_id, "sign")))
    assert "Proposed: do not grant" in page
    assert "See the slip first" in page
    assert says(chair, dossier_id, "sign").status_code == 303
    assert dossiers.dossier_view(world.mother, dossier_id).dossier.status == 8


def test_another_body_is_found_by_its_place_and_asked(world: World) -> None:
    dossier_id = world.filed()
    world.says(world.clerk, dossier_id, "accept", "2026-03-03 08:30")
    client, address = screen(world.civil), url_of(dossier_id, "ask-opinion")
    typed = {**hidden(text(client.get(address))), "say": "Xin ý kiến.", "find": "Hoàn Kiếm"}
    found = client.post(address, {**typed, "redraw": "1"})
    assert found.status_code == 200
    assert "Xin ý kiến." in text(found)
    elsewhere = dossiers.dossier_view  # the body of the other ward is offered by its name
    assert elsewhere
    body = next(
        line.split('value="')[1].split('"')[0]
        for line in text(found).split("<label")
        if 'name="body"' in line and "People" in line
    )
    done = client.post(address, {**typed, "body": body, "within": "2 working days"})
    assert done.status_code == 303
    assert "Not answered yet" in text(client.get(url_of(dossier_id)))


def test_a_new_date_is_given_once_with_an_apology(world: World) -> None:
    dossier_id = world.filed()
    world.says(world.clerk, dossier_id, "accept", "2026-03-03 08:30")
    client = screen(world.civil)
    day = {"due-day": "6", "due-month": "3", "due-year": "2026", "say": "Xin lỗi."}
    wrong = says(client, dossier_id, "apologise", **{**day, "due-day": "31", "due-month": "2"})
    assert "Give a day that exists" in text(wrong)
    assert says(client, dossier_id, "apologise", **day, **{"due-time": "16h"}).status_code == 303
    page = text(client.get(url_of(dossier_id)))
    assert "A new date was named" in page
    assert client.get(url_of(dossier_id, "apologise")).status_code == 409


def test_marks_messages_and_notes_stay_apart(world: World) -> None:
    dossier_id, client = world.filed(), screen(world.clerk)
    base = url_of(dossier_id)
    client.post(base + "check", {"mark": "doubt|birth-notice"})
    client.post(base + "message", {"message": "Xin chào chị."})
    client.post(base + "note", {"note": "Chỉ nội bộ."})
    page = text(client.get(base))
    assert "Doubtful" in page
    assert page.index("Messages with the applicant") < page.index("Xin chào chị.")
    assert page.index("Internal notes") < page.index("Chỉ nội bộ.")
    seen = [one.text for one in dossiers.dossier_view(world.mother, dossier_id).messages]
    assert seen == ["Xin chào chị."]
    assert client.post(base + "note", {"note": " "}).status_code == 422
    long = client.post(base + "message", {"message": "a" * 4001})
    assert long.status_code == 422
    assert "a" * 4001 in text(long)


@pytest.mark.parametrize("path", ["", "do/accept", "file/{file}", "draft.pdf", "control-sheet.pdf"])
def test_an_officer_of_another_body_finds_nothing(world: World, path: str) -> None:
    dossier_id = world.filed()
    file_id = dossiers.dossier_view(world.mother, dossier_id).uploads[0].file_id
    address = url_of(dossier_id) + path.format(file=file_id)
    assert screen(world.elsewhere).get(address).status_code == 404
    assert screen(world.mother).get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_the_scan_lies_beside_the_answers(world: World) -> None:
    dossier_id, client = world.filed(), screen(world.clerk)
    file_id = dossiers.dossier_view(world.mother, dossier_id).uploads[0].file_id
    page = text(client.get(f"{url_of(dossier_id)}?doc={file_id}"))
    assert f'<img src="{url_of(dossier_id)}file/{file_id}"' in page
    opened = client.get(f"{url_of(dossier_id)}file/{file_id}")
    assert opened["Content-Type"] == "image/png"
    assert client.get(f"{url_of(dossier_id)}control-sheet.pdf").content.startswith(b"%PDF")


def test_what_was_typed_outlives_the_session(world: World) -> None:
    dossier_id, client = world.filed(), screen(world.clerk)
    address = url_of(dossier_id, "refuse")
    form = {**hidden(text(client.get(address))), "say": "Lý do dài."}
    client.logout()
    away = client.post(address, form)
    assert away.status_code == 303
    back = parse_qs(urlsplit(away.url).query)["next"][0]
    user, session = world.clerk.account_id, client.session
    from django.contrib.auth import get_user_model

    client.force_login(get_user_model().objects.get(id=user))
    assert session
    assert "Lý do dài." in text(client.get(back))
    assert "Lý do dài." not in text(client.get(address))


def test_an_unknown_action_is_no_page(world: World) -> None:
    dossier_id = world.filed()
    client = screen(world.clerk)
    assert client.get(url_of(dossier_id, "explode")).status_code == 404
    assert client.get(url_of(dossier_id, "sign")).status_code == 409
