"""How far a draft is: its pages with their states, its papers, and what comes next."""

import hashlib
import json
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from msgspec import Struct
from msgspec.structs import replace

from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from motcua.dossiers.api import DraftView
from motcua.kernel import clock
from motcua.kernel.refusals import Problem
from motcua.web.shell.components import TaskItem
from motcua.web.shell.sentences import pick

Raw = dict[str, list[str]]


class PaperState(Struct, frozen=True, kw_only=True):
    evidence: catalogue.Evidence
    files: tuple[Any, ...]

    @property
    def missing(self) -> bool:
        return not self.evidence.optional and not self.files


class Progress(Struct, frozen=True, kw_only=True):
    """`states`: page -> "done", "wrong", "check" (filled in by us) or "new"."""

    draft: DraftView
    pages: tuple[catalogue.Page, ...]
    states: dict[str, str]
    papers: tuple[PaperState, ...]
    replaced: tuple[catalogue.Evidence, ...]
    welcome: tuple[PaperState, ...] = ()  # held by a register that does not answer now

    @property
    def answered(self) -> bool:
        return all(state == "done" for state in self.states.values())

    @property
    def complete(self) -> bool:
        return self.answered and not any(one.missing for one in self.papers)

    def url_after(self, page: str = "") -> str:
        """The next page that is not done: after `page`, else from the first; then what follows."""
        names = [one.page for one in self.pages]
        start = names.index(page) + 1 if page in names else 0
        for name in [*names[start:], *names[:start]]:
            if self.states[name] != "done" and name != page:
                return reverse("portal:page", args=[self.draft.id, name])
        given = self.papers or self.welcome
        if any(one.missing for one in self.papers) or (page and given):
            return reverse("portal:papers", args=[self.draft.id])
        return reverse("portal:check", args=[self.draft.id])

    def url_before(self, page: str) -> str:
        """The page before, or the overview."""
        names = [one.page for one in self.pages]
        at = names.index(page) if page in names else 0
        if at == 0:
            return reverse("portal:draft", args=[self.draft.id])
        return reverse("portal:page", args=[self.draft.id, names[at - 1]])


def form_context() -> catalogue.Context:
    """What the conditions of a form may know when a person fills it in."""
    return catalogue.Context(
        today=directory.today(), filed=clock.now(), channel="online", area_level=_area_level
    )


def _area_level(code: str) -> str:
    found = directory.area(code)
    return found.level if found else ""


def progress_of(draft: DraftView) -> Progress:
    """Computed anew each time: an answer may open or close other pages."""
    procedure, context = draft.procedure, form_context()
    pages = catalogue.visible_pages(procedure, draft.answers, context)
    faults = catalogue.check_answers(procedure, draft.answers, context)
    wrong = {catalogue.question_of(one.path) for one in faults}
    replaced = catalogue.evidence_replaced(procedure, draft.answers, context)
    return Progress(
        draft=draft,
        pages=pages,
        states={page.page: _state(draft, page, wrong) for page in pages},
        papers=tuple(
            PaperState(evidence=one, files=draft.uploads_of(one.paper))
            for one in catalogue.evidence_needed(procedure, draft.answers, context)
        ),
        replaced=tuple(one for one in replaced if one.instead not in draft.silent),
        welcome=tuple(
            PaperState(evidence=replace(one, optional=True), files=draft.uploads_of(one.paper))
            for one in replaced
            if one.instead in draft.silent
        ),
    )


def _state(draft: DraftView, page: catalogue.Page, wrong: set[str]) -> str:
    faulty = page.page in draft.typed or any(field.field in wrong for field in page.ask)
    if page.page in draft.done:
        return "wrong" if faulty else "done"
    if page.page in draft.typed:
        return "wrong"
    begun = any(catalogue.get(draft.answers, field.field) is not None for field in page.ask)
    return "check" if begun else "new"


def task_items(progress: Progress) -> list[TaskItem]:
    """The overview: pages, papers, sending; any order, the last one at the end."""
    words = {
        "done": (_("Done"), "ok"),
        "wrong": (_("Needs attention"), "late"),
        "check": (_("Begun: please check"), "info"),
        "new": (_("Not started"), ""),
    }
    draft_id = progress.draft.id
    items = [
        TaskItem(
            title=pick(page.title),
            url=reverse("portal:page", args=[draft_id, page.page]),
            status=words[progress.states[page.page]][0],
            kind=words[progress.states[page.page]][1],
        )
        for page in progress.pages
    ]
    check_url = reverse("portal:check", args=[draft_id]) if progress.complete else ""
    status = (_("Ready"), "info") if check_url else (_("Cannot start yet"), "")
    last = TaskItem(title=_("Check and send"), url=check_url, status=status[0], kind=status[1])
    return [*items, _papers_item(progress), last]


def _papers_item(progress: Progress) -> TaskItem:
    url = reverse("portal:papers", args=[progress.draft.id])
    missing = sum(one.missing for one in progress.papers)
    if missing:
        status, kind = _("%(count)s to attach") % {"count": missing}, "warn"
    else:
        status, kind = (_("Done"), "ok") if progress.papers else (_("Nothing to attach"), "ok")
    return TaskItem(title=_("Papers"), url=url, status=status, kind=kind)


def values_of(draft: DraftView, page: catalogue.Page) -> Raw:
    """A page as it was typed, or as its answers would have been typed."""
    if page.page in draft.typed:
        return dict(draft.typed[page.page])
    values: Raw = {}
    for field in page.ask:
        values |= catalogue.as_typed(field, catalogue.get(draft.answers, field.field))
    return values


def digest_of(draft: DraftView, page: str) -> str:
    """What is saved of a page, in short: to see whether another window changed it meanwhile."""
    definition = draft.procedure.page(page)
    saved = [values_of(draft, definition), page in draft.typed]
    return hashlib.sha256(json.dumps(saved, sort_keys=True).encode()).hexdigest()[:20]


def known_sources(draft: DraftView, page: catalogue.Page) -> dict[str, str]:
    """Questions that we filled in, with where the answer comes from; until the page is done."""
    if page.page in draft.done or page.page in draft.typed:
        return {}
    account = _("your account")
    return {
        field.field: account
        for field in page.ask
        if field.prefill
        and field.field not in draft.sources
        and catalogue.get(draft.answers, field.field) is not None
    }


def problems_by_page(
    progress: Progress, problems: tuple[Problem, ...]
) -> list[tuple[Problem, str]]:
    """Each fault with the page where it is mended."""
    pages = {field.field: page.page for page in progress.pages for field in page.ask}
    draft_id = progress.draft.id
    return [
        (
            one,
            reverse("portal:page", args=[draft_id, pages[question]]) + f"#{one.path}"
            if (question := catalogue.question_of(one.path)) in pages
            else reverse("portal:papers", args=[draft_id]),
        )
        for one in problems
    ]
