"""What the engine decided about money, told to `payments`: a bill, its end, money to give back."""

from typing import Any
from uuid import UUID

from motcua.catalogue.rules.procedure import Procedure
from motcua.dossiers import paper_data
from motcua.dossiers.rules.state import Dossier, Effect
from motcua.kernel.actors import SYSTEM, Actor
from motcua.payments import api as payments

PAID = "dossiers.paid"  # the job that continues the dossier when its bill is paid


def ask(_actor: Actor, _procedure: Procedure, dossier: Dossier, *, effect: Effect) -> None:
    """A bill for the open charge; it has the charge's id, so that asking twice asks once."""
    charge = effect.params["charge"]
    lines = [
        payments.BillLine(code=one["fee"], title=one["title"], vnd=one["vnd"], law=one["law"])
        for one in charge["lines"]
    ]
    payments.open_bill(
        SYSTEM,
        bill_id=UUID(charge["id"]),
        creditor_id=dossier.body_id,
        lines=lines,
        payer=_payer(dossier),
        object=("dossier", dossier.id),
        dossier_id=dossier.id,
        desk_id=dossier.desk_id,
        due_at=_due_at(dossier),
        then=PAID,
        language=paper_data.language_of(dossier),
    )


def cancel(_actor: Actor, _procedure: Procedure, _dossier: Dossier, *, effect: Effect) -> None:
    """Nothing is to be paid any more. Who pays all the same gets it back (see `paid`)."""
    reason = str(effect.params["reason"])
    payments.cancel_bill(SYSTEM, UUID(effect.params["charge_id"]), reason)


def give_back(_actor: Actor, _procedure: Procedure, dossier: Dossier, *, effect: Effect) -> None:
    """What the engine gives back of a paid charge, from the payments that paid it."""
    charge_id, left = effect.params["charge_id"], int(effect.params["amount_vnd"])
    reason = str(effect.params["reason"])
    for payment_id, there in _given(dossier, UUID(charge_id)).items():
        part = min(left, there)
        if part > 0:
            payments.request_refund(
                SYSTEM,
                payment_id,
                amount_vnd=part,
                reason=reason,
                key=f"{charge_id}:{dossier.version}:{reason}:{payment_id}",
            )
            left -= part
    if left:
        raise ValueError(f"{left} dong of charge {charge_id} were never paid")


def _given(dossier: Dossier, bill_id: UUID) -> dict[UUID, int]:
    """What each payment gave to a bill and was not asked back yet."""
    bills = payments.bills_of([dossier.id]).get(dossier.id, ())
    bill = next(one for one in bills if one.id == bill_id)
    there = {one.id: one.applied_vnd for one in bill.payments if one.status == "confirmed"}
    for refund in bill.refunds:
        if refund.source == "bill" and refund.status != "declined":
            there[refund.payment_id] -= refund.amount_vnd
    return there


def is_paid(dossier: Dossier) -> bool:
    """Whether the open charge was paid, though the dossier has not heard of it yet."""
    charge = dossier.open_charge
    if charge is None:
        return False
    bills = payments.bills_of([dossier.id]).get(dossier.id, ())
    return any(bill.id == charge.id and bill.status == "paid" for bill in bills)


def _payer(dossier: Dossier) -> payments.Payer:
    about: dict[str, Any] = dossier.applicant
    return payments.Payer(
        name=str(about.get("name", "")),
        account_id=dossier.applicant_id,
        personal_number=str(about.get("personal_number", "")),
        phone=str(about.get("phone", "")),
        email=str(about.get("email", "")),
    )


def _due_at(dossier: Dossier) -> Any:
    clocks = [task.clock for task in dossier.open_tasks if task.kind == "payment"]
    return next((clock.due_at for clock in clocks if clock), None)
