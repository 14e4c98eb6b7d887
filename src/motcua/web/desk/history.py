"""What happened to a dossier: acts, requests to the applicant, answers of other bodies."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from msgspec import Struct

from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from motcua.dossiers import api as dossiers
from motcua.kernel.deadlines import Clock
from motcua.web.desk.words import QUIET, act
from motcua.web.shell.sentences import pick


class Linked(Struct, frozen=True, kw_only=True):
    """Another body's part: a branch or an opinion, open or answered."""

    title: str
    body: str
    clock: Clock | None
    said: str
    answered_at: datetime | None
    word: Any = ""
    kind: str = ""


class Event(Struct, frozen=True, kw_only=True):
    at: datetime
    title: Any
    who: str
    body: str
    say: str
    quiet: bool


class AskedFor(Struct, frozen=True, kw_only=True):
    """A request to the applicant in words."""

    at: datetime
    by: str
    reason: str
    law: str
    say: str
    items: tuple[str, ...]
    answered_at: datetime | None


def linked(view: dossiers.DossierView) -> list[Linked]:
    """Branches and opinions with their own deadlines, oldest first."""
    return [
        _linked(view, task) for task in view.dossier.tasks if task.kind in {"branch", "opinion"}
    ]


def _linked(view: dossiers.DossierView, task: dossiers.Task) -> Linked:
    title = task.name
    if task.kind == "branch":
        branches = view.procedure.step(task.state).together
        title = next((pick(one.title) for one in branches if one.name == task.name), title)
    kind, word = _answer(task)
    entry = _words_of(view, task)
    return Linked(
        title=title,
        body=pick(directory.body(task.body_id).name) if task.body_id else "",
        clock=task.clock if task.closed_at is None else None,
        said=entry,
        answered_at=task.closed_at,
        word=word,
        kind=kind,
    )


def _answer(task: dossiers.Task) -> tuple[str, Any]:
    if task.closed_at is None:
        return "info", _("Not answered yet")
    if task.verb == "object":
        return "late", _("Objects")
    return "ok", _("Answered") if task.kind == "opinion" else _("Confirms")


def _words_of(view: dossiers.DossierView, task: dossiers.Task) -> str:
    """What the other body wrote, from the act of its answer."""
    for entry in reversed(view.timeline):
        detail = entry.detail
        same = detail.get("task") == str(task.id) or detail.get("name") == task.name
        if entry.verb in {"opinion.given", "branch.answered"} and same:
            return str(detail.get("say", ""))
    return ""


def events(view: dossiers.DossierView) -> list[Event]:
    """The timeline, newest first."""
    return [
        Event(
            at=entry.at,
            title=act(entry.verb),
            who=entry.who,
            body=pick(entry.body),
            say=str(entry.detail.get("say") or ""),
            quiet=entry.verb in QUIET,
        )
        for entry in reversed(view.timeline)
    ]


def requests(view: dossiers.DossierView) -> list[AskedFor]:
    """Every request to the applicant: what, why, by whom, and whether it was answered."""
    return [
        AskedFor(
            at=one.at,
            by=view.names.get(one.by, ""),
            **reason_of(view.procedure, one.reason),
            say=one.say,
            items=item_titles(view.procedure, one.items),
            answered_at=one.answered_at,
        )
        for one in view.dossier.requests
    ]


def reason_of(procedure: catalogue.Procedure, code: str) -> dict[str, str]:
    """A coded reason in words, with its law."""
    found = next((one for one in procedure.reasons if one.code == code), None)
    if found is None:
        return {"reason": code, "law": ""}
    return {"reason": pick(found.title), "law": found.law}


def item_titles(procedure: catalogue.Procedure, items: Iterable[dict[str, Any]]) -> tuple[str, ...]:
    """Papers and questions by their titles."""
    titles = {one.paper: pick(one.title) for one in procedure.evidence}
    titles |= {field.field: pick(field.title) for field in procedure.fields()}
    names = (str(item.get("paper") or item.get("field")) for item in items)
    return tuple(titles.get(name, name) for name in names)
