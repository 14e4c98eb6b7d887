"""What exchange may refuse, and what it says then."""

from django.utils.translation import gettext_lazy as _

from motcua.kernel.refusals import Sentence, declare

SENTENCES: dict[str, Sentence] = {
    "exchange.key-malformed": Sentence(
        _("The Idempotency-Key must have 1 to 200 visible ASCII characters."), 400
    ),
    "exchange.key-reused": Sentence(
        _("This Idempotency-Key came with another request before. Use a new key."), 422
    ),
    "exchange.key-in-progress": Sentence(
        _("The first request with this Idempotency-Key is still being worked on. Ask again soon.")
    ),
}

declare(SENTENCES)
