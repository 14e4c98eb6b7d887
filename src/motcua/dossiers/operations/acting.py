"""The one door for the engine's verbs, and what leaders and queues do with many dossiers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from msgspec.structs import replace

from motcua.catalogue import api as catalogue
from motcua.catalogue.rules.paths import question_of
from motcua.catalogue.rules.procedure import Field
from motcua.directory import api as directory
from motcua.dossiers import access, storage
from motcua.dossiers.operations.drafts import area_level, keep_uploads
from motcua.dossiers.operations.effects import follow
from motcua.dossiers.operations.extracting import want_extracts
from motcua.dossiers.outcome import allotted
from motcua.dossiers.persons import concerned, numbers
from motcua.dossiers.queries.queue import next_in_queue
from motcua.dossiers.queries.viewing import recordable
from motcua.dossiers.rules.engine import decide
from motcua.dossiers.rules.kinds import boxes_of
from motcua.dossiers.rules.state import Command, Dossier
from motcua.dossiers.shapes import BulkResult, Failure
from motcua.dossiers.surroundings import around, local_date, next_code
from motcua.identity import api as identity
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.refusals import Refusal

ANSWERING = frozenset({"supplement", "correct", "reissue"})  # their fields are the form's
IDENTIFIERS = frozenset({"body_id", "officer_id", "charge_id"})
Raw = Mapping[str, Sequence[str]]


@transaction.atomic
def act_on(
    actor: Actor,
    dossier_id: UUID,
    verb: str,
    *,
    task_id: UUID | None = None,
    version: int | None = None,
    raw: Raw | None = None,
    uploads: Mapping[str, Iterable[Any]] | None = None,
    **params: Any,
) -> Dossier:
    """Say a verb of the engine about a dossier; returns the dossier as it now is.

    `params` are those of the verb (see `motcua.dossiers.rules`): say, reason, items, grant,
    due_at, visit_at, body_id, within, officer_id, item, mark, agrees, to. `raw` {field: [values]},
    as a browser sends it, is read into `answers` (supplement, correct, reissue) or `values` (what
    an officer records), and so are `answers` and `values` as software sends them (nested); faults
    come back together as Refusal("dossiers.form-incomplete").
    `uploads` {paper: [files]} are kept first and added as `papers` (supplement).
    `version` is the one that the person saw. Refusals: dossiers.not-found,
    dossiers.changed-meanwhile, and the engine's own.
    """
    dossier = access.visible(actor, dossier_id)
    key = "answers" if verb in ANSWERING else "values"
    if raw is not None or params.get(key):
        params |= _read(dossier, verb, raw=raw or {}, sent=params.get(key) or {}, task_id=task_id)
    if uploads:
        params["papers"] = _papers(actor, dossier, uploads) | dict(params.get("papers", {}))
    return carry_out(actor, dossier, verb, task_id=task_id, version=version, params=params)


def carry_out(
    actor: Actor,
    dossier: Dossier,
    verb: str,
    *,
    task_id: UUID | None = None,
    version: int | None = None,
    params: Mapping[str, Any] | None = None,
) -> Dossier:
    """Decide, write, and let follow what follows; inside the caller's transaction."""
    procedure = catalogue.procedure(dossier.procedure)
    given = _with_ids(params or {})
    command = access.command(actor, dossier, verb, task_id=task_id, version=version, params=given)
    if verb == "assign":
        _check_officer(dossier, command)
    now = clock.now()
    may_accept = verb == "accept" and dossier.accepted_at is None
    code = next_code(dossier.desk_id, now) if may_accept else ""
    world = around(procedure, dossier, code=code, also=given.get("body_id"))
    decided = decide(procedure, dossier, command, surroundings=world, now=now)
    new = decided.dossier
    if new == dossier:
        return dossier
    if any(effect.kind == "issue" for effect in decided.effects):
        new, decided = allotted(procedure, decided)
    if numbers(procedure, new.answers) != numbers(procedure, dossier.answers):
        new = replace(new, persons=concerned(procedure, new.answers))
        decided = replace(decided, dossier=new)
    before = None
    if verb in ANSWERING and (new.answers != dossier.answers or new.papers != dossier.papers):
        before = {"answers": dossier.answers, "papers": dossier.papers, "at": now.isoformat()}
    storage.update(dossier, new, before=before)
    follow(actor, procedure, decided)
    if before is not None:
        want_extracts(procedure, new)
    return new


@transaction.atomic
def seal_result(dossier_id: UUID, paper_id: UUID, code: str = "") -> None:
    """The result was sealed: the dossier goes on. A second call for the same paper does nothing."""
    dossier = storage.load(dossier_id)
    if dossier is None or not any(task.kind == "seal" for task in dossier.open_tasks):
        return
    carry_out(SYSTEM, dossier, "seal", params={"paper": str(paper_id), "code": code})


