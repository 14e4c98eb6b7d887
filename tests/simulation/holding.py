"""What must hold at every moment of a simulation, read from the tables."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from motcua.acts import api as acts
from motcua.dossiers import api, storage
from motcua.dossiers.models import Dossier as DossierRow
from motcua.dossiers.models import Task as TaskRow
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.payments import api as payments
from tests.simulation.cast import Cast

Status = api.Status
ENDED = {Status.NOT_ACCEPTED, Status.WITHDRAWN, Status.STOPPED, Status.RETURNED}
STOPS = {"paused", "resumed", "restarted"}
TRACES = (
    "acts_act", "dossiers_task", "dossiers_dossierpaper", "dossiers_dossiercode",
    "dossiers_upload", "dossiers_message", "documents_paper", "identity_notification",
    "identity_delivery", "kernel_job", "registers_factversion",
)  # fmt: skip
_COUNT = "SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in TRACES)


def traces() -> tuple[int, ...]:
    """How many rows there are of everything that an action may leave behind."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT)
        return tuple(cursor.fetchone())


def stored(dossier_id: UUID) -> api.Dossier:
    dossier = storage.load(dossier_id)
    assert dossier is not None
    return dossier


def changes_of(dossier_id: UUID) -> int:
    """The acts that changed the dossier: all but looks, words and papers."""
    others = {"dossier.viewed", "dossier.rated"}
    return sum(
        act.object_kind == "dossier" and act.object_id == dossier_id and act.verb not in others
        and not act.verb.startswith(("message.", "note.", "file.", "paper."))
        for act in acts.timeline_of(dossier_id)
    )  # fmt: skip


def hold(dossier_id: UUID) -> None:
    dossier, row = stored(dossier_id), DossierRow.objects.get(id=dossier_id)
    columns_say_what_the_state_says(dossier, row)
    status_and_state_agree(dossier)
    somebody_owes_it(dossier)
    the_clock_stands_while_the_applicant_owes(dossier)
    the_due_date_is_explained(dossier)
    papers_and_acts_are_those_of_the_state(dossier)
    every_charge_has_its_bill(dossier)


def columns_say_what_the_state_says(dossier: api.Dossier, row: DossierRow) -> None:
    assert (row.status, row.at) == (int(dossier.status), dossier.at)
    assert row.due_at == (dossier.clock.due_at if dossier.clock else None)
    tasks = TaskRow.objects.filter(dossier_id=dossier.id, closed_at__isnull=True)
    assert {task.id for task in tasks} == {task.id for task in dossier.open_tasks}


def status_and_state_agree(dossier: api.Dossier) -> None:
    if dossier.at == api.END:
        assert dossier.status in ENDED
    elif dossier.at == api.HANDOVER:
        assert dossier.status == Status.FINISHED
    elif dossier.at == api.CORRECTION:
        assert dossier.status == Status.RETURNED
    elif dossier.open_request:
        assert dossier.status == Status.SUPPLEMENT_REQUESTED
    elif dossier.open_charge:
        assert dossier.status == Status.PAYMENT_REQUESTED
    elif dossier.accepted_at is None:
        assert dossier.status == Status.NEW
    else:
        assert dossier.status in {Status.ACCEPTED, Status.IN_PROCESSING}
    assert (dossier.accepted_at is None) == (dossier.code == "") == (dossier.clock is None)


def every_charge_has_its_bill(dossier: api.Dossier) -> None:
    """What the dossier believes of money is what the books say, or will be told to it."""
    if not dossier.charges:
        return
    bills = {bill.id: bill for bill in payments.bills_of([dossier.id])[dossier.id]}
    assert set(bills) == {charge.id for charge in dossier.charges}
    for charge in dossier.charges:
        bill = bills[charge.id]
        assert bill.amount_vnd == charge.amount_vnd
        assert charge.ended != "paid" or bill.status == "paid"
        assert sum(one.amount_vnd for one in bill.refunds) <= bill.paid_vnd
        if charge.ended == "paid":
            assert sum(one.amount_vnd for one in bill.refunds) == charge.refunded_vnd


def somebody_owes_it(dossier: api.Dossier) -> None:
    assert bool(dossier.open_tasks) == (dossier.at != api.END)
    owners = [task.body_id or dossier.id for task in dossier.open_tasks]
    assert all(owners)


