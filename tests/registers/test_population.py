"""The synthetic population: believable, the same for the same seed, and never anybody twice."""

import hashlib
from collections import Counter
from datetime import date
from itertools import islice

import pytest

from motcua.acts.models import Act
from motcua.kernel.texts import fold, sort_key
from motcua.project import population
from motcua.project.population.people import SEEN_ON, Household, Maker, Place
from motcua.registers import api as registers
from motcua.registers.models import FactVersion, LikelyPair, NameForm, Person
from motcua.registers.rules import numbers
from tests.registers.readers import officer

PLACES = [
    Place(commune="00004", prefix="001", before=(("01", "001"),)),
    Place(commune="02839", prefix="015", before=(("10", "010"), ("15", "015"))),
]


def homes(count: int, seed: int = 1) -> list[Household]:
    return list(islice(Maker(seed, PLACES).households(), count))


HOMES = homes(1500)
SOULS = [one for home in HOMES for one in home.members]


def digest(seed: int, people: int) -> str:
    found = hashlib.sha256()
    blocks = population.blocks(people, seed, where=PLACES, loaded_at="2026-01-01 00:00:00+00")
    for block in blocks:
        for lines in block.lines.values():
            found.update(b"".join(lines.splitlines(keepends=True)[:2000]))
    return found.hexdigest()


def test_the_same_seed_makes_the_same_people_and_another_seed_others():
    assert digest(1, 2000) == digest(1, 2000)
    assert digest(1, 2000) != digest(2, 2000)


def test_who_comes_first_does_not_depend_on_how_many_come():
    assert homes(50) == HOMES[:50]


def test_numbers_are_unique_and_say_sex_and_year():
    given = [one.number for one in SOULS]
    assert len(set(given)) == len(given)
    for one in SOULS:
        parts = numbers.read(one.number)
        assert parts is not None
        assert (parts.sex, parts.year) == (one.sex, date.fromordinal(one.born).year)


def test_former_numbers_are_unique_but_of_who_is_registered_twice():
    once = [one.old_number for one in SOULS if one.old_number and one.relation != "other"]
    assert len(set(once)) == len(once)


def test_children_are_younger_than_their_parents_and_bear_the_fathers_name():
    by_number = {one.number: one for one in SOULS}
    children = [one for one in SOULS if one.relation == "child"]
    assert len(children) > 500
    for child in children:
        mother = by_number[child.mother]
        assert child.born - mother.born > 17 * 365
        if child.father:
            father = by_number[child.father]
            assert child.name.text.split()[0] == father.name.text.split()[0]
            assert child.born > father.born + 14 * 365


def test_keys_are_those_that_the_register_itself_makes():
    for one in SOULS[:800]:
        assert one.name.key == fold(one.name.text)
        assert one.name.sorted == sort_key(one.name.text)


def test_families_have_believable_shares_and_ages_a_believable_spread():
    families = Counter(one.name.text.split()[0] for one in SOULS)
    assert 0.3 < families["Nguyễn"] / len(SOULS) < 0.45
    ages = Counter((SEEN_ON - one.born) // 3653 for one in SOULS)
    assert all(ages[decade] / len(SOULS) > 0.04 for decade in range(7))
    assert ages[8] < ages[5]
    assert len({one.name.key for one in SOULS}) > len(SOULS) * 0.6


def test_nobody_dies_before_birth_or_after_today():
    dead = [one for one in SOULS if one.died]
    assert dead
    assert all(one.born < one.died < SEEN_ON for one in dead)


@pytest.mark.parametrize("rebuild", [True, False], ids=["indexes-later", "indexes-in-place"])
def test_a_population_is_loaded_whole_with_all_that_the_database_asks(country, rebuild):
    told: list[str] = []
    people = population.load(told.append, persons=1200, seed=3, others=False, rebuild=rebuild)
    assert people >= 1200
    assert Person.objects.count() == people
    assert NameForm.objects.count() == len(set(Person.objects.values_list("search_key", flat=True)))
    act = Act.objects.get(verb="registers.people-created")
    assert act.detail["people"] == people
    assert act.subjects == []
    assert not FactVersion.objects.exclude(act_id=act.id).exists()
    assert _whole()
    assert told


def test_who_was_loaded_is_read_and_found_like_anybody(country):
    population.load(lambda _text: None, persons=300, seed=4, others=False)
    card = Person.objects.filter(died_on__isnull=True).order_by("id")[7]
    keeper = officer("register-officer", "G01")
    record = registers.read(
        keeper,
        registers.Ask(register="population", key=card.personal_number),
        purpose="duty/keep-register",
    )
    assert record.get("identity.full_name") == card.full_name
    assert record.get("residence.address.area") == card.residence_area
    query = registers.FindPeople(name=card.search_key, born_on=card.born_on)
    found = registers.find_people(keeper, query, purpose="duty/keep-register")
    assert card.id in {one.person.id for one in found}


def test_before_the_merger_people_lived_in_the_province_of_then(country):
    population.load(lambda _text: None, persons=300, seed=4, others=False)
    card = Person.objects.filter(died_on__isnull=True, born_on__lt=date(1980, 1, 1))[0]
    keeper = officer("register-officer", "G01")
    ask = registers.Ask(register="population", key=card.personal_number)
    areas = [
        registers.read(keeper, ask, purpose="duty/keep-register", as_of=day).get(
            "residence.address.area"
        )
        for day in (date(2025, 6, 30), date(2025, 7, 1))
    ]
    assert len(areas[0]) == 2
    assert areas[1] == card.residence_area


def test_values_are_those_that_the_register_would_take(country):
    from motcua.registers.rules.quality import faults

    population.load(lambda _text: None, persons=400, seed=5)
    for row in FactVersion.objects.all():
        kind = registers.register(row.register).fact(row.fact)
        assert faults(kind, row.values, date(2026, 3, 1)) == (), (row.register, row.fact)
    assert set(FactVersion.objects.values_list("register", flat=True)) >= {
        "population", "civil-status", "insurance", "driving-licence", "vehicle", "utility",
        "business",
    }  # fmt: skip


def test_a_population_of_many_has_duplicates_to_look_for(country):
    population.load(lambda _text: None, persons=300, seed=4, others=False)
    registers.look_for_duplicates()
    assert LikelyPair.objects.count() < 5


def _whole() -> bool:
    """Every index and constraint is there, and nothing overlaps."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_constraint WHERE conname IN ('one_version_at_a_time',"
            " 'registers_person_pkey', 'registers_factversion_pkey')"
        )
        return bool(cursor.fetchone()[0] == 3)