def assign(
    actor: Actor,
    dossier_id: UUID,
    task_id: UUID,
    *,
    officer_id: UUID,
    version: int | None = None,
) -> Dossier:
    """A leader gives a task to an officer of the task's body.

    Refusal dossiers.not-an-officer-there, and those of `act_on`."""
    return act_on(
        actor, dossier_id, "assign", task_id=task_id, version=version, officer_id=officer_id
    )


def bulk_assign(
    actor: Actor, tasks: Iterable[tuple[UUID, UUID]], *, officer_id: UUID
) -> BulkResult:
    """Give many (dossier, task) pairs to one officer; each on its own, refusals are listed."""
    done, failed = [], []
    for dossier_id, task_id in tasks:
        try:
            assign(actor, dossier_id, task_id, officer_id=officer_id)
        except Refusal as no:
            failed.append(
                Failure(dossier_id=dossier_id, task_id=task_id, code=no.code, params=no.params)
            )
        else:
            done.append(dossier_id)
    return BulkResult(done=tuple(done), failed=tuple(failed))


@transaction.atomic
def take_next(actor: Actor) -> tuple[UUID, UUID] | None:
    """Take the task of one's unit that is due first and that nobody took: (dossier, task) or None.

    Two officers who ask at once get different tasks (`SKIP LOCKED`)."""
    found = next_in_queue(actor)
    if found is None:
        return None
    dossier_id, task_id = found
    carry_out(actor, access.visible(actor, dossier_id), "take", task_id=task_id)
    return dossier_id, task_id


def _read(
    dossier: Dossier, verb: str, *, raw: Raw, sent: Mapping[str, Any], task_id: UUID | None
) -> dict[str, Any]:
    procedure = catalogue.procedure(dossier.procedure)
    if verb in ANSWERING:
        boxes, faults = boxes_of(procedure.fields(), sent)
        raw = {**boxes, **raw}
        fields, key = _present(procedure.fields(), raw), "answers"
    else:
        task = next((t for t in dossier.tasks if t.id == task_id), None)
        task = task or next((t for t in dossier.open_tasks if verb in t.may), None)
        fields, key = recordable(procedure, task), "values"
        boxes, faults = boxes_of(fields, sent)
        raw = {**boxes, **raw}
    context = catalogue.Context(
        today=local_date(clock.now()),
        filed=dossier.submitted_at,
        recorded=dossier.recorded,
        area_level=area_level,
    )
    given, problems = catalogue.read_fields(
        procedure, fields, raw, answers=dossier.answers, context=context
    )
    if problems := (*faults, *problems):
        raise Refusal("dossiers.form-incomplete", problems, count=len(problems))
    return {key: given}


def _present(fields: tuple[Field, ...], raw: Raw) -> tuple[Field, ...]:
    """The fields of which anything was sent (dates, addresses and tables come in parts)."""
    sent = {name for key in raw for name in (key, key.rpartition("-")[0], key.rpartition(".")[0])}
    sent |= {question_of(key) for key in raw}
    return tuple(field for field in fields if field.field in sent)


def _papers(
    actor: Actor, dossier: Dossier, uploads: Mapping[str, Iterable[Any]]
) -> dict[str, tuple[str, ...]]:
    """Store what was brought; what was given before under the same paper stays beside it."""
    papers: dict[str, tuple[str, ...]] = {}
    for paper, files in uploads.items():
        listed = list(files)
        if not listed:
            continue
        ids = keep_uploads(actor, dossier.id, dossier.procedure, paper=paper, uploads=listed)
        papers[paper] = (*dossier.papers.get(paper, ()), *(str(one) for one in ids))
    return papers


def _with_ids(params: Mapping[str, Any]) -> dict[str, Any]:
    """Identifiers as such, however a screen sent them; what is none is left out."""
    given = dict(params)
    for name in IDENTIFIERS & given.keys():
        try:
            given[name] = UUID(str(given[name]))
        except ValueError:
            del given[name]
    if "body_id" in given:
        directory.body(given["body_id"])  # a Refusal if there is no such body
    return given


def _check_officer(dossier: Dossier, command: Command) -> None:
    """Work is given only to somebody who holds a post in the task's body, in its role."""
    task = next((t for t in dossier.open_tasks if t.id == command.task_id), None)
    officer = command.params.get("officer_id")
    if task is None or task.body_id is None or officer is None:
        return  # the engine says what is wrong
    role = task.role or None
    if officer not in {card.id for card, _ in identity.officers_of(task.body_id, role=role)}:
        raise Refusal("dossiers.not-an-officer-there")


def mark_check(
    actor: Actor,
    dossier_id: UUID,
    item: str,
    mark: str,
    *,
    task_id: UUID | None = None,
    say: str = "",
) -> Dossier:
    """Mark one paper, question or page as checked: "ok", "doubt" or "" (not checked)."""
    return act_on(actor, dossier_id, "check", task_id=task_id, item=item, mark=mark, say=say)
