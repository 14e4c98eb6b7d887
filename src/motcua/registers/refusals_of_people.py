"""What finding, merging and importing say when they say no."""

from django.utils.translation import gettext_lazy as _

from motcua.kernel.refusals import Sentence, declare

declare(
    {
        "registers.find-number-form": Sentence(_("A personal number has 12 digits."), 422),
        "registers.find-old-number-form": Sentence(
            _("A former identity card number has 9 digits."), 422
        ),
        "registers.find-name-or-number": Sentence(
            _("Give a number or a name; the rest only narrows it down."), 422
        ),
        "registers.find-more-letters": Sentence(
            _("Give at least %(least)s letters of the name."), 422
        ),
        "registers.find-name-too-long": Sentence(
            _("A name that is looked for has at most %(most)s letters."), 422
        ),
        "registers.merge-of-one": Sentence(_("These are not two cards."), 422),
        "registers.merge-kind": Sentence(_("Say whether they are one person or two."), 422),
        "registers.merge-ground-needed": Sentence(_("Say what shows it, and on which law."), 422),
        "registers.merge-proposed-already": Sentence(
            _("There is a proposal or a decision about these two already."), 409
        ),
        "registers.merge-by-another": Sentence(_("Another officer must agree."), 403),
        "registers.merge-decided": Sentence(_("This was decided already."), 409),
        "registers.merge-does-not-hold": Sentence(_("There is nothing to undo here."), 409),
        "registers.merged-already": Sentence(
            _("One of these cards is part of another merge. Undo that one first."), 409
        ),
        "registers.no-such-merge": Sentence(_("There is no such proposal."), 404),
        "registers.no-such-person": Sentence(_("There is no such card."), 404),
        "registers.import-empty": Sentence(_("The file has no rows."), 422),
        "registers.import-format": Sentence(
            _("Only CSV files in UTF-8 and XLSX workbooks can be read."), 422
        ),
        "registers.import-encoding": Sentence(
            _("The file is not written in UTF-8. Save it as “CSV UTF-8”."), 422
        ),
        "registers.import-broken": Sentence(_("The file is damaged and cannot be read."), 422),
        "registers.import-too-large": Sentence(
            _("The file would be far too large when it is unpacked."), 422
        ),
        "registers.import-columns": Sentence(_("These columns are missing: %(missing)s."), 422),
        "registers.import-unknown-columns": Sentence(
            _("These columns are not known: %(unknown)s."), 422
        ),
        "registers.import-sealed": Sentence(
            _("Protected fields cannot be exported or imported by file: %(fields)s."), 422
        ),
        "registers.import-by-dossier": Sentence(
            _("Entries of this kind come from dossiers only, not from files."), 409
        ),
        "registers.no-such-import": Sentence(_("There is no such file on its way."), 404),
        "registers.import-ended": Sentence(_("This file is dealt with already."), 409),
        "registers.import-row-day": Sentence(
            _("“%(field)s” is not a day written as 2026-03-31 or 31/03/2026."), 422
        ),
        "registers.import-row-cells": Sentence(_("The row has more cells than columns."), 422),
    }
)
