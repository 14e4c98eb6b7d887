"""The two ways back from a payment gateway: the person's browser, and the gateway's own notice.

The browser proves nothing; only the signed notice, or the answer to our own question, settles a
payment. The notice is answered in the gateway's words, whatever happens.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from motcua.payments import api as payments
from motcua.web.shell.forms import see_other


@require_safe
def come_back(request: HttpRequest, gateway: str) -> HttpResponseBase:
    """To the bill that was being paid; what the gateway says is shown, never believed."""
    found = payments.come_back(gateway, request.GET.dict())
    if not found.bill_code:
        return render(request, "paying/unknown.html", status=404)
    return see_other("paying:bill", found.bill_code, query=f"?came={found.state}")


@csrf_exempt  # signed by the gateway, which has no cookie of ours
@require_http_methods(["GET", "POST"])
def notice(request: HttpRequest, gateway: str) -> HttpResponse:
    """From machine to machine; the answer says whether the gateway should come again."""
    params = request.GET if request.method == "GET" else request.POST
    return JsonResponse(payments.take_notice(gateway, params.dict()))
