"""My data: what the state holds about me, what is wrong with it, copies, and what I agreed to."""

from typing import Any
from uuid import UUID

import msgspec
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from msgspec import Struct

from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from motcua.dossiers import api as dossiers
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.openness import api as openness
from motcua.registers import api as registers
from motcua.web.portal.access import signed_in
from motcua.web.shell.forms import see_other
from motcua.web.shell.sentences import pick

CORRECTION = "data-correction"
# The rights that this page offers as services, in the order of the law.
RIGHTS = (
    "data-access",
    "data-copy",
    "data-correction",
    "data-restriction",
    "data-objection",
    "consent-withdrawal",
    "data-erasure",
)


class Line(Struct, frozen=True, kw_only=True):
    """A value in words; `path` is what "this is wrong" needs."""

    title: str
    value: str
    path: str


class Card(Struct, frozen=True, kw_only=True):
    """A fact as the page shows it; `entry` tells it from others of its kind."""

    fact: openness.FactShown
    lines: tuple[Line, ...]
    entry: str


@require_safe
@signed_in
def my_data(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What each register holds about me, or about a minor child of mine, with its source."""
    try:
        found = openness.holdings(actor, of := chosen(request))
    except Refusal as no:
        if no.code != "openness.person-needed":
            raise
        return render(request, "portal/my-data-unknown.html", {}, status=403)
    context = {
        "holdings": [(one, _cards(one)) for one in found],
        "people": openness.relatives(actor),
        "of": of,
        "log": reverse("portal:access-log") + (f"?of={of}" if of else ""),
    }
    return render(request, "portal/my-data.html", context)


def chosen(request: HttpRequest) -> UUID | None:
    """Whose data: the opaque identifier in the address; None for one's own."""
    try:
        return UUID(request.GET["of"]) if request.GET.get("of") else None
    except ValueError:
        raise Refusal("openness.not-yours") from None


def _cards(one: openness.Holding) -> list[Card]:
    by_person = registers.register(one.register).subject.kind == "person"
    return [
        Card(
            fact=fact,
            entry=fact.item if by_person else one.key,
            lines=tuple(
                Line(title=pick(field.title), value=openness.value_of(field), path=field.path)
                for field in fact.fields
            ),
        )
        for fact in one.facts
    ]


@require_POST
@signed_in
def wrong(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """Open the service that corrects data, filled with what is said to be wrong."""
    register = registers.register(request.POST.get("register", ""))
    field = register.field(request.POST.get("path", ""))
    draft = dossiers.open_draft(actor, CORRECTION)
    known = {"register": register.register, "entry": request.POST.get("entry", "")[:60]}
    about = {**known, "what": pick(field.title) if field else ""}
    answers = {"request": {name: value for name, value in about.items() if value}}
    dossiers.save_answers(actor, draft.id, answers)
    messages.info(request, _("Say what is right. The rest is filled in already."))
    return see_other("portal:draft", draft.id)


@require_POST
@signed_in
def copy(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """A copy of everything: JSON for machines, PDF for reading."""
    day = timezone.localdate(clock.now()).isoformat()
    if request.POST.get("format") == "pdf":
        language = (get_language() or "vi")[:2]
        content = openness.data_copy_pdf(actor, language=language)
        return _download(content, "application/pdf", f"my-data-{day}.pdf")
    content = msgspec.json.format(msgspec.json.encode(openness.data_copy(actor)), indent=2)
    return _download(content, "application/json", f"my-data-{day}.json")


def _download(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    disposition = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = str(disposition)
    return response


@require_safe
@signed_in
def rights(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What I agreed to, restricted and objected to, and each right as a service."""
    return _rights(request, actor)


def _rights(request: HttpRequest, actor: Actor, *, status: int = 200, **more: Any) -> HttpResponse:
    found = openness.declarations(actor)
    context = {
        "found": found,
        "limits": [(one, _lines(one)) for one in (*found.restrictions, *found.objections)],
        "mandates": [(one, _lines(one)) for one in found.mandates],
        "not_ticked": "",
        "services": _services(),
        "questions": [
            (one, openness.STANDINGS[one.standing], openness.FINDINGS.get(one.finding, ""))
            for one in openness.my_questions(actor)
        ],
        **more,
    }
    return render(request, "portal/my-data-rights.html", context, status=status)


def _services() -> list[tuple[str, dict[str, str]]]:
    """Those of the rights that the pack offers today."""
    offered = {one.service: one.title for one in catalogue.procedures(directory.today())}
    return [(slug, offered[slug]) for slug in RIGHTS if slug in offered]


def _lines(one: openness.FactShown) -> list[tuple[str, str]]:
    return [(pick(field.title), openness.value_of(field)) for field in one.fields]


@require_POST
@signed_in
def consent(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """Agree to the text on the page, with one's own tick; or withdraw."""
    name = request.POST.get("agreement", "")
    if request.POST.get("do") == "withdraw":
        openness.withdraw_consent(actor, name)
        messages.success(request, _("Withdrawn. It holds from now on."))
        return see_other("portal:my-data-rights")
    try:
        openness.give_consent(
            actor,
            name,
            revision=_number(request.POST.get("revision", "")),
            digest=request.POST.get("digest", ""),
            ticked=request.POST.get("agree") == "on",
        )
    except Refusal as no:
        if no.code != "openness.not-ticked":
            raise
        return _rights(request, actor, status=422, not_ticked=name)
    messages.success(request, _("You have agreed. You can withdraw here at any time."))
    return see_other("portal:my-data-rights")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
