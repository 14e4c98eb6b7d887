"""Software fills a whole form at once, and a file a whole table: the same checks, all faults."""

from typing import Any
from uuid import UUID

import pytest

from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from motcua.dossiers import api
from motcua.dossiers.models import Draft
from motcua.kernel import clock, jobs
from motcua.kernel.refusals import Refusal
from motcua.payments import api as payments
from tests.dossiers.test_paid import bill_of
from tests.dossiers.world import World, at, officer

NOON = "2026-03-03 12:00"
HEADER = "hs_code,description,origin,quantity,unit,unit_price,duty_rate,vat_rate"
LINES = [
    "84713020,Máy tính,Hàn Quốc,20,chiếc,12500000,0,10",
    "61091010,Áo phông,Hàn Quốc,333,chiếc,90001,20,10",
]


def example(service: str) -> dict[str, Any]:
    """The answers of the first example of a service."""
    return dict(catalogue.nest(catalogue.current(service, at(NOON).date()).examples[0]["answers"]))


def opened(world: World, service: str) -> UUID:
    return api.open_draft(world.mother, service).id


def sheet(*lines: str) -> bytes:
    return "\n".join([HEADER, *lines]).encode()


def put_rows(world: World, draft_id: UUID, *lines: str, **how: Any) -> tuple[Any, list[str]]:
    view, problems = api.import_rows(world.mother, draft_id, "goods", sheet(*lines), **how)
    rows = catalogue.get(view.answers, "goods") or []
    return rows, [problem.path for problem in problems]


def test_a_whole_form_is_saved_at_once_and_can_be_sent(world: World) -> None:
    with clock.at(at(NOON)):
        draft_id = opened(world, "health-insurance-renewal")
        view, problems = api.save_answers(
            world.mother, draft_id, example("health-insurance-renewal")
        )
        assert problems == ()
        assert set(view.done) == {page.page for page in view.procedure.form}
        dossier_id = api.submit(world.mother, draft_id, "")
    answers = api.dossier_view(world.mother, dossier_id).dossier.answers
    assert answers["premium"]["total"] == 2_148_120


def test_every_fault_of_a_whole_form_comes_at_once_and_nothing_typed_is_lost(world: World) -> None:
    answers = example("health-insurance-renewal")
    answers["applicant"]["phone"] = "12"
    answers["members"][1]["personal_number"] = "7"
    answers["household"] = "here"
    answers["moon"] = {"phase": "full\x00"}
    with clock.at(at(NOON)):
        draft_id = opened(world, "health-insurance-renewal")
        view, problems = api.save_answers(world.mother, draft_id, answers)
    found = {problem.path: problem.code for problem in problems}
    assert found["moon.phase"] == "dossiers.unknown-answer"
    assert found["applicant.phone"] == "catalogue.phone"
    assert found["members[1].personal_number"] == "catalogue.personal-number"
    assert "household.address" in found
    assert view.typed["applicant"]["applicant.phone"] == ["12"]
    assert "moon" not in Draft.objects.get(id=draft_id).answers


def test_answers_of_another_kind_are_faults_and_never_stored(world: World) -> None:
    with clock.at(at(NOON)):
        draft_id = opened(world, "health-insurance-renewal")
        odd = {
            "applicant": {"full_name": {"a": 1}, "phone": 912345678},
            "household": {"address": {"area": ["00004"]}},
            "members": [{"name": "An", "renews": 3}],
        }
        view, problems = api.save_answers(world.mother, draft_id, odd)
    kinds = {p.path for p in problems if p.code == "dossiers.answer-of-other-kind"}
    assert kinds == {"applicant.full_name", "applicant.phone", "household.address", "members"}
    assert catalogue.get(view.answers, "members") is None


def test_answers_are_laid_over_the_earlier_ones_and_null_takes_one_away(world: World) -> None:
    with clock.at(at(NOON)):
        draft_id = opened(world, "health-insurance-renewal")
        api.save_answers(world.mother, draft_id, example("health-insurance-renewal"))
        view, _ = api.save_answers(world.mother, draft_id, {"applicant": {"phone": None}})
        assert catalogue.get(view.answers, "applicant.phone") is None
        assert catalogue.get(view.answers, "applicant.full_name") == "Ngô Thị Hà"
        with pytest.raises(Refusal, match="draft-changed"):
            api.save_answers(world.mother, draft_id, {}, version=1)


