"""Breaking the glass: why, for how long, for which record, and who reviews it."""

from datetime import timedelta
from typing import Any

import pytest

from motcua.directory import api as directory
from motcua.identity import api as identity
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal
from motcua.registers import api as registers
from motcua.registers.models import EmergencyAccess
from tests.dossiers.world import at
from tests.dossiers.world import officer as seated
from tests.registers.readers import body_of, looked, person

WHY = "Người bị nạn hôn mê, cần báo cho gia đình"
NOW = at("2026-03-03 21:40")


@pytest.fixture(autouse=True)
def _tonight(country: None) -> Any:
    with clock.at(NOW):
        yield


def station() -> directory.Body:
    return body_of("commune-police")


def policeman(name: str = "Đặng Văn Công") -> Actor:
    return seated(station(), "appraisal", "police-officer", name)


def chief(name: str = "Lý Văn Trưởng") -> Actor:
    return seated(station(), "leadership", "police-chief", name)


def look(actor: Actor, key: str, register: str = "population") -> registers.Record | None:
    ask = registers.Ask(register=register, key=key)
    return registers.read(actor, ask, purpose="emergency")


def test_a_record_is_open_to_one_officer_for_a_quarter_of_an_hour() -> None:
    victim, other = person(), person()
    officer, colleague = policeman(), policeman("Phan Văn Hai")
    assert look(officer, victim.personal_number) is None
    card = registers.open_emergency(
        officer, register="population", key=victim.personal_number, why=WHY
    )
    seen = look(officer, victim.personal_number)
    assert seen is not None
    assert seen.withheld == ()
    assert look(officer, other.personal_number) is None
    assert look(officer, victim.personal_number, "civil-status") is None
    assert look(colleague, victim.personal_number) is None
    act = looked(verb="registers.read").get()
    assert (act.detail["emergency"], act.subjects) == (str(card.id), [victim.id])
    assert "told_after" not in act.detail
    with clock.at(NOW + timedelta(minutes=15)):
        assert look(officer, victim.personal_number) is None


def test_the_person_sees_at_once_that_the_glass_was_broken() -> None:
    victim, officer = person(), policeman()
    card = registers.open_emergency(
        officer, register="population", key=victim.personal_number, why=WHY
    )
    act = looked(verb="registers.emergency-opened").get()
    assert (act.subjects, act.purpose) == ([victim.id], "emergency")
    assert act.detail["reason"] == WHY
    again = registers.open_emergency(
        officer, register="population", key=victim.personal_number, why=WHY + "!"
    )
    assert again.id == card.id
    assert looked(verb="registers.emergency-opened").count() == 1


@pytest.mark.parametrize("why", ["", "gấp", "  gấp   lắm   rồi   ", "x" * 19])
def test_why_is_said_in_words(why: str) -> None:
    with pytest.raises(Refusal, match=r"registers\.why-needed"):
        registers.open_emergency(policeman(), register="population", key="1", why=why)


def test_only_some_posts_may_and_software_never() -> None:
    key = person().personal_number
    clerk = seated(body_of("commune-committee"), "one-stop-desk", "desk-clerk", "Lê Thị Hoa")
    software = registers_of_software(policeman())
    for actor in (clerk, chief(), software, SYSTEM):
        with pytest.raises(Refusal, match=r"identity\.not-allowed"):
            registers.open_emergency(actor, register="population", key=key, why=WHY)


def registers_of_software(actor: Actor) -> Actor:
    import msgspec

    return msgspec.structs.replace(actor, application_id=new_id())


def test_three_in_a_day_are_enough() -> None:
    officer = policeman()
    for number in ("001196000001", "001196000002", "001196000003"):
        registers.open_emergency(officer, register="population", key=number, why=WHY)
    with pytest.raises(Refusal, match=r"registers\.too-many-emergencies"):
        registers.open_emergency(officer, register="population", key="001196000004", why=WHY)
    registers.open_emergency(policeman("Khác"), register="population", key="001196000004", why=WHY)
    with clock.at(NOW + timedelta(hours=3)):
        registers.open_emergency(officer, register="population", key="001196000004", why=WHY)


def test_who_reviews_access_is_told_and_judges_what_others_did() -> None:
    victim, officer, head = person(), policeman(), chief()
    card = registers.open_emergency(
        officer, register="population", key=victim.personal_number, why=WHY
    )
    look(officer, victim.personal_number)
    notices = identity.notifications_of(head.account_id)
    assert [notice.template for notice in notices] == ["emergency-opened"]
    assert WHY in notices[0].body
    assert victim.personal_number not in notices[0].body
    (waiting,) = registers.emergencies_to_review(head)
    assert (waiting.account_label, waiting.why) == ("Đặng Văn Công", WHY)
    assert "identity.full_name" in waiting.fields
    registers.review_emergency(head, card.id, verdict="justified")
    assert registers.emergencies_to_review(head) == []
    assert [one.verdict for one in registers.emergencies_to_review(head, reviewed=True)] == [
        "justified"
    ]
    with pytest.raises(Refusal, match=r"registers\.emergency-reviewed"):
        registers.review_emergency(head, card.id, verdict="justified")
    assert looked(verb="registers.emergency-reviewed").get().subjects == [victim.id]


def test_a_verdict_has_a_form_and_comes_from_somebody_else() -> None:
    card = registers.open_emergency(policeman(), register="population", key="001196000001", why=WHY)
    head = chief()
    ward = seated(body_of("commune-committee"), "leadership", "chair", "Hoàng Văn Thái")
    for actor, verdict, code in (
        (head, "fine", "registers.no-such-verdict"),
        (head, "not-justified", "registers.remark-needed"),
        (policeman("Khác"), "justified", "identity.not-allowed"),
        (ward, "justified", "registers.no-such-emergency"),
    ):
        with pytest.raises(Refusal) as no:
            registers.review_emergency(actor, card.id, verdict=verdict)
        assert no.value.code == code
    EmergencyAccess.objects.update(account_id=head.account_id)
    assert registers.emergencies_to_review(head) == []
    with pytest.raises(Refusal, match=r"registers\.own-emergency"):
        registers.review_emergency(head, card.id, verdict="justified")


def test_the_owner_of_the_register_reviews_too() -> None:
    card = registers.open_emergency(policeman(), register="population", key="001196000001", why=WHY)
    owner = seated(body_of("G01"), "leadership", "register-head", "Cao Văn Chủ")
    assert [one.id for one in registers.emergencies_to_review(owner)] == [card.id]
    registers.review_emergency(owner, card.id, verdict="not-justified", remark="Không rõ lý do")
    assert EmergencyAccess.objects.get().remark == "Không rõ lý do"
