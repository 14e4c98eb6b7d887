"""A record as its purpose shows it: facts with their source and their time, and their history.

The address names a look that waits in the session, never the person. A record that is not there and
one that the purpose does not open have the same page.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from msgspec import Struct

from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Problem
from motcua.registers import api as registers
from motcua.web.desk import records_looks as looks
from motcua.web.desk.access import officer
from motcua.web.desk.moments import boxes, day_of, moment_of
from motcua.web.desk.records_frame import (
    fault,
    frame,
    owner_of,
    purpose_in_words,
    title_of,
    today,
)
from motcua.web.desk.records_rights import keeps, readable_for
from motcua.web.desk.records_words import fact_title, field_title, in_words
from motcua.web.shell.context import Link
from motcua.web.shell.forms import see_other

CASEWORK = frozenset({"receive", "process", "sign", "opine", "lead"})


class Shown(Struct, frozen=True, kw_only=True):
    """A version of a fact in words."""

    held: registers.Held
    title: str
    rows: tuple[tuple[str, str], ...]
    withheld: bool  # the reader may see none of its values


class Told(Struct, frozen=True, kw_only=True):
    """A version in the history of a fact: what became of it, and by which version."""

    shown: Shown
    state: str  # "held", "corrected" or "replaced"
    corrected_why: str = ""


class Axes(Struct, frozen=True, kw_only=True):
    """As of which day, as known at which moment; None is now. What was typed, and its faults."""

    as_of: date | None
    known_at: datetime | None
    values: dict[str, Any]
    problems: tuple[Problem, ...]


@require_safe
@officer
def record(request: HttpRequest, actor: Actor, *, look: str) -> HttpResponseBase:
    """One record: `r` names another register about the same person; axes as in `axes_of`."""
    asked = looks.look(request, look, "record")
    axes = axes_of(request)
    register = _register_of(request, actor, asked)
    found = registers.read(
        actor,
        registers.Ask(register=register.register, key=asked.key),
        purpose=asked.purpose,
        reason=asked.reason,
        as_of=axes.as_of,
        known_at=axes.known_at,
    )
    context = _around(actor, look, asked=asked, register=register)
    context |= {"axes": axes, "problems": axes.problems}
    if found is None:
        return render(request, "desk/registers/record_none.html", context)
    context |= {
        "facts": [shown_of(register, one, found.as_of) for one in _in_order(register, found.facts)],
        "withheld": [field_title(register, path) for path in found.withheld],
        "disputed": any(one.disputed for one in found.facts),
        "name": name_in(found),
        "holder": _holder(register, found),
        "keeps": keeps(actor, register.register) and axes.known_at is None,
        "sees_dossiers": bool(CASEWORK & actor.permissions),
    }
    status = 422 if axes.problems else 200
    return render(request, "desk/registers/record.html", context, status=status)


@require_safe
@officer
def history(request: HttpRequest, actor: Actor, *, look: str) -> HttpResponseBase:
    """All versions of all facts of a record, on both axes, in words."""
    asked = looks.look(request, look, "record")
    register = _register_of(request, actor, asked)
    versions = registers.history(
        actor,
        registers.Ask(register=register.register, key=asked.key),
        purpose=asked.purpose,
        reason=asked.reason,
    )
    context = _around(actor, look, asked=asked, register=register)
    if not versions:
        return render(request, "desk/registers/record_none.html", context)
    context |= {"lines": told(register, versions), "sees_dossiers": CASEWORK & actor.permissions}
    return render(request, "desk/registers/history.html", context)


@require_POST
@officer
def holder(request: HttpRequest, actor: Actor, *, look: str) -> HttpResponseBase:  # noqa: ARG001
    """From a thing (a vehicle, a contract) to the person whom it concerns, for the same purpose."""
    asked = looks.look(request, look, "record")
    wanted = looks.Look(
        kind="record",
        purpose=asked.purpose,
        reason=asked.reason,
        register="population",
        key=request.POST.get("person", "")[:40],
    )
    return see_other("desk:registers-record", looks.keep(request, wanted))


@require_POST
@officer
def forget(request: HttpRequest, actor: Actor) -> HttpResponseBase:  # noqa: ARG001
    """The officer has finished: what was looked at is dropped from the session."""
    looks.forget(request)
    return see_other("desk:registers-find")


def axes_of(request: HttpRequest) -> Axes:
    """The two axes from the address: `as_of` a day, `known` a day with a time."""
    typed = request.GET
    as_of, known = day_of(typed, "as_of"), moment_of(typed, "known")
    problems: list[Problem] = []
    if _given(typed, "as_of") and as_of is None:
        problems.append(fault("as_of", _("Give a day, a month and a year that exist.")))
    if _given(typed, "known") and known is None:
        words = _("Give a day that exists and a time such as 14:30.")
        problems.append(fault("known", words))
    if known and known > clock.now():
        problems.append(fault("known", _("What will be known later cannot be shown.")))
        known = None
    values = {name: typed[name] for name in typed if name.startswith(("as_of", "known"))}
    if not _given(typed, "as_of"):
        values |= boxes("as_of", today())
    return Axes(as_of=as_of, known_at=known, values=values, problems=tuple(problems))


def _given(typed: Any, name: str) -> bool:
    parts = [f"{name}-{part}" for part in ("day", "month", "year", "time")]
    return any(typed.get(part, "").strip() for part in parts)


def shown_of(register: registers.Register, held: registers.Held, on: date) -> Shown:
    """A version in words; places by the names that they bore on that day."""
    kind = register.fact(held.fact)
    rows = in_words(kind, held.values, on) if kind else []
    title = fact_title(register, held.fact)
    return Shown(held=held, title=title, rows=tuple(rows), withheld=not rows)


def told(
    register: registers.Register, versions: Iterable[registers.Held]
) -> list[tuple[str, list[Told]]]:
    """For each fact its versions, newest belief first, and what became of each."""
    versions = sorted(versions, key=lambda one: (one.recorded_at, one.valid_from), reverse=True)
    corrected = {one.corrects: one for one in versions if one.corrects}
    lines: dict[tuple[str, str], list[Told]] = {}
    for one in versions:
        by = corrected.get(one.id)
        state = "corrected" if by else "replaced" if one.replaced_at else "held"
        entry = Told(
            shown=shown_of(register, one, one.valid_from),
            state=state,
            corrected_why=by.ground if by else "",
        )
        lines.setdefault((one.fact, one.item), []).append(entry)
    order = {kind.fact: place for place, kind in enumerate(register.facts)}
    keys = sorted(lines, key=lambda key: (order.get(key[0], 99), key[1]))
    return [(_line_title(register, *key), lines[key]) for key in keys]


def _line_title(register: registers.Register, fact: str, item: str) -> str:
    kind = register.fact(fact)
    title = fact_title(register, fact)
    return f"{title} ({item})" if item and kind and kind.many not in {"", "dossier"} else title


def name_in(found: registers.Record) -> str:
    """What the record may be called, of the values that the reader may see."""
    paths = ("identity.full_name", "registration.name", "birth.name")
    return next((str(name) for path in paths if (name := found.get(path))), "")


def _in_order(
    register: registers.Register, facts: Iterable[registers.Held]
) -> list[registers.Held]:
    order = {kind.fact: place for place, kind in enumerate(register.facts)}
    return sorted(facts, key=lambda one: (order.get(one.fact, 99), one.item))


def _register_of(request: HttpRequest, actor: Actor, asked: looks.Look) -> registers.Register:
    """The register asked for; `r` may name another one about persons that the purpose opens."""
    own = registers.register(asked.register)
    other = registers.registers().get(request.GET.get("r", ""))
    if other is None or other is own or not _about_person(own):
        return own
    return other if other in _others(actor, asked) else own


def _others(actor: Actor, asked: looks.Look) -> list[registers.Register]:
    return [one for one in readable_for(actor, asked.purpose) if _about_person(one)]


def _about_person(register: registers.Register) -> bool:
    return register.subject.kind == "person"


def _holder(register: registers.Register, found: registers.Record) -> str:
    """The person whom a thing concerns, if the reader may see who it is."""
    path = register.subject.holder
    return str(found.get(path) or "") if path else ""


def _around(
    actor: Actor, look: str, *, asked: looks.Look, register: registers.Register
) -> dict[str, Any]:
    start = reverse("desk:registers-record", args=[look])
    about_person = _about_person(registers.register(asked.register))
    others = _others(actor, asked) if about_person else []
    return {
        "look": look,
        "register": register,
        "owner": owner_of(register),
        "purpose": purpose_in_words(asked.purpose),
        "reason": asked.reason,
        "ends_at": asked.ends_at,
        "minutes_left": looks.minutes_left(asked),
        "query": f"?{urlencode({'r': register.register})}",
        "others": [
            Link(
                title_of(one.register),
                f"{start}?{urlencode({'r': one.register})}",
                current=one.register == register.register,
            )
            for one in others
        ]
        if len(others) > 1
        else [],
        **frame(actor, "registers-find"),
    }


def version_of(found: registers.Record, version_id: UUID) -> registers.Held | None:
    """The version of that identifier among the facts of a record."""
    return next((one for one in found.facts if one.id == version_id), None)
