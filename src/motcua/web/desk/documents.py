"""What the viewer beside the answers can show, and which of it is shown now."""

from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from msgspec import Struct

from motcua.dossiers import api as dossiers
from motcua.web.desk.words import SLIPS
from motcua.web.shell.sentences import pick

DRAFT = "draft"


class Sheet(Struct, frozen=True, kw_only=True):
    """Something to look at. `group`: "given", "issued" or "draft"."""

    key: str
    title: str
    url: str
    group: str
    picture: bool = False
    note: str = ""
    current: bool = False
    link: str = ""


class Viewer(Struct, frozen=True, kw_only=True):
    """All sheets, the one shown now, and the neighbours to turn to."""

    sheets: tuple[Sheet, ...]
    now: Sheet | None
    before: Sheet | None
    after: Sheet | None
    place: int
    count: int

    @property
    def key(self) -> str:
        """What `doc` says in the address of this sheet."""
        return self.now.key if self.now else ""


def viewer(view: dossiers.DossierView, query: QueryDict) -> Viewer:
    """The sheet that the address names (`doc`), else the first that was given."""
    wanted = query.get("doc", "")
    found = [*_given(view), *_issued(view), *_draft(view)]
    keys = [one.key for one in found]
    place = keys.index(wanted) if wanted in keys else 0
    sheets = tuple(_linked(one, number == place) for number, one in enumerate(found))
    return Viewer(
        sheets=sheets,
        now=sheets[place] if sheets else None,
        before=sheets[place - 1] if place else None,
        after=sheets[place + 1] if place + 1 < len(sheets) else None,
        place=place + 1,
        count=len(sheets),
    )


def paper_title(view: dossiers.DossierView, paper: dossiers.PaperLink) -> str:
    """What an issued paper is called."""
    if paper.kind == "slip":
        return str(SLIPS.get(paper.form, paper.form))
    return pick(view.procedure.outcome.title) or paper.form


def _linked(sheet: Sheet, current: bool) -> Sheet:
    link = f"?doc={sheet.key}#viewer"
    return Sheet(**{**_fields(sheet), "current": current, "link": link})


def _fields(sheet: Sheet) -> dict[str, Any]:
    return {name: getattr(sheet, name) for name in sheet.__struct_fields__}


def _given(view: dossiers.DossierView) -> list[Sheet]:
    titles = {one.paper: pick(one.title) for one in view.procedure.evidence}
    return [
        Sheet(
            key=str(file.file_id),
            title=titles.get(file.paper, file.paper),
            url=reverse("desk:file", args=[view.id, file.file_id]),
            group="given",
            picture=file.media_type.startswith("image/"),
            note=file.name,
        )
        for file in view.uploads
    ]


def _issued(view: dossiers.DossierView) -> list[Sheet]:
    return [
        Sheet(
            key=str(paper.paper_id),
            title=paper_title(view, paper),
            url=reverse("desk:paper", args=[view.id, paper.paper_id]),
            group="issued",
            note=paper.number or paper.code,
        )
        for paper in view.papers
        if paper.ready
    ]


def _draft(view: dossiers.DossierView) -> list[Sheet]:
    """The result as it would be, while it can still be decided."""
    dossier = view.dossier
    undecided = dossier.at not in {dossiers.HANDOVER, dossiers.END, dossiers.CORRECTION}
    if dossier.accepted_at is None or not undecided:
        return []
    title = _("Draft: %(title)s") % {"title": pick(view.procedure.outcome.title)}
    url = reverse("desk:draft-pdf", args=[view.id])
    return [Sheet(key=DRAFT, title=title, url=url, group="draft")]
