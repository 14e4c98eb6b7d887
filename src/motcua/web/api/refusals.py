"""What the API itself refuses; everything else is refused by the rooms that it leads to."""

from django.utils.translation import gettext_lazy as _

from motcua.kernel.refusals import Sentence, declare

declare(
    {
        "api.not-found": Sentence(_("There is nothing at this address."), 404),
        "api.method-not-allowed": Sentence(_("This address does not answer to that method."), 405),
        "api.media-type": Sentence(
            _("Send this with the content type %(accepts)s, in UTF-8."), 415
        ),
        "api.unreadable": Sentence(_("What was sent cannot be read as JSON or as a form."), 400),
        "api.invalid": Sentence(
            _("What was sent does not have the described form (%(count)s faults)."), 422
        ),
        "api.missing": Sentence(_("This is needed."), 422),
        "api.unexpected": Sentence(_("This is not known here; leave it out."), 422),
        "api.wrong-value": Sentence(_("This does not have the described type or form."), 422),
        "api.no-such-question": Sentence(_("This service does not ask this question."), 422),
        "api.wrong-type": Sentence(_("Give this answer in this JSON form: %(wanted)s."), 422),
        "api.key-needed": Sentence(
            _("Send an Idempotency-Key, so that a repeated request has no second effect."), 400
        ),
        "api.bad-version": Sentence(
            _('The header If-Match must hold the ETag of the last answer, such as "7".'), 400
        ),
        "api.no-file": Sentence(_("Attach at least one file in the part “file”."), 422),
        "api.no-result": Sentence(_("There is no result to fetch yet."), 404),
        "api.key-made-already": Sentence(
            _("A key was made a moment ago. If you did not copy it, revoke it and make another."),
        ),
        "api.fault": Sentence(
            _("Something went wrong on our side. It was noted; nothing was done by halves."), 500
        ),
    }
)