def the_clock_stands_while_the_applicant_owes(dossier: api.Dossier) -> None:
    owes = [task for task in dossier.open_tasks if task.body_id is None]
    assert len(owes) <= 1
    if dossier.open_request:
        assert owes
    if dossier.clock and dossier.at != api.END:
        assert bool(dossier.clock.paused_at) == bool(owes)


def the_due_date_is_explained(dossier: api.Dossier) -> None:
    """The last step that names a due date names the one that counts."""
    for each in (dossier.clock, *(task.clock for task in dossier.open_tasks)):
        if each is None:
            continue
        said = [step for step in each.why if step["rule"] in {"due", "extended"}]
        last = said[-1].get("due_at") or said[-1]["at"]
        assert datetime.fromisoformat(last) == each.due_at
        assert each.why[0]["rule"] == "received"
        stops = [step["rule"] for step in each.why if step["rule"] in STOPS]
        assert (stops[-1:] == ["paused"]) == (each.paused_at is not None)


def papers_and_acts_are_those_of_the_state(dossier: api.Dossier) -> None:
    verbs = [act.verb for act in acts.timeline_of(dossier.id)]
    assert verbs.count("dossier.submitted") == 1
    assert verbs.count("dossier.accepted") == (dossier.accepted_at is not None)
    assert verbs.count("dossier.supplement-requested") <= 1
    assert verbs.count("dossier.reappointed") == (dossier.apology is not None)
    if dossier.at == api.END and dossier.status == Status.WITHDRAWN:
        assert "dossier.withdrawn" in verbs
    with connection.cursor() as cursor:
        cursor.execute(_SLIPS, [dossier.id])
        slips = dict(cursor.fetchall())
    assert slips.get("01", 0) == (dossier.accepted_at is not None)
    assert slips.get("04", 0) == (dossier.apology is not None)


def who_looks_is_known(actor: Actor, dossier_id: UUID) -> None:
    """A party sees the dossier, an officer leaves an act, and others hear that there is none."""
    before = len(acts.timeline_of(dossier_id))
    dossier = stored(dossier_id)
    bodies = {dossier.body_id, dossier.desk_id, *(task.body_id for task in dossier.tasks)}
    view, code = view_or_code(actor, dossier_id)
    if view is None:
        assert code == "dossiers.not-found"
        assert actor.account_id is None or actor.account_id != dossier.applicant_id
        assert actor.body_id not in bodies or not actor.body_id
        assert len(acts.timeline_of(dossier_id)) == before
        return
    if view.seen_as == "applicant":
        assert actor.account_id == dossier.applicant_id
        return
    assert actor.body_id in bodies
    today = timezone.localtime(clock.now()).date()
    looks = acts.timeline_of(dossier_id, verbs=("dossier.viewed",))
    assert any(
        look.actor_id == actor.account_id and timezone.localtime(look.at).date() == today
        for look in looks
    )


def view_or_code(actor: Actor, dossier_id: UUID) -> tuple[api.DossierView | None, str]:
    try:
        return api.dossier_view(actor, dossier_id), ""
    except Refusal as no:
        return None, no.code


def counts_equal_the_open_tasks(cast: Cast, ids: list[UUID]) -> None:
    tasks = [(task, stored(i)) for i in ids for task in stored(i).open_tasks]
    for actor in cast.officers:
        counts = api.queue_counts(actor)
        unit = [task for task, _ in tasks if _is_for(actor, task)]
        waiting = [
            task
            for task, dossier in tasks
            if task.body_id is None and actor.body_id in (dossier.body_id, dossier.desk_id)
        ]
        mine = [t for t, _ in tasks if t.body_id == actor.body_id and _holds(actor, t)]
        free = [task for task in unit if task.officer_id is None]
        expected = (len(mine), len(unit), len(free), len(waiting))
        assert (counts.mine, counts.unit, counts.unassigned, counts.waiting) == expected
        assert len(api.queue(actor, "unit", limit=200).rows) == len(unit)


def _holds(actor: Actor, task: Any) -> bool:
    return task.officer_id is not None and task.officer_id == actor.account_id


def _is_for(actor: Actor, task: Any) -> bool:
    if task.body_id != actor.body_id or task.kind == "seal":
        return False
    if "lead" in actor.permissions or task.role == actor.role:
        return True
    if task.kind == "opinion":
        return bool(actor.permissions & {"opine", "process"})
    return task.kind == "handover" and "hand-over" in actor.permissions


_SLIPS = "SELECT form, count(*) FROM dossiers_dossierpaper WHERE dossier_id = %s GROUP BY form"
