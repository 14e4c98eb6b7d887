"""The sentences of this app's expected refusals: what is wrong with the file and what to do."""

from django.utils.translation import gettext_lazy as _

from motcua.kernel.refusals import Sentence, declare

declare(
    {
        "documents.empty": Sentence(_("The file is empty. Choose the file again."), 422),
        "documents.too-large": Sentence(
            _(
                "The file is larger than %(max_mb)s MB. Scan it at a lower resolution or send it "
                "in parts."
            ),
            413,
        ),
        "documents.type-not-accepted": Sentence(
            _(
                "This file is not one of the accepted kinds: %(accepts)s. Save or scan the paper "
                "as one of these; changing the end of the file's name does not help."
            ),
            415,
        ),
        "documents.incomplete": Sentence(
            _("The file breaks off before its end. Send it again, or scan the paper again."), 422
        ),
        "documents.damaged": Sentence(
            _("The file cannot be read: it is damaged. Open it, save it anew and send that."),
            422,
        ),
        "documents.two-files-in-one": Sentence(
            _("Another file hides inside this one. Print or scan the paper to a new file."), 422
        ),
        "documents.picture-too-large": Sentence(
            _(
                "The picture has too many points to be shown. Take it again at a lower resolution, "
                "at most %(megapixels)s megapixels."
            ),
            422,
        ),
        "documents.locked": Sentence(
            _("The PDF is locked with a password. Save it without the password and send that."), 422
        ),
        "documents.active-content": Sentence(
            _(
                "The PDF contains a script, a programme or another file. Print it to a new PDF and "
                "send that."
            ),
            422,
        ),
        "documents.too-many-pages": Sentence(
            _("The PDF has too many pages or parts. Send it in several files."), 422
        ),
        "documents.file-not-found": Sentence(_("There is no such file."), 404),
        "documents.paper-not-found": Sentence(_("There is no such paper."), 404),
        "documents.paper-not-ready": Sentence(
            _("This paper is being signed. Try again in a minute."), 409
        ),
        "documents.purpose-missing": Sentence(
            _("Say for what purpose you open this file: it is recorded."), 422
        ),
    }
)
