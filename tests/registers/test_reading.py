"""Looking at records: what comes out, what is told of it in the ledger, and what is refused."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from motcua.identity import api as identity
from motcua.kernel import clock
from motcua.kernel.actors import GUEST, SYSTEM, Actor
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal
from motcua.registers import api as registers
from motcua.registers.models import Closure
from motcua.registers.queries import limits
from tests.dossiers.world import at
from tests.registers.readers import citizen, fact, looked, officer, person

NAME = "identity.full_name"
COUNTER = "duty/counter-filing"
KEEP = "duty/keep-register"
NOW = at("2026-03-03 09:00")


@pytest.fixture(autouse=True)
def _today(country: None) -> Any:
    limits.forget()
    with clock.at(NOW):
        yield


def asked(key: str, *fields: str, register: str = "population") -> registers.Ask:
    return registers.Ask(register=register, key=key, fields=fields)


def keeper(at: str = "G01") -> Actor:
    return officer("register-officer", at)


def test_a_look_shows_what_is_granted_names_what_is_withheld_and_is_an_act() -> None:
    someone, clerk = person(), officer("desk-clerk")
    record = registers.read(clerk, asked(someone.personal_number), purpose=COUNTER)
    assert record is not None
    assert record.get(NAME) == someone.full_name
    assert record.get("identity.ethnicity") is None
    assert "identity.mother" in record.withheld
    assert NAME not in record.withheld
    assert (record.holder, record.person_id) == (someone.personal_number, someone.id)
    act = looked().get(verb="registers.read")
    assert (act.purpose, act.subjects, act.actor_id) == (COUNTER, [someone.id], clerk.account_id)
    assert act.basis.startswith("Nghị định")
    assert act.detail["register"] == "population"
    assert act.detail["fields"] == [NAME, "identity.sex", "identity.born_on", "residence.address"]
    assert someone.personal_number not in str(act.detail)


def test_only_what_was_asked_for_comes_out_and_is_told() -> None:
    number = person().personal_number
    record = registers.read(
        officer("desk-clerk"), asked(number, NAME, "identity.mother"), purpose=COUNTER
    )
    assert record is not None
    assert [held.values for held in record.facts] == [{"full_name": "Trần Thị Bích"}]
    assert record.withheld == ("identity.mother",)
    assert looked().get(verb="registers.read").detail["fields"] == [NAME]


def test_what_may_not_be_seen_is_answered_like_what_is_not_there() -> None:
    someone, curious = person(), officer("water-engineer", "water-company")
    assert registers.read(curious, asked(someone.personal_number), purpose=COUNTER) is None
    assert registers.read(curious, asked("001196999999"), purpose=COUNTER) is None
    denied, missing = looked(actor_id=curious.account_id)
    assert (denied.verb, denied.subjects) == ("registers.read-denied", [someone.id])
    assert (missing.verb, missing.subjects) == ("registers.not-found", [])


def test_a_look_at_a_record_that_somebody_does_not_have_names_him_all_the_same() -> None:
    someone = person()
    ask = asked(someone.personal_number, register="insurance")
    assert registers.read(keeper("G12.BHXH"), ask, purpose=KEEP) is None
    assert looked().get(verb="registers.not-found").subjects == [someone.id]


@pytest.mark.parametrize(
    ("purpose", "code"),
    [
        ("", "registers.purpose-needed"), ("curiosity", "registers.no-such-purpose"),
        ("duty/never-heard-of", "registers.no-such-purpose"),
        ("duty/criminal-investigation", "registers.reason-needed"),
        ("procedure/birth-registration", "registers.dossier-needed"),
    ],
)  # fmt: skip
def test_a_look_states_what_it_must(purpose: str, code: str) -> None:
    with pytest.raises(Refusal) as no:
        registers.read(officer("civil-status-officer"), asked("001196000011"), purpose=purpose)
    assert no.value.code == code


def test_an_investigation_is_told_of_later_and_says_why() -> None:
    police = officer("police-officer", "province-police")
    number = person().personal_number
    registers.read(
        police, asked(number), purpose="duty/criminal-investigation", reason=" Vụ án 12 "
    )
    detail = looked().get(verb="registers.read").detail
    assert (detail["told_after"], detail["reason"]) == ("2026-08-30", "Vụ án 12")
    registers.read(officer("desk-clerk"), asked(number),
                   purpose="duty/criminal-investigation", reason="Vụ án 12")  # fmt: skip
    assert looked().get(verb="registers.read-denied").detail["told_after"] == "2026-08-30"


def test_heirs_never_learn_of_a_look_for_a_will() -> None:
    registers.read(
        officer("civil-status-officer"), asked(person().personal_number),
        purpose="duty/will", reason="Di chúc",
    )  # fmt: skip
    assert looked().get(verb="registers.read").detail["heirs"] is False


def test_two_statements_are_enough(django_assert_num_queries: Any) -> None:
    numbers, clerk = [person().personal_number for _ in range(5)], officer("desk-clerk")
    registers.read(clerk, asked(numbers[0]), purpose=COUNTER)
    with django_assert_num_queries(2):
        registers.read(clerk, asked(numbers[1]), purpose=COUNTER)
    with django_assert_num_queries(2):
        registers.read_many(clerk, [asked(number) for number in numbers], purpose=COUNTER)


def test_a_person_sees_himself_and_nobody_else() -> None:
    me, other = person(), person()
    assert registers.read(citizen(me), asked(me.personal_number), purpose="own") is not None
    for actor in (citizen(me), citizen(), GUEST):
        assert registers.read(actor, asked(other.personal_number), purpose="own") is None
    assert looked(verb="registers.read-denied").count() == 3


def test_an_officer_is_a_stranger_to_his_own_record() -> None:
    me = person()
    clerk = officer("desk-clerk", person_id=me.id)
    assert registers.read(clerk, asked(me.personal_number), purpose="own") is None


def test_a_verified_number_is_enough_to_be_oneself() -> None:
    me = person()
    card = identity.create_citizen(
        SYSTEM, full_name=me.full_name, username="bich", personal_number=me.personal_number,
        level=2, evidence="CCCD",
    )  # fmt: skip
    assert registers.read(identity.actor_of(card), asked(me.personal_number), purpose="own")
    declared = identity.create_citizen(
        SYSTEM, full_name="Kẻ Mạo Danh", username="gia", personal_number=me.personal_number
    )
    assert (
        registers.read(identity.actor_of(declared), asked(me.personal_number), purpose="own")
        is None
    )


def test_a_parent_sees_the_child_until_it_is_of_age() -> None:
    mother = person()
    child = person(born_on=date(2015, 5, 1), mother=mother.personal_number)
    grown = person(born_on=date(2005, 5, 1), mother=mother.personal_number)
    seen = registers.read(citizen(mother), asked(child.personal_number), purpose="own")
    assert seen is not None
    assert "identity.religion" in seen.withheld
    assert registers.read(citizen(mother), asked(grown.personal_number), purpose="own") is None
    assert registers.relations_of(citizen(mother), child.personal_number) == {"parent"}


def test_a_spouse_and_a_proxy_see_what_their_grants_say() -> None:
    me, wife = person(), person()
    fact("civil-status", "marriage", wife.personal_number, spouse=me.personal_number,
         spouse_name=me.full_name, married_on="2020-01-01", place="00004")  # fmt: skip
    actor = citizen(me)
    seen = registers.read(
        actor, asked(wife.personal_number), purpose="procedure/birth-registration"
    )
    assert seen is not None
    assert seen.get("identity.sex") is None
    assert seen.get(NAME) == wife.full_name
    assert registers.read(actor, asked(wife.personal_number), purpose="own") is None
    fact("personal-data", "mandate", wife.personal_number, proxy=me.personal_number,
         scope="birth-registration")  # fmt: skip
    seen = registers.read(
        actor, asked(wife.personal_number), purpose="procedure/birth-registration"
    )
    assert seen is not None
    assert seen.get("identity.sex") == "female"


def test_a_representative_sees_the_business() -> None:
    account = identity.create_citizen(SYSTEM, full_name="Lê Văn An", username="an")
    identity.add_representation(
        SYSTEM,
        account_id=account.id,
        business_number="0101234565",
        business_name="An",
        since=date(2020, 1, 1),
    )
    owner = person()
    fact("business", "registration", "0101234565", name="An", kind="enterprise",
         address={"area": "00004", "line": "1"}, owner=owner.personal_number,
         representative_name="Lê Văn An", starts_on="2020-01-01", capital_vnd=1_000_000,
         trades=[])  # fmt: skip
    ask = asked("0101234565", register="business")
    seen = registers.read(identity.actor_of(account), ask, purpose="own")
    assert seen is not None
    assert seen.person_id == owner.id
    assert registers.read(citizen(person()), ask, purpose="own") is None


def test_a_job_reads_for_the_body_that_decides_and_the_bare_system_too() -> None:
    number, body = person().personal_number, officer("chair").body_id
    assert body is not None
    purpose = "procedure/birth-registration"
    for reader in (registers.reader_for(body), SYSTEM):
        seen = registers.read(reader, asked(number), purpose=purpose, dossier_id=new_id())
        assert seen is not None
        assert "identity.mother" in seen.withheld
    assert registers.read(SYSTEM, asked(number), purpose=KEEP) is None


def test_a_restriction_closes_the_register_to_those_whom_no_law_sends() -> None:
    me = person()
    number, dossier = me.personal_number, new_id()
    fact("personal-data", "restriction", number, register="population")
    clerk, purpose = officer("desk-clerk"), "procedure/birth-registration"
    assert registers.read(clerk, asked(number), purpose=purpose, dossier_id=dossier) is None
    assert looked().get(verb="registers.read-denied").subjects == [me.id]
    assert registers.read(citizen(me), asked(number), purpose=purpose) is not None
    assert registers.read(keeper(), asked(number), purpose=KEEP) is not None


def test_sensitive_values_are_opened_for_whom_they_are_granted() -> None:
    me = person()
    fact("population", "identity", me.personal_number, full_name="Trần Thị Bích", sex="female",
         born_on="1996-03-27", birth_area="00004", religion="Phật giáo")  # fmt: skip
    seen = registers.read(citizen(me), asked(me.personal_number), purpose="own")
    assert seen is not None
    assert seen.get("identity.religion") == "Phật giáo"
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(\"values\"::text, '') FROM registers_factversion")
        assert "Phật" not in cursor.fetchone()[0]


def test_a_register_that_is_closed_says_so_for_what_is_there_and_for_what_is_not() -> None:
    number = person().personal_number
    Closure.objects.create(register="population", since=NOW, why="bảo trì")
    for key in (number, "001196999999"):
        with pytest.raises(Refusal, match=r"registers\.closed"):
            registers.read(officer("desk-clerk"), asked(key), purpose=COUNTER)
    with clock.at(NOW - timedelta(hours=1)):
        assert registers.read(officer("desk-clerk"), asked(number), purpose=COUNTER) is not None


def test_a_register_that_is_too_slow_is_a_clear_answer() -> None:
    number = person().personal_number
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE registers_person RENAME TO registers_person_kept")
        cursor.execute(
            "CREATE VIEW registers_person AS"
            " SELECT * FROM registers_person_kept WHERE pg_sleep(5) IS NOT NULL"
        )
        cursor.execute("SET LOCAL statement_timeout = '50ms'")
    with pytest.raises(Refusal, match=r"registers\.too-slow"):
        registers.read(SYSTEM, asked(number), purpose="procedure/x")


def test_ten_thousand_looks_by_one_clerk_are_stopped_and_noted(settings: Any) -> None:
    settings.MOTCUA_READS_PER_HOUR = 5
    clerk, numbers = officer("desk-clerk"), [person().personal_number for _ in range(2)]
    for _ in range(5):
        registers.read(clerk, asked(numbers[0]), purpose=COUNTER)
    with pytest.raises(Refusal, match=r"registers\.too-many-reads"):
        registers.read(clerk, asked(numbers[1]), purpose=COUNTER)
    assert looked().get(verb="registers.too-many-reads").detail["limit"] == 5
    limits.forget()  # another process believes the ledger, a step later
    registers.read(clerk, asked(numbers[0]), purpose=COUNTER)
    with pytest.raises(Refusal, match=r"registers\.too-many-reads"):
        registers.read(clerk, asked(numbers[0]), purpose=COUNTER)
    assert registers.read(officer("desk-clerk"), asked(numbers[0]), purpose=COUNTER) is not None
    with clock.at(NOW + timedelta(hours=2)):
        assert registers.read(clerk, asked(numbers[0]), purpose=COUNTER) is not None


def test_software_of_a_body_has_a_limit_of_its_own(settings: Any) -> None:
    settings.MOTCUA_READS_PER_HOUR, settings.MOTCUA_READS_PER_HOUR_OF_SOFTWARE = 1, 3
    software, number = officer("desk-clerk", application_id=new_id()), person().personal_number
    for _ in range(3):
        registers.read(software, asked(number), purpose=COUNTER)
    with pytest.raises(Refusal, match=r"registers\.too-many-reads"):
        registers.read(software, asked(number), purpose=COUNTER)
    assert looked(verb="registers.read").last().detail["application"] == str(
        software.application_id
    )


def moved(number: str, line: str, since: date, when: str) -> None:
    with clock.at(at(when)):
        registers.write_facts(SYSTEM, [registers.Fact(
            register="population", fact="residence", subject=number, valid_from=since,
            values={"address": {"area": "00008", "line": line}},
        )])  # fmt: skip


def lines(held: Any) -> list[str]:
    return [one.values["address"]["line"] for one in held]


def test_both_axes_of_time_can_be_looked_along() -> None:
    with clock.at(at("2026-01-05 09:00")):
        me = person()
    number, clerk = me.personal_number, officer("desk-clerk")
    moved(number, "2 Hàng Than", date(2026, 2, 1), "2026-02-20 10:00")

    def line(**when: Any) -> Any:
        record = registers.read(clerk, asked(number), purpose=COUNTER, **when)
        return record.get("residence.address.line") if record else None

    assert line() == "2 Hàng Than"
    assert line(as_of=date(2026, 1, 31)) == "12 Quán Thánh"
    assert line(as_of=date(2026, 2, 10), known_at=at("2026-02-15 00:00")) == "12 Quán Thánh"
    assert line(known_at=at("2026-01-01 00:00")) is None
    told = looked(verb="registers.read").filter(detail__has_key="known_at").get().detail
    assert told["as_of"] == "2026-02-10"
    whole = registers.history(citizen(me), asked(number, "residence.address"), purpose="own")
    assert lines(whole) == ["12 Quán Thánh", "12 Quán Thánh", "2 Hàng Than"]
    assert [one.replaced_at is None for one in whole] == [False, True, True]
    assert looked(verb="registers.read").last().detail["history"] is True
    assert registers.history(citizen(), asked(number), purpose="own") == ()
    assert registers.history(clerk, asked("001196999999"), purpose=COUNTER) == ()


def car(plate: str, owner: str, since: date, when: str) -> None:
    with clock.at(at(when)):
        registers.write_facts(SYSTEM, [registers.Fact(
            register="vehicle", fact="registration", subject=plate, valid_from=since,
            values={"owner": owner, "make": "Honda", "model": "Wave", "colour": "đỏ",
                    "kind": "motorbike", "registered_on": since.isoformat()},
        )])  # fmt: skip


def test_who_owned_it_before_is_not_for_the_present_owner() -> None:
    before, now = person(), person()
    car("29A-1", before.personal_number, date(2020, 1, 1), "2026-01-02 09:00")
    car("29A-1", now.personal_number, date(2026, 2, 1), "2026-02-01 09:00")
    ask = asked("29A-1", register="vehicle")
    assert registers.read(citizen(now), ask, purpose="own") is not None
    assert registers.read(citizen(before), ask, purpose="own") is None
    assert registers.read(citizen(before), ask, purpose="own", as_of=date(2026, 1, 5)) is not None
    assert registers.read(citizen(now), ask, purpose="own", as_of=date(2026, 1, 5)) is None
    seen = registers.history(citizen(now), ask, purpose="own")
    assert {one.values["owner"] for one in seen} == {now.personal_number}
    seen = registers.history(keeper(), ask, purpose=KEEP)
    assert {one.values["owner"] for one in seen} == {now.personal_number, before.personal_number}


def test_everything_about_oneself_comes_in_few_statements(
    django_assert_max_num_queries: Any,
) -> None:
    me, other = person(), person()
    car("29A-1", me.personal_number, date(2020, 1, 1), "2026-01-02 09:00")
    car("29A-2", other.personal_number, date(2020, 1, 1), "2026-01-02 09:00")
    fact("insurance", "health", me.personal_number, card_number="HN1", kind="household",
         facility="01001", benefit=80)  # fmt: skip
    with django_assert_max_num_queries(4):
        found = registers.records_of(citizen(me))
    assert [(one.register, one.key) for one in found] == [
        ("insurance", me.personal_number), ("population", me.personal_number), ("vehicle", "29A-1"),
    ]  # fmt: skip
    assert looked(verb="registers.read", purpose="own").count() == 3
    Closure.objects.create(register="vehicle", since=NOW, why="bảo trì")
    assert len(registers.records_of(citizen(me))) == 2
    assert registers.records_of(citizen()) == registers.records_of(GUEST) == []


def test_what_could_be_read_is_told_without_a_look() -> None:
    me, clerk = person(), officer("desk-clerk")
    assert NAME in registers.readable(clerk, "population", COUNTER)
    assert "identity.religion" in registers.readable(citizen(me), "population", "own")
    assert registers.readable(citizen(me), "population", "own", person().personal_number) == ()
    assert "identity.religion" in registers.readable(
        citizen(me), "population", "own", me.personal_number
    )
    assert registers.readable(GUEST, "population", "own") == ()
    assert not looked(verb__startswith="registers.read").exists()


def test_a_contested_version_says_so_to_who_sees_the_contested_field() -> None:
    me = person()
    number = me.personal_number
    held = registers.read(citizen(me), asked(number), purpose="own").held("identity")
    registers.open_dispute(
        citizen(me), register="population", key=number, version_id=held.id,
        field="identity.birth_area", claim="Sinh ở Huế",
    )  # fmt: skip
    assert registers.read(keeper(), asked(number), purpose=KEEP).held("identity").disputed
    counter = registers.read(officer("desk-clerk"), asked(number), purpose=COUNTER)
    assert not counter.held("identity").disputed


def test_a_card_has_no_more_than_is_granted() -> None:
    someone = person(old_number="012345678")
    card = registers.person_by_number(
        officer("desk-clerk"), someone.personal_number, purpose=COUNTER
    )
    assert card is not None
    assert (card.full_name, card.residence_area, card.old_number) == (
        someone.full_name,
        "00004",
        "",
    )
    engineer = officer("water-engineer", "water-company")
    assert registers.person_by_number(engineer, someone.personal_number, purpose=COUNTER) is None


def test_moments_of_the_ledger_and_of_the_record_carry_a_zone() -> None:
    record = registers.read(SYSTEM, asked(person().personal_number), purpose="procedure/x")
    assert record is not None
    assert all(
        isinstance(one.recorded_at, datetime) and one.recorded_at.tzinfo for one in record.facts
    )
