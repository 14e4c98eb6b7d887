"""Reasons, kinds and states of money, in words for officers."""

from typing import Any

from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Any] = {
    # Why money waits, or goes back.
    "doubled": _("Paid twice"),
    "overpaid": _("More than was due"),
    "after-cancel": _("Paid after the bill was cancelled"),
    "wrong-amount": _("Not the amount that was asked"),
    "wrong-currency": _("In another currency"),
    "unknown-order": _("The gateway names an order that we do not know"),
    "no-bill": _("The content names no bill"),
    "bill-cancelled": _("The bill was cancelled"),
    "charge-closed": _("The matter was closed meanwhile"),
    "debt-changed": _("The creditor changed the debt meanwhile"),
    "mistake": _("A mistake of the office"),
    "refused": _("The application was refused"),
    "withdrawn": _("The application was withdrawn"),
    # What does not agree between the books, the gateway and the bank.
    "missing-here": _("They have it, we do not"),
    "missing-there": _("We have it, they do not"),
    "amount": _("The amounts differ"),
    "status": _("Done for one side only"),
    "refund": _("A refund does not agree"),
    "suspense": _("It belongs to no bill"),
    "bank-total": _("The bank received another sum than the gateway owes"),
    # What a line of the statement is.
    "payment": _("Payment"),
    "refund-approved": _("Refund approved"),
    "refund-made": _("Refund made"),
    "settlement": _("Settlement by the gateway"),
}


def word(code: str) -> str:
    """The words of a code; an unknown one as it stands, for whoever must find out."""
    return str(WORDS.get(code, code))
