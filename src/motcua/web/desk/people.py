"""Find a person, or a record by its key: the purpose first, then what is known of them.

What was typed waits in the session under a key that says nothing; each look is recorded with the
officer, the purpose and all whom it showed.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.directory import api as directory
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Problem, Refusal
from motcua.registers import api as registers
from motcua.registers.rules.finding import FindPeople, FoundPeople, FoundPerson
from motcua.web.desk import records_looks as looks
from motcua.web.desk.access import Raw, kept_for, officer, raw_of
from motcua.web.desk.moments import day_of
from motcua.web.desk.records_frame import (
    as_fault,
    duty_options,
    fault,
    frame,
    owner_of,
    purpose_in_words,
    today,
)
from motcua.web.desk.records_rights import Duties, duties_of, readable_at_all
from motcua.web.shell.controls import Typed
from motcua.web.shell.forms import is_redraw, see_other
from motcua.web.shell.sentences import pick

LIMIT = 20
KNOWN = ("number", "old_number", "name", "born", "born_year", "area")
BIRTH = ("born-day", "born-month", "born-year")
FIRST_YEAR = 1850
SAME_LETTERS, A_SLIP = 0.95, 0.7


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def find(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """The form; a POST keeps what was asked and leads to the answer."""
    duties = duties_of(actor)
    if not duties.all:
        raise PermissionDenied
    if request.method != "POST":
        return _form(request, actor, kept_for(request))
    raw = raw_of(request)
    if is_redraw(request):
        return _form(request, actor, raw)
    typed = Typed(raw)
    by_key = bool(typed.one("open"))
    problems = (*_purpose_faults(typed, duties), *(_key_faults if by_key else _faults)(typed))
    if problems:
        return _form(request, actor, raw, problems)
    if by_key:
        return _open(request, typed)
    names = (*KNOWN, *BIRTH, "area-province")
    kept = {name: raw[name] for name in names if any(raw.get(name, ()))}
    key = looks.keep(
        request,
        looks.Look(kind="search", purpose=typed.one("purpose"), reason=_reason(typed), typed=kept),
    )
    return see_other("desk:registers-found", key)


@require_safe
@officer
def found(request: HttpRequest, actor: Actor, *, look: str) -> HttpResponseBase:
    """Who fits what was typed, as cards; too many or nobody is said in words."""
    asked = looks.look(request, look, "search")
    try:
        people = _people(actor, asked)
    except Refusal as no:
        return _form(request, actor, _typed_again(asked), as_fault(no, "name"))
    context = {
        "people": [_card(one) for one in people],
        "too_many": people.too_many,
        "limit": LIMIT,
        "look": look,
        "purpose": purpose_in_words(asked.purpose),
        "reason": asked.reason,
        "asked": _asked_in_words(asked.typed),
        **frame(actor, "registers-find"),
    }
    return render(request, "desk/registers/found.html", context)


def _people(actor: Actor, asked: looks.Look) -> FoundPeople:
    """Who fits; nobody where the purpose opens nothing: the page is the same."""
    try:
        return registers.find_people(
            actor,
            asked_for(asked.typed),
            purpose=asked.purpose,
            reason=asked.reason,
            limit=LIMIT,
        )
    except Refusal as no:
        if no.code != "identity.not-allowed":
            raise
        return FoundPeople()


@require_POST
@officer
def open_found(request: HttpRequest, actor: Actor, *, look: str) -> HttpResponseBase:  # noqa: ARG001
    """Open the record of somebody found, for the same purpose."""
    asked = looks.look(request, look, "search")
    wanted = looks.Look(
        kind="record",
        purpose=asked.purpose,
        reason=asked.reason,
        register="population",
        key=request.POST.get("person", "")[:40],
    )
    return see_other("desk:registers-record", looks.keep(request, wanted))


def asked_for(raw: Raw) -> FindPeople:
    """What was typed as a question to the register."""
    typed = Typed(raw)
    year = typed.one("born_year").strip()
    return FindPeople(
        number=_digits(typed.one("number")),
        old_number=_digits(typed.one("old_number")),
        name=typed.one("name").strip(),
        born_on=day_of(typed, "born"),
        born_year=int(year) if year.isdecimal() else None,
        area=typed.one("area") or typed.one("area-province"),
    )


def _open(request: HttpRequest, typed: Typed) -> HttpResponseBase:
    wanted = looks.Look(
        kind="record",
        purpose=typed.one("purpose"),
        reason=_reason(typed),
        register=typed.one("register"),
        key=_key(typed.one("key")),
    )
    return see_other("desk:registers-record", looks.keep(request, wanted))


def _purpose_faults(typed: Typed, duties: Duties) -> list[Problem]:
    purpose = typed.one("purpose")
    if purpose.removeprefix("duty/") not in {one.duty for one in duties.all}:
        return [fault("purpose", _("Choose what you look for."))]
    if purpose in duties.with_reason and not _reason(typed):
        return [fault("reason", _("Say in words why: this purpose wants a reason each time."))]
    return []


def _faults(typed: Typed) -> list[Problem]:
    """Everything that is wrong with a search."""
    found: list[Problem] = []
    number, old = _digits(typed.one("number")), _digits(typed.one("old_number"))
    year = typed.one("born_year").strip()
    born = any(typed.one(name).strip() for name in BIRTH)
    if number and not (number.isdecimal() and len(number) == 12):
        found.append(fault("number", _("A personal number has 12 digits.")))
    if old and not (old.isdecimal() and len(old) == 9):
        found.append(fault("old_number", _("A former identity card number has 9 digits.")))
    if born and day_of(typed, "born") is None:
        found.append(fault("born", _("Give a day, a month and a year that exist.")))
    if year and not (year.isdecimal() and FIRST_YEAR <= int(year) <= today().year):
        found.append(fault("born_year", _("Type the year of birth with four digits.")))
    if not found and not (number or old or typed.one("name").strip()):
        found.append(fault("number", _("Give a number or a name; the rest only narrows it down.")))
    return found


def _key_faults(typed: Typed) -> list[Problem]:
    found: list[Problem] = []
    if typed.one("register") not in registers.registers():
        found.append(fault("register", _("Choose the register.")))
    if not _key(typed.one("key")):
        found.append(fault("key", _("Type the key of the record: a number, a plate, a code.")))
    return found


def _form(
    request: HttpRequest, actor: Actor, raw: Raw, problems: tuple[Problem, ...] = ()
) -> HttpResponse:
    context: dict[str, Any] = {
        "values": raw,
        "problems": problems,
        "purposes": duty_options(actor),
        "with_reason": [purpose_in_words(one) for one in sorted(duties_of(actor).with_reason)],
        "registers": [
            (one.register, f"{pick(one.title)} ({pick(one.subject.title)}; {owner_of(one)})")
            for one in readable_at_all(actor)
        ],
        "page_form": "find",
        **frame(actor, "registers-find"),
    }
    status = 422 if problems else 200
    return render(request, "desk/registers/find.html", context, status=status)


def _typed_again(asked: looks.Look) -> Raw:
    return {**asked.typed, "purpose": [asked.purpose], "reason": [asked.reason]}


def _card(one: FoundPerson) -> dict[str, Any]:
    """Somebody found, with how like they are in words; places by today's names."""
    person = one.person
    return {
        "person": person,
        "sex": {"male": _("Male"), "female": _("Female")}.get(person.sex, ""),
        "home": directory.area_path(person.residence_area) or person.residence_area,
        "likeness": likeness_in_words(one.likeness),
        "kind": "ok" if one.likeness >= 1 else "info" if one.likeness >= A_SLIP else "warn",
    }


def likeness_in_words(likeness: float) -> str:
    """How like a name is to the one that was typed."""
    if likeness >= 1:
        return _("Fits exactly")
    if likeness >= SAME_LETTERS:
        return _("Fits but for the accents")
    if likeness >= A_SLIP:
        return _("Fits but for a slip")
    return _("Only similar: compare with care")


def _asked_in_words(raw: Raw) -> list[tuple[str, str]]:
    wanted = asked_for(raw)
    born = wanted.born_on
    place = directory.area_path(wanted.area) if wanted.area else ""
    found = [
        (_("Personal number"), wanted.number),
        (_("Former identity card number"), wanted.old_number),
        (_("Name"), wanted.name),
        (_("Born on"), f"{born:%d/%m/%Y}" if born else ""),
        (_("Year of birth"), str(wanted.born_year or "")),
        (_("Place of residence"), place),
    ]
    return [(label, text) for label, text in found if text]


def _digits(text: str) -> str:
    return "".join(text.split()).replace(".", "").replace("-", "")[:40]


def _key(text: str) -> str:
    return text.strip()[:80]


def _reason(typed: Typed) -> str:
    return typed.one("reason").strip()[:1000]
