"""The sentences of this room's expected refusals."""

from django.utils.translation import gettext_lazy as _

from motcua.kernel.refusals import Sentence, declare

declare(
    {
        "tracker.invalid": Sentence(_("The request does not fit the protocol: %(name)s."), 400),
    }
)
