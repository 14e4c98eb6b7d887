"""Registers on the screen: who is found, what a record shows, and to whom."""

import re

import pytest

from motcua.acts.models import Act
from motcua.directory import api as directory
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM
from motcua.registers import api as registers
from tests.dossiers.world import World, at, officer
from tests.web.desk.keeping import (
    BORN,
    HOME,
    KEEPING,
    Ministry,
    looked,
    make_ministry,
    person,
    text,
    typed,
    version,
)
from tests.web.desk.screens import screen


@pytest.fixture
def ministry(world: World) -> Ministry:
    return make_ministry()


LATER = at("2026-03-03 09:00")  # a version is believed from a moment after it was written
SEARCH = {"find": "1", "purpose": KEEPING}


def test_a_person_is_found_by_name_without_accents_and_no_address_names_her(
    ministry: Ministry,
) -> None:
    client = screen(ministry.keeper)

    answer = client.post(f"{HOME}find", {**SEARCH, "name": "nguyen thi hoa", "born_year": "1990"})
    page = text(client.get(answer.url))

    assert answer.status_code == 303
    assert "Nguyễn Thị Hòa" in page
    assert "Fits but for the accents" in page
    assert "hoa" not in answer.url.lower()
    number = ministry.hoa.personal_number
    opened = client.post(f"{answer.url}/open", {"person": number})
    record = text(client.get(opened.url))
    assert number not in opened.url
    assert "12 phố Quán Thánh" in record
    assert "Keeping the register" in record
    acts = Act.objects.filter(verb="registers.read", subjects__contains=[ministry.hoa.id])
    assert acts.get().purpose == KEEPING


def test_nothing_is_looked_for_without_a_purpose_and_all_faults_are_said_at_once(
    ministry: Ministry,
) -> None:
    answer = screen(ministry.keeper).post(
        f"{HOME}find", {"find": "1", "number": "12", "name": "Hòa", "born_year": "90"}
    )

    assert answer.status_code == 422
    for words in (
        "Choose what you look for.",
        "A personal number has 12 digits.",
        "Type the year of birth with four digits.",
    ):
        assert f">{words}</a>" in text(answer)
    assert 'value="Hòa"' in text(answer)
    assert not Act.objects.filter(verb__startswith="registers.people").exists()


def test_a_duty_that_wants_a_reason_is_not_begun_without_one(ministry: Ministry) -> None:
    body = body_of_kind("province-police")
    detective = officer(body, "appraisal", "police-officer", "Cao Văn Hùng")
    purpose = {"find": "1", "purpose": "duty/criminal-investigation", "name": "Nguyễn Thị Hòa"}

    without = screen(detective).post(f"{HOME}find", purpose)
    told = {**purpose, "reason": "Vụ án 12/2026"}
    client = screen(detective)
    answer = client.post(f"{HOME}find", told)

    assert without.status_code == 422
    assert "wants a reason each time" in text(without)
    assert "Vụ án 12/2026" in text(client.get(answer.url))


def body_of_kind(kind: str) -> directory.Body:
    return directory.bodies_of_kind(kind)[0]


def test_who_may_read_nothing_of_it_sees_the_page_for_nobody(
    world: World, ministry: Ministry
) -> None:
    purpose = "duty/will"
    here = [ministry.hoa.personal_number, "001190999999"]
    pages = []
    for number in here:
        more = {"reason": "Di chúc của cha"}
        client, url = looked(world.civil, number, purpose=purpose, register="insurance", **more)
        token = url.rsplit("/", 1)[1].partition("?")[0]
        pages.append(text(client.get(url)).replace(token, ""))

    assert "Nothing was found for this purpose" in pages[0]
    assert without_tokens(pages[0]) == without_tokens(pages[1])


