"""The form of a service at work: which questions are asked, what an answer means, what is wrong.

Every fault of a page or of a whole form comes back at once, as Problems. The sentences are in
`catalogue/refusals.py`; `params["title"]` is the question in each language.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from motcua.catalogue.rules.answers import (
    NOWHERE,
    Context,
    Truth,
    completed,
    get,
    merged,
    put,
    remove,
)
from motcua.catalogue.rules.faults import fault_of, kind_fault, problem_at, simple_as_typed
from motcua.catalogue.rules.procedure import Answers, Evidence, Field, Page, Procedure
from motcua.catalogue.rules.reading import Raw, Unreadable, read_answer
from motcua.catalogue.rules.rows import (
    Unread,
    keep_asked,
    read_rows,
    rows_as_typed,
    table_faults,
)
from motcua.kernel.refusals import Problem

Problems = tuple[Problem, ...]


def visible_pages(
    procedure: Procedure, answers: Mapping[str, Any], context: Context = NOWHERE
) -> tuple[Page, ...]:
    """The pages to fill, each with only the questions that are asked; empty pages are left out."""
    return tuple(_visible(procedure.form, Truth(procedure, answers, context)))


def _visible(pages: tuple[Page, ...], true: Truth) -> Iterator[Page]:
    for page in pages:
        if not true(page.when):
            continue
        asked = tuple(field for field in page.ask if true(field.when))
        if asked:
            yield msgspec.structs.replace(page, ask=asked)


def visible_fields(
    procedure: Procedure, answers: Mapping[str, Any], context: Context = NOWHERE
) -> tuple[Field, ...]:
    """The questions that are asked, in order."""
    return tuple(f for page in visible_pages(procedure, answers, context) for f in page.ask)


def read_page(
    procedure: Procedure,
    page_id: str,
    raw: Raw,
    *,
    answers: Mapping[str, Any] | None = None,
    context: Context = NOWHERE,
) -> tuple[Answers, Problems]:
    """What was typed on one page: (answers of this page, nested; everything that is wrong).

    `answers` are those of the other pages: they decide which questions are asked here. Unknown
    fields are ignored. What could be read is given back even when something else is wrong.
    KeyError if the form has no such page.
    """
    return read_fields(
        procedure, procedure.page(page_id).ask, raw, answers=answers, context=context
    )


def read_fields(
    procedure: Procedure,
    fields: tuple[Field, ...],
    raw: Raw,
    *,
    answers: Mapping[str, Any] | None = None,
    context: Context = NOWHERE,
) -> tuple[Answers, Problems]:
    """Like `read_page`, for any questions: what an officer records, fields asked for again."""
    given, faults, unread = _read(fields, raw)
    rest = merged(answers or {}, {})
    for field in fields:
        remove(rest, field.field)
    true = Truth(procedure, merged(rest, given), context)
    problems: list[Problem] = []
    for field in fields:
        value = get(given, field.field)
        if not true(field.when):
            remove(given, field.field)
        elif field.kind == "rows":
            table = table_faults(
                field, value, true, context=context, unread=unread.get(field.field, {})
            )
            problems += table
            keep_asked(field, given, true)
        elif fault := faults.get(field.field) or fault_of(field, value, true, context=context):
            problems.append(fault)
    return _pruned(given), tuple(problems)


def _read(
    fields: tuple[Field, ...], raw: Raw
) -> tuple[Answers, dict[str, Problem], dict[str, Unread]]:
    """What was typed: the answers, what could not be read, and the same for each table."""
    given: Answers = {}
    faults: dict[str, Problem] = {}
    tables: dict[str, Unread] = {}
    for field in fields:
        value: Any
        try:
            if field.kind == "rows":
                value, tables[field.field] = read_rows(field, raw)
            else:
                value = read_answer(field, raw)
        except Unreadable as fault:
            faults[field.field] = problem_at(field, fault.code, **fault.params)
            continue
        if value is not None and value != []:
            put(given, field.field, value)
    return given, faults, tables


def blanks(fields: tuple[Field, ...], given: Mapping[str, Any]) -> tuple[str, ...]:
    """Paths of `fields` without an answer in `given`: what a saved page must forget."""
    return tuple(field.field for field in fields if get(given, field.field) is None)


def check_answers(
    procedure: Procedure, answers: Mapping[str, Any], context: Context = NOWHERE
) -> Problems:
    """Everything wrong with a whole form: missing, of a wrong kind, or against a rule."""
    true = Truth(procedure, answers, context)
    problems: list[Problem] = []
    for page in _visible(procedure.form, true):
        for field in page.ask:
            value = get(answers, field.field)
            if field.kind == "rows":
                problems += table_faults(field, value, true, context=context)
            elif fault := fault_of(field, value, true, context=context) or kind_fault(field, value):
                problems.append(fault)
    return (*problems, *_sum_faults(procedure, true))


def _sum_faults(procedure: Procedure, true: Truth) -> Iterator[Problem]:
    """Sums that are too large to compute; said of their tables."""
    for one in procedure.compute:
        table = procedure.field(one.sum.rpartition(".")[0]) if one.sum else None
        if table is not None and get(true.answers, one.name) is None:
            yield problem_at(table, "not-computable")


def without_hidden(
    procedure: Procedure, answers: Mapping[str, Any], context: Context = NOWHERE
) -> Answers:
    """Only the answers to questions that are asked, and what is computed from them: what a dossier
    keeps when it is filed."""
    true = Truth(procedure, answers, context)
    kept: Answers = {}
    for page in _visible(procedure.form, true):
        for field in page.ask:
            value = get(answers, field.field)
            if value is not None:
                put(kept, field.field, value)
                if field.kind == "rows":
                    keep_asked(field, kept, true)
    return completed(procedure, kept, context)


def evidence_needed(
    procedure: Procedure, answers: Mapping[str, Any], context: Context = NOWHERE
) -> tuple[Evidence, ...]:
    """The papers to attach: condition true, and no register holds them already."""
    true = Truth(procedure, answers, context)
    return tuple(e for e in procedure.evidence if not e.instead and true(e.when))


def evidence_replaced(
    procedure: Procedure, answers: Mapping[str, Any], context: Context = NOWHERE
) -> tuple[Evidence, ...]:
    """The papers that the law names but a register replaces: shown, not asked for."""
    true = Truth(procedure, answers, context)
    return tuple(e for e in procedure.evidence if e.instead and true(e.when))


def as_typed(field: Field, value: Any) -> dict[str, list[str]]:
    """An answer as a browser would send it: to fill a form again, and to check it again."""
    if field.kind == "rows":
        return rows_as_typed(field, value)
    return simple_as_typed(field, value)


def _pruned(tree: Answers) -> Answers:
    """Without the empty branches that removed answers leave."""
    kept = {k: _pruned(v) if isinstance(v, dict) else v for k, v in tree.items()}
    return {key: value for key, value in kept.items() if value != {}}
