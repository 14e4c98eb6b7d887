"""What is owed, found by its numbers: a bill by the customer code, a fine by its decision.

Nobody can look around in others' debts: all numbers together find one, asking is limited, and what
is shown names nobody.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.crypto import get_random_string
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from motcua.kernel.refusals import Problem, Refusal
from motcua.payments import api as payments
from motcua.web.shell.actors import person_of
from motcua.web.shell.components import Row
from motcua.web.shell.forms import is_redraw, see_other
from motcua.web.shell.middleware import address_of
from motcua.web.shell.sentences import of_refusal, pick

SAYABLE = {
    "payments.too-many-lookups",
    "payments.debt-changed",
    "payments.debt-token",
    "payments.several-creditors",
}


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables()
def find(request: HttpRequest, service: str) -> HttpResponse:
    """Ask for the numbers; then show what is owed under them."""
    procedure = _procedure(service)
    if request.method != "POST" or is_redraw(request):
        return _ask(request, procedure, problems=())
    answers, problems = _read(request, procedure)
    if problems or procedure.pays is None:
        return _ask(request, procedure, problems=problems)
    keys = {
        key: str(catalogue.get(answers, path) or "") for key, path in procedure.pays.find.items()
    }
    try:
        found = payments.find_debts(
            person_of(request),
            procedure.pays.debts,
            keys,
            by=address_of(request),
            shows=[one.name for one in procedure.pays.shows],
        )
    except Refusal as no:
        if no.code not in SAYABLE:
            raise
        return _ask(request, procedure, problems=(_whole(no),))
    return _list(request, procedure, found)


@require_POST
@sensitive_variables()
def make_bill(request: HttpRequest, service: str) -> HttpResponseBase:
    """A bill for the chosen debts; the same page sent twice gives the same bill."""
    procedure = _procedure(service)
    actor = person_of(request)
    payer = payments.Payer(
        name=request.POST.get("payer", "").strip()[:120] or actor.label,
        account_id=actor.account_id,
    )
    tokens = [token[:2000] for token in request.POST.getlist("debt")][:50]
    key = request.POST.get("key", "")[:64]
    try:
        code = payments.pay_debts(
            actor,
            tokens,
            payer,
            key=key,
            language=(get_language() or "vi")[:2],
            title=procedure.title,
        )
    except Refusal as no:
        if no.code not in SAYABLE:
            raise
        return _ask(request, procedure, problems=(_whole(no),))
    return see_other("paying:bill", code)


def _procedure(service: str) -> catalogue.Procedure:
    procedure = catalogue.current(service, directory.today())
    if procedure.pays is None:
        raise Refusal("catalogue.no-such-service", service=service)
    return procedure


def _read(
    request: HttpRequest, procedure: catalogue.Procedure
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    raw = {name: list(values) for name, values in request.POST.lists()}
    fields = catalogue.visible_fields(procedure, {})
    context = catalogue.Context(today=directory.today())
    return catalogue.read_fields(procedure, fields, raw, context=context)


def _ask(
    request: HttpRequest, procedure: catalogue.Procedure, *, problems: tuple[Problem, ...]
) -> HttpResponse:
    context = {
        "procedure": procedure,
        "fields": [field for page in procedure.form for field in page.ask],
        "values": request.POST,
        "problems": problems,
        "page_form": "find",
    }
    return render(request, "paying/find.html", context, status=422 if problems else 200)


def _list(
    request: HttpRequest, procedure: catalogue.Procedure, found: tuple[payments.DebtCard, ...]
) -> HttpResponse:
    context = {
        "procedure": procedure,
        "debts": [
            (one, directory.body(one.creditor_id).name, _details(procedure, one)) for one in found
        ],
        "total": sum(one.amount_vnd for one in found),
        "payer": person_of(request).label if request.user.is_authenticated else "",
        "key": get_random_string(24),
    }
    return render(request, "paying/owed.html", context)


def _details(procedure: catalogue.Procedure, debt: payments.DebtCard) -> list[Row]:
    shows = procedure.pays.shows if procedure.pays else ()
    language = (get_language() or "vi")[:2]
    return [
        Row(
            label=pick(one.title),
            value=catalogue.in_words(_field(one), debt.details[one.name], language),
        )
        for one in shows
        if debt.details.get(one.name) not in (None, "")
    ]


def _field(detail: Any) -> catalogue.Field:
    return catalogue.Field(field=detail.name, kind=detail.kind, title=detail.title)


def _whole(no: Refusal) -> Problem:
    text = dict.fromkeys(("vi", "en", "fr"), of_refusal(no))
    return Problem(path="find", code=no.code, text=text)
