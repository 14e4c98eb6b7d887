"""What the desk's own forms refuse, before anything is said to the engine."""

from django.utils.translation import gettext_lazy as _

from motcua.kernel.refusals import Sentence, declare

declare(
    {
        "desk.nothing-chosen": Sentence(_("Choose at least one line of the list."), 422),
        "desk.decision-needed": Sentence(_("Say whether you propose to grant it."), 422),
        "desk.agreement-needed": Sentence(
            _("Say whether your body agrees, does not agree, or neither."), 422
        ),
        "desk.receiver-needed": Sentence(_("Write the name of who receives the result."), 422),
        "desk.moment-wrong": Sentence(_("Give a day that exists and a time such as 14:30."), 422),
        "desk.span-wrong": Sentence(_("The first day must not be after the last day."), 422),
        "desk.name-needed": Sentence(_("Enter the name of the person at the counter."), 422),
        "desk.service-needed": Sentence(_("Choose the service."), 422),
        "desk.nobody-found": Sentence(
            _("Nobody with this personal number was found. Enter name and phone instead."), 422
        ),
    }
)
