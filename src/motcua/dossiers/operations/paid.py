"""A bill was paid: the dossier goes on, once; what comes after its end goes back to the payer."""

from uuid import UUID

from django.db import transaction

from motcua.catalogue import api as catalogue
from motcua.dossiers import storage
from motcua.dossiers.operations.acting import carry_out
from motcua.dossiers.operations.telling import tell
from motcua.dossiers.rules.charges import PAID
from motcua.dossiers.rules.state import Charge, Dossier
from motcua.kernel.actors import SYSTEM
from motcua.kernel.refusals import Refusal
from motcua.payments import api as payments


@transaction.atomic
def bill_paid(dossier_id: UUID, bill_id: UUID) -> None:
    """Say "pay" about the dossier of a bill. Told again, it changes nothing.

    Where the charge was cancelled meanwhile (withdrawn, refused, too late), all goes back.
    """
    dossier = storage.load_locked(dossier_id)
    if dossier is None:
        payments.refund_late(bill_id)
        return
    charge = next((one for one in dossier.charges if one.id == bill_id), None)
    if charge is not None and charge.ended == PAID:
        return
    try:
        carry_out(SYSTEM, dossier, "pay", params={"charge_id": bill_id})
    except Refusal as no:
        if no.code != "dossiers.charge-closed":
            raise
        payments.refund_late(bill_id)
        _tell_late(dossier, charge)


def _tell_late(dossier: Dossier, charge: Charge | None) -> None:
    """The money came after the end: the applicant hears at once that it goes back."""
    if charge is not None:
        notice = {
            "template": "refund-due",
            "to": "applicant",
            "amount_vnd": charge.amount_vnd,
            "charge_id": str(charge.id),
        }
        tell(SYSTEM, catalogue.procedure(dossier.procedure), dossier, notice=notice)
