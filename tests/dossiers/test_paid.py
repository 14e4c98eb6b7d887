"""Money through the door: a bill on the way, paid once, late, twice, or in the middle of a kill."""

from uuid import UUID

import pytest
from django.db import transaction

from motcua.acts import api as acts
from motcua.dossiers import api
from motcua.dossiers.operations.billing import PAID
from motcua.dossiers.operations.ticking import tick_due
from motcua.identity import api as identity
from motcua.kernel import clock, jobs
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.models import Job
from motcua.kernel.refusals import Refusal
from motcua.payments import api as payments
from tests.dossiers.world import World, at, fill

ANSWERS = {
    "applicant": {
        "full_name": "Trần Thị Bích",
        "personal_number": "001196000011",
        "phone": "0912345678",
    },
    "person": {
        "name": "Trần Thị Bích",
        "personal_number": "001196000011",
        "born_on": "1996-03-27",
        "address": {"area": "00004", "line": "12 phố Quán Thánh"},
    },
    "status": {"kind": "never-married", "lived_elsewhere": False},
    "use": {"purpose": "loan"},
}
FEE = 15_000
NO = {"reason": "marriage-on-record", "say": "Có ghi kết hôn."}
EARLY, LATER = "2026-03-03 09:00", "2026-03-03 10:00"


def charged(world: World, who: Actor | None = None) -> UUID:
    """Filed and accepted on 3 March: the fee is asked until the 13th."""
    actor = who or world.mother
    with clock.at(at("2026-03-03 08:00")):
        dossier_id = api.submit(actor, marital_draft(actor), "")
    world.says(world.clerk, dossier_id, "accept", "2026-03-03 08:30")
    return dossier_id


def marital_draft(actor: Actor) -> UUID:
    opened = api.open_draft(
        actor,
        "marital-status-certificate",
        applicant={"name": "Trần Thị Bích"} if actor.kind == "officer" else None,
    )
    fill(actor, opened.id, ANSWERS)
    return opened.id


def bill_of(dossier_id: UUID) -> payments.BillView:
    (bill,) = payments.bills_of([dossier_id])[dossier_id]
    return bill


def take_money(world: World, dossier_id: UUID, when: str = EARLY) -> None:
    """At the counter; the job that tells the dossier waits."""
    with clock.at(at(when)):
        bill = bill_of(dossier_id)
        payments.record_counter_payment(
            world.clerk, bill.id, means="cash", reference="", key=str(bill.id)
        )


def tell_dossier(when: str = LATER) -> None:
    with clock.at(at(when)):
        jobs.run_due(only=(PAID,))


def tell_again(dossier_id: UUID, when: str = LATER) -> None:
    """The same message comes a second time."""
    with clock.at(at(when)):
        handler = jobs._handlers[PAID]
        handler({"bill_id": str(bill_of(dossier_id).id), "dossier_id": str(dossier_id)})


def verbs(dossier_id: UUID) -> list[str]:
    return [act.verb for act in acts.timeline_of(dossier_id) if act.verb.startswith("fee.")]


def test_a_fee_is_asked_with_a_bill_that_everybody_sees(world: World) -> None:
    dossier_id = charged(world)
    view = api.dossier_view(world.mother, dossier_id)
    assert view.bill is not None
    assert view.charge is not None
    assert (view.bill.id, view.bill.amount_vnd) == (view.charge.id, FEE)
    assert view.pay_until == at("2026-03-13 17:00")
    assert view.charge.lines[0]["indicative"]
    desk = api.dossier_view(world.clerk, dossier_id)
    assert desk.bill is not None
    assert desk.bill.code == view.bill.code
    (row,) = api.my_dossiers(world.mother)
    assert (row.status, row.to_pay_vnd, row.bill_code) == (6, FEE, view.bill.code)
    track = api.track(view.dossier.code)
    assert track.payment_due
    assert view.bill.code not in str(track)
    assert [one.dossier_id for one in api.queue(world.clerk, "waiting").rows] == [dossier_id]


def test_payment_at_the_counter_moves_the_dossier_on(world: World) -> None:
    dossier_id = charged(world)
    take_money(world, dossier_id)
    tell_dossier()
    view = api.dossier_view(world.mother, dossier_id)
    assert (view.dossier.at, view.dossier.status, view.charge) == ("check", 2, None)
    assert view.bills[0].receipts[0].amount_vnd == FEE
    assert verbs(dossier_id) == ["fee.asked", "fee.paid"]
    told = [one.template for one in identity.notifications_of(world.mother.account_id)]
    assert {"fee-asked", "fee-paid"} <= set(told)


