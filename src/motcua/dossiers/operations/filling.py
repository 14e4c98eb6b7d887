"""Whole forms and whole tables at once: what software sends, and what comes from a file."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from msgspec.structs import replace as replaced

from motcua.catalogue import api as catalogue
from motcua.catalogue.rules.answers import get, merged, put
from motcua.catalogue.rules.paths import question_of
from motcua.catalogue.rules.rows import read_rows
from motcua.dossiers.models import Draft
from motcua.dossiers.operations.drafts import form_context, locked_draft, put_page, touch
from motcua.dossiers.operations.prefilling import fill
from motcua.dossiers.queries.drafts import draft_view
from motcua.dossiers.rules.kinds import given, is_of_kind, strange
from motcua.dossiers.shapes import DraftView
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Problem, Refusal

Boxes = dict[str, list[str]]


@transaction.atomic
def import_rows(
    actor: Actor,
    draft_id: UUID,
    field: str,
    csv_bytes: bytes,
    *,
    replace: bool = False,
    version: int | None = None,
) -> tuple[DraftView, tuple[Problem, ...]]:
    """Add the rows of a CSV file to a table of the form; every fault of every row at once.

    The rows that were there stay before them (`replace=True`: they go); a file whose rows stand
    there already adds nothing (a double click). Rows with faults are kept as typed, to be mended
    on the page. With a fault of the file itself ("catalogue.csv-...") nothing changes. Refusals:
    dossiers.no-such-table, dossiers.draft-changed, dossiers.draft-not-found.
    """
    draft = _current(actor, draft_id, version)
    procedure = catalogue.procedure(draft.procedure)
    page, table = _table(procedure, field)
    boxes: Boxes = draft.typed.get(page.page) or _as_typed(page.ask, draft.answers)
    rows = {key: value for key, value in boxes.items() if question_of(key) == field}
    rest = {key: value for key, value in boxes.items() if key not in rows}
    kept = {} if replace else rows
    sent, faults = catalogue.rows_from_csv(table, csv_bytes)
    if not sent or any(fault.path == field for fault in faults):
        return draft_view(draft), faults
    new, faults = _after(kept, sent, faults)
    if not _stand_there(table, kept, new):
        problems = put_page(draft, procedure, page, raw=rest | kept | new, done=False)
        touch(draft)
        draft.save()
        told = {fault.path for fault in faults}
        own = (one for one in problems if question_of(one.path) == field and one.path not in told)
        faults = (*faults, *own)
    return draft_view(draft), faults


def _after(
    kept: Boxes, sent: Boxes, faults: tuple[Problem, ...]
) -> tuple[Boxes, tuple[Problem, ...]]:
    """The rows of a file and their faults, numbered after those that are there."""
    first = _count(kept)
    moved = {_moved(key, first): value for key, value in sent.items()}
    return moved, tuple(replaced(fault, path=_moved(fault.path, first)) for fault in faults)


def _moved(path: str, rows: int) -> str:
    name, _, rest = path.partition("[")
    number, _, cell = rest.partition("]")
    return f"{name}[{int(number) + rows}]{cell}"


@transaction.atomic
def save_answers(
    actor: Actor,
    draft_id: UUID,
    answers: Mapping[str, Any],
    *,
    version: int | None = None,
) -> tuple[DraftView, tuple[Problem, ...]]:
    """Lay answers (nested, as a dossier keeps them) over those of a draft, all pages at once.

    The same checks as page by page, all faults together, and those of answers that no question
    asks for; what is right is kept, what is wrong as typed. None takes an answer away; a table is
    replaced as a whole; what the form computes itself is computed again. Refusals:
    dossiers.draft-changed, dossiers.draft-not-found.
    """
    draft = _current(actor, draft_id, version)
    procedure = catalogue.procedure(draft.procedure)
    faults = strange(procedure, answers)
    fields = {field.field: field for field in procedure.fields()}
    draft.answers = merged(draft.answers, {})
    for path, value in given(procedure, answers).items():
        put(draft.answers, path, value if is_of_kind(fields[path], value) else None)
    problems: list[Problem] = []
    for page in procedure.form:
        problems += put_page(
            draft, procedure, page, raw=_as_typed(page.ask, draft.answers), done=True
        )
    filled = fill(actor, draft, form_context(draft)).new
    _finish(draft, procedure, filled)
    problems = [one for one in problems if question_of(one.path) not in filled]
    touch(draft)
    draft.save()
    asked = catalogue.visible_fields(procedure, draft.answers, form_context(draft))
    known = {question_of(fault.path) for fault in faults}
    visible = {field.field for field in asked} - known
    return draft_view(draft), (*faults, *(p for p in problems if question_of(p.path) in visible))


def _finish(draft: Draft, procedure: catalogue.Procedure, filled: frozenset[str]) -> None:
    """Pages whose only fault was what registers have filled since are done."""
    for page in procedure.form:
        if not any(field.field in filled for field in page.ask):
            continue
        raw = draft.typed.get(page.page) or _as_typed(page.ask, draft.answers)
        put_page(draft, procedure, page, raw=raw, done=True)


def _current(actor: Actor, draft_id: UUID, version: int | None) -> Draft:
    draft = locked_draft(actor, draft_id)
    if version is not None and version != draft.version:
        raise Refusal("dossiers.draft-changed")
    return draft


def _table(procedure: catalogue.Procedure, name: str) -> tuple[catalogue.Page, catalogue.Field]:
    for page in procedure.form:
        for field in page.ask:
            if field.field == name and field.kind == "rows":
                return page, field
    raise Refusal("dossiers.no-such-table")


def _as_typed(fields: tuple[catalogue.Field, ...], answers: Mapping[str, Any]) -> Boxes:
    boxes: Boxes = {}
    for field in fields:
        value = get(answers, field.field)
        boxes |= catalogue.as_typed(field, value)
    return boxes


def _count(boxes: Boxes) -> int:
    """How many rows are typed; a number that was left out counts, so that none is written over."""
    numbers = [int(key.partition("[")[2].partition("]")[0] or 0) for key in boxes if "[" in key]
    return max(numbers, default=-1) + 1


def _stand_there(table: catalogue.Field, old: Boxes, new: Boxes) -> bool:
    """Whether the last rows are those of the file already."""
    rows, _ = read_rows(table, new)
    before, _ = read_rows(table, old)
    return bool(rows) and before[-len(rows) :] == rows
