"""What the shell says when it cannot let a request pass."""

from django.utils.translation import gettext_lazy as _

from motcua.kernel.refusals import Sentence, declare

declare(
    {
        "shell.unreadable-request": Sentence(
            _(
                "What arrived here contains characters that cannot be read or stored. "
                "Go back in your browser, type that part again and send it once more."
            ),
            400,
        ),
        "shell.request-too-large": Sentence(
            _(
                "What you sent is larger than %(limit)s. Choose smaller files, or send them "
                "one by one. Nothing that was saved before is lost."
            ),
            413,
        ),
        "shell.too-many-requests": Sentence(
            _(
                "Too many requests came from your address or account in a short time. "
                "Wait %(seconds)s seconds, then try again. Nothing that was saved is lost."
            ),
            429,
        ),
        "shell.method-not-allowed": Sentence(
            _("This address does not answer to that kind of request. Start again from the page."),
            405,
        ),
    }
)
