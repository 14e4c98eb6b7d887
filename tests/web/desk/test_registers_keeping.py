"""What keepers and reviewers do: disputes, duplicates, files, emergencies, closures."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.kernel import clock
from motcua.kernel.jobs import run_due
from motcua.registers import api as registers
from tests.dossiers.world import World, at
from tests.web.desk.keeping import (
    HOME,
    KEEPING,
    Ministry,
    looked,
    make_ministry,
    person,
    text,
    typed,
)
from tests.web.desk.screens import screen


@pytest.fixture
def ministry(world: World) -> Ministry:
    return make_ministry()


def disputed(ministry: Ministry) -> str:
    """The address of a dispute about her name."""
    number = ministry.hoa.personal_number
    ask = registers.Ask(register="population", key=number)
    found = registers.read(ministry.second, ask, purpose=KEEPING)
    assert found is not None
    held = found.held("identity")
    assert held is not None
    dispute_id = registers.open_dispute(
        ministry.second,
        register="population",
        key=number,
        version_id=held.id,
        field="identity.full_name",
        claim="Tên đúng là Hoà An",
    )
    return f"{HOME}disputes/{dispute_id}"


def test_a_dispute_that_is_right_leads_to_the_correction_and_then_to_the_answer(
    ministry: Ministry,
) -> None:
    url = disputed(ministry)
    client = screen(ministry.keeper)
    assert "Identity: Full name" in text(client.get(f"{HOME}disputes/"))
    form_url = client.post(f"{url}/open", {"do": "correct"}).url
    form = typed(text(client.get(form_url)))
    form |= {"v.full_name": "Nguyễn Thị Hoà An", "ground": "Luật Căn cước", "step": "write"}

    back = client.post(form_url, form)
    page = text(client.get(back.url))

    assert back.url.startswith(url)
    assert "The fact was corrected" in page
    done = client.post(url, {"outcome": "upheld", "answer": "Đã cải chính."})
    assert done.status_code == 303
    assert registers.disputes(ministry.keeper) == []
    assert "The person was right" in text(client.get(f"{HOME}disputes/?closed"))


def test_a_dispute_is_not_answered_without_reasons(ministry: Ministry) -> None:
    url = disputed(ministry)

    answer = screen(ministry.keeper).post(url, {"outcome": "dismissed", "answer": " "})

    assert answer.status_code == 422
    assert "Write the answer" in text(answer)
    assert len(registers.disputes(ministry.keeper)) == 1


def test_disputes_of_a_register_are_seen_by_its_keepers_only(
    world: World, ministry: Ministry
) -> None:
    url = disputed(ministry)

    assert screen(world.civil).get(url).status_code == 403
    assert screen(ministry.protector).get(url).status_code == 403


def compared(client: Any, ministry: Ministry) -> str:
    """The address of the comparison of two likely duplicates."""
    twin = person(full_name="Nguyễn Thị Hoa")
    pair = {"first": ministry.hoa.personal_number, "second": twin.personal_number}
    assert twin.personal_number in text(client.get(f"{HOME}duplicates/"))
    return str(client.post(f"{HOME}duplicates/compare", pair).url)


def test_two_cards_are_merged_by_two_officers_and_set_apart_again_by_two(
    ministry: Ministry,
) -> None:
    first, second = screen(ministry.keeper), screen(ministry.second)
    url = compared(first, ministry)
    page = text(first.get(url))
    assert ministry.hoa.personal_number not in url
    assert "different" in page
    assert "the same" in page

    incomplete = first.post(url, {"kind": "merge"})
    done = first.post(url, {"kind": "merge", "kept": "first", "ground": "Trùng hồ sơ gốc"})
    assert incomplete.status_code == 422
    assert "Say which card stays." in text(incomplete)
    assert "Another officer decides" in text(first.get(done.url))
    decision = re.search(r'action="([^"]+/decided/[^"]+)"', text(second.get(done.url)))
    assert decision
    second.post(decision[1], {"do": "approve"})
    assert "Approved" in text(first.get(done.url))
    first.post(decision[1], {"do": "undo"})
    assert "Undoing waits for a second officer" in text(second.get(done.url))
    second.post(decision[1], {"do": "undo"})
    assert "Undone" in text(first.get(done.url))


def upload(client: Any, content: str, **more: Any) -> Any:
    given = SimpleUploadedFile("ten.csv", content.encode(), content_type="text/csv")
    typed_in = {"what": "population.former-number", "ground": "Kế hoạch 3/KH", "file": given}
    return client.post(f"{HOME}files/", typed_in | more)


def test_a_file_is_taken_in_and_its_faulty_rows_are_named(ministry: Ministry) -> None:
    client = screen(ministry.keeper)
    number = ministry.hoa.personal_number
    answer = upload(client, f"subject,number\n{number},012345678\n{number[:-1]},12\n")
    assert answer.status_code == 303, text(answer)[-2000:]

    run_due()
    page = text(client.get(answer.url))
    lines = b"".join(client.get(f"{answer.url}/faults.csv").streaming_content).decode()

    assert "done" in page
    assert "<progress" in page
    assert number not in page
    assert lines.count("\n") >= 2
    part = client.get(f"{answer.url}/progress")
    assert "<html" not in text(part)
    assert "Rows dealt with" in text(part)


def test_a_file_without_a_ground_or_of_another_kind_is_not_taken(ministry: Ministry) -> None:
    given = SimpleUploadedFile("ten.exe", b"MZ")

    answer = upload(screen(ministry.keeper), "", file=given, ground="")

    assert answer.status_code == 422
    assert "The file must be CSV (UTF-8) or XLSX." in text(answer)
    assert "Name the legal ground." in text(answer)


def test_a_register_is_written_out_by_its_keeper(ministry: Ministry) -> None:
    answer = screen(ministry.keeper).post(
        f"{HOME}files/export", {"what": "population.identity", "format": "csv"}
    )

    assert answer.status_code == 200
    assert "Nguyễn Thị Hòa" in b"".join(answer.streaming_content).decode()


def test_breaking_the_glass_opens_one_record_for_a_while_and_another_reviews_it(
    world: World, ministry: Ministry
) -> None:
    client = screen(world.civil)
    form = {"register": "population", "key": ministry.hoa.personal_number}
    assert client.post(f"{HOME}emergencies/open", {**form, "why": ""}).status_code == 422
    why = "Người bị nạn bất tỉnh tại trụ sở, cần báo cho gia đình"
    opened = client.post(f"{HOME}emergencies/open", {**form, "why": why})
    page = text(client.get(opened.url))

    assert "Quán Thánh" in page
    assert "Opened in an emergency" in page
    assert opened.url in text(client.get(f"{HOME}emergencies/"))
    with clock.at(clock.now() + timedelta(minutes=16)):
        assert "Quán Thánh" not in text(client.get(opened.url))
    reviewer = screen(world.chair)
    list_page = text(reviewer.get(f"{HOME}emergencies/"))
    assert why in list_page
    assert ministry.hoa.personal_number not in list_page
    review = re.search(r'action="(/desk/registers/emergencies/[^"]+)"', list_page)
    assert review
    reviewer.post(review[1], {"verdict": "justified", "remark": "Có biên bản"})
    assert "Có biên bản" in text(reviewer.get(f"{HOME}emergencies/"))
    assert screen(world.clerk).get(f"{HOME}emergencies/open").status_code == 403


def test_an_unusual_look_is_settled_by_who_reviews_access(world: World, ministry: Ministry) -> None:
    with clock.at(at("2026-03-03 23:10")):
        client, url = looked(
            world.clerk, ministry.hoa.personal_number, purpose="duty/counter-filing"
        )
        client.get(url)
        reviewer = screen(world.chair)
        page = text(reviewer.get(f"{HOME}unusual/"))
        settle = re.search(r'action="(/desk/registers/unusual/[^"]+)"', page)
        assert settle, page[-3000:]
        assert "outside of working hours" in page
        reviewer.post(settle[1], {"finding": "explained", "remark": ""})
        assert "explained: false alarms" in text(reviewer.get(f"{HOME}unusual/"))
        reviewer.post(settle[1], {"finding": "explained", "remark": "Trực đêm"})
        assert "Trực đêm" in text(reviewer.get(f"{HOME}unusual/"))


def test_a_keeper_closes_and_opens_the_register(ministry: Ministry) -> None:
    client, url = looked(ministry.keeper, ministry.hoa.personal_number)
    close = f"{HOME}closure/population"
    without = client.post(close, {"do": "close", "why": "", "until-day": "40"})
    assert without.status_code == 422
    assert "Say in words why" in text(without)

    client.post(close, {"do": "close", "why": "Bảo trì"})
    assert client.get(url).status_code == 503
    assert "Bảo trì" in text(client.get(close))
    client.post(close, {"do": "reopen"})
    assert client.get(url).status_code == 200


def test_only_its_keeper_may_close_a_register(world: World, ministry: Ministry) -> None:
    assert screen(world.chair).get(f"{HOME}closure/population").status_code == 403
    assert screen(ministry.keeper).get(f"{HOME}closure/business").status_code == 403
