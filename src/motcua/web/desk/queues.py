"""The start page: what lies in each queue, filtered by the address, in the order of due dates."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from msgspec import Struct

from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from motcua.dossiers import api as dossiers
from motcua.kernel.actors import Actor
from motcua.openness import api as openness
from motcua.web.desk.access import officer
from motcua.web.desk.records_rights import may_open
from motcua.web.desk.words import DUES, KINDS, QUEUES
from motcua.web.shell.context import Link
from motcua.web.shell.forms import see_other
from motcua.web.shell.sentences import pick
from motcua.web.shell.statuses import STATUSES

PAGE = 50
FILTERS = ("service", "status", "due", "kind", "officer", "text")
OPEN_STATUSES = (1, 2, 4, 5, 6, 9)


class Line(Struct, frozen=True, kw_only=True):
    """A line of the queue as the page shows it; `due` is what comes first."""

    row: dossiers.QueueRow
    reference: str
    kind: str
    css: str
    due: datetime | None
    choice: str


class Asked(Struct, frozen=True, kw_only=True):
    """The queue and the filters that the address names."""

    which: str
    chosen: dict[str, str]
    filters: dossiers.QueueFilters

    @property
    def text(self) -> str:
        return self.chosen.get("text", "")

    def url(self, **changes: str) -> str:
        """The address of the same list with something changed; "" leaves it out."""
        wanted = {"q": self.which, **self.chosen, **changes}
        return f"{reverse('desk:queue')}?{urlencode({k: v for k, v in wanted.items() if v})}"


@require_safe
@officer
def queue(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """One queue; which one, its filters and its page are in the address. A treasurer has none."""
    if keeps_only_books(actor):
        return see_other("desk:treasury")
    asked = asked_of(request)
    page = dossiers.queue(
        actor, asked.which, filters=asked.filters, after=request.GET.get("after", ""), limit=PAGE
    )
    counts = dossiers.queue_counts(actor)
    leads = "lead" in actor.permissions
    officers = dossiers.colleagues(actor) if leads else []
    context = {
        "side": side_of(counts, asked.which),
        "counts": counts,
        "title": QUEUES[asked.which],
        "asked": asked,
        "lines": [_line(row) for row in page.rows],
        "next_url": asked.url(after=page.next) if page.next else "",
        "first_url": asked.url() if request.GET.get("after") else "",
        "chips": _chips(asked, officers),
        "clear_url": f"{reverse('desk:queue')}?q={asked.which}",
        "options": _options(officers),
        "leads": leads,
        "officers": [(str(key), f"{name} ({pick(title)})") for key, name, title in officers],
        "nothing_left": "empty" in request.GET,
        **place_of(actor),
    }
    return render(request, "desk/queue.html", context)


@require_POST
@officer
def take_next(request: HttpRequest, actor: Actor) -> HttpResponseBase:  # noqa: ARG001
    """Take what is due first in the unit and open it; nothing is chosen by taste."""
    found = dossiers.take_next(actor)
    if found is None:
        return see_other("desk:queue", query="?q=mine&empty=1")
    return see_other("desk:dossier", found[0], query="?done=take")


def asked_of(request: HttpRequest) -> Asked:
    """Read the address; what no filter can be is left out, as if it had not been given."""
    given = {name: request.GET.get(name, "").strip()[:200] for name in FILTERS}
    which = request.GET.get("q", "mine")
    officer_id = _uuid(given["officer"])
    status = given["status"] if given["status"] in {str(one) for one in STATUSES} else ""
    chosen = given | {
        "status": status,
        "due": given["due"] if given["due"] in DUES else "",
        "kind": given["kind"] if given["kind"] in KINDS else "",
        "officer": given["officer"] if officer_id else "",
    }
    return Asked(
        which=which if which in QUEUES else "mine",
        chosen={name: value for name, value in chosen.items() if value},
        filters=dossiers.QueueFilters(
            service=chosen["service"],
            status=int(status) if status else None,
            due=chosen["due"],
            text=chosen["text"],
            kind=chosen["kind"],
            officer_id=officer_id,
        ),
    )


def reference_of(code: str, dossier_id: UUID) -> str:
    """What a dossier is called: its code, or before acceptance the end of its identifier."""
    return code or _("new …%(end)s") % {"end": str(dossier_id)[-6:].upper()}


def side_of(counts: dossiers.QueueCounts | None, which: str = "") -> list[Link]:
    """The queues with how much lies in each (no numbers where nobody counted)."""
    return [
        Link(
            title,
            f"{reverse('desk:queue')}?q={name}",
            current=name == which,
            count=str(getattr(counts, name)) if counts else "",
        )
        for name, title in QUEUES.items()
    ]


def keeps_only_books(actor: Actor) -> bool:
    """Whether the post is about money alone: no dossier ever waits for it."""
    return actor.permissions == {"treasurer"}


def place_of(actor: Actor) -> dict[str, Any]:
    """Where the officer works, for the foot of the side."""
    body = directory.body(actor.body_id) if actor.body_id else None
    post = directory.post(actor.post_id) if actor.post_id else None
    return {
        "my_body": pick(body.name) if body else "",
        "my_post": pick(post.title) if post else "",
        "may_receive": "receive" in actor.permissions,
        "keeps_only_books": keeps_only_books(actor),
        "may_lead": "lead" in actor.permissions,
        "may_open_registers": may_open(actor),
        "may_answer_questions": openness.may_answer(actor),
        "may_keep_books": bool({"treasurer", "lead"} & actor.permissions),
    }


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _line(row: dossiers.QueueRow) -> Line:
    moments = [one for one in (row.task_due_at, row.dossier_due_at) if one]
    return Line(
        row=row,
        reference=reference_of(row.code, row.dossier_id),
        kind=KINDS.get(row.kind, "") if row.kind != "step" else "",
        css={"late": "late", "soon": "warn"}.get(row.tone, ""),
        due=min(moments) if moments and row.tone != "paused" else None,
        choice=f"{row.dossier_id}.{row.task_id}",
    )


def _options(officers: list[tuple[UUID, str, dict[str, str]]]) -> dict[str, Any]:
    """What each filter offers, as pairs of value and label."""
    services = [(one.service, pick(one.title)) for one in catalogue.procedures(directory.today())]
    return {
        "service": services,
        "status": [(str(one), STATUSES[one][1]) for one in OPEN_STATUSES],
        "due": list(DUES.items()),
        "kind": [(name, word) for name, word in KINDS.items() if name != "seal"],
        "officer": [(str(key), name) for key, name, _title in officers],
    }


def _chips(asked: Asked, officers: list[tuple[UUID, str, dict[str, str]]]) -> list[tuple[Any, str]]:
    """Each filter in words with the address of the list without it."""
    options = _options(officers)
    return [
        (dict(options.get(name, ())).get(value, value), asked.url(**{name: ""}))
        for name, value in asked.chosen.items()
    ]
