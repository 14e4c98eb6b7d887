"""What the reconciliation may refuse, and what it says then."""

from django.utils.translation import gettext_lazy as _

from motcua.kernel.refusals import Sentence, declare

SENTENCES = {
    "payments.statement-unreadable": Sentence(
        _("This statement cannot be read. Correct the lines that are named, or ask for it again."),
        422,
    ),
    "payments.statement-field": Sentence(_("This value is missing or does not fit here."), 422),
    "payments.difference-not-found": Sentence(_("There is no such difference."), 404),
    "payments.difference-not-so": Sentence(
        _("This difference cannot be settled in this way. Choose another way.")
    ),
    "payments.say-why": Sentence(_("Say why: the explanation is kept with the difference."), 422),
}

declare(SENTENCES)
