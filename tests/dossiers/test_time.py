"""What time does by itself: silence agrees, lateness is told once, drafts expire."""

from datetime import datetime

import pytest

from motcua.acts import api as acts
from motcua.dossiers import api
from motcua.dossiers.operations.drafts import forget_expired
from motcua.dossiers.operations.ticking import tick_due
from motcua.identity import api as identity
from motcua.kernel import clock, jobs
from motcua.kernel.refusals import Refusal
from tests.dossiers.world import World, at


def ticked(moment: datetime) -> int:
    with clock.at(moment):
        return tick_due()


def test_silence_agrees_to_the_draft_after_a_day(world: World) -> None:
    dossier_id = world.proposed()
    assert ticked(at("2026-03-03 16:00")) == 0
    assert ticked(at("2026-03-04 18:00")) == 1
    dossier = api.dossier_view(world.mother, dossier_id).dossier
    assert dossier.at == "signature"
    assert world.mother.account_id is not None
    told = identity.notifications_of(world.mother.account_id)[0]
    assert told.template == "draft-agreed-by-silence"


def test_ticking_again_changes_nothing(world: World) -> None:
    dossier_id = world.filed()
    moment = at("2026-03-04 09:00")
    assert ticked(moment) == 1
    before = acts.timeline_of(dossier_id)
    assert ticked(moment) == 0
    assert ticked(at("2026-03-04 15:00")) == 0
    assert acts.timeline_of(dossier_id) == before
    assert [act.verb for act in before if act.verb.endswith("overdue")] == ["task.overdue"]


def test_an_overdue_dossier_is_told_to_the_applicant_and_the_head_once(world: World) -> None:
    dossier_id = world.filed()
    world.says(world.clerk, dossier_id, "accept", "2026-03-03 08:30")
    ticked(at("2026-03-03 17:30"))
    ticked(at("2026-03-04 17:30"))
    for reader in (world.mother, world.chair):
        assert reader.account_id is not None
        names = [one.template for one in identity.notifications_of(reader.account_id)]
        assert names.count("overdue") == 1


def test_the_job_of_the_seal_continues_the_dossier_once(world: World) -> None:
    dossier_id = world.signed()
    jobs.run_due()
    assert api.dossier_view(world.mother, dossier_id).dossier.open_tasks[0].kind == "handover"
    handler = jobs._handlers["dossiers.sealed"]
    paper = api.dossier_view(world.mother, dossier_id).papers[-1]
    handler({"paper_id": str(paper.paper_id)})
    verbs = [act.verb for act in acts.timeline_of(dossier_id)]
    assert verbs.count("result.sealed") == 1


def test_a_draft_is_forgotten_after_a_month(world: World) -> None:
    with clock.at(at("2026-03-03 08:00")):
        draft = api.open_draft(world.mother, "birth-registration")
    with clock.at(at("2026-04-01 08:00")):
        assert forget_expired() == 0
    with clock.at(at("2026-04-03 08:00")):
        assert forget_expired() == 1
    with pytest.raises(Refusal, match="draft-not-found"):
        api.draft(world.mother, draft.id)
