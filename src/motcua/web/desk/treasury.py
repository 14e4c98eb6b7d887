"""The books of a body: refunds that wait for a second person, money that nobody can explain yet,
what came in, and what others owe."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from motcua.directory import api as directory
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal, sentence_of
from motcua.payments import api as payments
from motcua.web.desk.access import officer
from motcua.web.desk.moments import boxes, day_of
from motcua.web.desk.money_words import word
from motcua.web.desk.queues import place_of, side_of
from motcua.web.shell.context import Link
from motcua.web.shell.forms import see_other
from motcua.web.shell.sentences import of_refusal

PER_PAGE = 50
PLACES = ("to-bill", "give-back", "explained")
WAYS = ("asked", "taken-in", *PLACES)
STATES = {
    "open": gettext_lazy("To pay"),
    "paid": gettext_lazy("Paid"),
    "withdrawn": gettext_lazy("Withdrawn"),
}


@require_safe
@officer
def treasury(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What waits for a decision about money."""
    context = {
        "refunds": [(one, word(one.reason)) for one in payments.refunds_to_decide(actor)],
        "items": [(one, word(one.why)) for one in payments.suspense(actor)],
        "differences": [(one, word(one.kind)) for one in payments.differences(actor)],
        **_frame(actor, "treasury"),
    }
    return render(request, "desk/treasury.html", context)


@require_POST
@officer
def refund(request: HttpRequest, actor: Actor, *, refund_id: UUID) -> HttpResponseBase:
    """Approve (`do`=approve), decline, or note that it was given back by hand."""
    do, say = request.POST.get("do"), request.POST.get("say", "").strip()[:1000]
    try:
        if do == "approve":
            payments.approve_refund(actor, refund_id)
            messages.success(request, _("Approved. The money goes back the way it came."))
        elif do == "by-hand":
            payments.refund_made_by_hand(actor, refund_id, reference=say)
            messages.success(request, _("Noted as given back."))
        elif do == "decline":
            payments.decline_refund(actor, refund_id, say=say)
            messages.success(request, _("Declined."))
        else:
            messages.error(request, _("Choose what should happen."))
    except Refusal as no:
        _told(request, no)
    return see_other("desk:treasury")


@require_POST
@officer
def suspense(request: HttpRequest, actor: Actor, *, item_id: UUID) -> HttpResponseBase:
    """Say what a sum was: for a bill, to be given back, or explained."""
    return _settled(request, actor, item_id, by=payments.settle_suspense, ways=PLACES)


@require_POST
@officer
def difference(request: HttpRequest, actor: Actor, *, difference_id: UUID) -> HttpResponseBase:
    """Close a difference: ask the gateway, take the money in, place it, or explain."""
    return _settled(request, actor, difference_id, by=payments.settle_difference, ways=WAYS)


def _settled(
    request: HttpRequest,
    actor: Actor,
    item_id: UUID,
    *,
    by: Callable[..., None],
    ways: tuple[str, ...],
) -> HttpResponseBase:
    how = request.POST.get("how", "")
    if how not in ways:
        messages.error(request, _("Choose what should happen."))
        return see_other("desk:treasury")
    try:
        by(
            actor,
            item_id,
            how=how,
            say=request.POST.get("say", "").strip()[:1000],
            bill_code=request.POST.get("bill", "").strip()[:40],
        )
        messages.success(request, _("Settled."))
    except Refusal as no:
        _told(request, no)
    return see_other("desk:treasury")


@require_safe
@officer
def takings(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What was collected for the body and given back, between two days."""
    today = directory.today()
    since = day_of(request.GET, "since") or today - timedelta(days=30)
    until = day_of(request.GET, "until") or today
    lines = payments.statement_of(actor, _body(actor), since=since, until=until)
    context = {
        "lines": [(line, word(line.what)) for line in lines],
        "values": {**boxes("since", since), **boxes("until", until)},
        "total": sum(line.vnd for line in lines),
        **_frame(actor, "takings"),
    }
    return render(request, "desk/takings.html", context)


@require_safe
@officer
def debts(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What the body's own books say that others owe; its software keeps them."""
    status = request.GET.get("status", "")
    status = status if status in STATES else ""
    found = payments.debts_of(
        actor,
        _body(actor),
        status=status,
        limit=PER_PAGE,
        after=_uuid(request.GET.get("after", "")),
    )
    start = reverse("desk:debts")
    last = {"status": status, "after": str(found[-1].id)} if len(found) == PER_PAGE else {}
    context = {
        "debts": [(one, STATES[one.status]) for one in found],
        "states": [
            (title, f"{start}?{urlencode({'status': key})}", key == status)
            for key, title in {"": _("All"), **STATES}.items()
        ],
        "next_url": f"{start}?{urlencode(last)}" if last else "",
        **_frame(actor, "debts"),
    }
    return render(request, "desk/debts.html", context)


def _frame(actor: Actor, here: str) -> dict[str, Any]:
    """What stands around every page of the books."""
    titles = {
        "treasury": _("To decide"),
        "takings": _("What came in"),
        "debts": _("What is owed to us"),
    }
    ways = [
        Link(title, reverse(f"desk:{name}"), current=name == here) for name, title in titles.items()
    ]
    return {"ways": ways, "side": side_of(None), **place_of(actor)}


def _body(actor: Actor) -> UUID:
    """The body whose books these are."""
    if actor.body_id is None:
        raise Refusal("identity.not-allowed")
    return actor.body_id


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _told(request: HttpRequest, no: Refusal) -> None:
    """A "no" about one line is said above the list; one about rights is a page."""
    if sentence_of(no.code).status == 404 or no.code.startswith("identity."):
        raise no
    messages.error(request, of_refusal(no))
