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
        "registers.sealed-unreadable": Sentence(
            _("A protected value cannot be read at present: its key is missing."), 503
        ),
        "registers.changed-meanwhile": Sentence(
            _("Somebody changed this record meanwhile. Look at it again."), 409
        ),
        "registers.already-recorded": Sentence(
            _("“%(fact)s” was recorded already. It can be corrected, not repeated."), 409
        ),
        "registers.no-such-register": Sentence(_("There is no such register."), 404),
        "registers.no-such-version": Sentence(_("There is no such entry in this record."), 404),
        "registers.nothing-to-end": Sentence(
            _("“%(fact)s” does not hold on that day: there is nothing to end."), 409
        ),
        "registers.ground-needed": Sentence(
            _("A correction needs its legal ground in words."), 409
        ),
        "registers.own-affair": Sentence(
            _("Nobody corrects or decides on entries about himself."), 403
        ),
        "registers.value-missing": Sentence(_("“%(field)s” is missing."), 422),
        "registers.value-not-asked": Sentence(_("“%(field)s” is not part of this fact."), 422),
        "registers.value-of-other-kind": Sentence(
            _("“%(field)s” is not written as such a value must be."), 422
        ),
        "registers.value-too-large": Sentence(_("“%(field)s” is more than %(max)s allows."), 422),
        "registers.value-not-offered": Sentence(
            _("“%(field)s” is none of the values to choose from."), 422
        ),
        "registers.value-impossible": Sentence(
            _("“%(field)s” breaks a rule of the register."), 422
        ),
        "registers.value-unknown-area": Sentence(
            _("“%(field)s” names an area that never existed."), 422
        ),
        "registers.claim-needed": Sentence(_("Say what is wrong and what would be right."), 422),
        "registers.already-disputed": Sentence(_("This entry is already being contested."), 409),
        "registers.no-such-dispute": Sentence(_("There is no such dispute."), 404),
        "registers.dispute-closed": Sentence(_("This dispute was answered already."), 409),
        "registers.answer-needed": Sentence(_("A dispute is closed with an answer."), 422),
        "registers.closure-incomplete": Sentence(
            _("A register is closed with a reason, until a moment that is still to come."), 422
        ),
        "registers.unknown-field": Sentence(_("“%(field)s” is not part of this entry."), 422),
        "registers.source-wrong": Sentence(
            _("Another node answered for the register %(register)s, but not what is declared."), 503
        ),
        "registers.closed": Sentence(
            _("This register does not answer at present. Go on with the paper."), 503
        ),
        "registers.purpose-needed": Sentence(
            _("Personal data are read for a stated purpose only."), 403
        ),
    }
)
