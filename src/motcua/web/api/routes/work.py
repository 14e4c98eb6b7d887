"""The work of an office: queues, taking, assigning, checking, notes."""

from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router

from motcua.dossiers import api as dossiers
from motcua.web.api import shapes
from motcua.web.api.bodies import (
    AssignIn,
    BulkAssignIn,
    Limit,
    MarkIn,
    Slug,
    TaskIn,
    TextIn,
)
from motcua.web.api.callers import Key, actor_of
from motcua.web.api.describing import operation
from motcua.web.api.reading import version_of
from motcua.web.api.writing import reply, written

router = Router()
GROUP = "work"
DOSSIER = "/dossiers/{uuid:dossier_id}"
SEE, DO = Key("queue:read"), Key("queue:write")
Which = Literal["mine", "unit", "unassigned", "late", "waiting"]
Due = Literal["", "late", "today", "soon"]


@router.get(
    "/queue", **operation("get_queue", _("A queue"), dossiers.QueuePage, group=GROUP, key=SEE)
)
def get_queue(
    request: HttpRequest,
    which: Which = "mine",
    service: Slug = "",
    status: Annotated[int | None, Query(ge=1, le=10)] = None,
    *,
    due: Due = "",
    text: Annotated[str, Query(max_length=100)] = "",
    kind: Slug = "",
    officer_id: UUID | None = None,
    after: Annotated[str, Query(max_length=300)] = "",
    limit: Limit = 50,
) -> HttpResponse:
    """What is due first comes first; `next` is the `after` of the following page."""
    filters = dossiers.QueueFilters(
        service=service, status=status, due=due, text=text, kind=kind, officer_id=officer_id
    )
    return reply(
        dossiers.queue(actor_of(request), which, filters=filters, after=after, limit=limit)
    )


@router.get(
    "/queue/counts",
    **operation("count_queues", _("How much there is"), dossiers.QueueCounts, group=GROUP, key=SEE),
)
def count_queues(request: HttpRequest) -> HttpResponse:
    """In each queue, in one statement."""
    return reply(dossiers.queue_counts(actor_of(request)))


@router.post(
    "/queue/next",
    **operation(
        "take_next", _("Take what is due first"), shapes.Taken, group=GROUP, key=DO, writes=True
    ),
)
def take_next(request: HttpRequest) -> HttpResponse:
    """Of the unit, and that nobody took; two who ask at once get different tasks."""

    def do() -> shapes.Taken:
        dossier_id, task_id = dossiers.take_next(actor_of(request)) or (None, None)
        return shapes.Taken(dossier_id=dossier_id, task_id=task_id)

    return written(request, do)


@router.post(
    "/queue/assign",
    **operation(
        "assign_many", _("Give many tasks to an officer"), dossiers.BulkResult,
        group=GROUP, key=DO, writes=True,
    ),
)  # fmt: skip
def assign_many(request: HttpRequest, body: BulkAssignIn) -> HttpResponse:
    """Each on its own; what was refused is listed with its code."""
    pairs = [(one.dossier_id, one.task_id) for one in body.tasks]
    return written(
        request,
        lambda: dossiers.bulk_assign(actor_of(request), pairs, officer_id=body.officer_id),
    )


@router.get(
    "/colleagues",
    **operation(
        "list_colleagues", _("To whom work can be given"), shapes.Colleagues, group=GROUP, key=SEE
    ),
)
def list_colleagues(request: HttpRequest, task_id: UUID | None = None) -> HttpResponse:
    """With `task_id`: those whose post has the task's role."""
    found = dossiers.colleagues(actor_of(request), task_id)
    items = tuple(shapes.Colleague(id=one, name=name, post=post) for one, name, post in found)
    return reply(shapes.Colleagues(items=items))


@router.post(
    f"{DOSSIER}/take",
    **operation("take", _("Take a task"), shapes.Dossier, group=GROUP, key=DO, writes=True),
)
def take(request: HttpRequest, dossier_id: UUID, body: TaskIn | None = None) -> HttpResponse:
    """So that colleagues see who works on it."""
    given, actor = body or TaskIn(), actor_of(request)

    def do() -> shapes.Dossier:
        version = version_of(request, given.version)
        dossiers.act_on(actor, dossier_id, "take", task_id=given.task_id, version=version)
        return shapes.dossier_of(dossiers.dossier_view(actor, dossier_id))

    return written(request, do)


@router.post(
    f"{DOSSIER}/assign",
    **operation(
        "assign", _("Give a task to an officer"), shapes.Dossier, group=GROUP, key=DO, writes=True
    ),
)
def assign(request: HttpRequest, dossier_id: UUID, body: AssignIn) -> HttpResponse:
    """By who leads."""
    actor = actor_of(request)

    def do() -> shapes.Dossier:
        version = version_of(request, body.version)
        dossiers.assign(
            actor, dossier_id, body.task_id, officer_id=body.officer_id, version=version
        )
        return shapes.dossier_of(dossiers.dossier_view(actor, dossier_id))

    return written(request, do)


@router.post(
    f"{DOSSIER}/checks",
    **operation(
        "mark_check", _("Mark something as checked"), shapes.Dossier,
        group=GROUP, key=DO, writes=True,
    ),
)  # fmt: skip
def mark_check(request: HttpRequest, dossier_id: UUID, body: MarkIn) -> HttpResponse:
    """A paper, a question or a page: right, doubtful, or not checked."""
    actor = actor_of(request)

    def do() -> shapes.Dossier:
        dossiers.mark_check(
            actor, dossier_id, body.item, body.mark, task_id=body.task_id, say=body.say
        )
        return shapes.dossier_of(dossiers.dossier_view(actor, dossier_id))

    return written(request, do)


@router.post(
    f"{DOSSIER}/notes",
    **operation(
        "add_note", _("Note something for colleagues"), shapes.Created,
        group=GROUP, key=DO, status=201, writes=True,
    ),
)  # fmt: skip
def add_note(request: HttpRequest, dossier_id: UUID, body: TextIn) -> HttpResponse:
    """The applicant never sees it."""
    return written(
        request,
        lambda: shapes.Created(id=dossiers.add_note(actor_of(request), dossier_id, body.text)),
        status=201,
    )
