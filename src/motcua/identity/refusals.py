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
        "identity.key-needed": Sentence(
            _("Send a key in the header “Authorization: Bearer”. See the page about the API."), 401
        ),
        "identity.key-unknown": Sentence(
            _("This key is not known. Check that it was copied completely."), 401
        ),
        "identity.key-ended": Sentence(
            _("This key is no longer valid. Issue a new one on the page of the application."), 401
        ),
        "identity.scope-missing": Sentence(
            _("This key was not given the scope “%(scope)s”, which this needs."), 403
        ),
        "identity.scopes-wrong": Sentence(
            _("Choose at least one of the scopes that this application can have."), 422
        ),
        "identity.too-many-keys": Sentence(
            _("Two keys are valid already. Revoke the one that is no longer used first.")
        ),
        "identity.application-not-found": Sentence(_("There is no such application."), 404),
        "identity.application-closed": Sentence(
            _("This application was disconnected. Connect a new one.")
        ),
        "identity.application-name-needed": Sentence(
            _("Give the application a name of at most 120 characters."), 422
        ),
        "identity.post-not-lendable": Sentence(
            _(
                "You cannot connect software to this post: it may do what your own post does not "
                "allow, or it belongs to another body."
            ),
            403,
        ),
    }
)
