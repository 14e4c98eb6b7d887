"""Two cards that may be one person: side by side, and what two officers decide about them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from msgspec import Struct

from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Problem, Refusal
from motcua.registers import api as registers
from motcua.registers.rules.merging import MergeCard
from motcua.web.desk import records_looks as looks
from motcua.web.desk.access import Raw, kept_for, officer, raw_of
from motcua.web.desk.records_frame import as_fault, fault, frame, name_of, needed, said, tried
from motcua.web.desk.records_rights import keeps
from motcua.web.desk.records_words import words_of
from motcua.web.shell.context import Link
from motcua.web.shell.forms import see_other
from motcua.web.shell.sentences import pick

POPULATION, PURPOSE, MOST = "population", "duty/check-duplicates", 50
REASONS: dict[str, Any] = {
    "same-old-number": gettext_lazy("the same former number"),
    "same-name": gettext_lazy("the same name"),
    "like-name": gettext_lazy("names that differ by a slip"),
    "same-birth": gettext_lazy("the same birth date"),
    "same-mother": gettext_lazy("the same mother"),
    "same-household": gettext_lazy("the same household"),
    "same-residence": gettext_lazy("the same place of residence"),
}
KINDS: dict[str, Any] = {
    "merge": gettext_lazy("They are one person: merge"),
    "keep-apart": gettext_lazy("They are two persons: keep apart"),
}


class Compared(Struct, frozen=True, kw_only=True):
    """A field of both cards in words."""

    label: str
    first: str
    second: str

    @property
    def differs(self) -> bool:
        return self.first != self.second

    @property
    def one_lacks(self) -> bool:
        return not (self.first and self.second)


class Line(Struct, frozen=True, kw_only=True):
    """A proposal or decision, with what this officer may do about it."""

    merge: MergeCard
    kind: Any
    state: str
    css: str
    proposed_by: str
    decided_by: str
    may_decide: bool
    may_undo: bool
    undo_waits: bool


@require_safe
@officer
def duplicates(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Pairs that are likely one person, with why they look like it."""
    _require(actor)
    pairs = [(pair, reasons_of(pair.reasons)) for pair in registers.duplicates(actor, MOST)]
    context = {"pairs": pairs, **_frame(actor, "registers-duplicates")}
    return render(request, "desk/registers/duplicates.html", context)


