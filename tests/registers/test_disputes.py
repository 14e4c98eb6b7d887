"""Disputes and closures: a person contests, the keeper answers; a register that does not answer."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from motcua.acts.models import Act
from motcua.kernel import clock
from motcua.kernel.actors import GUEST, SYSTEM, Actor
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal
from motcua.registers import api as registers
from motcua.registers.models import Person
from tests.registers.test_facts import HOME, correct, keeper, write
from tests.registers.test_people import created, population

BORN = date(2000, 1, 1)
CLAIM = "I moved in 2019"


@pytest.fixture
def number(country) -> str:
    return created().personal_number


@pytest.fixture
def version(number) -> UUID:
    return write(number, HOME, BORN)


def person(number: str) -> Actor:
    card = Person.objects.get(personal_number=number)
    return Actor(kind="person", account_id=new_id(), person_id=card.id)


def contest(actor: Actor, number: str, version: UUID, **more: Any) -> UUID:
    words = {"claim": CLAIM, "field": "residence.address"} | more
    with transaction.atomic():
        return registers.open_dispute(
            actor, register="population", key=number, version_id=version, **words
        )


def test_the_person_contests_and_the_keeper_answers(number, version):
    record, dossier = registers.record_id("population", number), new_id()
    due = clock.now() + timedelta(days=10)
    dispute = contest(person(number), number, version, dossier_id=dossier, due_at=due)
    assert registers.open_disputes_of([record]) == {version}
    assert registers.is_disputed(record, version)
    (card,) = registers.disputes(keeper(), "population")
    assert (card.claim, card.field, card.dossier_id, card.due_at) == (
        CLAIM, "residence.address", dossier, due,
    )  # fmt: skip
    registers.close_dispute(keeper(), dispute, outcome="dismissed", answer="You did not.")
    assert registers.disputes(keeper()) == []
    (mine,) = registers.disputes(person(number), open=False)
    assert (mine.outcome, mine.answer) == ("dismissed", "You did not.")
    acts = Act.objects.filter(verb__startswith="dispute.").order_by("at")
    assert [act.verb for act in acts] == ["dispute.opened", "dispute.closed"]
    assert all(act.subjects == [person(number).person_id] for act in acts)
    assert all(act.dossier_id == dossier for act in acts)
    assert CLAIM not in str([act.detail for act in acts])


def test_an_open_dispute_is_seen_by_whoever_reads(number, version):
    contest(person(number), number, version)
    record = registers.read(
        person(number), registers.Ask(register="population", key=number), purpose="own"
    )
    assert record.held("residence").disputed
    assert registers.rests_on_disputed(record.facts)
    assert not registers.rests_on_disputed(f for f in record.facts if f.fact == "identity")


def test_one_at_a_time(number, version):
    contest(person(number), number, version)
    with pytest.raises(Refusal, match=r"registers\.already-disputed"):
        contest(person(number), number, version)


@pytest.mark.parametrize("who", ["guest", "another", "officer"])
def test_strangers_contest_nothing_and_learn_nothing(number, version, who):
    officer = Actor(kind="officer", account_id=new_id(), body_id=new_id())
    actors = {"guest": GUEST, "another": person(created().personal_number), "officer": officer}
    with pytest.raises(Refusal, match=r"registers\.no-such-version"):
        contest(actors[who], number, version)
    assert registers.disputes(actors[who]) == []


def test_a_parent_contests_for_a_child_and_the_keeper_for_anybody(number):
    child = created(mother=number, born_on=date(2026, 2, 1), personal_number="001326000001")
    mother = person(number)
    version = write(child.personal_number, HOME, date(2026, 2, 1))
    assert contest(mother, child.personal_number, version)
    with pytest.raises(Refusal, match=r"registers\.already-disputed"):
        contest(keeper(), child.personal_number, version)


def test_only_the_keeper_answers_in_words_once_and_never_about_himself(number, version):
    dispute = contest(person(number), number, version)

    def close(actor: Actor, outcome: str = "upheld", answer: str = "Yes.") -> None:
        with transaction.atomic():
            registers.close_dispute(actor, dispute, outcome=outcome, answer=answer)

    himself = keeper(person_id=person(number).person_id)
    for actor, code in [(person(number), "identity.not-allowed"),
                        (himself, "registers.own-affair")]:  # fmt: skip
        with pytest.raises(Refusal, match=code):
            close(actor)
    for outcome, answer in [("perhaps", "Yes."), ("upheld", " ")]:
        with pytest.raises(Refusal, match=r"registers\.answer-needed"):
            close(keeper(), outcome, answer)
    close(keeper())
    with pytest.raises(Refusal, match=r"registers\.dispute-closed"):
        close(keeper())
    with pytest.raises(Refusal, match=r"registers\.no-such-dispute"):
        registers.close_dispute(SYSTEM, new_id(), outcome="upheld", answer="Yes.")


def test_what_is_contested_exists_and_is_believed(number, version):
    with pytest.raises(Refusal, match=r"registers\.claim-needed"):
        contest(person(number), number, version, claim=" ")
    with pytest.raises(Refusal, match=r"registers\.unknown-field"):
        contest(person(number), number, version, field="identity.full_name")
    correct(number, version, {"household": "H1"})
    with pytest.raises(Refusal, match=r"registers\.no-such-version"):
        contest(person(number), number, version)


def test_a_closed_register_says_so_and_goes_on_taking_facts(number, version):
    until = clock.now() + timedelta(hours=2)
    registers.close_register(keeper(), "population", why="A new server", until=until)
    ask = registers.Ask(register="population", key=number)
    with pytest.raises(Refusal) as refused, transaction.atomic():
        registers.read(person(number), ask, purpose="own")
    assert refused.value.code == "registers.closed"
    assert registers.closure_of("population").why == "A new server"
    registers.write_facts(SYSTEM, [population("residence", number, HOME)])
    with clock.at(until + timedelta(seconds=1)):
        assert registers.closures() == []
    registers.reopen_register(keeper(), "population")
    registers.reopen_register(keeper(), "population")
    assert registers.closure_of("population") is None
    assert registers.read(person(number), ask, purpose="own")
    assert Act.objects.filter(verb="registers.reopened").count() == 1


def test_a_register_is_closed_with_a_reason_by_its_keeper_only(number):
    for why, until in [(" ", None), ("x", clock.now() - timedelta(seconds=1))]:
        with pytest.raises(Refusal, match=r"registers\.closure-incomplete"):
            registers.close_register(keeper(), "population", why=why, until=until)
    for register in ("insurance", "population"):
        actor = keeper() if register == "insurance" else person(number)
        with pytest.raises(Refusal, match=r"identity\.not-allowed"):
            registers.close_register(actor, register, why="x")
