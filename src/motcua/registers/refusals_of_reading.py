"""What the registers say when somebody may not look, or not like that."""

from django.utils.translation import gettext_lazy as _

from motcua.kernel.refusals import Sentence, declare

declare(
    {
        "registers.nothing-to-see": Sentence(
            _("There is no such record, or you may not see it for this purpose."), 404
        ),
        "registers.no-such-purpose": Sentence(
            _("“%(purpose)s” is no purpose for which personal data are read."), 422
        ),
        "registers.reason-needed": Sentence(
            _("Reading for this purpose needs a reason in words each time."), 422
        ),
        "registers.dossier-needed": Sentence(
            _("An officer reads for a procedure only within a dossier."), 422
        ),
        "registers.too-many-reads": Sentence(
            _("You have looked up too much in an hour (%(limit)s). This was noted."), 429
        ),
        "registers.too-slow": Sentence(
            _("This register takes too long to answer. Try again, or go on with the paper."), 503
        ),
        "registers.why-needed": Sentence(
            _("Say in words why this cannot wait (at least %(least)s characters)."), 422
        ),
        "registers.too-many-emergencies": Sentence(
            _("You have opened as many records in an emergency as a day allows (%(limit)s)."), 429
        ),
        "registers.no-such-emergency": Sentence(_("There is no such emergency access."), 404),
        "registers.own-emergency": Sentence(
            _("Emergency access is reviewed by somebody else."), 403
        ),
        "registers.emergency-reviewed": Sentence(
            _("This emergency access was reviewed already."), 409
        ),
        "registers.no-such-verdict": Sentence(
            _("Say whether it was justified or not, or explained or an abuse."), 422
        ),
        "registers.remark-needed": Sentence(_("This finding needs a remark in words."), 422),
        "registers.no-such-reading": Sentence(_("There is no such reading in your body."), 404),
        "registers.own-reading": Sentence(
            _("What somebody read himself is judged by somebody else."), 403
        ),
        "registers.reading-settled": Sentence(_("This reading was judged already."), 409),
    }
)
