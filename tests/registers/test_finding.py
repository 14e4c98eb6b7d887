"""Finding people: by numbers, by names with slips, only by whom a grant lets, never unseen."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from motcua.acts.models import Act
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.refusals import Refusal
from motcua.kernel.texts import fold
from motcua.registers import api as registers
from motcua.registers.queries.finding import _FORMS
from motcua.registers.rules import finding, likeness
from tests.registers.readers import citizen, officer

KEEP = "duty/keep-register"


def keeper() -> Actor:
    return officer("register-officer", "G01")


def people(*names: str, **more: Any) -> list[registers.Person]:
    about: dict[str, Any] = {
        "born_on": date(1990, 3, 5), "sex": "female", "birth_area": "00004",
        "residence_area": "00004", "residence_line": "12 Quán Thánh",
    }  # fmt: skip
    drafts = [registers.PersonDraft(full_name=name, **about | more) for name in names]
    return registers.create_people(SYSTEM, drafts)


def found(actor: Actor | None = None, purpose: str = KEEP, **asked: Any) -> registers.FoundPeople:
    query = registers.FindPeople(**asked)
    return registers.find_people(actor or keeper(), query, purpose=purpose)


def names(people: registers.FoundPeople) -> list[str]:
    return [one.person.full_name for one in people]


def refused(**asked: Any) -> str:
    with pytest.raises(Refusal) as no:
        finding.checked(registers.FindPeople(**asked))
    return no.value.code


def test_a_name_is_found_with_and_without_its_diacritics(country):
    people("Nguyễn Thị Hòa", "Phạm Văn Đức")
    assert names(found(name="Nguyễn Thị Hoà")) == ["Nguyễn Thị Hòa"]
    assert names(found(name="PHAM VAN DUC")) == ["Phạm Văn Đức"]
    assert found(name="Phạm Văn Đức")[0].likeness == 1.0
    assert found(name="pham van duc")[0].likeness == 0.95


def test_a_slip_of_spelling_is_forgiven_and_ranked_lower(country):
    people("Nguyễn Văn An", "Nguyễn Văn Ân", "Trần Thu Hà")
    slip = found(name="nguyen vann ann")
    assert set(names(slip)) == {"Nguyễn Văn An", "Nguyễn Văn Ân"}
    assert all(one.likeness < 0.95 for one in slip)


def test_birth_year_and_area_narrow_a_name(country):
    people("Lê Thị Mai", born_on=date(1980, 1, 1))
    people("Lê Thị Mai", born_on=date(1990, 1, 1), residence_area="00070")
    assert len(found(name="le thi mai")) == 2
    assert len(found(name="le thi mai", born_on=date(1980, 1, 1))) == 1
    assert len(found(name="le thi mai", born_year=1990)) == 1
    assert len(found(name="le thi mai", area="00070")) == 1
    assert len(found(name="le thi mai", area="01")) == 2
    assert not found(name="le thi mai", area="79")


def test_numbers_old_and_new_find_exactly_one(country):
    one, _other = people("Võ Thị Sen", "Võ Thị Sen")
    old = people("Đỗ Văn Nam", old_number="012345678")[0]
    assert [row.person.id for row in found(number=one.personal_number)] == [one.id]
    assert [row.person.id for row in found(old_number="012345678")] == [old.id]
    assert not found(number=one.personal_number, born_on=date(1999, 1, 1))


def test_too_many_are_cut_and_said_so(country):
    people(*["Nguyễn Thị Hương"] * 25)
    shown = found(name="Nguyễn Thị Hương")
    assert len(shown) == 20
    assert shown.too_many
    assert not found(name="Nguyễn Thị Hương", born_on=date(1990, 3, 6)).too_many


def test_a_search_is_one_act_that_names_all_who_were_shown_and_nothing_typed(country):
    both = people("Bùi Văn Toàn", "Bùi Văn Toán")
    found(name="Bùi Văn Toàn")
    act = Act.objects.get(verb="registers.people-found")
    assert set(act.subjects) == {one.id for one in both}
    assert act.purpose == KEEP
    assert act.basis
    assert act.detail["asked_by"] == ["name"]
    assert "toan" not in fold(str(act.detail))


def test_who_has_no_grant_finds_nobody_and_is_remembered(country):
    somebody = people("Hồ Thị Lý")[0]
    for actor in (officer("treasurer", "tax-office"), citizen(somebody)):
        with pytest.raises(Refusal, match=r"identity\.not-allowed"):
            found(actor, name="Hồ Thị Lý")
    assert Act.objects.filter(verb="registers.read-denied").count() == 2
    assert not Act.objects.filter(verb="registers.people-found").exists()


def test_a_desk_sees_only_what_its_purpose_gives(country):
    people("Ngô Thị Nga", old_number="012345679")
    clerk = officer("desk-clerk")
    shown = found(clerk, "duty/counter-filing", name="ngo thi nga")[0].person
    assert shown.residence_area == "00004"
    assert shown.old_number == ""
    with pytest.raises(Refusal, match=r"identity\.not-allowed"):
        found(clerk, "duty/counter-filing", old_number="012345679")


def test_names_of_one_letter_and_of_ninety_are_answered_clearly(country):
    assert refused(name="Y") == "registers.find-more-letters"
    assert refused(name="y'") == "registers.find-more-letters"
    assert refused(name="a" * 121) == "registers.find-name-too-long"
    assert refused() == "registers.find-name-or-number"
    assert refused(born_year=1990) == "registers.find-name-or-number"
    assert refused(number="12345") == "registers.find-number-form"
    assert refused(old_number="12345678x") == "registers.find-old-number-form"
    long = "Công Tằng Tôn Nữ " + "Thị Hoàng " * 7 + "An"
    assert len(long) >= 85
    people(long)
    assert names(found(name=long)) == [long]


def test_the_dictionary_is_searched_by_its_index(country):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO registers_nameform SELECT md5(n::text) FROM generate_series(1, 20000) n"
        )
        cursor.execute("ANALYZE registers_nameform")
        cursor.execute("SET LOCAL enable_seqscan = off")  # a test's dictionary is small
        cursor.execute("EXPLAIN " + _FORMS, ["tran thi b", "tran thi b", 40])
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "name_by_likeness" in plan


@given(st.text("abcdefgh ", min_size=2, max_size=20), st.data())
def test_one_slip_undoes_any_single_slip(form, data):
    place = data.draw(st.integers(0, len(form) - 1))
    typed = data.draw(
        st.sampled_from(
            [
                form[:place] + form[place + 1 :],
                form[:place] + "x" + form[place:],
                form[:place] + "x" + form[place + 1 :],
                form[:place] + form[place : place + 2][::-1] + form[place + 2 :],
            ]
        )
    )
    assert form == typed or form in finding.one_slip(typed)


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_between_nothing_and_all_and_the_same_both_ways(one, other):
    like = likeness.similarity(fold(one), fold(other))
    assert 0 <= like <= 1
    assert like == likeness.similarity(fold(other), fold(one))
    assert likeness.similarity("nguyen van an", "nguyen van an") == 1
