"""What the directory says when it says no."""

from django.utils.translation import gettext_lazy as _

from motcua.kernel.refusals import Sentence, declare

declare(
    {
        "directory.no-competent-body": Sentence(
            _("No single public body is known to be competent for this place on that date."), 409
        ),
        "directory.unknown-body": Sentence(_("This public body does not exist."), 404),
        "directory.unknown-post": Sentence(_("This post does not exist."), 404),
        "directory.unknown-unit": Sentence(_("The body has no such unit."), 409),
        "directory.unknown-role": Sentence(_("There is no role “%(role)s”."), 409),
        "directory.unknown-calendar": Sentence(
            _("There is no working calendar “%(calendar)s”."), 409
        ),
        "directory.wrong-pack": Sentence(
            _("The directory of the pack has faults; nothing was loaded."), 422
        ),
    }
)
