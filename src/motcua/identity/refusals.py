"""The sentences of this app's expected refusals."""

from django.utils.translation import gettext_lazy as _

from motcua.kernel.refusals import Sentence, declare

declare(
    {
        "identity.not-allowed": Sentence(
            _("Your post does not allow this. Ask the head of your unit if you need it."), 403
        ),
        "identity.account-inactive": Sentence(
            _("This account has been closed. Ask at any one-stop desk for help."), 403
        ),
        "identity.account-not-found": Sentence(_("There is no such account."), 404),
        "identity.post-not-held": Sentence(
            _("You do not hold this post today. Choose one of your current posts."), 403
        ),
        "identity.not-representative": Sentence(
            _("You are not registered as a representative of this business."), 403
        ),
        "identity.username-taken": Sentence(
            _("The user name “%(username)s” is already in use. Choose another one.")
        ),
        "identity.personal-number-taken": Sentence(
            _("An account with this personal number already exists.")
        ),
        "identity.personal-number-wrong": Sentence(
            _("A personal number has exactly 12 digits."), 422
        ),
        "identity.level-already-reached": Sentence(
            _("The identity of this person has already been verified.")
        ),
        "identity.evidence-missing": Sentence(
            _("Write which paper or check proved the identity."), 422
        ),
        "identity.personal-number-missing": Sentence(
            _("Enter the personal number: an identity is verified against it."), 422
        ),
        "identity.purpose-missing": Sentence(
            _("Say for what purpose you look up this person: it is recorded."), 422
        ),
        "identity.level-too-low": Sentence(
            _(
                "This needs a verified identity (level %(level)s). A one-stop desk can verify "
                "yours: bring your identity card."
            ),
            403,
        ),
    }
)
