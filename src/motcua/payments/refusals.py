"""What payments may refuse, and what it says then."""

from django.utils.translation import gettext_lazy as _

from motcua.kernel.refusals import Sentence, declare

SENTENCES: dict[str, Sentence] = {
    "payments.bill-not-found": Sentence(_("There is no such bill. Please check the code."), 404),
    "payments.bill-not-open": Sentence(
        _("Nothing more can be paid on this bill: it is paid or cancelled.")
    ),
    "payments.nothing-due": Sentence(_("There is nothing to pay."), 422),
    "payments.payment-not-found": Sentence(_("There is no such payment."), 404),
    "payments.amount-too-high": Sentence(
        _("Only %(left_vnd)s đồng are left to pay on this bill."), 422
    ),
    "payments.reference-missing": Sentence(
        _("Please enter the number that the card terminal or the bank printed."), 422
    ),
    "payments.reference-used": Sentence(
        _("This payment has been recorded before under the same number.")
    ),
    "payments.no-such-gateway": Sentence(_("This payment gateway is not connected."), 404),
    "payments.gateway-unavailable": Sentence(
        _(
            "The payment gateway does not answer at the moment. Nothing has been charged; "
            "please try again in a few minutes or pay by bank transfer."
        ),
        503,
    ),
    "payments.refund-not-found": Sentence(_("There is no such refund."), 404),
    "payments.refund-too-much": Sentence(
        _("At most %(left_vnd)s đồng of this payment can be refunded."), 422
    ),
    "payments.refund-own": Sentence(
        _("Another officer than the one who asked for a refund decides on it."), 403
    ),
    "payments.refund-decided": Sentence(_("This refund has been decided already.")),
    "payments.refund-not-ready": Sentence(
        _("This refund is not approved yet, or the payment gateway makes it.")
    ),
    "payments.suspense-not-found": Sentence(_("There is no such amount in suspense."), 404),
    "payments.already-settled": Sentence(_("This has been settled already.")),
    "payments.suspense-not-so": Sentence(
        _("This amount cannot be settled in this way. Please choose another one."), 422
    ),
    "payments.debt-not-found": Sentence(_("There is no such debt in your books."), 404),
    "payments.debt-faulty": Sentence(
        _(
            "The debt %(reference)s cannot be taken: it needs a kind, a reference that occurs "
            "once, one to six keys and an amount above zero."
        ),
        422,
    ),
    "payments.too-many-debts": Sentence(_("At most %(most)s debts can be sent at once."), 413),
    "payments.too-many-lookups": Sentence(
        _(
            "There were too many look-ups. Please check the numbers on your paper and try again "
            "in an hour."
        ),
        429,
    ),
    "payments.debt-token": Sentence(
        _("Too much time has passed since you looked this up. Please look it up again."), 410
    ),
    "payments.debt-changed": Sentence(
        _(
            "The amount has changed meanwhile: %(total_vnd)s đồng are due now. "
            "Please look it up again."
        )
    ),
    "payments.several-creditors": Sentence(
        _("These amounts are owed to different bodies. Please pay one body at a time."), 422
    ),
}

declare(SENTENCES)
