"""A keeper corrects or ends a fact: first a form, then a page to check, then it is written.

Nothing is overwritten: the correction names the version that it corrects, and its legal ground.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from msgspec import Struct
from msgspec.structs import replace

from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Problem, Refusal
from motcua.registers import api as registers
from motcua.registers.rules.declaration import FactKind
from motcua.web.desk import records_looks as looks
from motcua.web.desk.access import Raw, kept_for, officer, raw_of
from motcua.web.desk.moments import boxes, day_of
from motcua.web.desk.records import name_in, shown_of, version_of
from motcua.web.desk.records_frame import as_fault, fault, frame, needed, said, today
from motcua.web.desk.records_rights import keeps
from motcua.web.desk.records_words import as_typed, at_fields, questions, read_values, words_of
from motcua.web.shell.components import Row
from motcua.web.shell.controls import Typed
from motcua.web.shell.forms import is_redraw, see_other
from motcua.web.shell.sentences import pick

DAYS = ("since", "until")


class Case(Struct, frozen=True, kw_only=True):
    """The version that is to be corrected or ended, in its record."""

    look: looks.Look
    token: str
    register: registers.Register
    record: registers.Record
    held: registers.Held
    asked: FactKind  # with the fields that the keeper may read: only those can be corrected


class Wanted(Struct, frozen=True, kw_only=True):
    """What a correction would write."""

    values: dict[str, Any]
    since: date | None
    until: date | None
    ground: str


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def correct(request: HttpRequest, actor: Actor, *, look: str, version: UUID) -> HttpResponseBase:
    """The form of a correction; `step`=check shows what would change, `step`=write writes it."""
    case = _case(request, actor, look, version=version)
    if request.method != "POST":
        return _form(request, actor, case, kept_for(request) or _as_held(case))
    raw = raw_of(request)
    if is_redraw(request) or request.POST.get("step") == "edit":
        return _form(request, actor, case, raw)
    wanted, problems = _wanted(request, case, raw)
    if problems:
        return _form(request, actor, case, raw, problems=problems)
    if request.POST.get("step") != "write":
        return _check(request, actor, case, raw=raw, wanted=wanted)
    try:
        registers.correct(
            actor,
            register=case.register.register,
            key=case.record.key,
            version_id=case.held.id,
            ground=wanted.ground,
            **_changes(case, wanted),
        )
    except Refusal as no:
        return _form(request, actor, case, raw, problems=at_fields(as_fault(no, "ground")))
    messages.success(request, _("Corrected. What was believed before stays in the history."))
    if dispute_id := _uuid(request.GET.get("dispute", "")):
        return see_other("desk:registers-dispute", dispute_id, query="?corrected")
    return see_other("desk:registers-record", look, query=f"?r={case.register.register}")


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def end(request: HttpRequest, actor: Actor, *, look: str, version: UUID) -> HttpResponseBase:
    """The form that ends a fact on a day; asked once more before it is written."""
    case = _case(request, actor, look, version=version)
    if request.method != "POST":
        return _end_form(request, actor, case, kept_for(request) or dict(_boxed("on", today())))
    raw = raw_of(request)
    on = day_of(raw, "on")
    problems = (
        *(() if on else (fault("on", _("Give a day, a month and a year that exist.")),)),
        *needed(request, "ground", _("Name the legal ground.")),
    )
    if on is None or problems or request.POST.get("step") == "edit":
        return _end_form(request, actor, case, raw, problems=problems)
    if request.POST.get("step") != "write":
        return _end_form(request, actor, case, raw, checking=on)
    try:
        registers.end_fact(
            actor,
            register=case.register.register,
            key=case.record.key,
            fact=case.held.fact,
            item=case.held.item,
            on=on,
            ground=said(request, "ground"),
        )
    except Refusal as no:
        return _end_form(request, actor, case, raw, problems=as_fault(no, "on"))
    messages.success(request, _("Ended. It stays in the history."))
    return see_other("desk:registers-record", look, query=f"?r={case.register.register}")


def _case(request: HttpRequest, actor: Actor, token: str, *, version: UUID) -> Case:
    """The version in its record, read for the purpose of the look; 404 when it is not there."""
    look = looks.look(request, token, "record")
    name = request.GET.get("r", "")
    register = registers.register(name if name in registers.registers() else look.register)
    if not keeps(actor, register.register):
        raise PermissionDenied
    record = registers.read(
        actor,
        registers.Ask(register=register.register, key=look.key),
        purpose=look.purpose,
        reason=look.reason,
    )
    held = version_of(record, version) if record else None
    kind = register.fact(held.fact) if held else None
    if record is None or held is None or kind is None:
        raise Http404
    seen = tuple(f for f in kind.fields if f"{kind.fact}.{f.field}" not in record.withheld)
    asked = replace(kind, fields=seen)
    return Case(look=look, token=token, register=register, record=record, held=held, asked=asked)


def _as_held(case: Case) -> Raw:
    """The form as it is first shown: what the register says now."""
    typed = as_typed(case.asked, case.held.values)
    raw = {name: [text] if isinstance(text, str) else list(text) for name, text in typed.items()}
    raw |= _boxed("since", case.held.valid_from)
    return raw | (_boxed("until", case.held.valid_until) if case.held.valid_until else {})


def _boxed(name: str, day: date) -> Raw:
    return {box: [text] for box, text in boxes(name, day).items()}


def _wanted(request: HttpRequest, case: Case, raw: Raw) -> tuple[Wanted, tuple[Problem, ...]]:
    values, problems = read_values(case.asked, raw, case.held.values)
    since, until = day_of(raw, "since"), day_of(raw, "until")
    found = list(problems)
    if since is None:
        found.append(fault("since", _("Give a day, a month and a year that exist.")))
    if until is None and _any(raw, "until"):
        found.append(fault("until", _("Give a day, a month and a year that exist.")))
    if since and until and until <= since:
        found.append(fault("until", _("The end must lie after the beginning.")))
    found += needed(request, "ground", _("Name the legal ground."))
    wanted = Wanted(values=values, since=since, until=until, ground=said(request, "ground"))
    if not found and _changes(case, wanted) == {"values": {}}:
        found.append(fault(questions(case.asked, {})[0].field, _("Nothing would change.")))
    return wanted, tuple(found)


def _any(raw: Raw, name: str) -> bool:
    typed = Typed(raw)
    return any(typed.one(f"{name}-{part}").strip() for part in ("day", "month", "year"))


def _changes(case: Case, wanted: Wanted) -> dict[str, Any]:
    """What differs, as the operation takes it: None takes a value away, date.max an end."""
    held, values = case.held, wanted.values
    names = [field.field for field in case.asked.fields]
    changed = {
        name: values.get(name)
        for name in names
        if values.get(name) != (held.values.get(name) or None)
    }
    found: dict[str, Any] = {"values": changed}
    if wanted.since != held.valid_from:
        found["valid_from"] = wanted.since
    if wanted.until != held.valid_until:
        found["valid_until"] = wanted.until or date.max
    return found


def _rows(case: Case, wanted: Wanted) -> list[Row]:
    """What would be written, with what was there before where it differs."""
    rows = []
    on = wanted.since or case.held.valid_from
    for field in case.asked.fields:
        before = words_of(field, case.held.values.get(field.field), case.held.valid_from)
        after = words_of(field, wanted.values.get(field.field), on)
        if before or after:
            was = (before or _("nothing")) if before != after else ""
            rows.append(Row(label=pick(field.title), value=after or _("nothing"), was=was))
    rows.append(_day_row(_("Holds from"), case.held.valid_from, wanted.since))
    rows.append(_day_row(_("Until before"), case.held.valid_until, wanted.until))
    rows.append(Row(label=_("Legal ground"), value=wanted.ground))
    return rows


def _day_row(label: str, before: date | None, after: date | None) -> Row:
    old, new = _day(before), _day(after)
    return Row(label=label, value=new, was=old if old != new else "")


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else _("no end known")


def _form(
    request: HttpRequest,
    actor: Actor,
    case: Case,
    raw: Raw,
    *,
    problems: tuple[Problem, ...] = (),
) -> HttpResponse:
    context = {
        **_around(actor, case, raw),
        "questions": questions(case.asked, case.held.values),
        "problems": problems,
        "page_form": "correct",
    }
    status = 422 if problems else 200
    return render(request, "desk/registers/correct.html", context, status=status)


def _check(
    request: HttpRequest, actor: Actor, case: Case, *, raw: Raw, wanted: Wanted
) -> HttpResponse:
    context = {**_around(actor, case, raw), "rows": _rows(case, wanted), "typed": _pairs(raw)}
    return render(request, "desk/registers/correct_check.html", context)


def _end_form(
    request: HttpRequest,
    actor: Actor,
    case: Case,
    raw: Raw,
    *,
    problems: tuple[Problem, ...] = (),
    checking: date | None = None,
) -> HttpResponse:
    context = {
        **_around(actor, case, raw),
        "problems": problems,
        "checking": checking,
        "ground": said(request, "ground"),
        "typed": _pairs(raw),
    }
    status = 422 if problems else 200
    return render(request, "desk/registers/end.html", context, status=status)


def _pairs(raw: Mapping[str, list[str]]) -> list[tuple[str, str]]:
    """What was typed as hidden fields of the page to check."""
    return [(name, text) for name, texts in raw.items() if name != "step" for text in texts]


def _around(actor: Actor, case: Case, raw: Raw) -> dict[str, Any]:
    return {
        "case": case,
        "shown": shown_of(case.register, case.held, case.held.valid_from),
        "name": name_in(case.record),
        "look": case.token,
        "query": f"?r={case.register.register}",
        "values": raw,
        **frame(actor, "registers-find"),
    }


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
