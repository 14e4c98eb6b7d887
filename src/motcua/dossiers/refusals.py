"""The sentences of the engine's refusals: what is not possible, and what to do instead."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.kernel.refusals import Sentence, declare


def _no(text: Any, status: int = 409) -> Sentence:
    return Sentence(text, status)


WHO = {
    "dossiers.not-your-part": _no(_("This action belongs to somebody else."), 403),
    "dossiers.own-affair": _no(_("You cannot work as an officer on your own application."), 403),
    "dossiers.other-body": _no(_("Another body is working on this."), 403),
    "dossiers.other-role": _no(_("This task belongs to another role."), 403),
    "dossiers.not-allowed": _no(_("Your post does not allow this action."), 403),
    "dossiers.own-proposal": _no(
        _("You made the proposal, so a colleague must sign. Two people decide together."), 403
    ),
    "dossiers.taken-by-other": _no(
        _("A colleague is working on this task. Ask for it, or choose another one.")
    ),
}

WHEN = {
    "dossiers.unknown-verb": _no(_("There is no such action."), 404),
    "dossiers.no-such-task": _no(_("There is no such task."), 404),
    "dossiers.task-closed": _no(_("This task was finished already.")),
    "dossiers.not-in-this-state": _no(_("This is not possible at this stage of the application.")),
    "dossiers.closed": _no(_("The application has ended. Nothing can be changed in it.")),
    "dossiers.already-accepted": _no(_("The application was accepted already.")),
    "dossiers.not-accepted-yet": _no(_("The desk must accept the application first.")),
    "dossiers.already-decided": _no(_("The decision was made already.")),
    "dossiers.branches-open": _no(_("Other bodies have not answered yet.")),
    "dossiers.others-at-work": _no(
        _("Other bodies are working on the application, so it cannot be passed on now.")
    ),
    "dossiers.nothing-before": _no(_("There is no earlier step to send it back to.")),
    "dossiers.nobody-signs": _no(
        _("Nobody signs in this service. Refuse the application with a reason instead.")
    ),
    "dossiers.no-competent-body": _no(_("No competent body was found for this place.")),
}

REQUESTS = {
    "dossiers.already-asked": _no(
        _("The applicant was asked already. The law allows one complete request only.")
    ),
    "dossiers.already-returned": _no(
        _("The application was returned once already. This time it must be decided.")
    ),
    "dossiers.request-open": _no(_("The applicant has not answered the request yet.")),
    "dossiers.nothing-asked": _no(_("Say which papers or answers are missing."), 422),
    "dossiers.paper-is-held": _no(
        _(
            "“%(paper)s” may not be asked for: %(register)s holds it (%(law)s)."
            " If you need it all the same, choose the reason for that."
        ),
        422,
    ),
    "dossiers.nothing-asked-for": _no(_("Nothing is asked of the applicant at present.")),
    "dossiers.unknown-item": _no(_("This service does not ask for “%(item)s”."), 422),
    "dossiers.supplement-incomplete": _no(
        _("Add everything that was asked for, or explain what you cannot give."), 422
    ),
    "dossiers.still-missing": _no(_("Add this, or explain why you cannot."), 422),
    "dossiers.place-is-fixed": _no(
        _("The place that decides which office is responsible cannot be changed any more."), 422
    ),
    "dossiers.applicant-has-time": _no(_("The applicant still has time to answer.")),
    "dossiers.silence-counted": _no(
        _("The time to answer is over. As the law says, the work goes on without an answer.")
    ),
    "dossiers.too-late-to-return": _no(
        _("An application can be returned within three working days of receipt only.")
    ),
    "dossiers.too-late-to-transfer": _no(
        _("An application can be passed on during the working day of its arrival only.")
    ),
    "dossiers.same-body": _no(_("Choose another body to pass the application on to."), 422),
}

MONEY = {
    "dossiers.charge-closed": _no(_("This payment is not asked for any more.")),
}

GROUNDS = {
    "dossiers.reason-needed": _no(_("Choose a reason."), 422),
    "dossiers.unknown-reason": _no(_("This reason does not belong to this action."), 422),
    "dossiers.say-needed": _no(_("Write a sentence of explanation."), 422),
    "dossiers.unknown-mark": _no(_("Mark an item as right, doubtful or not checked."), 422),
    "dossiers.record-incomplete": _no(_("Record all that this step asks for."), 422),
    "dossiers.no-officer-named": _no(_("Choose an officer."), 422),
    "dossiers.no-body-named": _no(_("Choose the body whose opinion you need."), 422),
    "dossiers.opinion-needs-a-deadline": _no(_("Say by when the opinion is needed."), 422),
    "dossiers.visit-needs-a-time": _no(_("Give the day and the time of the visit."), 422),
    "dossiers.visit-in-the-past": _no(_("The visit must be in the future."), 422),
}

TIME = {
    "dossiers.already-reappointed": _no(
        _("A new date was given once already. The law allows one new appointment only.")
    ),
    "dossiers.apology-too-late": _no(
        _("The application is overdue. A new date can be given before the due date only.")
    ),
    "dossiers.new-date-not-later": _no(_("The new date must be later than the present one."), 422),
    "dossiers.new-date-not-worked": _no(
        _("Choose a moment in the working hours of the office."), 422
    ),
    "dossiers.clock-stands": _no(
        _("The time limit stands still while the applicant answers, so no new date is needed.")
    ),
    "dossiers.no-result-yet": _no(_("There is no returned result to correct.")),
}

declare(WHO | WHEN | REQUESTS | MONEY | GROUNDS | TIME)
