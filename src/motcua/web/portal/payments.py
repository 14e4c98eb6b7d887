"""What the account has to pay and has paid, with its receipts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.directory import api as directory
from motcua.kernel.actors import Actor
from motcua.payments import api as payments
from motcua.web.portal.access import signed_in


@require_safe
@signed_in
def mine(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Open bills first, then what was paid, newest first."""
    found = [(one, directory.body(one.creditor_id).name) for one in payments.my_bills(actor)]
    context = {
        "open": [pair for pair in found if pair[0].left_vnd],
        "ended": [pair for pair in found if not pair[0].left_vnd],
    }
    return render(request, "portal/payments.html", context)
