"""A bill and the ways to pay it, for whoever holds its code: a child may pay for the parents.

The code cannot be guessed and shows what is paid to whom, never who owes it.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.directory import api as directory
from motcua.kernel.refusals import Refusal
from motcua.payments import api as payments
from motcua.web.shell.actors import person_of
from motcua.web.shell.downloads import shown
from motcua.web.shell.headers import POLICY
from motcua.web.shell.limits import Limiter, Rate
from motcua.web.shell.middleware import address_of
from motcua.web.shell.sentences import of_refusal
from motcua.web.shell.squares import square

SAYABLE = {"payments.gateway-unavailable", "payments.bill-not-open", "payments.debt-changed"}
_limiter = Limiter(Rate(per_minute=60, burst=40))


@require_safe
def bill(request: HttpRequest, code: str) -> HttpResponse:
    """What is owed, to whom and why; how to pay; what has been paid."""
    return _show(request, code)


@require_POST
def start(request: HttpRequest, code: str) -> HttpResponseBase:
    """To the gateway; the same key again leads to the same payment."""
    try:
        url = payments.start_payment(
            person_of(request),
            code,
            key=request.POST.get("key", "")[:64],
            language=(get_language() or "vi")[:2],
            ip=address_of(request),
        )
    except Refusal as no:
        if no.code not in SAYABLE:
            raise
        return _show(request, code, fault=of_refusal(no))
    return HttpResponseRedirect(url, status=303)


@require_safe
def receipt(request: HttpRequest, code: str, receipt_id: UUID) -> HttpResponseBase:
    """The receipt as a paper: it names the payer, so only the payer fetches it, or who paid as a
    guest and has nothing but the code."""
    return shown(payments.open_receipt(person_of(request), code, receipt_id))


def _show(request: HttpRequest, code: str, *, fault: str = "") -> HttpResponse:
    if getattr(settings, "RATE_LIMITS_ON", True) and _limiter.wait(address_of(request)):
        raise Refusal("shell.too-many-requests", seconds=60)
    found = payments.bill_by_code(code)
    mine = _own(request, found)
    context = {
        "bill": found,
        "mine": mine,
        "may_fetch": mine or found.of_guest,
        "creditor": directory.body(found.creditor_id).name,
        "came": "" if found.status == "paid" else request.GET.get("came", ""),
        "waiting": any(one.status == "started" for one in found.payments),
        "key": get_random_string(24),
        "square": square(found.vietqr) if found.vietqr else "",
        "bank_app": f"{settings.MOTCUA_GATEWAY_URL}/bank?{urlencode({'qr': found.vietqr})}",
        "fault": fault,
        "back": _back(found, mine),
    }
    response = render(request, "paying/bill.html", context, status=409 if fault else 200)
    response.headers["Content-Security-Policy"] = _policy()
    return response


def _own(request: HttpRequest, found: payments.BillView) -> bool:
    """Whether the reader is the one who owes it, and may fetch receipts."""
    if not request.user.is_authenticated:
        return False
    try:
        payments.bill(person_of(request), found.id)
    except Refusal:
        return False
    return True


def _back(found: payments.BillView, mine: bool) -> tuple[str, str]:
    if mine and found.dossier_id:
        return reverse("portal:dossier", args=[found.dossier_id]), _("The dossier")
    return reverse("public:home"), _("First page")


def _policy() -> str:
    """A form may lead to the gateway from this page, and from no other."""
    gateway = urlsplit(settings.MOTCUA_GATEWAY_URL)
    policy: Mapping[str, str] = {
        **POLICY,
        "form-action": f"'self' {gateway.scheme}://{gateway.netloc}",
    }
    return "; ".join(f"{name} {value}" for name, value in policy.items())
