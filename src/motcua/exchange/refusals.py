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
    "exchange.endpoint-faults": Sentence(_("Some of what you entered must be corrected."), 422),
    "exchange.endpoint-not-found": Sentence(_("There is no such webhook here."), 404),
    "exchange.delivery-not-found": Sentence(_("There is no such delivery here."), 404),
    "exchange.too-many-endpoints": Sentence(
        _("There are %(most)s webhooks already. Remove one that is not used.")
    ),
    "exchange.rotation-under-way": Sentence(
        _("The secret was changed a short time ago, and the former one still signs beside it.")
    ),
    "exchange.url-malformed": Sentence(
        _("Enter a full web address, such as https://example.vn/motcua."), 422
    ),
    "exchange.url-not-https": Sentence(_("The address must begin with https://."), 422),
    "exchange.url-private": Sentence(_("This address is not on the public internet."), 422),
    "exchange.title-too-long": Sentence(_("The name may have %(most)s characters."), 422),
    "exchange.kind-unknown": Sentence(
        _("A kind is written like dossier.accepted or dossier.*. Not understood: %(kinds)s"), 422
    ),
    "exchange.partner-faults": Sentence(_("Some of what you entered must be corrected."), 422),
    "exchange.partner-known": Sentence(
        _("This application, or this sender, is registered as a partner already.")
    ),
    "exchange.partner-not-found": Sentence(_("There is no such partner here."), 404),
    "exchange.sender-wrong": Sentence(
        _("A sender is named in 1 to 100 visible characters, without “|”."), 422
    ),
    "exchange.keys-wrong": Sentence(
        _("Give 1 to 8 public keys (JWK: OKP, EC or RSA from 2048 bits), each with its own kid."),
        422,
    ),
    "exchange.callback-unknown": Sentence(
        _("This address is not below the one that is registered for the sender."), 403
    ),
    "exchange.signature-missing": Sentence(_("The message is not signed."), 401),
    "exchange.signature-wrong": Sentence(
        _("The signature does not belong to this message and sender."), 401
    ),
}

declare(SENTENCES)