@require_POST
@officer
def compare(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """Keep which two are compared; the address of the page does not name them."""
    _require(actor)
    pair = [request.POST.get(name, "")[:40] for name in ("first", "second")]
    if not all(pair):
        raise Http404
    look = looks.Look(kind="pair", purpose=PURPOSE, register=POPULATION, typed={"pair": pair})
    return see_other("desk:registers-pair", looks.keep(request, look))


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def pair(request: HttpRequest, actor: Actor, *, look: str) -> HttpResponseBase:
    """Two cards side by side, and the proposal of what they are."""
    _require(actor)
    asked = looks.look(request, look, "pair")
    found = registers.read_many(
        actor,
        [registers.Ask(register=POPULATION, key=number) for number in asked.typed["pair"]],
        purpose=PURPOSE,
    )
    first, second = found
    if first is None or second is None:
        raise Http404
    if request.method != "POST":
        return _pair(request, actor, (first, second), raw=kept_for(request), look=look)
    raw = raw_of(request)
    problems = _faults(request)
    if not problems:
        kept, merged = (second, first) if request.POST.get("kept") == "second" else (first, second)
        try:
            registers.propose_merge(
                actor,
                kept=_person(kept),
                merged=_person(merged),
                kind=request.POST["kind"],
                ground=said(request, "ground"),
            )
        except Refusal as no:
            problems = as_fault(no, "kind")
        else:
            messages.success(request, _("Proposed. A second officer decides."))
            return see_other("desk:registers-merges")
    return _pair(request, actor, (first, second), raw=raw, look=look, problems=problems)


@require_safe
@officer
def merges(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What was proposed and decided, newest first."""
    _require(actor)
    lines = [_line(actor, one) for one in registers.merges(actor)]
    context = {"lines": lines, **_frame(actor, "registers-merges")}
    return render(request, "desk/registers/merges.html", context)


@require_POST
@officer
def decide(request: HttpRequest, actor: Actor, *, merge_id: UUID) -> HttpResponseBase:
    """Approve, decline, or undo (`do`); undoing takes two officers again."""
    _require(actor)
    do = request.POST.get("do")
    if do in {"approve", "decline"}:
        approve = do == "approve"
        done = _("Approved.") if approve else _("Declined.")
        tried(request, lambda: registers.decide_merge(actor, merge_id, approve=approve), done)
    elif do == "undo":
        text = _("Noted. An undoing holds when two officers have asked for it.")
        tried(request, lambda: registers.undo_merge(actor, merge_id), text)
    else:
        messages.error(request, _("Choose what should happen."))
    return see_other("desk:registers-merges")


def reasons_of(codes: Any) -> list[Any]:
    """Why two cards look like one person, in words."""
    return [REASONS.get(code, code) for code in codes]


def compared(first: registers.Record, second: registers.Record) -> list[Compared]:
    """The fields of both cards in the order of the declaration; what neither has is left out."""
    register = registers.register(POPULATION)
    rows = []
    for kind in register.facts:
        for field in kind.fields:
            path = f"{kind.fact}.{field.field}"
            one, two = (words_of(field, r.get(path), r.as_of) for r in (first, second))
            if one or two:
                rows.append(Compared(label=pick(field.title), first=one, second=two))
    return rows


def _require(actor: Actor) -> None:
    if not keeps(actor, POPULATION):
        raise PermissionDenied


def _person(record: registers.Record) -> UUID:
    if record.person_id is None:
        raise Http404
    return record.person_id


def _faults(request: HttpRequest) -> tuple[Problem, ...]:
    kind, kept = request.POST.get("kind"), request.POST.get("kept")
    found: list[Problem] = []
    if kind not in KINDS:
        found.append(fault("kind", _("Say whether they are one person or two.")))
    if kind == "merge" and kept not in {"first", "second"}:
        found.append(fault("kept", _("Say which card stays.")))
    return (*found, *needed(request, "ground", _("Say what shows it, and on which law.")))


def _pair(
    request: HttpRequest,
    actor: Actor,
    both: tuple[registers.Record, registers.Record],
    *,
    raw: Raw,
    look: str,
    problems: tuple[Problem, ...] = (),
) -> HttpResponse:
    rows = compared(*both)
    context = {
        "first": both[0],
        "second": both[1],
        "rows": rows,
        "differences": sum(row.differs for row in rows),
        "kinds": list(KINDS.items()),
        "cards": [("first", _("The first card")), ("second", _("The second card"))],
        "values": raw,
        "problems": problems,
        "look": look,
        **_frame(actor, "registers-duplicates"),
    }
    status = 422 if problems else 200
    return render(request, "desk/registers/pair.html", context, status=status)


def _line(actor: Actor, one: MergeCard) -> Line:
    state, css = state_of(one)
    mine = one.undo_asked_by if one.undo_asked_at else one.proposed_by
    return Line(
        merge=one,
        kind=KINDS.get(one.kind, one.kind),
        state=state,
        css=css,
        proposed_by=name_of(one.proposed_by),
        decided_by=name_of(one.decided_by),
        may_decide=one.decided_at is None and one.proposed_by != actor.account_id,
        may_undo=one.holds and (one.undo_asked_at is None or mine != actor.account_id),
        undo_waits=one.holds and one.undo_asked_at is not None,
    )


def state_of(one: MergeCard) -> tuple[str, str]:
    """Where a proposal stands, as word and colour."""
    if one.undone_at:
        return _("Undone"), ""
    if one.undo_asked_at:
        return _("Undoing waits for a second officer"), "warn"
    if one.decided_at is None:
        return _("Waits for a second officer"), "warn"
    return (_("Approved"), "ok") if one.decision == "approved" else (_("Declined"), "late")


def _frame(actor: Actor, here: str) -> dict[str, Any]:
    titles = {
        "registers-duplicates": _("Likely duplicates"),
        "registers-merges": _("Proposed and decided"),
    }
    parts = [
        Link(title, reverse(f"desk:{name}"), current=name == here) for name, title in titles.items()
    ]
    return {"parts": parts, **frame(actor, "registers-duplicates")}