def test_rows_come_from_a_file_after_those_that_are_there(world: World) -> None:
    with clock.at(at(NOON)):
        draft_id = opened(world, "customs-declaration")
        rows, faults = put_rows(world, draft_id, LINES[0])
        assert (len(rows), faults) == (1, [])
        rows, _ = put_rows(world, draft_id, LINES[1])
        assert [row["quantity"] for row in rows] == [20, 333]
        rows, _ = put_rows(world, draft_id, LINES[1])  # a double click
        assert len(rows) == 2
        rows, _ = put_rows(world, draft_id, LINES[1], replace=True)
        assert [row["quantity"] for row in rows] == [333]


def test_every_fault_of_every_line_comes_at_once_and_the_lines_stay(world: World) -> None:
    with clock.at(at(NOON)):
        draft_id = opened(world, "customs-declaration")
        put_rows(world, draft_id, LINES[0])
        wrong = "84,Máy,Hàn Quốc,no,chiếc,1,0,10"
        _, faults = put_rows(world, draft_id, LINES[1], wrong)
    assert set(faults) == {"goods[2].hs_code", "goods[2].quantity"}
    typed = next(iter(api.draft(world.mother, draft_id).typed.values()))
    assert typed["goods[2].quantity"] == ["no"]
    assert typed["goods[0].hs_code"] == ["84713020"]


def test_a_file_that_is_none_changes_nothing(world: World) -> None:
    with clock.at(at(NOON)):
        draft_id = opened(world, "customs-declaration")
        put_rows(world, draft_id, LINES[0])
        before = api.draft(world.mother, draft_id)
        for data in (b"", b"\xff\xfe\x00", b"a,b\n1,2", b'"'):
            view, problems = api.import_rows(world.mother, draft_id, "goods", data)
            assert {problem.path for problem in problems} == {"goods"}
            assert view == before
        with pytest.raises(Refusal, match="no-such-table"):
            api.import_rows(world.mother, draft_id, "entry.invoice", sheet(LINES[0]))


def test_what_the_law_gives_back_is_asked_for_when_the_applicant_withdraws(world: World) -> None:
    office = directory.competent_body("social-insurance", "00004", at(NOON).date())
    with clock.at(at(NOON)):
        draft_id = opened(world, "health-insurance-renewal")
        api.save_answers(world.mother, draft_id, example("health-insurance-renewal"))
        dossier_id = api.submit(world.mother, draft_id, "")
        desk = api.dossier_view(world.mother, dossier_id).dossier.desk_id
        clerk = officer(directory.body(desk), "one-stop-desk", "desk-clerk", "Mai Thị Lan")
        api.act_on(clerk, dossier_id, "accept")
        bill = bill_of(dossier_id)
        assert (bill.creditor_id, bill.amount_vnd) == (office.id, 2_148_120)
        payments.record_counter_payment(clerk, bill.id, means="cash", reference="", key="k")
        jobs.run_due(only=("dossiers.paid",))
        api.act_on(world.mother, dossier_id, "withdraw")
    (refund,) = bill_of(dossier_id).refunds
    assert (refund.amount_vnd, refund.reason, refund.status) == (2_148_120, "withdrawn", "asked")
    assert api.dossier_view(world.mother, dossier_id).bills[0].refunds == (refund,)


def test_answers_of_software_are_checked_when_they_supplement(world: World) -> None:
    with clock.at(at(NOON)):
        draft_id = opened(world, "health-insurance-renewal")
        api.save_answers(world.mother, draft_id, example("health-insurance-renewal"))
        dossier_id = api.submit(world.mother, draft_id, "")
        desk = api.dossier_view(world.mother, dossier_id).dossier.desk_id
        clerk = officer(directory.body(desk), "one-stop-desk", "desk-clerk", "Mai Thị Lan")
        ask = {"reason": "not-of-household", "say": "Sai.", "items": [{"field": "members"}]}
        api.act_on(clerk, dossier_id, "ask-once", **ask)
        with pytest.raises(Refusal) as no:
            api.act_on(world.mother, dossier_id, "supplement", answers={"members": [{"name": 3}]})
        assert [one.path for one in no.value.problems] == ["members"]
        one = example("health-insurance-renewal")["members"][:1]
        after = api.act_on(world.mother, dossier_id, "supplement", answers={"members": one})
    assert after.answers["premium"]["total"] == 1_263_600
    changed = {one.path for one in api.dossier_view(clerk, dossier_id).changes}
    assert {"members", "premium.total"} <= changed
