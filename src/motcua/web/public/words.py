"""What happened to a dossier, in words for the person whom it concerns."""

from typing import Any

from django.utils.translation import gettext_lazy as _

EVENTS: dict[str, Any] = {
    "dossier.submitted": _("Application sent"),
    "dossier.accepted": _("Accepted by the desk"),
    "dossier.not-accepted": _("Not accepted"),
    "dossier.transferred": _("Handed on to the body that decides"),
    "dossier.processing-started": _("Work on it began"),
    "dossier.supplement-requested": _("More was asked of the applicant"),
    "dossier.returned-to-applicant": _("Returned to the applicant for completion"),
    "dossier.supplemented": _("The applicant completed the application"),
    "dossier.visit-scheduled": _("A visit was arranged"),
    "dossier.reappointed": _("The body apologised and named a new date"),
    "dossier.signed": _("Signed"),
    "dossier.granted": _("Decided: granted"),
    "dossier.refused": _("Decided: refused"),
    "dossier.stopped": _("Stopped"),
    "dossier.recorded": _("Findings recorded"),
    "dossier.withdrawn": _("Withdrawn by the applicant"),
    "dossier.result-returned": _("Result handed over"),
    "dossier.rated": _("The applicant rated the service"),
    "dossier.overdue": _("The time limit passed"),
    "clock.restarted": _("The time limit began again"),
    "applicant.asked": _("The applicant was asked to check the draft"),
    "applicant.agreed": _("The applicant agreed to the draft"),
    "applicant.corrected": _("The applicant corrected the draft"),
    "silence.counted": _("No answer came in time, which counts as agreement"),
    "branch.answered": _("Another body answered"),
    "branches.complete": _("All bodies have answered"),
    "opinion.asked": _("Another body was asked for its opinion"),
    "extract.fetched": _("A register was asked instead of you"),
    "paper.asked-in-spite": _("A paper was asked for that a register holds"),
    "opinion.given": _("Another body gave its opinion"),
    "result.sealed": _("The result was signed and sealed"),
    "result.reissued": _("A corrected result was issued"),
    "correction.requested": _("A correction of the result was asked for"),
    "correction.declined": _("The result was found to be right"),
    "fee.asked": _("A fee was asked for"),
    "fee.paid": _("The fee was paid"),
    "fee.cancelled": _("The fee is not asked for any more"),
    "fee.refund-due": _("Money goes back to the applicant"),
    "fee.changed": _("The fee is another one by the changed answers"),
    "payment.failed": _("A payment did not go through"),
    "receipt.issued": _("The receipt was issued"),
    "refund.requested": _("A refund was asked for"),
    "refund.approved": _("The refund was approved"),
    "refund.declined": _("The refund was declined"),
    "refund.failed": _("The refund could not be made"),
    "refund.made": _("The money was given back"),
    "message.sent": _("A message was written"),
}
REGISTERS: dict[str, Any] = {
    "population": _("the population register"),
    "civil-status": _("the civil status register"),
    "business": _("the business register"),
    "insurance": _("the social insurance register"),
    "land": _("the land register"),
    "health": _("the health records"),
    "vehicle": _("the vehicle register"),
}


def event(verb: str) -> str:
    """The sentence for an act; a verb without words is shown as a plain step."""
    return str(EVENTS.get(verb, _("The dossier went one step on")))


def register(name: str) -> str:
    """A register by its name in the pack, or by the part before the dot."""
    return str(REGISTERS.get(name.partition(".")[0], _("a register of the state")))
