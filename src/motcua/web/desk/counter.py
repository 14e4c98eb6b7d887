"""At the counter: who stands there, and which service is meant.

A look-up of a personal number is recorded with its purpose. What was found waits in the session,
never in an address, until the form is opened.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from motcua.dossiers import api as dossiers
from motcua.identity import api as identity
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Problem, Refusal, sentence_of
from motcua.registers import api as registers
from motcua.web.desk.access import Raw, officer, raw_of
from motcua.web.desk.facts import language
from motcua.web.desk.queues import place_of, side_of
from motcua.web.shell.controls import Typed
from motcua.web.shell.forms import is_redraw, see_other

SLOT, PURPOSE = "desk-counter", "duty/counter-filing"
PERSON = ("personal_number", "name", "phone", "email")
WRONG = {
    "identity.personal-number-wrong": "personal_number",
    "desk.nobody-found": "personal_number",
    "identity.evidence-missing": "evidence",
}


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def counter(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """One page: find or enter the person, choose the service, begin."""
    identity.require(actor, "receive", actor.body_id)
    if request.method != "POST":
        return _show(request, actor, _known(request))
    raw = raw_of(request)
    typed = Typed(raw)
    if is_redraw(request) or typed.one("search"):
        return _show(request, actor, raw)
    if typed.one("forget"):
        request.session.pop(SLOT, None)
        return see_other("desk:counter")
    try:
        return _find(request, actor, typed) if typed.one("find") else _begin(request, actor, typed)
    except Refusal as no:
        return _refused(request, actor, raw, no)


@require_POST
@officer
def verify(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """The identity card was seen: the account is verified from now on (level 2)."""
    found = request.session.get(SLOT, {})
    if not found.get("account"):
        raise Refusal("identity.account-not-found")
    evidence = request.POST.get("evidence", "")
    try:
        identity.raise_level(actor, account_id=UUID(found["account"]), evidence=evidence)
    except Refusal as no:
        return _refused(request, actor, {**_known(request), "evidence": [evidence]}, no)
    request.session[SLOT] = {**found, "level": 2}
    messages.success(request, _("The identity was verified."))
    return see_other("desk:counter")


def _find(request: HttpRequest, actor: Actor, typed: Typed) -> HttpResponseBase:
    """Look the number up among the accounts, then in the population register."""
    number = typed.one("personal_number").replace(" ", "")
    found = identity.find_accounts(actor, number, purpose=PURPOSE)
    kept: dict[str, Any] = {"personal_number": number, "service": typed.one("service")}
    if found:
        card = found[0]
        kept |= {"name": card.full_name, "phone": card.phone, "email": card.email}
        kept |= {"account": str(card.id), "level": card.level, "source": "account"}
    else:
        person = registers.person_by_number(actor, number, purpose=PURPOSE)
        if person is None:
            raise Refusal("desk.nobody-found")
        kept |= {"name": person.full_name, "source": "population"}
    request.session[SLOT] = kept
    return see_other("desk:counter")


def _begin(request: HttpRequest, actor: Actor, typed: Typed) -> HttpResponseBase:
    applicant = {name: typed.one(name).strip() for name in PERSON}
    applicant["personal_number"] = applicant["personal_number"].replace(" ", "")
    service = typed.one("service")
    faults = [("name", "desk.name-needed")] if not applicant["name"] else []
    faults += [] if service else [("service", "desk.service-needed")]
    if faults:
        problems = tuple(Problem(path=path, code=code) for path, code in faults)
        raise Refusal("dossiers.form-incomplete", problems, count=len(problems))
    given = {name: value for name, value in applicant.items() if value}
    draft = dossiers.open_draft(actor, service, applicant=given)
    request.session.pop(SLOT, None)
    return see_other("desk:draft", draft.id)


def _refused(request: HttpRequest, actor: Actor, raw: Raw, no: Refusal) -> HttpResponse:
    if not no.problems and no.code not in WRONG and sentence_of(no.code).status != 422:
        raise no
    path = WRONG.get(no.code, "name")
    problems = no.problems or (Problem(path=path, code=no.code, params=no.params),)
    return _show(request, actor, raw, problems=problems)


def _show(
    request: HttpRequest, actor: Actor, raw: Raw, *, problems: tuple[Problem, ...] = ()
) -> HttpResponse:
    typed, found = Typed(raw), request.session.get(SLOT, {})
    text = typed.one("q")
    hits = catalogue.search(text, lang=language(), on=directory.today(), limit=12)
    may_verify = "verify-identity" in actor.permissions and bool(found.get("account"))
    context = {
        "values": raw,
        "problems": problems,
        "found": found,
        "services": [(hit.service, hit.title) for hit in hits],
        "text": text,
        "may_verify": may_verify and found.get("level") != 2,
        "page_form": "counter",
        "side": side_of(None),
        **place_of(actor),
    }
    return render(request, "desk/counter.html", context, status=422 if problems else 200)


def _known(request: HttpRequest) -> Raw:
    """The person that was found, as if typed."""
    found = request.session.get(SLOT, {})
    names = (*PERSON, "service")
    return {name: [str(found[name])] for name in names if found.get(name)}
