"""What an officer looks at, its person sees, asks about, and is answered: through the pages."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from motcua.kernel import clock
from tests.openness.people import NOW, People, make_people
from tests.web.desk.keeping import looked
from tests.web.desk.screens import screen


@pytest.fixture
def people(country: None) -> Iterator[People]:
    with clock.at(NOW):
        yield make_people()


def text(client: Any, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, response.content[-600:]
    return response.content.decode()


def test_an_officers_look_is_seen_asked_about_and_answered(people: People) -> None:
    client, record = looked(people.keeper, people.hanh_number, purpose="duty/keep-register")
    assert "Vũ Thị Hạnh" in text(client, record)

    with clock.at(NOW + timedelta(minutes=10)):
        hanh = screen(people.hanh)
        log = text(hanh, "/my/data/access")
        assert "Register officer" in log
        assert "Keeping the register" in log or "Keep" in log
        [ask, *_] = re.findall(r'href="(/my/data/access/[^"/]+/ask)"', log)
        assert hanh.post(ask, {"question": "Vì sao xem dữ liệu của tôi?"}).status_code == 303

    with clock.at(NOW + timedelta(hours=2)):
        desk = screen(people.protector)
        assert 'href="/desk/questions"' in text(desk, "/desk/")
        [question, *_] = re.findall(r'href="(/desk/questions/[0-9a-f-]{36})"',
                                    text(desk, "/desk/questions"))  # fmt: skip
        answer = {"do": "answer", "finding": "lawful", "answer": "Đối chiếu sổ gốc."}
        response = desk.post(question, answer)
        assert response.status_code == 303, response.content[-2000:]

    with clock.at(NOW + timedelta(hours=3)):
        assert "Đối chiếu sổ gốc." in text(hanh, "/my/data/access")
