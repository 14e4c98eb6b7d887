"""The parts of a dossier's page: timeline, papers, messages, choices, and what was changed."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from motcua.acts import api as acts
from motcua.catalogue import api as catalogue
from motcua.catalogue.rules.procedure import Field, Procedure, Reason
from motcua.documents import api as documents
from motcua.dossiers import access
from motcua.dossiers.models import DossierPaper, Message, Rating
from motcua.dossiers.queries.names import body_name
from motcua.dossiers.rules.engine import Allowed, allowed_verbs
from motcua.dossiers.rules.state import Dossier, Task
from motcua.dossiers.shapes import Change, Choice, Entry, MessageView, PaperLink
from motcua.kernel.actors import Actor
from motcua.payments import api as payments

# What the applicant need not read: work inside the office.
INTERNAL = frozenset(
    {
        access.VIEWED,
        "dossier.checked",
        "dossier.apology-due",
        "dossier.proposed",
        "dossier.sent-back",
        "note.added",
        "task.taken",
        "task.assigned",
        "task.released",
        "task.overdue",
        "opinion.overdue",
        "branch.overdue",
        "file.opened",
        "file.stored",
        "paper.issued",
        "account.looked-up",
        # The own acts of the fee say it: fee.asked, fee.paid, fee.cancelled.
        "bill.opened",
        "bill.viewed",
        "bill.cancelled",
        "payment.started",
        "payment.confirmed",
        "registers.read",
        "registers.read-denied",
        "registers.not-found",
    }
)
# The engine's verbs for which the pack keeps coded reasons, under other names.
REASONS_FOR = {"propose": ("propose", "refuse"), "refuse-unanswered": ("refuse",)}
WITH_REASON = frozenset(
    {"ask-once", "return", "refuse", "propose", "refuse-unanswered", "apologise"}
)


def entries(rows: Iterable[acts.ActRow], *, officer: bool) -> tuple[Entry, ...]:
    """The acts as lines to read; the applicant's timeline leaves the office's inner work out."""
    return tuple(
        Entry(
            id=act.id,
            at=act.at,
            verb=act.verb,
            who_kind=act.actor_kind,
            who=act.actor_label,
            body=body_name(act.body_id),
            detail=act.detail,
            basis=act.basis,
        )
        for act in rows
        if officer or act.verb not in INTERNAL
    )


def papers(dossier_id: UUID) -> tuple[PaperLink, ...]:
    """Slips and results, oldest first; two statements."""
    cards = {card.id: card for card in documents.papers_of_dossier(dossier_id)}
    rows = DossierPaper.objects.filter(dossier_id=dossier_id).order_by("at", "id")
    return tuple(_paper(row, cards.get(row.paper_id)) for row in rows)


def _paper(row: DossierPaper, card: documents.PaperCard | None) -> PaperLink:
    return PaperLink(
        paper_id=row.paper_id,
        kind=row.kind,
        form=row.form,
        at=row.at,
        sealed_at=card.sealed_at if card else None,
        code=card.code if card else "",
        number=card.number if card else "",
        ready=card is not None and card.file_id is not None,
    )


def bills(dossier: Dossier) -> tuple[payments.BillView, ...]:
    """The bills of the dossier, oldest first; asked for only where something was charged."""
    if not dossier.charges:
        return ()
    order = {charge.id: number for number, charge in enumerate(dossier.charges)}
    found = payments.bills_of([dossier.id]).get(dossier.id, ())
    return tuple(sorted((b for b in found if b.id in order), key=lambda bill: order[bill.id]))


def messages(
    actor: Actor, dossier_id: UUID, *, officer: bool, names: dict[UUID, str], applicant: str
) -> tuple[MessageView, ...]:
    """The thread, oldest first; notes only for officers."""
    rows = Message.objects.filter(dossier_id=dossier_id)
    if not officer:
        rows = rows.filter(visible=True)
    return tuple(
        MessageView(
            id=row.id,
            at=row.at,
            author=row.author,
            who=applicant if row.author == "applicant" else names.get(row.author_id, ""),
            body=body_name(row.body_id),
            text=row.text,
            visible=row.visible,
            own=row.author_id == actor.account_id,
        )
        for row in rows.order_by("at", "id")
    )


def authors(dossier_id: UUID) -> set[UUID]:
    """The officers who wrote in the thread."""
    rows = Message.objects.filter(dossier_id=dossier_id, author="officer")
    return set(rows.values_list("author_id", flat=True))


def stars_of(dossier_id: UUID) -> int | None:
    """The rating, if it was given."""
    return Rating.objects.filter(dossier_id=dossier_id).values_list("stars", flat=True).first()


def choices(procedure: Procedure, dossier: Dossier, actor: Actor) -> tuple[Choice, ...]:
    """What the reader may do now, in the engine's order."""
    somebody = access.command(actor, dossier)
    tasks = {task.id: task for task in dossier.tasks}
    return tuple(
        _choice(dossier, one, task=tasks.get(one.task_id) if one.task_id else None)
        for one in allowed_verbs(procedure, dossier, somebody)
    )


def _choice(dossier: Dossier, allowed: Allowed, *, task: Task | None) -> Choice:
    procedure = catalogue.procedure(dossier.procedure)
    return Choice(
        verb=allowed.verb,
        task_id=allowed.task_id,
        task_kind=task.kind if task else "",
        reasons=reasons_for(procedure, allowed.verb),
        fields=_fields(dossier, allowed.verb, task=task),
    )


def reasons_for(procedure: Procedure, verb: str) -> tuple[Reason, ...]:
    """The coded reasons for a verb."""
    if verb not in WITH_REASON:
        return ()
    names = set(REASONS_FOR.get(verb, (verb,)))
    return tuple(one for one in procedure.reasons if not one.verbs or names & set(one.verbs))


def _fields(dossier: Dossier, verb: str, *, task: Task | None) -> tuple[Field, ...]:
    procedure = catalogue.procedure(dossier.procedure)
    if verb == "supplement" and (request := dossier.open_request):
        asked = {item.get("field") for item in request.items}
        return tuple(field for field in procedure.fields() if field.field in asked)
    if verb in {"correct", "reissue"}:
        return catalogue.visible_fields(procedure, dossier.answers)
    if verb in {"propose", "sign", "record", "confirm"}:
        return recordable(procedure, task)
    return ()


def recordable(procedure: Procedure, task: Task | None) -> tuple[Field, ...]:
    """The questions that an officer answers on a task (a step's own, or a branch's)."""
    if task is None or task.kind not in {"step", "branch"}:
        return ()
    step = procedure.step(task.state)
    if task.kind == "step":
        return step.ask
    return next((branch.ask for branch in step.together if branch.name == task.name), ())


def changes(
    procedure: Procedure, dossier: Dossier, before: dict[str, Any]
) -> tuple[tuple[Change, ...], tuple[str, ...]]:
    """What the last supplement changed: answers (with both values) and names of papers."""
    if not before:
        return (), ()
    old, new = before.get("answers", {}), dossier.answers
    titles = {field.field: field.title for field in procedure.fields()}
    titles |= {one.name: one.title for one in procedure.compute}
    answers = tuple(
        Change(
            path=path,
            title=title,
            before=catalogue.get(old, path),
            after=catalogue.get(new, path),
        )
        for path, title in titles.items()
        if catalogue.get(old, path) != catalogue.get(new, path)
    )
    had = {name: tuple(files) for name, files in before.get("papers", {}).items()}
    return answers, tuple(name for name, ids in dossier.papers.items() if had.get(name) != ids)
