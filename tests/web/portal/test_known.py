"""What the state knows, in the browser: shown as text, contested, and nothing typed is lost."""

from motcua.catalogue import api as catalogue
from motcua.dossiers import api as dossiers
from motcua.dossiers.operations.extracting import fetch
from motcua.kernel.actors import SYSTEM
from motcua.registers import api as registers
from tests.dossiers.families import MOTHER, family, lan
from tests.dossiers.world import WARD, World, scan
from tests.web.desk.screens import says, screen, url_of
from tests.web.portal.conftest import browser_of
from tests.web.portal.walking import Walk, example, work_off

BIRTH = "birth-registration"
RELATION = {"registration.relation": "mother", "registration.commune": WARD}


def begun() -> tuple[Walk, str]:
    """Lan has said that she is the mother; the address of her application."""
    family()
    walk = browser_of(lan())
    overview = walk.start(BIRTH)
    walk.get(overview + "pages/registration")
    walk.post(overview + "pages/registration", walk.hidden() | RELATION)
    return walk, overview


def test_what_is_known_is_text_with_its_source_and_no_box(world: World) -> None:
    walk, overview = begun()
    page = walk.get(overview + "pages/mother").text
    assert "Ngô Thị Lan" in page
    assert "5 ngõ 2" in page
    assert "From National population database, as of 03/03/2026" in page
    assert 'name="mother.name"' not in page
    assert 'name="mother.born_on-day"' not in page
    assert page.count('name="wrong"') == 3


def test_a_birth_is_sent_without_typing_what_is_known(world: World) -> None:
    walk, overview = begun()
    answers = {k: v for k, v in example(BIRTH).items() if not k.startswith(("mother.", "father."))}
    answers |= RELATION | {"applicant.phone": "0912345678", "mother.personal_number": MOTHER}
    url = walk.answer_all(BIRTH, overview, answers)
    papers = walk.get(url).text
    assert "Identity card: we take it from: National population database" in papers
    assert 'name="file:identity-card"' not in papers
    dossier_id = walk.send(walk.attach_all(url)).split("/")[3]
    work_off()
    page = walk.get(f"/my/dossiers/{dossier_id}/").text
    assert 'id="extract-identity-card"' in page
    assert "Checked" in page


def test_this_is_wrong_opens_the_question_and_keeps_what_was_typed(world: World) -> None:
    walk, overview = begun()
    url = overview + "pages/mother"
    walk.get(url)
    number = {"mother.personal_number": MOTHER}
    back = walk.post(url, walk.hidden() | number | {"wrong": "mother.name"})
    assert back.endswith("#mother.name")
    page = walk.get(url).text
    assert 'name="mother.name"' in page
    assert "The register says: Ngô Thị Lan." in page
    assert "/data-correction/?register=population&field=identity.full_name" in page
    walk.post(url, walk.hidden() | number | {"mother.name": "Ngô Thị Lan Anh"})
    page = walk.get(url).text
    assert 'value="Ngô Thị Lan Anh"' in page
    walk.post(url, walk.hidden() | number | {"right": "mother.name"})
    assert 'name="mother.name"' not in walk.get(url).text


def test_a_page_that_was_just_filled_is_looked_at_before_going_on(world: World) -> None:
    family()
    walk = browser_of(lan())
    overview = walk.start("permanent-residence")
    url = overview + "pages/person"
    walk.get(url)
    assert 'name="person.name"' not in walk.text
    typed = {"person.personal_number": "001080000099"}
    walk.post(url, walk.hidden() | typed, status=422)
    assert 'name="person.name"' in walk.text
    again = walk.post(url, walk.hidden() | {"person.personal_number": MOTHER})
    assert "filled=1" in again
    assert "We filled in what the state knows" in walk.get(again).text


def test_a_closed_register_lets_one_go_on_with_the_paper(world: World) -> None:
    registers.close_register(SYSTEM, "population", why="bảo trì")
    walk, overview = begun()
    page = walk.get(overview + "pages/mother").text
    assert "does not answer at the moment" in page
    assert 'name="mother.name"' in page
    papers = walk.get(overview + "papers").text
    assert 'name="file:identity-card"' in papers
    assert "You need not wait" in papers


def test_the_officer_sees_both_values_and_must_say_why_he_wants_the_paper(world: World) -> None:
    family()
    actor = lan()
    draft = dossiers.open_draft(actor, BIRTH)
    answers = catalogue.nest(example(BIRTH) | RELATION)
    answers["mother"] |= {"personal_number": MOTHER, "name": "Ngô Thị Lan Anh"}
    answers["applicant"]["personal_number"] = MOTHER
    known = {"registration": answers["registration"], "mother": {"personal_number": MOTHER}}
    dossiers.save_answers(actor, draft.id, known)
    dossiers.save_answers(actor, draft.id, answers)
    dossiers.attach(actor, draft.id, "birth-notice", [scan()])
    dossier_id = dossiers.submit(actor, draft.id)
    fetch(dossier_id)
    clerk = screen(world.clerk)
    page = clerk.get(url_of(dossier_id)).content.decode()
    assert "The applicant says that the register is wrong" in page
    assert "The register: Ngô Thị Lan" in page
    assert 'id="extract-identity-card"' in page
    asked = {"papers": ["identity-card"], "reason": "missing-paper", "say": "Thẻ"}
    refused = says(clerk, dossier_id, "ask-once", **asked)
    assert refused.status_code == 422
    assert "may not be asked for" in refused.content.decode()
    done = says(clerk, dossier_id, "ask-once", **asked, in_spite="law-requires-original")
    assert done.status_code == 303
    walk = browser_of(actor)
    told = walk.get(f"/my/dossiers/{dossier_id}/supplement").text
    assert "A special law requires the original paper" in told
    chief = screen(world.chair).get("/desk/team").content.decode()
    assert "papers asked for that a register holds" in chief


def test_a_correction_begins_with_the_value_that_is_wrong(world: World) -> None:
    family()
    actor = lan()
    walk = browser_of(actor)
    url = "/my/apply/data-correction/?register=population&field=identity.full_name"
    walk.get(url)
    draft_id = walk.post(url, {}).split("/")[3]
    asked = dossiers.draft(actor, draft_id).answers["request"]  # type: ignore[arg-type]
    assert (asked["register"], asked["what"]) == ("population", "Full name")
