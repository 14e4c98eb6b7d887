"""What happened, what waits and what was issued, in words for officers."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "dossier.submitted": _("Application sent"),
    "dossier.accepted": _("Accepted by the desk"),
    "dossier.transferred": _("Handed on to the body that decides"),
    "dossier.processing-started": _("Work on it began"),
    "dossier.supplement-requested": _("More was asked of the applicant"),
    "dossier.returned-to-applicant": _("Returned to the applicant for completion"),
    "dossier.supplemented": _("The applicant completed the application"),
    "dossier.checked": _("An item was checked"),
    "dossier.proposed": _("A decision was proposed"),
    "dossier.sent-back": _("Sent back to the officer"),
    "dossier.visit-scheduled": _("A visit was arranged"),
    "dossier.recorded": _("Findings recorded"),
    "dossier.confirmed": _("Confirmed"),
    "dossier.objected": _("An objection was made"),
    "dossier.reappointed": _("The body apologised and named a new date"),
    "dossier.apology-due": _("Reminder: a new date must be named now or never"),
    "dossier.overdue": _("The time limit passed"),
    "dossier.signed": _("Signed"),
    "dossier.granted": _("Decided: granted"),
    "dossier.refused": _("Decided: refused"),
    "dossier.withdrawn": _("Withdrawn by the applicant"),
    "dossier.result-returned": _("Result handed over"),
    "dossier.rated": _("The applicant rated the service"),
    "dossier.viewed": _("Looked at"),
    "clock.restarted": _("The time limit began again"),
    "applicant.asked": _("The applicant was asked to check the draft"),
    "applicant.agreed": _("The applicant agreed to the draft"),
    "applicant.corrected": _("The applicant corrected the draft"),
    "applicant.confirmed": _("The applicant confirmed"),
    "applicant.objected": _("The applicant objected"),
    "silence.counted": _("No answer came in time, which counts as agreement"),
    "branch.answered": _("Another body answered"),
    "branch.overdue": _("Another body is late with its answer"),
    "branches.complete": _("All bodies have answered"),
    "opinion.asked": _("Another body was asked for its opinion"),
    "extract.fetched": _("A register was asked instead of the applicant"),
    "paper.asked-in-spite": _("A paper was asked for that a register holds"),
    "registers.read": _("A register was read"),
    "registers.not-found": _("A register was asked and holds nothing"),
    "opinion.given": _("Another body gave its opinion"),
    "opinion.overdue": _("An opinion is late"),
    "task.taken": _("An officer took the task"),
    "task.assigned": _("The task was assigned"),
    "task.released": _("The task was put back into the unit"),
    "task.overdue": _("A step took longer than its time"),
    "result.sealed": _("The result was signed and sealed"),
    "result.reissued": _("A corrected result was issued"),
    "correction.requested": _("A correction of the result was asked for"),
    "correction.declined": _("The result was found to be right"),
    "fee.asked": _("A fee was asked for"),
    "fee.paid": _("The fee was paid"),
    "fee.cancelled": _("The fee is not asked for any more"),
    "fee.refund-due": _("Money goes back to the applicant"),
    "fee.changed": _("The fee is another one by the changed answers"),
    "bill.opened": _("A bill was made"),
    "bill.viewed": _("The bill was looked at"),
    "bill.cancelled": _("The bill was cancelled"),
    "payment.started": _("A payment was begun"),
    "payment.confirmed": _("A payment came in"),
    "payment.failed": _("A payment did not go through"),
    "receipt.issued": _("The receipt was issued"),
    "refund.requested": _("A refund was asked for"),
    "refund.approved": _("The refund was approved"),
    "refund.declined": _("The refund was declined"),
    "refund.failed": _("The refund could not be made"),
    "refund.made": _("The money was given back"),
    "message.sent": _("A message was written"),
    "note.added": _("An internal note was written"),
    "file.opened": _("A file was opened"),
    "file.stored": _("A file was stored"),
    "paper.issued": _("A paper was issued"),
    "paper.sealed": _("A paper was sealed"),
    "paper.opened": _("A paper was opened"),
    "registers.person-read": _("The population register was read"),
    "registers.fact-recorded": _("A register was written"),
}
QUIET = frozenset(
    {
        "dossier.viewed",
        "extract.fetched",
        "registers.read",
        "registers.not-found",
        "file.opened",
        "file.stored",
        "paper.opened",
        "paper.issued",
        "paper.sealed",
        "bill.opened",
        "bill.viewed",
        "payment.started",
    }
)
KINDS: dict[str, Any] = {
    "step": _("Step of the procedure"),
    "branch": _("Part of another body"),
    "opinion": _("Opinion asked of us"),
    "applicant": _("Waits for the applicant"),
    "payment": _("Waits for payment"),
    "handover": _("Result to hand over"),
    "correction": _("Correction of a result"),
    "seal": _("Being sealed by the system"),
}
QUEUES: dict[str, Any] = {
    "mine": _("Mine"),
    "unit": _("My unit"),
    "unassigned": _("Nobody's yet"),
    "late": _("Late"),
    "waiting": _("Waiting for the applicant"),
}
DUES: dict[str, Any] = {
    "late": _("Late"),
    "today": _("Due today"),
    "soon": _("Due within three days"),
}
SLIPS: dict[str, Any] = {
    "01": _("Receipt and appointment (slip 01)"),
    "02": _("Request to complete (slip 02)"),
    "03": _("Refusal (slip 03)"),
    "04": _("Apology and new date (slip 04)"),
    "05": _("Control sheet (slip 05)"),
    "06": _("Register (slip 06)"),
}
CHANNELS: dict[int, Any] = {1: _("At the counter"), 2: _("Online"), 3: _("By post")}
MARKS: dict[str, tuple[str, Any]] = {"ok": ("ok", _("In order")), "doubt": ("warn", _("Doubtful"))}


def act(verb: str) -> Any:
    """The sentence for an act; a verb without words is shown as a plain step."""
    return ACTS.get(verb, _("The dossier went one step on"))
