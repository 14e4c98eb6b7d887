"""The ten national statuses of a dossier as a colour and a word."""

from typing import Any

from django.utils.translation import gettext_lazy as _

STATUSES: dict[int, tuple[str, Any]] = {
    1: ("info", _("Newly filed")),
    2: ("info", _("Accepted")),
    3: ("late", _("Not accepted")),
    4: ("brand", _("In processing")),
    5: ("warn", _("More papers needed")),
    6: ("warn", _("Payment needed")),
    7: ("", _("Withdrawn")),
    8: ("late", _("Stopped")),
    9: ("ok", _("Finished")),
    10: ("ok", _("Result returned")),
}


def status_word(status: int) -> tuple[str, Any]:
    """(kind, word) of a national status."""
    return STATUSES[int(status)]
