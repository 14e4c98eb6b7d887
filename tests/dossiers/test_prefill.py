"""What a form is filled with, whence, and who was asked."""

from datetime import date

from motcua.acts import api as acts
from motcua.dossiers import api
from motcua.kernel.actors import SYSTEM
from motcua.registers import api as registers
from tests.dossiers.world import WARD, World, citizen

NUMBER = "001190000018"
SERVICE = "former-id-confirmation"
FILLED = {"applicant.full_name", "applicant.born_on", "applicant.address"}


def registered() -> registers.Person:
    draft = registers.PersonDraft(
        personal_number=NUMBER,
        full_name="Ngô Thị Lan",
        born_on=date(1990, 3, 5),
        sex="female",
        birth_area=WARD,
        residence_area=WARD,
        residence_line="5 ngõ 2",
    )
    return registers.create_people(SYSTEM, [draft])[0]


def test_a_verified_person_need_not_type_what_the_register_knows(world: World) -> None:
    person = registered()
    lan = citizen("Lan", "lan", personal_number=NUMBER, level=2, evidence="thẻ căn cước")
    draft = api.open_draft(lan, SERVICE)
    applicant = draft.answers["applicant"]
    assert applicant["full_name"] == "Ngô Thị Lan"
    assert applicant["born_on"] == "1990-03-05"
    assert applicant["address"] == {"area": WARD, "line": "5 ngõ 2"}
    assert set(draft.sources) == FILLED
    assert draft.sources["applicant.born_on"]["register"] == "population"
    read = [act for act in acts.accesses_of(person.id) if act.verb == "registers.person-read"]
    assert [(act.actor_id, act.purpose, act.dossier_id) for act in read] == [
        (lan.account_id, "prefill", draft.id)
    ]


def test_what_somebody_types_instead_is_no_longer_the_registers(world: World) -> None:
    registered()
    lan = citizen("Lan", "lan", personal_number=NUMBER, level=2, evidence="thẻ căn cước")
    draft = api.open_draft(lan, SERVICE)
    page = next(
        page
        for page in draft.procedure.form
        if "applicant.full_name" in {field.field for field in page.ask}
    )
    names = {field.field for field in page.ask}
    saved, _ = api.save_page(lan, draft.id, page.page, {"applicant.full_name": ["Ngô Lan"]})
    assert set(saved.sources) == FILLED - names
    assert api.draft(lan, draft.id).sources == saved.sources


def test_a_declared_number_opens_no_register(world: World) -> None:
    person = registered()
    lan = citizen("Lan", "lan", personal_number=NUMBER)
    draft = api.open_draft(lan, SERVICE)
    assert draft.answers["applicant"]["full_name"] == "Lan"
    assert not draft.sources
    assert all(act.verb == "registers.people-created" for act in acts.accesses_of(person.id))


def test_at_the_counter_the_clerk_is_the_one_who_reads(world: World) -> None:
    person = registered()
    given = {"name": "Lan", "personal_number": NUMBER}
    draft = api.open_draft(world.clerk, SERVICE, applicant=given)
    assert set(draft.sources) == FILLED
    read = next(act for act in acts.accesses_of(person.id) if act.purpose == "prefill")
    assert read.actor_id == world.clerk.account_id


def test_a_place_that_does_not_exist_is_a_fault(world: World) -> None:
    draft = api.open_draft(world.mother, "birth-registration")
    raw = {"registration.relation": ["mother"], "registration.commune": ["99999"]}
    page = next(p.page for p in draft.procedure.form if _asks(p, "registration.commune"))
    _, problems = api.save_page(world.mother, draft.id, page, raw)
    assert "registration.commune" in {problem.path for problem in problems}


def _asks(page: object, name: str) -> bool:
    return any(field.field == name for field in page.ask)  # type: ignore[attr-defined]


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
