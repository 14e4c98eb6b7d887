"""Files on their way into a register and out of it: how far they are, which rows were not taken."""

import csv
import io
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from msgspec import Struct

from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Problem, Refusal, declared
from motcua.registers import api as registers
from motcua.registers.rules.importing import RowFault, RunCard
from motcua.web.desk.access import Raw, officer, raw_of
from motcua.web.desk.records_frame import as_fault, fault, frame, needed, said, title_of, tried
from motcua.web.desk.records_rights import kept_by
from motcua.web.desk.records_words import fact_title, field_title
from motcua.web.shell.forms import see_other
from motcua.web.shell.sentences import of_problem, pick

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
STATES: dict[str, tuple[Any, str]] = {
    "waiting": (gettext_lazy("waits for its turn"), "info"),
    "running": (gettext_lazy("is being read"), "info"),
    "done": (gettext_lazy("done"), "ok"),
    "stopped": (gettext_lazy("stopped"), "warn"),
    "failed": (gettext_lazy("broke off"), "late"),
}
UNDER_WAY = ("waiting", "running")
PER_PAGE = 100


class Fault(Struct, frozen=True, kw_only=True):
    """A row that was not taken, in words."""

    row: int
    field: str
    why: str


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def imports(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """All runs of the registers kept here, and the form for one more file."""
    kept = _kept(actor)
    if request.method != "POST":
        return _list(request, actor, kept, raw={})
    problems = _upload_faults(request, kept)
    if not problems:
        register, fact = request.POST["what"].split(".")
        given: Any = request.FILES["file"]
        try:
            run_id = registers.start_import(
                actor,
                register=register,
                fact=fact,
                file=given,
                name=str(given.name)[:200],
                ground=said(request, "ground"),
            )
        except Refusal as no:
            problems = as_fault(no, "file")
        else:
            return see_other("desk:registers-import", run_id)
    return _list(request, actor, kept, raw=raw_of(request), problems=problems)


@require_safe
@officer
def progress(request: HttpRequest, actor: Actor, *, run_id: UUID) -> HttpResponse:
    """The part of the page that a script asks for again and again."""
    return render(request, "desk/registers/progress.html", _standing(_run(actor, run_id)))


@require_safe
@officer
def run(request: HttpRequest, actor: Actor, *, run_id: UUID) -> HttpResponse:
    """How far one file is, and the rows that were not taken."""
    found = _run(actor, run_id)
    after = request.GET.get("after", "")
    start = int(after) if after.isdecimal() and len(after) < 18 else 0
    faults = _faults(actor, found, start)
    last = f"?after={faults[-1].row}" if len(faults) >= PER_PAGE else ""
    here = reverse("desk:registers-import", args=[run_id])
    context = _standing(found) | {
        "faults": faults[:PER_PAGE],
        "next_url": f"{here}{last}" if last else "",
        "first_url": here if start else "",
        **frame(actor, "registers-imports"),
    }
    return render(request, "desk/registers/import.html", context)


@require_POST
@officer
def change(request: HttpRequest, actor: Actor, *, run_id: UUID) -> HttpResponseBase:
    """Stop it where it is, or go on from there (`do`)."""
    _kept(actor)
    do = request.POST.get("do")
    if do == "stop":
        tried(request, lambda: registers.stop_import(actor, run_id), _("Stopped where it was."))
    elif do == "resume":
        tried(request, lambda: registers.resume_import(actor, run_id), _("It goes on."))
    else:
        raise Http404
    return see_other("desk:registers-import", run_id)


@require_safe
@officer
def faults(request: HttpRequest, actor: Actor, *, run_id: UUID) -> HttpResponseBase:  # noqa: ARG001
    """All rows that were not taken as CSV: number of the row, field, reason."""
    found = _run(actor, run_id)
    return _download(_fault_lines(actor, found), FORMATS["csv"], f"{run_id}-faults.csv")


@require_POST
@officer
def export(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """What a fact of a register holds now, as a file; recorded like every reading."""
    kept = _kept(actor)
    what, form = request.POST.get("what", ""), request.POST.get("format", "")
    if what not in dict(_facts_of(kept)) or form not in FORMATS:
        wrong = fault("export-what", _("Choose what to export, and in which form."))
        return _list(request, actor, kept, raw=raw_of(request), problems=(wrong,))
    register, fact = what.split(".")
    try:
        blocks = registers.export_rows(actor, register=register, fact=fact, format=form)
    except Refusal as no:
        problems = as_fault(no, "export-what")
        return _list(request, actor, kept, raw=raw_of(request), problems=problems)
    return _download(blocks, FORMATS[form], f"{register}-{fact}.{form}")


def _standing(found: RunCard) -> dict[str, Any]:
    return {
        "run": found,
        "word": STATES.get(found.state, (found.state, "")),
        "under_way": found.state in UNDER_WAY,
        "what": what_of(found.register, found.fact),
        "percent": _percent(found),
        "why": _broke_off(found.why),
    }


def what_of(register: str, fact: str) -> str:
    """A fact of a register in words."""
    known = registers.registers().get(register)
    return f"{title_of(register)}: {fact_title(known, fact)}" if known else f"{register}.{fact}"


def _kept(actor: Actor) -> list[registers.Register]:
    kept = kept_by(actor)
    if not kept:
        raise PermissionDenied
    return kept


def _run(actor: Actor, run_id: UUID) -> RunCard:
    names = {one.register for one in _kept(actor)}
    found = registers.import_run(actor, run_id)
    if found is None or found.register not in names:
        raise Http404
    return found


def _facts_of(kept: list[registers.Register]) -> list[tuple[str, str]]:
    return [
        (f"{one.register}.{kind.fact}", f"{pick(one.title)}: {pick(kind.title)}")
        for one in kept
        for kind in one.facts
        if kind.many != "dossier"  # what only a decided application writes
    ]


def _upload_faults(request: HttpRequest, kept: list[registers.Register]) -> tuple[Problem, ...]:
    found: list[Problem] = []
    if request.POST.get("what", "") not in dict(_facts_of(kept)):
        found.append(fault("what", _("Choose which fact the file holds.")))
    given = request.FILES.get("file")
    if given is None:
        found.append(fault("file", _("Choose the file.")))
    elif not str(given.name).lower().endswith((".csv", ".xlsx")):
        found.append(fault("file", _("The file must be CSV (UTF-8) or XLSX.")))
    return (*found, *needed(request, "ground", _("Name the legal ground.")))


def _list(
    request: HttpRequest,
    actor: Actor,
    kept: list[registers.Register],
    *,
    raw: Raw,
    problems: tuple[Problem, ...] = (),
) -> HttpResponse:
    names = {one.register for one in kept}
    runs = [one for one in registers.import_runs(actor) if one.register in names]
    context = {
        "runs": [
            (one, what_of(one.register, one.fact), *STATES.get(one.state, (one.state, "")))
            for one in runs
        ],
        "facts": _facts_of(kept),
        "columns": list(_columns(kept)),
        "file_error": next((of_problem(one) for one in problems if one.path == "file"), ""),
        "values": raw,
        "problems": problems,
        **frame(actor, "registers-imports"),
    }
    status = 422 if problems else 200
    return render(request, "desk/registers/imports.html", context, status=status)


def _columns(kept: list[registers.Register]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """For each fact the titles of the columns that its file has."""
    for value, label in _facts_of(kept):
        yield label, registers.import_columns(*value.split("."))


def _broke_off(code: str) -> str:
    """Why a run broke off, in words."""
    if not code:
        return ""
    words = str(declared()[code].text) if code in declared() else ""
    return words if words and "%(" not in words else _("The file cannot be read any further.")


def _percent(found: RunCard) -> int | None:
    """How much is done, or None while nobody knows how long the file is."""
    if found.state == "done":
        return 100
    return min(99, found.done * 100 // found.rows) if found.rows else None


def _faults(actor: Actor, found: RunCard, after: int) -> list[Fault]:
    register = registers.registers().get(found.register)
    found_rows = registers.import_faults(actor, found.id, after=after, limit=PER_PAGE)
    labels = {one.field: _field(register, found.fact, one.field) for one in found_rows}
    return [
        Fault(row=one.row, field=labels[one.field], why=_why(one, labels[one.field]))
        for one in found_rows
    ]


def _field(register: registers.Register | None, fact: str, field: str) -> str:
    """The label of a column; what no field is called stays as the file calls it."""
    if register is None or not field:
        return field
    if field == "subject":
        return pick(register.subject.title)
    path = field if "." in field else f"{fact}.{field}"
    return field_title(register, path) if register.field(path) else field


def _why(one: RowFault, label: str) -> str:
    params = {**one.params, **({"field": label} if "field" in one.params else {})}
    return of_problem(Problem(path=one.field, code=one.code, params=params), label)


def _fault_lines(actor: Actor, found: RunCard) -> Iterator[bytes]:
    yield "\ufeff".encode() + _csv([_("Row"), _("Field"), _("Reason")])
    after = 0
    while rows := _faults(actor, found, after):
        yield b"".join(_csv([str(one.row), one.field, one.why]) for one in rows)
        after = rows[-1].row


def _csv(cells: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue().encode()


def _download(blocks: Iterator[bytes], media_type: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(blocks, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
