"""People and facts: nothing overwritten, read only with a purpose."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from motcua.acts.models import Act
from motcua.kernel.actors import GUEST, SYSTEM, Actor
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal
from motcua.registers import api as registers
from motcua.registers.models import FactVersion, Person
from motcua.registers.queries.people import person_of

BORN = date(1990, 3, 5)
CHILD = "001326000001"


def somebody(**more: Any) -> registers.PersonDraft:
    facts: dict[str, Any] = {
        "full_name": "Nguyễn  Thị Hòa", "born_on": BORN, "sex": "female", "birth_area": "00004",
    }  # fmt: skip
    return registers.PersonDraft(**facts | more)


def created(**more: Any) -> registers.Person:
    return registers.create_people(SYSTEM, [somebody(**more)])[0]


def population(fact: str, number: str, values: dict[str, Any], **more: Any) -> registers.Fact:
    return registers.Fact(register="population", fact=fact, subject=number, values=values, **more)


def newborn(number: str, **more: Any) -> registers.Fact:
    values = {
        "full_name": "Nguyễn Minh Anh", "born_on": "2026-02-10", "sex": "female",
        "birth_area": "00004", "mother": "001190000001",
    }  # fmt: skip
    return population("identity", number, values | more, valid_from=date(2026, 2, 10))


def death(number: str, died_on: str = "2026-05-01") -> registers.Fact:
    return population("death", number, {"died_on": died_on})


def written(*facts: registers.Fact) -> list[UUID]:
    return registers.write_facts(SYSTEM, facts, new_id())


def seen(number: str) -> registers.Person:
    return person_of(Person.objects.get(personal_number=number))


def test_people_without_a_number_are_given_one(country):
    person = created()
    assert person.personal_number.startswith("001190")
    assert person.full_name == "Nguyễn Thị Hòa"
    assert Person.objects.get().search_key == "nguyen thi hoa"
    assert seen(person.personal_number) == person


def test_a_number_of_their_own_is_kept_and_never_given_again(country):
    created(personal_number="001190123456")
    with pytest.raises(Refusal, match=r"registers\.number-taken"), transaction.atomic():
        created(personal_number="001190123456")
    assert Person.objects.count() == 1


def test_many_people_are_made_in_few_statements(country, django_assert_max_num_queries):
    created()
    with django_assert_max_num_queries(12):
        people = registers.create_people(SYSTEM, [somebody()] * 600)
    assert len({p.personal_number for p in people}) == 600


def test_nobody_reads_without_a_purpose(country):
    officer = Actor(kind="officer", account_id=new_id(), body_id=new_id())
    with pytest.raises(Refusal, match=r"registers\.purpose-needed"):
        registers.person_by_number(officer, created().personal_number, purpose="")


def test_a_citizen_sees_himself_and_nobody_else(country):
    me, other = created(), created()
    citizen = Actor(kind="person", account_id=new_id(), person_id=me.id)

    def look(actor: Actor, number: str) -> registers.Person | None:
        return registers.person_by_number(actor, number, purpose="own")

    assert look(citizen, me.personal_number) == me
    assert look(citizen, other.personal_number) is None
    assert look(GUEST, me.personal_number) is None


def test_a_birth_puts_the_child_into_the_population(country):
    number = registers.allot_personal_number("00004", date(2026, 2, 10), "female")
    written(newborn(number))
    child = seen(number)
    assert (child.full_name, child.born_on) == ("Nguyễn Minh Anh", date(2026, 2, 10))
    assert child.is_alive
    act = Act.objects.get(verb="registers.fact-recorded")
    assert (act.subjects, act.detail["fact"]) == ([child.id], "identity")


def test_the_same_dossier_writes_a_fact_once(country):
    dossier = new_id()
    first = registers.write_facts(SYSTEM, [newborn(CHILD)], dossier)
    again = registers.write_facts(SYSTEM, [newborn(CHILD, full_name="Another Name")], dossier)
    assert first == again
    assert (FactVersion.objects.count(), Person.objects.count()) == (1, 1)
    assert Act.objects.filter(verb="registers.fact-recorded").count() == 1


def test_a_death_closes_a_life_once(country):
    person = created()
    written(death(person.personal_number))
    assert seen(person.personal_number).died_on == date(2026, 5, 1)
    with pytest.raises(Refusal, match=r"registers\.already-recorded"):
        written(death(person.personal_number))


def test_a_fact_about_somebody_without_a_card_is_kept(country):
    (version,) = written(death("001190000009"))
    assert FactVersion.objects.get().id == version
    assert not Person.objects.exists()


def test_the_old_number_and_the_residence_can_be_recorded(country):
    number = created().personal_number
    written(
        population("former-number", number, {"number": "012345678"}),
        population("residence", number, {"address": {"area": "00008", "line": "1 Ngọc Hà"}}),
    )
    person = seen(number)
    assert (person.old_number, person.residence_area) == ("012345678", "00008")


@pytest.mark.parametrize(
    ("fact", "code"),
    [
        (newborn(""), "registers.incomplete-fact"),
        (newborn(CHILD, full_name=""), "registers.incomplete-fact"),
        (newborn(CHILD, born_on="yesterday"), "registers.incomplete-fact"),
        (population("residence", CHILD, {"address": "12 Đội Cấn"}), "registers.incomplete-fact"),
        (population("knighted", CHILD, {}), "registers.unknown-fact"),
    ],
)
def test_a_wrong_fact_is_refused_and_leaves_nothing(country, fact, code):
    with pytest.raises(Refusal) as refused, transaction.atomic():
        written(fact)
    assert refused.value.code == code
    assert not FactVersion.objects.exists()
    assert not Act.objects.filter(verb="registers.fact-recorded").exists()


def test_nobody_dies_before_being_born(country):
    with pytest.raises(Refusal, match=r"registers\.incomplete-fact"):
        written(death(created().personal_number, "1980-01-01"))


@pytest.mark.parametrize("change", [{"fact": "death"}, {"values": {}}, {"ground": "x"}])
def test_a_version_cannot_be_changed_or_deleted(country, change):
    written(newborn(CHILD))
    with pytest.raises(DatabaseError, match="are kept"), transaction.atomic():
        FactVersion.objects.update(**change)
    with pytest.raises(DatabaseError, match="are kept"), transaction.atomic():
        FactVersion.objects.all().delete()


@pytest.mark.parametrize(
    "change",
    [{"personal_number": "12"}, {"old_number": "1"}, {"sex": "x"}, {"full_name": ""},
     {"died_on": date(1900, 1, 1)}],
)  # fmt: skip
def test_the_database_refuses_impossible_people(country, change):
    created()
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.update(**change)
