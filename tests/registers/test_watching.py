"""Unusual looks: which signs there are, who judges them, and how many alarms were false."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal
from motcua.registers import api as registers
from motcua.registers.models import AccessFinding, Person
from motcua.registers.queries import limits
from motcua.registers.rules.watching import KINDS, Reading, Setting, busy_hours, kinds
from tests.dossiers.world import at
from tests.dossiers.world import officer as seated
from tests.registers.readers import body_of, looked, person

ME, COLLEAGUE, FAMOUS, OTHER = (UUID(int=n) for n in range(1, 5))
NOON = at("2026-03-03 10:00")
COUNTER = "duty/counter-filing"


def signs(*persons: UUID, **more: Any) -> tuple[str, ...]:
    about = {"purpose": "procedure/x", "verb": "registers.read", "has_dossier": True}
    around = {"is_working_hour": True, "is_owner": False, "is_many": False}
    reading = {key: value for key, value in more.items() if key not in around}
    place = {key: value for key, value in more.items() if key in around}
    one = Reading(at=NOON, account_id=new_id(), persons=frozenset(persons), **about | reading)
    surroundings = {"own_person": ME, "colleagues": {COLLEAGUE, ME}, "watched": {FAMOUS}}
    return kinds(one, Setting(**surroundings, **around | place))


@pytest.mark.parametrize(
    ("persons", "more", "found"),
    [
        ([OTHER], {}, ()),
        ([ME], {}, ("own-record",)),
        ([ME], {"purpose": "own"}, ()),
        ([COLLEAGUE, FAMOUS], {}, ("colleague", "watched")),
        ([OTHER], {"verb": "registers.read-denied"}, ("denied",)),
        ([], {"verb": "registers.too-many-reads"}, ("limit",)),
        ([OTHER], {"purpose": COUNTER, "has_dossier": False}, ("no-dossier",)),
        ([OTHER], {"purpose": COUNTER, "has_dossier": False, "has_reason": True}, ()),
        ([OTHER], {"purpose": COUNTER, "has_dossier": False, "is_owner": True}, ()),
        ([OTHER], {"is_working_hour": False}, ("out-of-hours",)),
        ([OTHER], {"is_working_hour": False, "by_software": True}, ()),
        ([OTHER], {"is_many": True}, ("many",)),
        (
            [ME], {"verb": "registers.read-denied", "is_many": True},
            ("own-record", "denied", "many"),
        ),
    ],
)  # fmt: skip
def test_each_sign_has_its_cause(persons: list[UUID], more: Any, found: tuple[str, ...]) -> None:
    assert signs(*persons, **more) == found
    assert [kind for kind in KINDS if kind in found] == list(found)


def hours(*counts: int) -> dict[datetime, int]:
    begin = datetime(2026, 3, 2, tzinfo=UTC)
    return {begin + timedelta(hours=n): count for n, count in enumerate(counts)}


def test_many_is_far_above_ones_own_median() -> None:
    assert busy_hours(hours(3, 4, 5, 23)) == {datetime(2026, 3, 2, 3, tzinfo=UTC)}
    assert not busy_hours(hours(3, 4, 5, 20))  # below what is many for anybody
    assert not busy_hours(hours(100, 110, 120, 400))  # a desk that is always busy
    assert not busy_hours({})


@given(st.lists(st.integers(1, 500), min_size=1, max_size=40))
def test_a_busy_hour_is_never_a_usual_one(counts: list[int]) -> None:
    by_hour = hours(*counts)
    found = busy_hours(by_hour)
    assert len(found) <= len(by_hour) / 2
    assert all(by_hour[hour] > 20 for hour in found)


@pytest.fixture
def ward(country: None) -> Any:
    limits.forget()
    with clock.at(NOON):
        yield body_of("commune-committee")


def clerk(ward: Any, name: str = "Lê Thị Hoa", **more: Any) -> Actor:
    return seated(ward, "one-stop-desk", "desk-clerk", name)


def look(actor: Actor, key: str, purpose: str = COUNTER) -> None:
    registers.read(actor, registers.Ask(register="population", key=key), purpose=purpose)


def is_person(actor: Actor, someone: registers.Person) -> None:
    from django.contrib.auth import get_user_model

    get_user_model().objects.filter(id=actor.account_id).update(person_id=someone.id)


def report(head: Actor) -> list[registers.UnusualRow]:
    return registers.unusual_access(head, since=NOON - timedelta(days=7))


def test_the_report_finds_curiosity_in_the_ledger(ward: Any) -> None:
    head = seated(ward, "leadership", "chair", "Hoàng Văn Thái")
    curious, colleague = clerk(ward), clerk(ward, "Vũ Thị Mai")
    me, her, famous, nobody = (person() for _ in range(4))
    is_person(curious, me)
    is_person(colleague, her)
    Person.objects.filter(id=famous.id).update(is_watched=True)
    for someone in (me, her, famous, nobody):
        look(curious, someone.personal_number)
    look(curious, nobody.personal_number, "duty/keep-register")
    with clock.at(at("2026-03-02 23:30")):
        look(curious, nobody.personal_number)
    elsewhere = seated(body_of("commune-police"), "appraisal", "police-officer", "Khác")
    look(elsewhere, me.personal_number)
    found = [(row.kinds, row.persons) for row in report(head)]
    assert found == [
        (("denied", "no-dossier"), (nobody.id,)),
        (("no-dossier",), (nobody.id,)),
        (("watched", "no-dossier"), (famous.id,)),
        (("colleague", "no-dossier"), (her.id,)),
        (("own-record", "no-dossier"), (me.id,)),
        (("no-dossier", "out-of-hours"), (nobody.id,)),
    ]
    row = report(head)[0]
    assert (row.account_label, row.register, row.finding) == ("Lê Thị Hoa", "population", "")


def test_far_more_than_usual_is_one_line_for_the_hour(ward: Any, settings: Any) -> None:
    head, busy = seated(ward, "leadership", "chair", "Hoàng Văn Thái"), clerk(ward)
    number = person().personal_number
    for hour in (8, 9, 13):
        with clock.at(NOON.replace(day=2, hour=hour, minute=40)):
            look(busy, number)
    for _ in range(22):
        look(busy, number)
    assert [row.kinds[0] for row in report(head)].count("many") == 1


def test_the_report_takes_a_fixed_number_of_statements(
    ward: Any, django_assert_max_num_queries: Any
) -> None:
    head = seated(ward, "leadership", "chair", "Hoàng Văn Thái")
    for name in ("A", "B", "C"):
        look(clerk(ward, name), person().personal_number)
    report(head)
    with django_assert_max_num_queries(9):
        assert len(report(head)) == 3


def test_findings_are_counted_false_alarms_too(ward: Any) -> None:
    head, other = seated(ward, "leadership", "chair", "Hoàng Văn Thái"), clerk(ward)
    for _ in range(3):
        look(other, person().personal_number)
    first, second, _ = report(head)
    registers.settle_unusual(head, first.act_id, finding="explained", remark="Khách tại quầy")
    registers.settle_unusual(head, second.act_id, finding="abuse", remark="Tò mò")
    counts = registers.unusual_counts(head, since=NOON - timedelta(days=1))
    assert (counts.reported, counts.explained, counts.abuse, counts.open) == (3, 1, 1, 1)
    assert [row.finding for row in report(head)] == ["explained", "abuse", ""]
    with pytest.raises(Refusal, match=r"registers\.reading-settled"):
        registers.settle_unusual(head, first.act_id, finding="abuse", remark="Nghĩ lại")
    assert looked(verb="registers.reading-settled").filter(subjects=[]).count() == 2
    with pytest.raises(DatabaseError, match="kept as they were"), transaction.atomic():
        AccessFinding.objects.update(finding="abuse")


def test_a_finding_has_a_form_and_comes_from_somebody_else_of_the_body(ward: Any) -> None:
    head, other = seated(ward, "leadership", "chair", "Hoàng Văn Thái"), clerk(ward)
    look(other, person().personal_number)
    look(head, person().personal_number)
    acts = {row.account_id: row.act_id for row in report(head)}
    chief = seated(body_of("commune-police"), "leadership", "police-chief", "Khác")
    theirs, mine = acts[other.account_id], acts[head.account_id]
    for actor, act_id, finding, remark, code in (
        (other, theirs, "explained", "x", "identity.not-allowed"),
        (head, theirs, "fine", "x", "registers.no-such-verdict"),
        (head, theirs, "explained", " ", "registers.remark-needed"),
        (head, mine, "explained", "x", "registers.own-reading"),
        (chief, theirs, "explained", "x", "registers.no-such-reading"),
        (head, new_id(), "explained", "x", "registers.no-such-reading"),
    ):
        with pytest.raises(Refusal) as no:
            registers.settle_unusual(actor, act_id, finding=finding, remark=remark)
        assert no.value.code == code
    for actor in (other,):
        with pytest.raises(Refusal, match=r"identity\.not-allowed"):
            report(actor)
