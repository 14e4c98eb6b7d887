"""Retention by declared rules: what is over goes, a certificate stays, nothing else is touched."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from motcua.acts.models import Act
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal
from motcua.registers import api as registers
from motcua.registers import declared, sealing
from motcua.registers.models import Dispute, FactVersion, ImportFault, ImportRun, Person
from motcua.registers.rules.declaration import Retention
from motcua.registers.rules.retention import cutoff
from tests.registers.test_facts import AWAY, HOME, correct, end, write
from tests.registers.test_people import created, death

TODAY = date(2026, 11, 22)
PAST = datetime(2010, 6, 1, tzinfo=UTC)
LATER = datetime(2026, 11, 22, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("keep", "day"),
    [
        ("forever", None), ("10 years", date(2016, 11, 22)), ("1 month", date(2026, 10, 22)),
        ("30 days", date(2026, 10, 23)), ("9 months", date(2026, 2, 22)),
        ("9999 years", date.min),
    ],
)  # fmt: skip
def test_how_long_is_counted_by_the_calendar(keep, day):
    assert cutoff(keep, TODAY) == day


def test_the_last_of_february_stands_for_a_day_that_a_year_lacks():
    assert cutoff("1 year", date(2024, 2, 29)) == date(2023, 2, 28)


@pytest.mark.parametrize("keep", ["", "10", "ten years", "0 days", "-1 years", "10 weeks"])
def test_other_words_are_no_length_of_time(keep):
    with pytest.raises(ValueError, match="not a length"):
        cutoff(keep, TODAY)


@given(st.integers(1, 9999), st.sampled_from(["days", "months", "years"]), st.dates())
def test_what_is_over_is_over_before_today(count, unit, today):
    assert cutoff(f"{count} {unit}", today) < today or today == date.min


@pytest.fixture
def keeping(monkeypatch):
    """Declare a retention of the population register for one test."""

    def declare(**rule: Any) -> None:
        plain = declared.registers()
        one = replace(plain["population"], retention=(Retention(law="Luật số 1", **rule),))
        monkeypatch.setattr(
            "motcua.registers.declared.registers", lambda: {**plain, "population": one}
        )

    return declare


def run(**more: Any) -> list[registers.Certificate]:
    with clock.at(LATER):
        return registers.run_retention(SYSTEM, "population", **more)


def lived() -> tuple[str, UUID]:
    """Somebody who lived somewhere until 2012, with one belief that was replaced then."""
    with clock.at(PAST):
        number = created().personal_number
        version = write(number, HOME, date(2000, 1, 1))
    with clock.at(PAST + timedelta(days=700)):
        end(number, "residence", date(2012, 1, 1))
    return number, version


def test_what_ended_long_ago_is_erased_and_certified(country, keeping):
    keeping(keep="10 years", after="ended", facts=("residence",))
    number, _ = lived()
    other = created().personal_number
    write(other, HOME, date(2000, 1, 1))
    gone = sorted(
        FactVersion.objects.filter(subject=number, fact="residence").values_list("id", flat=True)
    )
    (done,) = run()
    assert (done.count, done.fact, done.law) == (2, "residence", "Luật số 1")
    assert done.digest == hashlib.sha256("\n".join(map(str, gone)).encode()).hexdigest()
    assert done.rule == "10 years after ended: erase"
    assert not FactVersion.objects.filter(id__in=gone).exists()
    assert FactVersion.objects.filter(subject=other).count() == 2
    assert Person.objects.filter(personal_number=number).exists()
    act = Act.objects.get(verb="registers.retention-ran")
    assert (act.id, act.subjects, act.basis) == (done.act_id, [], "Luật số 1")
    assert number not in str(act.detail)
    assert registers.certificates("population") == [done]
    assert run() == []


def test_what_was_learned_lately_is_kept_although_it_ended_long_ago(country, keeping):
    keeping(keep="10 years", after="ended", facts=("residence",))
    number = created().personal_number
    with clock.at(LATER - timedelta(days=30)):
        write(number, HOME, date(2000, 1, 1), valid_until=date(2001, 1, 1))
    assert run() == []


def test_nothing_goes_while_it_is_contested(country, keeping):
    keeping(keep="10 years", after="ended", facts=("residence",))
    number, _ = lived()
    kept = FactVersion.objects.get(subject=number, fact="residence", recorded__upper_inf=True)
    dispute = registers.open_dispute(
        SYSTEM, register="population", key=number, version_id=kept.id, claim="Not so"
    )
    (done,) = run()
    assert (done.count, FactVersion.objects.filter(id=kept.id).exists()) == (1, True)
    registers.close_dispute(SYSTEM, dispute, outcome="dismissed", answer="It was so")
    run()
    assert not FactVersion.objects.filter(id=kept.id).exists()
    assert not Dispute.objects.exists()


def test_after_a_death_all_goes_with_the_card(country, keeping):
    keeping(keep="10 years", after="death")
    number, _ = lived()
    with clock.at(PAST + timedelta(days=900)):
        registers.write_facts(SYSTEM, [death(number, "2012-06-01")])
    alive = created().personal_number
    assert {one.fact for one in run()} >= {"identity", "residence"}
    assert not Person.objects.filter(personal_number=number).exists()
    assert not FactVersion.objects.filter(subject=number).exists()
    assert Person.objects.filter(personal_number=alive).exists()


def test_what_is_made_anonymous_names_nobody(country, keeping):
    keeping(keep="10 years", after="ended", then="anonymise", facts=("residence",))
    number, _ = lived()
    run()
    row = FactVersion.objects.get(fact="residence")
    assert (row.subject, row.holder, row.item, row.values) == ("anonymous", "", "", {})
    assert (row.valid.lower, row.valid.upper) == (date(2000, 1, 1), date(2013, 1, 1))
    assert row.record_id != registers.record_id("population", number)
    assert run() == []


def test_batches_are_certified_one_by_one(country, keeping):
    keeping(keep="10 years", after="ended", facts=("residence",))
    for _ in range(3):
        lived()
    assert [one.count for one in run(batch=4)] == [4, 2]


def test_faults_of_old_imports_go_too(country, keeping):
    keeping(keep="10 years", after="ended", facts=("residence",))
    lived()
    runs = [
        ImportRun.objects.create(
            register="population", fact="residence", file_name="x", digest=str(ended), path="x",
            format="csv", started_at=ended, ended_at=ended, state="done",
        )
        for ended in (PAST, LATER)
    ]  # fmt: skip
    for one in runs:
        ImportFault.objects.create(run_id=one.id, row=1, code="registers.value-missing")
    run()
    assert [fault.run_id for fault in ImportFault.objects.all()] == [runs[1].id]


def test_only_who_keeps_the_register_runs_it(country, keeping):
    keeping(keep="10 years", after="ended")
    with pytest.raises(Refusal, match=r"identity\.not-allowed"):
        registers.run_retention(Actor(kind="person", account_id=new_id()))


def test_outside_of_retention_the_database_lets_nothing_go(country, keeping):
    keeping(keep="10 years", after="ended", facts=("residence",))
    lived()
    run()
    with pytest.raises(DatabaseError, match="are kept"), transaction.atomic():
        FactVersion.objects.all().delete()


def test_the_command_tells_what_went(country, keeping, capsys):
    keeping(keep="10 years", after="ended", facts=("residence",))
    lived()
    with clock.at(LATER):
        call_command("registers", "retention", "--register", "population")
    said = capsys.readouterr().out
    assert "population residence: 2 (10 years after ended: erase)" in said
    assert "2 versions taken away, 1 certificates" in said


def test_all_sealed_fields_go_under_the_new_key(country, settings, capsys):
    number = created().personal_number
    row = FactVersion.objects.get(subject=number, fact="identity")
    first = correct(number, row.id, {"religion": "Phật giáo"})
    correct(number, first, {"religion": "Không"})
    before = FactVersion.objects.get(id=first)
    settings.MOTCUA_DATA_KEYS = f"new:{sealing.new_key()},{settings.MOTCUA_DATA_KEYS}"
    call_command("registers", "reseal")
    assert "2 versions" in capsys.readouterr().out
    settings.MOTCUA_DATA_KEYS = settings.MOTCUA_DATA_KEYS.split(",")[0]
    after = FactVersion.objects.get(id=first)
    stored = after.values["religion"]
    assert (
        sealing.open_value("population", number, "identity.religion", value=stored) == "Phật giáo"
    )
    assert (after.valid, after.recorded, after.act_id) == (
        before.valid, before.recorded, before.act_id,
    )  # fmt: skip
    assert registers.reseal(SYSTEM) == 0
    write(number, AWAY, date(2020, 1, 1))
