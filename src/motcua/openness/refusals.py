"""The sentences of this app's expected refusals."""

from django.utils.translation import gettext_lazy as _

from motcua.kernel.refusals import Sentence, declare

declare(
    {
        "openness.person-needed": Sentence(
            _(
                "Your account is not linked to a person in the population register. Any one-stop "
                "desk links it: bring your identity card."
            ),
            403,
        ),
        "openness.not-yours": Sentence(_("There is nothing here that you may see."), 404),
        "openness.no-such-entry": Sentence(_("There is no such entry."), 404),
        "openness.question-needed": Sentence(_("Write what you want to know."), 422),
        "openness.question-too-long": Sentence(
            _("Please shorten the text to %(most)s characters."), 422
        ),
        "openness.asked-already": Sentence(
            _("You have asked about this already. The answer will stand beside the entry.")
        ),
        "openness.own-access": Sentence(_("This was you: there is nobody to ask.")),
        "openness.nobody-to-ask": Sentence(
            _("No body answers for this entry. Ask at any one-stop desk.")
        ),
        "openness.no-such-question": Sentence(_("There is no such question."), 404),
        "openness.own-access-questioned": Sentence(
            _("The question is about your own access: a colleague answers it."), 403
        ),
        "openness.answered-already": Sentence(_("This question has been answered.")),
        "openness.answer-needed": Sentence(_("Write the answer and choose what you found."), 422),
        "openness.no-such-agreement": Sentence(_("There is no such agreement."), 404),
        "openness.not-ticked": Sentence(
            _("Tick the box if you agree. Without a tick nothing is agreed."), 422
        ),
        "openness.agreement-changed": Sentence(
            _("The text has changed since you opened the page. Please read it again.")
        ),
        "openness.consent-given": Sentence(_("You have agreed to this already.")),
        "openness.no-consent": Sentence(_("There is no consent to withdraw.")),
        "openness.relation-missing": Sentence(
            _("The register shows no right to see the data of this person."), 403
        ),
    }
)
