"""What a form is filled with, whence, for whom, and what becomes of it."""

from datetime import date
from typing import Any

import pytest

from motcua.acts import api as acts
from motcua.catalogue import api as catalogue
from motcua.dossiers import api
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM, Actor
from motcua.registers import api as registers
from tests.dossiers.families import FATHER, MOTHER, OTHER, family, lan
from tests.dossiers.world import CHILD, WARD, World, at, citizen, fill, scan

SERVICE = "former-id-confirmation"
FILLED = {"applicant.full_name", "applicant.born_on", "applicant.address"}
BIRTH = "birth-registration"


def readings(person: registers.Person) -> list[tuple[Any, str, Any]]:
    found = [act for act in acts.accesses_of(person.id) if act.verb == "registers.read"]
    return [(act.actor_id, act.purpose, act.dossier_id) for act in found]


def save(actor: Actor, draft_id: Any, page: str, **typed: str) -> api.DraftView:
    raw = {name.replace("__", "."): [value] for name, value in typed.items()}
    return api.save_page(actor, draft_id, page, raw)[0]


def begun(actor: Actor, relation: str = "mother") -> api.DraftView:
    """A birth registration up to the question who files it."""
    draft = api.open_draft(actor, BIRTH)
    typed = {"registration__relation": relation, "registration__commune": WARD}
    return save(actor, draft.id, "registration", **typed)


def test_a_verified_person_need_not_type_what_the_register_knows(world: World) -> None:
    person, actor = family()[MOTHER], lan()
    draft = api.open_draft(actor, SERVICE)
    applicant = draft.answers["applicant"]
    assert applicant["full_name"] == "Ngô Thị Lan"
    assert applicant["born_on"] == "1996-03-05"
    assert applicant["address"] == {"area": WARD, "line": "5 ngõ 2"}
    assert set(draft.sources) == FILLED
    assert draft.sources["applicant.born_on"]["register"] == "population"
    assert readings(person) == [(actor.account_id, f"procedure/{SERVICE}", draft.id)]


def test_a_page_that_is_saved_again_reads_nothing_again(world: World) -> None:
    person, actor = family()[MOTHER], lan()
    draft = api.open_draft(actor, SERVICE)
    page = draft.procedure.form[0]
    for _time in range(3):
        api.save_page(actor, draft.id, page.page, {})
        api.draft(actor, draft.id)
    assert len(readings(person)) == 1
    assert set(api.draft(actor, draft.id).sources) == FILLED


def test_a_mother_and_her_husband_are_known_from_one_answer(world: World) -> None:
    people, actor = family(), lan()
    draft = begun(actor)
    draft = save(actor, draft.id, "family", family__father_named="yes")
    assert draft.answers["mother"] == {
        "personal_number": MOTHER,
        "name": "Ngô Thị Lan",
        "born_on": "1996-03-05",
        "address": {"area": WARD, "line": "5 ngõ 2"},
    }
    assert draft.answers["father"]["personal_number"] == FATHER
    assert draft.answers["father"]["name"] == "Đỗ Văn Hùng"
    assert draft.sources["father.name"]["register"] == "population"
    assert len(readings(people[FATHER])) == 1


@pytest.mark.parametrize("number", [OTHER, "001080000099"])
def test_a_strangers_number_fills_nothing_and_tells_nothing(world: World, number: str) -> None:
    family()
    actor = lan()
    draft = begun(actor, "other")
    draft = save(actor, draft.id, "mother", mother__personal_number=number)
    assert draft.answers["mother"] == {"personal_number": number}
    assert not any(path.startswith("mother.") for path in draft.sources)


def test_another_number_takes_away_what_was_known_of_the_first(world: World) -> None:
    family()
    actor = lan()
    draft = begun(actor)
    assert draft.answers["mother"]["name"] == "Ngô Thị Lan"
    raw = {"mother.personal_number": [OTHER]}
    draft, problems = api.save_page(actor, draft.id, "mother", raw)
    assert "name" not in draft.answers["mother"]
    assert "mother.name" in {problem.path for problem in problems}
    assert "mother" not in draft.done


def test_a_declared_number_opens_no_register(world: World) -> None:
    person, actor = family()[MOTHER], citizen("Lan", "lan", personal_number=MOTHER)
    draft = api.open_draft(actor, SERVICE)
    assert draft.answers["applicant"]["full_name"] == "Lan"
    assert not draft.sources
    assert not readings(person)


def test_at_the_counter_the_clerk_is_the_one_who_reads(world: World) -> None:
    person = family()[MOTHER]
    given = {"name": "Lan", "personal_number": MOTHER}
    draft = api.open_draft(world.clerk, SERVICE, applicant=given)
    assert set(draft.sources) == FILLED
    assert readings(person) == [(world.clerk.account_id, "duty/counter-filing", draft.id)]


