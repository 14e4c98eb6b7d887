"""Duplicates: found with reasons, merged or kept apart by two officers, undone by two."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from motcua.acts.models import Act
from motcua.kernel.actors import Actor
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal
from motcua.registers import api as registers
from motcua.registers.models import Merge, Person
from motcua.registers.rules.likeness import LIKELY, Looks, compare
from tests.registers.readers import citizen, officer
from tests.registers.test_finding import found, keeper, people

BORN = date(1990, 3, 5)


def looks(key: str = "nguyen thi hoa", **more: Any) -> Looks:
    return Looks(**{"id": new_id(), "key": key, "born_on": BORN, "sex": "female"} | more)


def merged(kind: str = "merge") -> tuple[registers.Person, registers.Person, UUID]:
    """Two cards about which two officers have decided."""
    kept, gone = people("Nguyễn Thị Hòa", "Nguyễn Thị Hoà")
    merge = proposed(keeper(), kept, gone, kind)
    registers.decide_merge(keeper(), merge, approve=True)
    return kept, gone, merge


def proposed(
    actor: Actor, kept: registers.Person, gone: registers.Person, kind: str = "merge"
) -> UUID:
    return registers.propose_merge(
        actor, kept=kept.id, merged=gone.id, kind=kind, ground="Hồ sơ giấy năm 2004"
    )


def seen(number: str) -> registers.Person:
    person = registers.person_by_number(keeper(), number, purpose="duty/keep-register")
    assert person is not None
    return person


def refused(work: Any, *args: Any, **more: Any) -> str:
    with pytest.raises(Refusal) as no, transaction.atomic():
        work(*args, **more)
    return no.value.code


@pytest.mark.parametrize(
    ("one", "other", "likely"),
    [
        (looks(), looks(), True),
        (looks(), looks(sex="male"), False),
        (looks(mother="001165000001"), looks(mother="001165000002"), False),
        (looks(old_number="012345678"), looks(old_number="012345679"), False),
        (looks(old_number="012345678"), looks("nguyen thi hoaa", old_number="012345678"), True),
        (looks("tran thi hoa"), looks("le van tam"), False),
        (looks(mother="001165000001"), looks("nguyen thi hao", mother="001165000001"), False),
        (looks(household="H1"), looks("nguyen thi hong", household="H1"), False),
    ],
    ids=["same", "sex", "mothers", "numbers", "slip", "others", "twins", "twins-at-home"],
)
def test_evidence_speaks_for_and_against(one, other, likely):
    like = compare(one, other)
    assert (like.score >= LIKELY) is likely
    assert like == compare(other, one)


def test_likely_pairs_come_with_their_reasons_and_are_an_act(country):
    both = people("Nguyễn Thị Hòa", "Nguyễn Thị Hoà", old_number="012345678")
    people("Nguyễn Thị Hòa", born_on=date(1991, 1, 1))
    pairs = registers.duplicates(keeper())
    assert [{pair.first.id, pair.second.id} for pair in pairs] == [{one.id for one in both}]
    assert {"same-name", "same-birth", "same-old-number"} <= set(pairs[0].reasons)
    act = Act.objects.get(verb="registers.duplicates-shown")
    assert set(act.subjects) == {one.id for one in both}


def test_twins_are_not_duplicates(country):
    people("Lê Thị An", "Lê Thị Bình", household="H00004000000001", mother="001165000001")
    assert registers.duplicates(keeper()) == []


def test_who_does_not_keep_the_register_sees_and_decides_nothing(country):
    one, other = people("Nguyễn Thị Hòa", "Nguyễn Thị Hoà")
    for actor in (officer("desk-clerk"), citizen(one), officer("register-officer", "G12")):
        for work in (registers.duplicates, registers.merges, registers.duplicate_count):
            assert refused(work, actor) == "identity.not-allowed"
        assert refused(proposed, actor, one, other) == "identity.not-allowed"


def test_a_merge_needs_two_officers(country):
    one, other = people("Nguyễn Thị Hòa", "Nguyễn Thị Hoà")
    first = keeper()
    merge = proposed(first, one, other)
    assert refused(registers.decide_merge, first, merge, approve=True) == (
        "registers.merge-by-another"
    )
    assert Person.objects.get(id=other.id).merged_into is None
    registers.decide_merge(keeper(), merge, approve=True)
    assert Person.objects.get(id=other.id).merged_into == one.id


def test_the_database_itself_wants_two(country):
    _kept, _gone, merge = merged()
    row = Merge.objects.get(id=merge)
    with pytest.raises(IntegrityError), transaction.atomic():
        Merge.objects.filter(id=merge).update(decided_by=row.proposed_by)


def test_both_numbers_lead_to_the_card_that_was_kept(country):
    kept, gone, _merge = merged()
    for number in (kept.personal_number, gone.personal_number):
        assert [one.person.id for one in found(number=number)] == [kept.id]
    assert [one.person.id for one in found(name="Nguyễn Thị Hòa")] == [kept.id]
    assert seen(gone.personal_number).id == kept.id
    assert registers.person_ids([gone.personal_number]) == {gone.personal_number: gone.id}


def test_undone_by_two_everything_is_exactly_as_before(country):
    before = list(Person.objects.order_by("id").values())
    kept, gone, merge = merged()
    before = [row | {"merged_into": None} for row in Person.objects.order_by("id").values()]
    first = keeper()
    assert registers.undo_merge(first, merge) is False
    assert refused(registers.undo_merge, first, merge) == "registers.merge-by-another"
    assert registers.undo_merge(keeper(), merge) is True
    assert list(Person.objects.order_by("id").values()) == before
    assert refused(registers.undo_merge, keeper(), merge) == "registers.merge-does-not-hold"
    proposed(keeper(), gone, kept)


def test_what_is_kept_apart_is_not_shown_again(country):
    merged("keep-apart")
    assert registers.duplicates(keeper()) == []
    assert [one.kind for one in registers.merges(keeper())] == ["keep-apart"]
    assert not Person.objects.filter(merged_into__isnull=False).exists()


def test_a_declined_proposal_may_come_again_and_a_decided_one_not(country):
    one, other = people("Nguyễn Thị Hòa", "Nguyễn Thị Hoà")
    merge = proposed(keeper(), one, other)
    assert refused(proposed, keeper(), other, one) == "registers.merge-proposed-already"
    registers.decide_merge(keeper(), merge, approve=False)
    assert refused(registers.decide_merge, keeper(), merge, approve=True) == (
        "registers.merge-decided"
    )
    assert proposed(keeper(), other, one)


def test_merges_make_no_chains(country):
    kept, gone, _merge = merged()
    third = people("Nguyễn Thị Hòa")[0]
    assert refused(proposed, keeper(), third, kept) == "registers.merged-already"
    assert refused(proposed, keeper(), gone, third) == "registers.merged-already"


def test_each_step_is_an_act_about_both(country):
    kept, gone, merge = merged()
    registers.undo_merge(keeper(), merge)
    registers.undo_merge(keeper(), merge)
    verbs = ("merge-proposed", "merged", "merge-undo-asked", "merge-undone")
    acts = Act.objects.filter(verb__in=[f"person.{verb}" for verb in verbs])
    assert acts.count() == 4
    assert all(set(act.subjects) == {kept.id, gone.id} for act in acts)


def test_nobody_merges_himself(country):
    one, other = people("Nguyễn Thị Hòa", "Nguyễn Thị Hoà")
    from msgspec.structs import replace

    assert refused(proposed, replace(keeper(), person_id=one.id), one, other) == (
        "registers.own-affair"
    )
