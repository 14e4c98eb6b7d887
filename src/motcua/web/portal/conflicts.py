"""Two windows on one page: nobody's words are lost, the person chooses.

A page carries a digest of what was saved when it was shown (`seen`) and the name of its window.
If something else is saved now, and this window did not save it itself, both are shown.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST
from msgspec import Struct

from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from motcua.dossiers import api as dossiers
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.web.portal.access import Raw, forget_kept, raw_of, with_draft
from motcua.web.portal.progress import digest_of, form_context, values_of
from motcua.web.shell.forms import see_other
from motcua.web.shell.sentences import pick

SLOT, MOST_WINDOWS = "windows", 12
OWN = {"seen", "window", "shown", "from", "go", "redraw", "redraw-language", "version"}


class Difference(Struct, frozen=True, kw_only=True):
    """One question with the answer that is saved and the one typed here."""

    path: str
    title: str
    saved: str
    mine: str


def is_changed_elsewhere(
    request: HttpRequest, draft: dossiers.DraftView, page: str, raw: Raw
) -> bool:
    """Whether saving would overwrite what another window saved, with something else."""
    now, seen = digest_of(draft, page), _one(raw, "seen")
    if not seen or now in {seen, request.session.get(SLOT, {}).get(_one(raw, "window"))}:
        return False
    return bool(differences(draft, page, raw))


def remember(request: HttpRequest, draft: dossiers.DraftView, page: str, raw: Raw) -> None:
    """This window wrote what is saved now: its next save is no conflict."""
    if not (window := _one(raw, "window")[:20]):
        return
    windows = dict(request.session.get(SLOT, {}))
    windows.pop(window, None)
    windows[window] = digest_of(draft, page)
    request.session[SLOT] = dict(list(windows.items())[-MOST_WINDOWS:])


def differences(draft: dossiers.DraftView, page: str, raw: Raw) -> list[Difference]:
    """The questions of the page whose saved and typed answers differ."""
    definition = draft.procedure.page(page)
    saved = values_of(draft, definition)
    found = []
    for field in definition.ask:
        theirs, mine = _part(saved, field.field), _part(raw, field.field)
        if not mine and dossiers.is_held(draft.sources.get(field.field)):
            continue  # shown there as known, not asked
        if theirs != mine:
            found.append(
                Difference(
                    path=field.field,
                    title=pick(field.title),
                    saved=_in_words(draft, field, theirs),
                    mine=_in_words(draft, field, mine),
                )
            )
    return found


def show(request: HttpRequest, draft: dossiers.DraftView, page: str, raw: Raw) -> HttpResponse:
    """Both answers to each question that differs."""
    typed = [(name, value) for name, values in raw.items() if name not in OWN for value in values]
    context = {
        "draft": draft,
        "form_page": draft.procedure.page(page),
        "differences": differences(draft, page, raw),
        "typed": typed,
        "version": draft.version,
        "came_from": _one(raw, "from"),
    }
    return render(request, "portal/conflict.html", context, status=409)


@require_POST
@with_draft
def choose(
    request: HttpRequest, actor: Actor, draft: dossiers.DraftView, page: str
) -> HttpResponseBase:
    """Save the answers that the person chose, question by question."""
    if not any(one.page == page for one in draft.procedure.form):
        raise Refusal("dossiers.no-such-page")
    raw = raw_of(request)
    merged = values_of(draft, draft.procedure.page(page))
    for field in draft.procedure.page(page).ask:
        if _one(raw, f"keep:{field.field}") == "mine":
            merged = {k: v for k, v in merged.items() if not _belongs(k, field.field)}
            merged |= _part(raw, field.field)
    version = int(_one(raw, "version")) if _one(raw, "version").isdecimal() else -1
    try:
        dossiers.save_page(actor, draft.id, page, merged, version=version, autosave=True)
    except Refusal as no:
        if no.code != "dossiers.draft-changed":
            raise
        return show(request, draft, page, raw)
    forget_kept(request)
    query = "?from=check" if _one(raw, "from") == "check" else ""
    return see_other("portal:page", draft.id, page, query=query)


def _one(raw: Raw, name: str) -> str:
    return next(iter(raw.get(name, [])), "")


def _belongs(name: str, path: str) -> bool:
    return name == path or name.startswith((f"{path}-", f"{path}."))


def _part(raw: Raw, path: str) -> Raw:
    """What was typed for one question; the province is only a way to the commune."""
    return {
        name: filled
        for name, values in raw.items()
        if _belongs(name, path) and not name.endswith("-province")
        and (filled := [value for value in values if value])
    }  # fmt: skip


def _in_words(draft: dossiers.DraftView, field: catalogue.Field, part: Raw) -> str:
    given, problems = catalogue.read_fields(
        draft.procedure, (field,), part, answers=draft.answers, context=form_context()
    )
    value: Any = catalogue.get(given, field.field)
    if problems or value is None:
        return " ".join(text for values in part.values() for text in values)
    language = (get_language() or "vi")[:2]
    return catalogue.in_words(field, value, language, area_name=directory.area_path)