def test_who_files_for_somebody_else_forgets_the_first(world: World) -> None:
    family()
    draft = api.open_draft(world.clerk, SERVICE, applicant={"name": "L", "personal_number": MOTHER})
    given = {"name": "Hùng", "personal_number": FATHER}
    draft = api.set_applicant(world.clerk, draft.id, given)
    assert draft.answers["applicant"]["born_on"] == "1994-08-09"


def test_another_value_is_a_claim_and_reaches_the_officer_with_both(world: World) -> None:
    family()
    actor = lan()
    draft = api.contest(actor, begun(actor).id, "mother.name")
    assert api.is_claimed(draft.sources["mother.name"])
    with clock.at(at("2026-03-03 08:00")):
        fill(
            actor,
            draft.id,
            {**CHILD, "mother": {"personal_number": MOTHER, "name": "Ngô Thị Lan Anh"}},
        )
        api.attach(actor, draft.id, "birth-notice", [scan()])
        dossier_id = api.submit(actor, draft.id)
        seen = api.dossier_view(world.clerk, dossier_id).dossier
    assert seen.answers["mother"]["name"] == "Ngô Thị Lan Anh"
    assert seen.sources["mother.name"]["held"] == "Ngô Thị Lan"
    assert seen.sources["mother.name"]["claimed"] is True
    assert "claimed" not in seen.sources["mother.born_on"]


def test_a_claim_taken_back_leaves_the_registers_value(world: World) -> None:
    family()
    actor = lan()
    draft = api.contest(actor, begun(actor).id, "mother.name")
    typed = {"mother__name": "Ngô Thị Lan Anh", "mother__personal_number": MOTHER}
    draft = save(actor, draft.id, "mother", **typed)
    assert draft.answers["mother"]["name"] == "Ngô Thị Lan Anh"
    draft = api.contest(actor, draft.id, "mother.name", wrong=False)
    assert draft.answers["mother"]["name"] == "Ngô Thị Lan"
    assert api.is_held(draft.sources["mother.name"])


def test_software_sees_sources_and_claims_by_sending_another_value(world: World) -> None:
    family()
    actor = lan()
    draft, _ = api.save_answers(actor, begun(actor).id, {"mother": {"born_on": "1996-05-03"}})
    assert draft.sources["mother.born_on"]["claimed"] is True
    assert api.is_held(draft.sources["mother.name"])
    draft, _ = api.save_answers(actor, draft.id, {"mother": {"born_on": "1996-03-05"}})
    assert api.is_held(draft.sources["mother.born_on"])


def test_a_closed_register_fills_later_and_loses_nothing(world: World) -> None:
    family()
    actor = lan()
    registers.close_register(SYSTEM, "population", why="bảo trì")
    draft = begun(actor)
    assert "population" in draft.silent
    assert not draft.sources
    typed = save(actor, draft.id, "child", child__name="Đỗ Minh An")
    assert typed.answers["child"]["name"] == "Đỗ Minh An"
    registers.reopen_register(SYSTEM, "population")
    draft = save(actor, draft.id, "child", child__name="Đỗ Minh An")
    assert draft.answers["mother"]["name"] == "Ngô Thị Lan"
    assert "population" not in draft.silent


def test_an_emptied_answer_of_the_account_is_not_filled_again(world: World) -> None:
    draft = api.open_draft(world.mother, BIRTH)
    draft = save(world.mother, draft.id, "applicant", applicant__full_name="Bích")
    assert catalogue.get(draft.answers, "applicant.email") is None


def test_a_place_that_does_not_exist_is_a_fault(world: World) -> None:
    draft = api.open_draft(world.mother, BIRTH)
    raw = {"registration.relation": ["mother"], "registration.commune": ["99999"]}
    _, problems = api.save_page(world.mother, draft.id, "registration", raw)
    assert "registration.commune" in {problem.path for problem in problems}


def test_acts_name_the_persons_whom_the_answers_concern(world: World) -> None:
    mother = registers.create_people(
        SYSTEM,
        [
            registers.PersonDraft(
                personal_number="001196000011",
                full_name="Trần Thị Bích",
                born_on=date(1996, 3, 27),
                sex="female",
                birth_area=WARD,
            )
        ],
    )[0]
    dossier_id = world.signed()
    said = {act.verb for act in acts.accesses_of(mother.id) if act.dossier_id == dossier_id}
    assert {"dossier.submitted", "dossier.accepted", "applicant.agreed"} <= said
