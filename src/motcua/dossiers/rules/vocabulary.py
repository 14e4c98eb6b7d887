"""Every word that the engine gives to its shell: acts for the ledger, templates for people.

Screens word them; tests hold that the engine says no other.
"""

ACTS = frozenset(
    {
        "applicant.agreed",
        "applicant.asked",
        "applicant.confirmed",
        "applicant.corrected",
        "applicant.objected",
        "branch.answered",
        "branch.overdue",
        "branches.complete",
        "clock.restarted",
        "correction.declined",
        "correction.requested",
        "dossier.accepted",
        "dossier.apology-due",
        "dossier.checked",
        "dossier.confirmed",
        "dossier.granted",
        "dossier.objected",
        "dossier.overdue",
        "dossier.processing-started",
        "dossier.proposed",
        "dossier.reappointed",
        "dossier.recorded",
        "dossier.refused",
        "dossier.result-returned",
        "dossier.returned-to-applicant",
        "dossier.sent-back",
        "dossier.signed",
        "dossier.submitted",
        "dossier.supplement-requested",
        "dossier.supplemented",
        "dossier.transferred",
        "dossier.visit-scheduled",
        "dossier.withdrawn",
        "fee.asked",
        "fee.cancelled",
        "fee.changed",
        "fee.paid",
        "fee.refund-due",
        "opinion.asked",
        "opinion.given",
        "opinion.overdue",
        "result.reissued",
        "result.sealed",
        "silence.counted",
        "task.assigned",
        "task.overdue",
        "task.released",
        "task.taken",
    }
)
EFFECTS = frozenset(
    {"slip", "notify", "issue", "reissue", "report", "bill", "cancel-bill", "refund"}
)
SLIPS = frozenset({"01", "02", "03", "04"})  # 05 and 06 are drawn from the ledger when wanted
REPORTS = frozenset({"apology-due", "overdue", "opinion-overdue", "branch-overdue"})
TEMPLATES = frozenset(  # of "notify"; to: "applicant", "officer" (officer_id) or "unit" (body_id)
    {
        "answer-overdue",
        "apology",
        "branches-complete",
        "correction-declined",
        "correction-requested",
        "dossier-accepted",
        "dossier-overdue",
        "dossier-received",
        "dossier-refused",
        "dossier-returned",
        "dossier-transferred",
        "dossier-withdrawn",
        "fee-asked",
        "fee-paid",
        "opinion-given",
        "refund-due",
        "result-ready",
        "result-returned",
        "silence-counted",
        "supplement-requested",
        "task-assigned",
        "visit-scheduled",
        "your-turn",
    }
)
