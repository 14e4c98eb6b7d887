"""What the registers say when they say no."""

from django.utils.translation import gettext_lazy as _

from motcua.kernel.refusals import Sentence, declare

declare(
    {
        "registers.unknown-place": Sentence(
            _("No personal number can be given for this place of birth registration."), 409
        ),
        "registers.numbers-exhausted": Sentence(
            _("No free personal number was found for this place and year. Please try again."), 503
        ),
        "registers.year-not-covered": Sentence(
            _("Personal numbers exist for births from 1900 to 2399 only."), 409
        ),
        "registers.number-taken": Sentence(
            _("This personal number already belongs to somebody."), 409
        ),
        "registers.unknown-fact": Sentence(
            _("The population register cannot record “%(fact)s”."), 409
        ),
        "registers.incomplete-fact": Sentence(
            _("This fact cannot be recorded: “%(field)s” is missing or wrong."), 409
        ),
        "registers.already-dead": Sentence(
            _("The population register has this person's death already."), 409
        ),
        "registers.purpose-needed": Sentence(
            _("Personal data are read for a stated purpose only."), 403
        ),
    }
)