def test_the_message_that_comes_twice_changes_nothing(world: World) -> None:
    dossier_id = charged(world)
    take_money(world, dossier_id)
    tell_dossier()
    before = api.dossier_view(world.mother, dossier_id)
    tell_again(dossier_id)
    assert api.dossier_view(world.mother, dossier_id) == before


def test_a_clerk_cannot_say_that_it_is_paid(world: World) -> None:
    dossier_id = charged(world)
    charge_id = bill_of(dossier_id).id
    for who in (world.clerk, world.mother, world.chair):
        with pytest.raises(Refusal, match="not-your-part"):
            world.says(who, dossier_id, "pay", LATER, charge_id=charge_id)


def test_withdrawing_closes_the_bill(world: World) -> None:
    dossier_id = charged(world)
    world.says(world.mother, dossier_id, "withdraw", EARLY)
    bill = bill_of(dossier_id)
    assert bill.status == "cancelled"
    with pytest.raises(Refusal, match="bill-not-open"):
        take_money(world, dossier_id, LATER)


def test_money_that_came_just_before_the_withdrawal_goes_back(world: World) -> None:
    dossier_id = charged(world)
    take_money(world, dossier_id)
    world.says(world.mother, dossier_id, "withdraw", "2026-03-03 09:01")
    tell_dossier()
    tell_again(dossier_id)
    (refund,) = bill_of(dossier_id).refunds
    assert (refund.amount_vnd, refund.reason) == (FEE, "charge-closed")
    assert verbs(dossier_id) == ["fee.asked", "fee.cancelled"]
    assert api.dossier_view(world.mother, dossier_id).dossier.status == 7


def test_a_fee_that_the_law_does_not_give_back_stays(world: World) -> None:
    dossier_id = charged(world)
    take_money(world, dossier_id)
    tell_dossier()
    world.says(world.civil, dossier_id, "refuse", "2026-03-04 09:00", **NO)
    assert bill_of(dossier_id).refunds == ()


def test_nobody_pays_and_the_dossier_stops(world: World) -> None:
    dossier_id = charged(world)
    with clock.at(at("2026-03-14 08:00")):
        tick_due()
    view = api.dossier_view(world.mother, dossier_id)
    assert (view.dossier.status, view.dossier.decision["reason"]) == (8, "fee-not-paid")
    assert view.bills[0].status == "cancelled"
    assert [paper.form for paper in view.papers] == ["01", "03"]


def test_nobody_is_stopped_for_want_of_money_that_has_come(world: World) -> None:
    dossier_id = charged(world)
    take_money(world, dossier_id, "2026-03-13 16:59")
    with clock.at(at("2026-03-14 08:00")):
        tick_due()
    assert api.dossier_view(world.mother, dossier_id).dossier.at == "check"
    tell_dossier("2026-03-14 08:01")
    assert verbs(dossier_id) == ["fee.asked", "fee.paid"]


def test_a_kill_between_payment_and_dossier_loses_nothing(world: World) -> None:
    dossier_id = charged(world)
    take_money(world, dossier_id)
    job = Job.objects.get(name=PAID)  # committed with the payment, so a worker finds it again
    assert job.payload == {"bill_id": str(bill_of(dossier_id).id), "dossier_id": str(dossier_id)}
    with pytest.raises(RuntimeError, match="killed"), clock.at(at(LATER)):
        _killed_before_the_end(job.payload)
    assert api.dossier_view(world.mother, dossier_id).dossier.at == "payment"
    tell_dossier()
    assert api.dossier_view(world.mother, dossier_id).dossier.at == "check"


def _killed_before_the_end(payload: dict[str, str]) -> None:
    with transaction.atomic():
        jobs._handlers[PAID](payload)
        raise RuntimeError("killed")


def test_the_payer_without_an_account_pays_at_the_desk(world: World) -> None:
    dossier_id = charged(world, world.clerk)
    bill = payments.bill(SYSTEM, bill_of(dossier_id).id)
    assert bill.payer is not None
    assert (bill.payer.name, bill.payer.account_id) == ("Trần Thị Bích", None)
    take_money(world, dossier_id)
    tell_dossier()
    assert api.dossier_view(world.clerk, dossier_id).dossier.at == "check"


def test_a_service_that_pays_debts_has_no_drafts(world: World) -> None:
    with pytest.raises(Refusal, match="paid-without-dossier"), clock.at(at(EARLY)):
        api.open_draft(world.mother, "utility-bill-payment")
