"""The sentences of the shell's refusals (the engine's own are in `refusals`)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.kernel.refusals import Sentence, declare


def _no(text: Any, status: int = 409) -> Sentence:
    return Sentence(text, status)


DRAFTS = {
    "dossiers.draft-not-found": _no(
        _("There is no such application to continue. It may have been sent or deleted."), 404
    ),
    "dossiers.draft-changed": _no(
        _("This application was changed in another window. Check the answers and save again.")
    ),
    "dossiers.paid-without-dossier": _no(
        _("This is paid without an application: find what you owe and pay it at once.")
    ),
    "dossiers.no-such-page": _no(_("This form has no such page."), 404),
    "dossiers.no-such-table": _no(_("This form has no such table."), 404),
    "dossiers.unknown-answer": _no(_("This service does not ask for “%(name)s”."), 422),
    "dossiers.answer-of-other-kind": _no(
        _("%(title)s: this answer is of another kind than the question."), 422
    ),
    "dossiers.unknown-paper": _no(_("This service does not ask for such a paper."), 422),
    "dossiers.too-many-files": _no(_("An application takes at most %(most)s files."), 422),
    "dossiers.not-assisted": _no(_("Only a clerk can file for somebody else."), 403),
    "dossiers.no-applicant": _no(_("Say for whom you file this application."), 422),
    "dossiers.form-incomplete": _no(
        _("Some answers or papers are missing or need a correction (%(count)s)."), 422
    ),
    "dossiers.no-desk-there": _no(_("This body has no one-stop desk; choose another one."), 422),
}

DOSSIERS = {
    "dossiers.not-found": _no(_("There is no such application."), 404),
    "dossiers.no-such-code": _no(
        _("No application has this code. Check each letter and digit of your receipt."), 404
    ),
    "dossiers.changed-meanwhile": _no(
        _("Somebody else changed this application a moment ago. Read it again, then decide.")
    ),
    "dossiers.not-an-officer-there": _no(
        _("This officer does not hold the post that the task needs."), 422
    ),
    "dossiers.text-too-long": _no(_("Write at most %(most)s characters."), 422),
    "dossiers.rate-one-to-five": _no(_("Give one to five stars."), 422),
    "dossiers.not-ended": _no(_("You can rate the service when your application has ended.")),
    "dossiers.already-rated": _no(_("You have rated this already. Thank you.")),
    "dossiers.other-purpose": _no(
        _("This application is read for “%(purpose)s” and for nothing else."), 422
    ),
    "dossiers.record-not-named": _no(
        _("This application does not name this record, so it gives no reason to read it."), 403
    ),
    "dossiers.no-slip": _no(_("This action issues no slip."), 404),
    "dossiers.no-such-queue": _no(_("There is no such list."), 404),
    "dossiers.no-such-filter": _no(_("This filter does not exist."), 404),
    "dossiers.bad-page": _no(_("This page of the list does not exist; begin again."), 404),
}

declare(DRAFTS | DOSSIERS)