def without_tokens(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_a_post_without_any_duty_is_offered_nothing(world: World) -> None:
    treasurer = officer(world.ward, "leadership", "treasurer", "Mai Thị Sáu")
    client = screen(treasurer)

    assert "/desk/registers/" not in text(client.get("/desk/treasury"))
    for path in ("", "find", "disputes/", "duplicates/", "files/", "emergencies/", "unusual/"):
        assert client.get(HOME + path).status_code == 403


def test_what_the_purpose_does_not_open_is_named_and_not_shown(
    world: World, ministry: Ministry
) -> None:
    number = ministry.hoa.personal_number
    client, url = looked(world.clerk, number, purpose="duty/counter-filing")

    page = text(client.get(url))

    assert "Nguyễn Thị Hòa" in page
    assert "Identity: Religion" in page
    assert "/correct" not in page


def test_a_correction_is_checked_first_and_what_was_believed_stays(ministry: Ministry) -> None:
    client, url = looked(ministry.keeper, ministry.hoa.personal_number)
    form_url = version(text(client.get(url)), "Identity")
    form = {**typed(text(client.get(form_url))), "v.full_name": "Nguyễn Thị Hoà An"}

    missing = client.post(form_url, {**form, "step": "check"})
    form["ground"] = "Quyết định 5/QĐ, Luật Căn cước điều 10"
    checked = text(client.post(form_url, {**form, "step": "check"}))
    assert missing.status_code == 422
    assert "Name the legal ground." in text(missing)
    assert "Nguyễn Thị Hòa" in checked
    assert "Hoà An" in checked
    assert name_of(ministry) == "Nguyễn Thị Hòa"
    done = client.post(form_url, {**form, "step": "write"})

    assert done.status_code == 303
    with clock.at(LATER):
        assert name_of(ministry) == "Nguyễn Thị Hoà An"
        history = text(client.get(f"{url}/history"))
    assert "Was believed, then corrected" in history
    assert "Quyết định 5/QĐ" in history


def name_of(ministry: Ministry) -> str:
    ask = registers.Ask(register="population", key=ministry.hoa.personal_number)
    found = registers.read(ministry.keeper, ask, purpose=KEEPING)
    assert found is not None
    return str(found.get("identity.full_name"))


def test_a_correction_that_changes_nothing_is_not_written(ministry: Ministry) -> None:
    client, url = looked(ministry.keeper, ministry.hoa.personal_number)
    form_url = version(text(client.get(url)), "Identity")
    form = {**typed(text(client.get(form_url))), "ground": "Luật", "step": "check"}

    answer = client.post(form_url, form)

    assert answer.status_code == 422
    assert "Nothing would change." in text(answer)


def test_an_address_ends_on_a_day_after_a_second_look(ministry: Ministry) -> None:
    client, url = looked(ministry.keeper, ministry.hoa.personal_number)
    end_url = version(text(client.get(url)), "Residence").replace("/correct", "/end")
    form = {"on-day": "1", "on-month": "3", "on-year": "2026", "ground": "Luật Cư trú"}

    asked = text(client.post(end_url, {**form, "step": "check"}))
    done = client.post(end_url, {**form, "step": "write"})

    assert "it holds no longer" in asked
    assert done.status_code == 303
    with clock.at(LATER):
        assert "Quán Thánh" not in text(client.get(url))
        past = client.get(f"{url}?as_of-day=1&as_of-month=2&as_of-year=2026")
    assert "Quán Thánh" in text(past)


def test_days_that_do_not_exist_are_said_and_the_record_stays(ministry: Ministry) -> None:
    client, url = looked(ministry.keeper, ministry.hoa.personal_number)

    answer = client.get(f"{url}?as_of-day=31&as_of-month=2&as_of-year=2026")

    assert answer.status_code == 422
    assert "Give a day, a month and a year that exist." in text(answer)
    assert "Nguyễn Thị Hòa" in text(answer)


def test_a_look_of_another_session_is_not_there(ministry: Ministry) -> None:
    _client, url = looked(ministry.keeper, ministry.hoa.personal_number)

    assert screen(ministry.second).get(url).status_code == 404
    assert screen(ministry.keeper).get(url).status_code == 404


def test_who_has_finished_keeps_nothing(ministry: Ministry) -> None:
    client, url = looked(ministry.keeper, ministry.hoa.personal_number)

    client.post(f"{HOME}finished")

    assert client.get(url).status_code == 404
    assert ministry.hoa.personal_number not in str(dict(client.session))


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_the_overview_counts_what_waits(ministry: Ministry, language: str) -> None:
    person(full_name="Nguyễn Thị Hoa", born_on=BORN)
    registers.close_register(SYSTEM, "population", why="Chuyển máy chủ")

    page = text(screen(ministry.head, language).get(HOME))

    assert "Chuyển máy chủ" in page
    assert f'href="{HOME}disputes/"' in page
    assert f'href="{HOME}unusual/"' in page
