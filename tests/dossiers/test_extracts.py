"""What registers say in place of papers: fetched, not answered, contested, asked for in spite."""

from datetime import timedelta
from uuid import UUID

import pytest

from motcua.acts import api as acts
from motcua.dossiers import api
from motcua.dossiers.operations.extracting import fetch, fetch_due
from motcua.kernel import clock, jobs
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.refusals import Refusal
from motcua.registers import api as registers
from tests.dossiers.families import MOTHER, family, lan
from tests.dossiers.world import CHILD, World, at, fill, scan

CARD = "identity-card"
NINE = "2026-03-03 09:00"
ASK = {"say": "Đề nghị nộp thẻ căn cước.", "items": [{"paper": CARD}]}


def filed(actor: Actor | None = None, when: str = "2026-03-03 08:00") -> UUID:
    """Lan registers a birth; her identity card is replaced by the population register."""
    actor = actor or lan()
    with clock.at(at(when)):
        draft = api.open_draft(actor, "birth-registration")
        mother = {**CHILD["mother"], "personal_number": MOTHER}
        fill(actor, draft.id, {**CHILD, "mother": mother, "applicant": {
            **CHILD["applicant"], "personal_number": MOTHER}})  # fmt: skip
        api.attach(actor, draft.id, "birth-notice", [scan()])
        return api.submit(actor, draft.id)


def extract(world: World, dossier_id: UUID, when: str = NINE) -> api.ExtractView:
    with clock.at(at(when)):
        return api.dossier_view(world.clerk, dossier_id).extracts[0]


def test_the_job_fetches_the_extract_for_the_body_that_decides(world: World) -> None:
    person = family()[MOTHER]
    dossier_id = filed()
    with clock.at(at(NINE)):
        jobs.run_due(only=("dossiers.extract",))
        fetch(dossier_id)  # again: nothing more is read
    one = extract(world, dossier_id)
    assert (one.paper, one.register, one.state) == (CARD, "population", "fetched")
    assert {line.value for line in one.lines if line.kind == "person-name"} == {"Ngô Thị Lan"}
    assert "66.7/2025" in one.law
    done = [act for act in acts.accesses_of(person.id) if act.dossier_id == dossier_id]
    reads = [act for act in done if act.actor_kind == "system" and act.verb == "registers.read"]
    assert [(act.purpose, act.body_id) for act in reads] == [
        ("procedure/birth-registration", world.ward.id)
    ]
    assert sum(act.verb == "extract.fetched" for act in done) == 1


def test_a_closed_register_is_asked_again_when_it_is_open(world: World) -> None:
    family()
    with clock.at(at("2026-03-03 07:00")):
        registers.close_register(SYSTEM, "population", why="bảo trì")
    dossier_id = filed()
    with clock.at(at(NINE)):
        fetch(dossier_id)
        assert api.dossier_view(world.clerk, dossier_id).extracts[0].state == "unavailable"
        assert fetch_due() == 0
    with clock.at(at(NINE) + timedelta(minutes=2)):
        registers.reopen_register(SYSTEM, "population")
        assert fetch_due() == 1
        assert fetch_due() == 0
    assert extract(world, dossier_id, "2026-03-03 09:10").state == "fetched"


def test_somebody_whom_no_register_knows_has_an_empty_extract(world: World) -> None:
    dossier_id = world.filed()
    with clock.at(at(NINE)):
        fetch(dossier_id)
    one = extract(world, dossier_id)
    assert (one.state, one.lines) == ("nothing", ())


def test_a_disputed_fact_is_a_disputed_extract(world: World) -> None:
    family()
    actor = lan()
    with clock.at(at("2026-03-03 07:00")):
        record = registers.read(
            actor, registers.Ask(register="population", key=MOTHER), purpose="own"
        )
        assert record is not None
        held = record.held("identity")
        assert held is not None
        registers.open_dispute(
            actor,
            register="population",
            key=MOTHER,
            version_id=held.id,
            field="identity.born_on",
            claim="1996-05-03",
        )
    dossier_id = filed(actor)
    with clock.at(at(NINE)):
        fetch(dossier_id)
    one = extract(world, dossier_id)
    assert one.state == "disputed"
    assert any(line.disputed for line in one.lines)


def test_the_paper_is_not_asked_for_without_a_reason_of_its_own(world: World) -> None:
    family()
    dossier_id = filed()
    with pytest.raises(Refusal, match="paper-is-held") as no:
        world.says(world.clerk, dossier_id, "ask-once", NINE, reason="missing-paper", **ASK)
    assert "66.7/2025" in no.value.params["law"]
    assert api.papers_asked_in_spite() == ()


def test_asking_in_spite_is_counted_and_shown_with_its_reason(world: World) -> None:
    family()
    dossier_id = filed()
    with clock.at(at(NINE)):
        fetch(dossier_id)
    given = {"reason": "answers-do-not-match", "in_spite": "register-contradicts", **ASK}
    world.says(world.clerk, dossier_id, "ask-once", NINE, **given)
    counted = api.papers_asked_in_spite(world.ward.id)
    assert [(one.reason, one.count) for one in counted] == [("register-contradicts", 1)]
    assert api.papers_asked_in_spite(world.elsewhere.body_id) == ()
    one = extract(world, dossier_id)
    assert one.asked_reason["en"].startswith("What the register says")
    assert one.state == "fetched"
    verbs = [act.verb for act in acts.timeline_of(dossier_id)]
    assert verbs.count("paper.asked-in-spite") == 1


def test_an_extract_asked_for_before_it_came_is_still_fetched(world: World) -> None:
    family()
    dossier_id = filed()
    world.says(world.clerk, dossier_id, "ask-once", NINE, reason="register-unavailable", **ASK)
    with clock.at(at(NINE)):
        fetch(dossier_id)
    one = extract(world, dossier_id)
    assert (one.state, bool(one.asked_reason)) == ("fetched", True)
