"""Who saw my data: in words, newest first, and nothing before its day."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.catalogue import api as catalogue
from motcua.kernel.refusals import Refusal
from motcua.openness import api
from motcua.registers import api as registers
from tests.openness.people import NOW, People, later


def log(people: People, person_id: UUID | None = None, **more: Any) -> api.UsagePage:
    """Hạnh's log since the registers were filled."""
    return api.usage_of(people.hanh, person_id, **{"since": NOW, **more})


def test_an_officers_reading_is_told_by_body_post_fields_and_purpose(people: People) -> None:
    people.looks()
    [entry] = log(people).items
    assert entry.body["vi"] == "Bộ Công an"
    assert entry.post["en"] == "Register officer"
    assert [one["en"] for one in entry.what] == ["Full name", "Date of birth"]
    assert entry.purpose_title["en"] == "Checking the quality of data"
    assert entry.law == "Nghị định số 47/2020/NĐ-CP"
    assert entry.who == "officer"


def test_no_private_name_of_an_officer_leaves_the_log(people: People) -> None:
    people.looks()
    assert "Lê Thị Hoa" not in str(log(people))


def test_what_a_register_really_handed_out_is_in_the_log(people: People) -> None:
    ask = registers.Ask(register="population", key=people.hanh_number, fields=("identity.sex",))
    assert registers.read(people.keeper, ask, purpose="duty/data-quality") is not None
    [entry] = log(people).items
    assert entry.kind == "read"
    assert [one["en"] for one in entry.what] == ["Sex"]


def test_a_refused_reading_is_told_too(people: People) -> None:
    people.looks(verb="registers.read-denied")
    assert log(people).items[0].kind == "refused"


def test_what_i_read_myself_is_left_out_unless_i_want_it(people: People) -> None:
    people.looks(people.hanh, purpose="own")
    assert log(people).items == ()
    assert log(people, own=True).items[0].who == "self"


def test_the_readings_of_others_are_not_mine(people: People) -> None:
    people.looks(whose=people.stranger.person_id)
    assert log(people).items == ()


def test_a_delayed_reading_comes_out_by_itself_on_its_day(people: People) -> None:
    told = (NOW + timedelta(days=10)).date().isoformat()
    people.looks(detail={"told_after": told}, purpose="duty/criminal-investigation")
    assert log(people, own=True).items == ()
    with later(9):
        assert log(people, own=True).items == ()
    with later(10):
        assert len(log(people).items) == 1


def test_how_many_are_hidden_does_not_show_in_the_pages(people: People) -> None:
    for _time in range(3):
        people.looks(detail={"told_after": "2026-12-31"})
        people.looks()
    page = log(people, limit=3)
    assert len(page.items) == 3
    assert page.next == ""
    assert not api.bodies_in_log(people.stranger)


def test_a_hidden_entry_cannot_be_questioned_or_opened(people: People) -> None:
    hidden = people.looks(detail={"told_after": "2026-12-31"})
    for way in (
        lambda: api.entry(people.hanh, hidden),
        lambda: api.ask_about(people.hanh, hidden, question="?"),
    ):
        with pytest.raises(Refusal) as no:
            way()
        assert no.value.code == "openness.no-such-entry"


def test_the_delays_are_a_list_for_who_reviews_access(people: People) -> None:
    people.looks(detail={"told_after": "2026-12-31", "reason": "Vụ án 12/2026"})
    people.looks()
    [one] = api.delayed(people.head)
    assert one.told_after.isoformat() == "2026-12-31"
    assert one.reason == "Vụ án 12/2026"
    assert api.delayed(people.head, year=2025) == []


def test_who_may_not_review_access_gets_no_list_of_delays(people: People) -> None:
    with pytest.raises(Refusal) as no:
        api.delayed(people.keeper)
    assert no.value.code == "identity.not-allowed"


def test_a_parent_sees_the_childs_log(people: People) -> None:
    people.looks(whose=people.child)
    entries = log(people, people.child).items
    assert [one.kind for one in entries if one.who == "officer"] == ["read"]


def test_nobody_but_the_person_learns_of_a_will(people: People) -> None:
    about = {"purpose": "duty/will", "detail": {"heirs": False}}
    people.looks(whose=people.child, **about)
    people.looks(**about)
    assert [e for e in log(people, people.child).items if e.who == "officer"] == []
    assert [e.purpose for e in log(people).items] == ["will"]


def test_a_strangers_log_is_not_there(people: People) -> None:
    with pytest.raises(Refusal) as no:
        log(people, people.stranger.person_id)
    assert no.value.code == "openness.not-yours"


def test_pages_stay_the_same_while_new_acts_come(people: People) -> None:
    ids = [people.looks() for _time in range(6)]
    first = log(people, limit=3)
    new = [people.looks() for _time in range(4)]
    second = log(people, limit=3, after=first.next)
    seen = [one.id for one in (*first.items, *second.items)]
    assert seen == sorted(ids, reverse=True)
    assert not set(seen) & set(new)
    assert second.next == ""


def test_entries_of_many_months_come_newest_first(people: People) -> None:
    ids = []
    for days in (0, 40, 80, 200):
        with later(days):
            ids.append(people.looks())
    with later(201):
        found = [one.id for one in log(people, limit=10).items]
        one_by_one, after = [], ""
        for _time in ids:
            page = log(people, limit=1, after=after)
            one_by_one += [one.id for one in page.items]
            after = page.next
    assert found == one_by_one == ids[::-1]


def test_the_log_can_be_narrowed_to_a_body_and_a_time(people: People) -> None:
    people.looks()
    with later(40):
        people.looks()
        body = people.ministry.id
        assert len(log(people, body_id=body).items) == 2
        assert log(people, body_id=uuid4()).items == ()
        recent = log(people, since=NOW + timedelta(days=30))
        assert len(recent.items) == 1
        assert [key for key, _name in api.bodies_in_log(people.hanh)] == [body]


@pytest.mark.parametrize("mark", ["x", "!!!", "a" * 300, "MTIzOjEyMw"])
def test_a_mark_that_nobody_gave_means_the_beginning(people: People, mark: str) -> None:
    people.looks()
    assert len(log(people, after=mark).items) == 1


def test_a_page_takes_as_many_statements_for_one_entry_as_for_thirty(people: People) -> None:
    catalogue.procedures(NOW.date())  # kept in the process
    people.looks(dossier_id=uuid4())
    with CaptureQueriesContext(connection) as few:
        log(people)
    for purpose in ("duty/keep-register", "procedure/birth-registration", "emergency") * 10:
        people.looks(purpose=purpose, dossier_id=uuid4())
    with CaptureQueriesContext(connection) as many:
        assert len(log(people).items) == 31
    assert len(many) <= len(few) + 1  # the titles of services
    assert len(many) <= 9


def test_an_officer_has_no_log_of_his_own_at_the_post(people: People) -> None:
    with pytest.raises(Refusal) as no:
        api.usage_of(people.keeper)
    assert no.value.code == "openness.person-needed"
