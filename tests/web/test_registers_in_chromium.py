"""The pages of registers, of one's data and of questions in Chromium: no barrier on any."""

from collections.abc import Iterator
from typing import Any

import pytest

from motcua.kernel import clock
from motcua.openness import api as openness
from motcua.registers import api as registers
from tests.openness.people import NOW, People, make_people
from tests.web import axe
from tests.web.desk.keeping import HOME, looked, version
from tests.web.desk.screens import screen
from tests.web.public.through import opened

pytestmark = pytest.mark.browser


@pytest.fixture
def people(country: None) -> Iterator[People]:
    with clock.at(NOW):
        yield make_people()


def faults(browser: Any, client: Any, paths: list[str]) -> str:
    found = ""
    for path in paths:
        with opened(browser, client, path) as page:
            found += axe.faults_of(page)
    return found


def test_ones_data_and_who_saw_it(browser: Any, people: People) -> None:
    act = people.looks()
    openness.ask_about(people.hanh, act, question="Vì sao?")
    other = people.looks()
    client = screen(people.hanh, "vi")
    paths = ["/my/data/", "/my/data/access", f"/my/data/access/{other}/ask", "/my/data/rights"]
    assert not faults(browser, client, paths)


def test_questions_at_the_desk(browser: Any, people: People) -> None:
    asked = openness.ask_about(people.hanh, people.looks(), question="Vì sao?")
    client = screen(people.protector, "fr")
    assert not faults(browser, client, ["/desk/questions", f"/desk/questions/{asked.id}"])


def test_a_record_its_history_and_its_correction(browser: Any, people: People) -> None:
    client, record = looked(people.keeper, people.hanh_number)
    correct = version(client.get(record).content.decode(), "Residence")
    assert not faults(browser, client, [HOME, f"{HOME}find", record, f"{record}/history", correct])


def test_what_waits_for_who_keeps_a_register(browser: Any, people: People) -> None:
    head = screen(people.head, "vi")
    paths = ["disputes/", "duplicates/", "files/", "emergencies/", "unusual/", "closure/population"]
    assert registers.register("population")
    assert not faults(browser, head, [HOME + path for path in paths])
