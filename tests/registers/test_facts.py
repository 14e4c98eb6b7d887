"""Facts on two axes of time, in the database: changed, corrected and ended, never overwritten."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from motcua.acts.models import Act
from motcua.directory import api as directory
from motcua.kernel import clock, jobs
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal
from motcua.registers import api as registers
from motcua.registers.models import Dispute, FactVersion, Person
from tests.registers.test_people import created, death, population

HOME = {"address": {"area": "00004", "line": "12 Đội Cấn"}}
AWAY = {"address": {"area": "00008", "line": "1 Ngọc Hà"}}
GROUND = "Luật Căn cước số 26/2023/QH15"


def keeper(**more: Any) -> Actor:
    owner = directory.body_by_code("G01")
    rights = frozenset({"keep-register"})
    return Actor(kind="officer", account_id=new_id(), body_id=owner.id, permissions=rights, **more)


def write(number: str, values: dict[str, Any], since: date, **more: Any) -> UUID:
    fact = population("residence", number, values, valid_from=since, **more)
    return registers.write_facts(SYSTEM, [fact])[0]


def correct(number: str, version: UUID, values: dict[str, Any], **more: Any) -> UUID:
    return registers.correct(
        more.pop("actor", SYSTEM), register="population", key=number, version_id=version,
        values=values, ground=more.pop("ground", GROUND), **more,
    )  # fmt: skip


def end(number: str, fact: str, on: date, **more: Any) -> UUID:
    return registers.end_fact(
        more.pop("actor", SYSTEM), register="population", key=number, fact=fact, on=on, **more
    )


def home(number: str, day: date, **known: Any) -> str | None:
    """Where somebody lived on a day, as believed now or at a moment."""
    rows = FactVersion.objects.filter(subject=number, fact="residence", valid__contains=day)
    moment = known.get("at")
    rows = rows.filter(recorded__contains=moment) if moment else rows.filter(
        recorded__upper_inf=True
    )  # fmt: skip
    return next((row.values["address"]["area"] for row in rows), None)


def card(number: str) -> Person:
    return Person.objects.get(personal_number=number)


@pytest.fixture
def number(country) -> str:
    return created().personal_number


def test_a_move_ends_the_old_home_and_keeps_what_was_known(number):
    write(number, HOME, date(2000, 1, 1))
    before = clock.now()
    write(number, AWAY, date(2020, 6, 1))
    assert home(number, date(2020, 5, 31)) == "00004"
    assert home(number, date(2020, 6, 1)) == "00008"
    assert home(number, date(2021, 1, 1), at=before) == "00004"
    assert card(number).residence_area == "00008"


def test_two_facts_of_one_line_in_one_write_follow_each_other(number):
    facts = [
        population("residence", number, values, valid_from=since)
        for values, since in [(HOME, date(2000, 1, 1)), (AWAY, date(2010, 1, 1))]
    ]
    registers.write_facts(SYSTEM, facts)
    assert home(number, date(2005, 1, 1)) == "00004"
    assert home(number, date(2015, 1, 1)) == "00008"


def test_a_correction_names_what_it_corrects_and_what_was_believed_stays(number):
    version = write(number, HOME, date(2000, 1, 1))
    before = clock.now()
    new = correct(number, version, AWAY)
    row = FactVersion.objects.get(id=new)
    assert (row.corrects, row.ground, row.values) == (version, GROUND, AWAY)
    assert home(number, date(2005, 1, 1)) == "00008"
    assert home(number, date(2005, 1, 1), at=before) == "00004"
    assert card(number).residence_area == "00008"
    act = Act.objects.get(verb="registers.fact-corrected")
    assert (act.basis, act.subjects) == (GROUND, [card(number).id])


def test_a_correction_of_days_gives_up_those_that_were_wrong(number):
    version = write(number, HOME, date(2000, 1, 1))
    correct(number, version, {}, valid_from=date(2010, 1, 1), valid_until=date(2015, 1, 1))
    days = [date(2005, 1, 1), date(2010, 1, 1), date(2015, 1, 1)]
    assert [home(number, day) for day in days] == [None, "00004", None]
    latest = FactVersion.objects.get(subject=number, fact="residence", recorded__upper_inf=True)
    correct(number, latest.id, {}, valid_until=date.max)
    assert home(number, date(2030, 1, 1)) == "00004"


def test_a_corrected_name_is_on_the_card(number):
    row = FactVersion.objects.get(subject=number, fact="identity")
    correct(number, row.id, {"full_name": "Trần Thị  Hoa"})
    assert (card(number).full_name, card(number).search_key) == ("Trần Thị Hoa", "tran thi hoa")
    assert card(number).born_on == date(1990, 3, 5)


@pytest.mark.parametrize("again", ["same", "unknown", "elsewhere"])
def test_only_what_is_believed_can_be_corrected(number, again):
    version = write(number, HOME, date(2000, 1, 1))
    correct(number, version, AWAY)
    codes = {"same": "changed-meanwhile", "unknown": "no-such-version",
             "elsewhere": "no-such-version"}  # fmt: skip
    wanted = new_id() if again == "unknown" else version
    key = created().personal_number if again == "elsewhere" else number
    with pytest.raises(Refusal, match=f"registers.{codes[again]}"):
        correct(key, wanted, HOME)


def test_a_correction_has_a_ground_and_is_whole(number):
    version = write(number, HOME, date(2000, 1, 1))
    with pytest.raises(Refusal, match=r"registers\.ground-needed"):
        correct(number, version, AWAY, ground="  ")
    with pytest.raises(Refusal) as refused:
        correct(number, version, {"address": None, "nonsense": "x", "household_relation": "cat"})
    assert {one.path for one in refused.value.problems} == {
        "address", "nonsense", "household_relation",
    }  # fmt: skip


def test_only_the_keeper_corrects_and_never_about_himself(number):
    version = write(number, HOME, date(2000, 1, 1))
    elsewhere = Actor(kind="officer", account_id=new_id(), body_id=new_id(),
                      permissions=frozenset({"keep-register"}))  # fmt: skip
    for stranger in (elsewhere, Actor(kind="person", account_id=new_id())):
        with pytest.raises(Refusal, match=r"identity\.not-allowed"):
            correct(number, version, AWAY, actor=stranger)
        with pytest.raises(Refusal, match=r"identity\.not-allowed"):
            end(number, "residence", date(2020, 1, 1), actor=stranger)
    with pytest.raises(Refusal, match=r"registers\.own-affair"):
        correct(number, version, AWAY, actor=keeper(person_id=card(number).id))
    assert correct(number, version, AWAY, actor=keeper())


def test_nobody_writes_without_a_right(number):
    fact = population("residence", number, HOME)
    me = Actor(kind="person", account_id=new_id(), person_id=card(number).id)
    with pytest.raises(Refusal, match=r"identity\.not-allowed"), transaction.atomic():
        registers.write_facts(me, [fact])
    assert registers.write_facts(keeper(), [fact])
    assert registers.write_facts(me, [fact], new_id())  # the outcome of a dossier


def test_a_death_is_recorded_once_but_can_be_corrected_and_taken_back(number):
    (version,) = registers.write_facts(SYSTEM, [death(number)])
    row = FactVersion.objects.get(id=version)
    assert row.valid.lower == date(2026, 5, 1)  # an event begins on its own day
    new = correct(number, version, {"died_on": "2026-05-02"})
    assert FactVersion.objects.get(id=new).valid.lower == date(2026, 5, 2)
    assert card(number).died_on == date(2026, 5, 2)
    end(number, "death", date(2026, 5, 2), ground="Recorded for somebody else")
    assert card(number).died_on is None
    registers.write_facts(SYSTEM, [death(number, "2026-06-01")])
    assert card(number).died_on == date(2026, 6, 1)


def test_nobody_dies_before_birth_in_whatever_order_it_comes(number):
    registers.write_facts(SYSTEM, [death(number)])
    row = FactVersion.objects.get(subject=number, fact="identity")
    with pytest.raises(Refusal, match=r"registers\.incomplete-fact"):
        correct(number, row.id, {"born_on": "2026-05-02"})
    died = FactVersion.objects.get(subject=number, fact="death")
    with pytest.raises(Refusal, match=r"registers\.incomplete-fact"):
        correct(number, died.id, {"died_on": "1990-03-04"})
    assert correct(number, row.id, {"born_on": "2026-05-01"})


def test_an_event_that_lies_ahead_has_not_happened(number):
    tomorrow = (clock.now() + timedelta(days=2)).date().isoformat()
    with pytest.raises(Refusal, match=r"registers\.incomplete-fact"):
        registers.write_facts(SYSTEM, [death(number, tomorrow)])


def test_a_fact_changes_the_card_on_its_day_and_not_before(number):
    today = clock.now().date()
    write(number, HOME, date(2000, 1, 1), valid_until=today + timedelta(days=60))
    write(number, AWAY, today + timedelta(days=30))
    assert card(number).residence_area == "00004"
    with clock.at(clock.now() + timedelta(days=31)):
        jobs.run_due(only=("registers.cards",))
        assert card(number).residence_area == "00004"  # the job waits in real time
        registers_cards(number)
    assert card(number).residence_area == "00008"


def registers_cards(number: str) -> None:
    from motcua.registers.tasks import renew_cards

    record = registers.record_id("population", number)
    renew_cards({"records": [str(record)]})


def test_what_was_true_long_ago_does_not_change_the_card(number):
    write(number, HOME, date(2000, 1, 1))
    write(number, AWAY, date(1995, 1, 1), valid_until=date(1999, 1, 1))
    assert card(number).residence_area == "00004"


def test_an_ending_is_on_record_and_nothing_ends_twice(number):
    version = write(number, HOME, date(2000, 1, 1))
    kept = end(number, "residence", date(2020, 1, 1), ground=GROUND)
    row = FactVersion.objects.get(id=kept)
    assert (row.valid.upper, row.ground, row.act_id) == (
        date(2020, 1, 1), GROUND, Act.objects.get(verb="registers.fact-ended").id,
    )  # fmt: skip
    assert kept != version
    assert (home(number, date(2019, 12, 31)), home(number, date(2020, 1, 1))) == ("00004", None)
    assert card(number).residence_area == ""
    with pytest.raises(Refusal, match=r"registers\.nothing-to-end"):
        end(number, "residence", date(2020, 1, 1))


def test_what_never_held_is_taken_back_with_a_ground(number):
    write(number, HOME, date(2000, 1, 1))
    with pytest.raises(Refusal, match=r"registers\.ground-needed"):
        end(number, "residence", date(2000, 1, 1))
    end(number, "residence", date(2000, 1, 1), ground=GROUND)
    assert home(number, date(2000, 1, 1)) is None
    assert FactVersion.objects.filter(subject=number, fact="residence").count() == 1


def test_the_outcome_of_a_dossier_ends_facts_and_ends_nothing_twice(number):
    write(number, HOME, date(2000, 1, 1))
    over = population("residence", number, {}, valid_from=date(2026, 5, 1), end=True)
    nothing = population("former-number", number, {}, end=True)
    dossier = new_id()
    kept, nobody = registers.write_facts(SYSTEM, [over, nothing], dossier)
    assert FactVersion.objects.get(id=kept).valid.upper == date(2026, 5, 1)
    assert nobody == UUID(int=0)
    before = FactVersion.objects.count()
    assert registers.write_facts(SYSTEM, [over], dossier) == [UUID(int=0)]
    assert FactVersion.objects.count() == before


def test_a_dossier_that_writes_again_does_not_undo_a_correction(number):
    dossier = new_id()
    fact = population("residence", number, HOME, valid_from=date(2000, 1, 1))
    (version,) = registers.write_facts(SYSTEM, [fact], dossier)
    correct(number, version, AWAY)
    assert registers.write_facts(SYSTEM, [fact], dossier) == [version]
    assert home(number, date(2005, 1, 1)) == "00008"


def test_what_a_vehicle_is_told_concerns_its_owner(number):
    facts = [
        registers.Fact(
            register="vehicle", fact="registration", subject="29A-123.45",
            values={"owner": number, "make": "Honda", "kind": "motorbike",
                    "registered_on": "2020-01-01"},
        )
    ]  # fmt: skip
    registers.write_facts(SYSTEM, facts)
    assert FactVersion.objects.get(register="vehicle").holder == number
    act = Act.objects.filter(verb="registers.fact-recorded").latest("at")
    assert act.subjects == [card(number).id]


def test_sealed_fields_are_never_plain_in_the_database(number):
    row = FactVersion.objects.get(subject=number, fact="identity")
    new = correct(number, row.id, {"religion": "Phật giáo"})
    stored = FactVersion.objects.get(id=new).values["religion"]
    assert set(stored) == {"sealed"}
    again = correct(number, new, {"full_name": "Trần Thị Hoa"})  # the closed value stays closed
    assert FactVersion.objects.get(id=again).values["religion"] == stored


def test_a_dispute_follows_what_is_recorded_again(number):
    version = write(number, HOME, date(2000, 1, 1))
    dispute = registers.open_dispute(
        SYSTEM, register="population", key=number, version_id=version, claim="Not mine"
    )
    write(number, AWAY, date(2020, 1, 1))
    kept = FactVersion.objects.get(valid__contains=date(2010, 1, 1), subject=number,
                                   fact="residence", recorded__upper_inf=True)  # fmt: skip
    assert Dispute.objects.get(id=dispute).version_id == kept.id != version


def test_all_areas_are_known_to_some_time(number):
    with pytest.raises(Refusal) as refused:
        write(number, {"address": {"area": "99999", "line": "x"}}, date(2000, 1, 1))
    assert refused.value.problems[0].code == "registers.value-unknown-area"
