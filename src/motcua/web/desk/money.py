"""A bill at the counter: what is owed, money that comes in there, money that should go back."""

import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.directory import api as directory
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Problem, Refusal, sentence_of
from motcua.payments import api as payments
from motcua.web.desk.access import officer
from motcua.web.desk.money_words import word
from motcua.web.desk.queues import place_of, side_of
from motcua.web.shell.downloads import shown
from motcua.web.shell.forms import see_other
from motcua.web.shell.sentences import moment, of_refusal
from motcua.web.shell.squares import square
from motcua.web.shell.templatetags.ui import vnd

AMOUNT = re.compile(r"[0-9][0-9., \u00a0\u202f]{0,18}")
MEANS = ("card", "transfer", "cash")


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def bill(request: HttpRequest, actor: Actor, *, bill_id: UUID) -> HttpResponseBase:
    """One bill; POST records money (`do`=counter) or asks for a refund (`do`=refund)."""
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        problems = _done(request, actor, bill_id)
        if not problems:
            return see_other("desk:bill", bill_id)
    return _show(request, actor, bill_id, problems=problems)


def _done(request: HttpRequest, actor: Actor, bill_id: UUID) -> tuple[Problem, ...]:
    refund = request.POST.get("do") == "refund"
    if not refund and request.POST.get("means") not in MEANS:
        return (_fault("means", "payments.means", _("Choose how it was paid.")),)
    try:
        if refund:
            _ask_refund(request, actor)
            messages.success(request, _("Asked. A second person decides about the refund."))
        else:
            _record(request, actor, bill_id)
            messages.success(request, _("The payment is recorded and the receipt is being made."))
    except Refusal as no:
        if sentence_of(no.code).status == 404:
            raise
        return (_fault("amount" if refund else "reference", no.code, of_refusal(no)),)
    return ()


def _fault(path: str, code: str, text: str) -> Problem:
    return Problem(path=path, code=code, text=dict.fromkeys(("vi", "en", "fr"), text))


def _record(request: HttpRequest, actor: Actor, bill_id: UUID) -> None:
    payments.record_counter_payment(
        actor,
        bill_id,
        means=request.POST["means"],
        reference=request.POST.get("reference", "").strip()[:80],
        key=request.POST.get("key", "")[:64],
    )


def _ask_refund(request: HttpRequest, actor: Actor) -> None:
    typed = AMOUNT.fullmatch(request.POST.get("amount", "").strip())
    try:
        payment_id = UUID(request.POST.get("payment", ""))
    except ValueError:
        raise Refusal("payments.bill-not-found") from None
    payments.request_refund(
        actor,
        payment_id,
        amount_vnd=int(re.sub(r"\D", "", typed[0])) if typed else 0,
        reason="mistake",
        say=request.POST.get("say", "").strip()[:1000],
        key=request.POST.get("key", "")[:64],
    )


def _show(
    request: HttpRequest, actor: Actor, bill_id: UUID, *, problems: tuple[Problem, ...]
) -> HttpResponse:
    found = payments.bill(actor, bill_id)
    link = request.build_absolute_uri(reverse("paying:bill", args=[found.code]))
    context: dict[str, Any] = {
        "bill": found,
        "creditor": directory.body(found.creditor_id).name,
        "link": link,
        "link_square": square(link),
        "square": square(found.vietqr) if found.vietqr else "",
        "means": [
            ("card", _("Card at the counter")),
            ("transfer", _("Transfer seen on the account")),
            ("cash", _("Cash")),
        ],
        "refundable": [
            (str(one.id), f"{vnd(one.applied_vnd)}, {moment(one.started_at)}")
            for one in found.payments
            if one.status == "confirmed" and one.applied_vnd > one.refunded_vnd
        ],
        "refunds": [(one, word(one.reason)) for one in found.refunds],
        "key": get_random_string(24),
        "may_receive": "receive" in actor.permissions,
        "values": request.POST,
        "problems": problems,
        "side": side_of(None),
        **place_of(actor),
    }
    return render(request, "desk/bill.html", context, status=422 if problems else 200)


@require_safe
@officer
def receipt(
    _request: HttpRequest, actor: Actor, *, bill_code: str, receipt_id: UUID
) -> HttpResponseBase:
    """The receipt as the payer has it."""
    return shown(payments.open_receipt(actor, bill_code, receipt_id))
