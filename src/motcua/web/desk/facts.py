"""A dossier in words: answers with what changed and what was checked, and the papers given."""

from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from msgspec import Struct
from msgspec.structs import replace

from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from motcua.dossiers import api as dossiers
from motcua.web.desk.words import CHANNELS, MARKS
from motcua.web.shell.extracts import Remark, remarks
from motcua.web.shell.sentences import pick

CHANNEL_NAMES = {1: "counter", 2: "online", 3: "post"}


class Row(Struct, frozen=True, kw_only=True):
    """One answer: `was` before the last supplement, `mark` as an officer left it."""

    path: str
    title: str
    value: str
    was: str = ""
    changed: bool = False
    mark: str = ""
    word: Any = ""
    kind: str = ""
    source: Remark | None = None  # the register that gave it


class Section(Struct, frozen=True, kw_only=True):
    page: str
    title: str
    rows: tuple[Row, ...]
    mark: str = ""
    word: Any = ""
    kind: str = ""

    @property
    def as_row(self) -> Row:
        """The whole page as something to mark."""
        return Row(
            path=self.page, title=self.title, value="",
            mark=self.mark, word=self.word, kind=self.kind,
        )  # fmt: skip


class Paper(Struct, frozen=True, kw_only=True):
    """A paper of the evidence with the files given for it."""

    row: Row
    files: tuple[dossiers.UploadedFile, ...]
    needed: bool
    note: str = ""


def language() -> str:
    return (get_language() or "vi")[:2]


def context_of(dossier: dossiers.Dossier) -> catalogue.Context:
    """What the form's conditions may know of a dossier that was sent."""
    return catalogue.Context(
        today=timezone.localtime(dossier.submitted_at).date(),
        filed=dossier.submitted_at,
        channel=CHANNEL_NAMES.get(dossier.channel, "online"),
        recorded=dossier.recorded,
    )


def sections(view: dossiers.DossierView) -> list[Section]:
    """The answers page by page, then what officers recorded."""
    shown = catalogue.display_answers(
        view.procedure,
        view.dossier.answers,
        language(),
        context=context_of(view.dossier),
        area_name=directory.area_path,
    )
    before = {change.path: change for change in view.changes}
    sources = remarks(view)
    checks = view.dossier.checks
    found = [
        Section(
            page=section.page,
            title=section.title,
            rows=tuple(
                replace(
                    _row(view, one, before.get(one.path), mark=checks.get(one.path, "")),
                    source=sources.get(one.path),
                )
                for one in section.rows
            ),
            **_mark(checks.get(section.page, "")),
        )
        for section in shown
    ]
    return [*found, *_recorded(view)]


def _row(
    view: dossiers.DossierView,
    shown: catalogue.Shown,
    change: dossiers.Change | None,
    *,
    mark: str,
) -> Row:
    field, was = view.procedure.field(shown.path), ""
    if change and field:
        was = catalogue.in_words(field, change.before, language(), area_name=directory.area_path)
    return Row(
        path=shown.path, title=shown.title, value=shown.value, was=was, changed=bool(change),
        **_mark(mark),
    )  # fmt: skip


def _mark(mark: str) -> dict[str, Any]:
    kind, word = MARKS.get(mark, ("", ""))
    return {"mark": mark, "kind": kind, "word": word}


def _recorded(view: dossiers.DossierView) -> list[Section]:
    """What officers found, in the words of the questions that they answered."""
    fields = [
        field
        for step in view.procedure.route
        for field in (*step.ask, *(one for branch in step.together for one in branch.ask))
    ]
    rows = tuple(
        Row(
            path=field.field,
            title=pick(field.title),
            value=catalogue.in_words(field, value, language(), area_name=directory.area_path),
            **_mark(view.dossier.checks.get(field.field, "")),
        )
        for field in fields
        if (value := catalogue.get(view.dossier.recorded, field.field)) is not None
    )
    return [Section(page="", title=_("Recorded by officers"), rows=rows)] if rows else []


def papers(view: dossiers.DossierView) -> list[Paper]:
    """Every paper that is needed or was given."""
    procedure, dossier = view.procedure, view.dossier
    context = context_of(dossier)
    needed = {p.paper for p in catalogue.evidence_needed(procedure, dossier.answers, context)}
    found = []
    for one in procedure.evidence:
        files = tuple(file for file in view.uploads if file.paper == one.paper)
        if one.paper not in needed and not files:
            continue
        mark = _mark(dossier.checks.get(one.paper, ""))
        row = Row(
            path=one.paper, title=pick(one.title), value="",
            changed=one.paper in view.papers_changed, **mark,
        )  # fmt: skip
        note = "" if files else _paper_note(view, optional=one.optional)
        found.append(Paper(row=row, files=files, needed=one.paper in needed, note=note))
    return found


def _paper_note(view: dossiers.DossierView, *, optional: bool) -> str:
    if optional:
        return _("Not given (optional)")
    return _("Seen at the counter") if view.dossier.channel == 1 else _("Not given")


def bar(view: dossiers.DossierView) -> list[tuple[Any, Any]]:
    """What the bar on top says at all times."""
    dossier = view.dossier
    facts: list[tuple[Any, Any]] = [(_("Applicant"), dossier.applicant.get("name", ""))]
    facts += [(_("Step"), pick(view.step))] if view.step else []
    facts += [(_("Held by"), held_by(view))]
    return [*facts, (_("Filed"), CHANNELS.get(dossier.channel, ""))]


def held_by(view: dossiers.DossierView) -> str:
    """Names, or the unit where nobody took it; the applicant when he owes something."""
    return "; ".join(_holder(one) for one in view.holders) or _("Nobody: it has ended")


def _holder(one: dossiers.Holder) -> str:
    if one.body_id is None:
        return _("the applicant")
    who = one.officer or _("nobody yet")
    return f"{who}, {pick(one.unit) or pick(one.role) or pick(one.body)}"
