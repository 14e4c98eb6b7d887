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
    as_date,
    get,
    merged,
    put,
    remove,
)
from motcua.catalogue.rules.procedure import Answers, Evidence, Field, Page, Procedure
from motcua.catalogue.rules.reading import Raw, Unreadable, read_answer
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
    given: Answers = {}
    faults: dict[str, Problem] = {}
    for field in fields:
        try:
            value = read_answer(field, raw)
        except Unreadable as fault:
            faults[field.field] = _problem(field, fault.code, **fault.params)
            continue
        if value is not None:
            put(given, field.field, value)
    rest = merged(answers or {}, {})
    for field in fields:
        remove(rest, field.field)
    true = Truth(procedure, merged(rest, given), context)
    asked = [field for field in fields if true(field.when)]
    for field in fields:
        if field not in asked:
            remove(given, field.field)
    problems = [
        faults.get(field.field) or _fault(field, get(given, field.field), true, context)
        for field in asked
    ]
    return _pruned(given), tuple(problem for problem in problems if problem)


def blanks(fields: tuple[Field, ...], given: Mapping[str, Any]) -> tuple[str, ...]:
    """Paths of `fields` without an answer in `given`: what a saved page must forget."""
    return tuple(field.field for field in fields if get(given, field.field) is None)


def check_answers(
    procedure: Procedure, answers: Mapping[str, Any], context: Context = NOWHERE
) -> Problems:
    """Everything wrong with a whole form: missing, of a wrong kind, or against a rule."""
    true = Truth(procedure, answers, context)
    problems = []
    for page in _visible(procedure.form, true):
        for field in page.ask:
            value = get(answers, field.field)
            problems.append(_fault(field, value, true, context) or _kind_fault(field, value))
    return tuple(problem for problem in problems if problem)


def without_hidden(
    procedure: Procedure, answers: Mapping[str, Any], context: Context = NOWHERE
) -> Answers:
    """Only the answers to questions that are asked: what a dossier keeps when it is filed."""
    kept: Answers = {}
    for field in visible_fields(procedure, answers, context):
        value = get(answers, field.field)
        if value is not None:
            put(kept, field.field, value)
    return kept


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


def prefill(procedure: Procedure, facts: Mapping[str, Any]) -> Answers:
    """First answers from what is known: `facts` = {"applicant": {"full_name": ..., ...}}.

    A fact that would not pass as an answer is left out; the applicant types it instead.
    """
    answers: Answers = {}
    for field in procedure.fields():
        value = get(facts, field.prefill) if field.prefill else None
        if value is not None and value != "" and not _kind_fault(field, value):
            put(answers, field.field, value)
    return answers


def _fault(field: Field, value: Any, true: Truth, context: Context) -> Problem | None:
    if value is None or value in ("", [], {}):
        return None if field.optional else _problem(field, "required")
    if problem := _area_fault(field, value, context):
        return problem
    if true.denies(field.must):
        return _problem(field, "must", text=field.otherwise)
    return None


def _area_fault(field: Field, value: Any, context: Context) -> Problem | None:
    if context.area_level is None or field.kind not in {"area", "address"}:
        return None
    code = value.get("area") if isinstance(value, Mapping) else value
    wanted = "commune" if field.kind == "address" else field.level
    found = context.area_level(str(code))
    if not found:
        return _problem(field, "area")
    return _problem(field, "area-level", level=wanted) if wanted and found != wanted else None


def _kind_fault(field: Field, value: Any) -> Problem | None:
    """Whether a stored answer would still be read as typed (drafts outlive versions)."""
    if value is None:
        return None
    try:
        if read_answer(field, as_typed(field, value)) != value:
            return _problem(field, "unreadable-characters")
    except Unreadable as fault:
        return _problem(field, fault.code, **fault.params)
    return None


def as_typed(field: Field, value: Any) -> dict[str, list[str]]:
    """An answer as a browser would send it: to fill a form again, and to check it again."""
    name = field.field
    if value is None:
        return {}
    if field.kind == "address":
        parts = value if isinstance(value, Mapping) else {}
        return {f"{name}.{part}": [str(parts.get(part, ""))] for part in ("area", "line")}
    if field.kind == "date" and (day := as_date(value)):
        parts = {"day": day.day, "month": day.month, "year": f"{day.year:04}"}
        return {f"{name}-{part}": [str(number)] for part, number in parts.items()}
    if field.kind == "choices":
        return {name: [str(v) for v in value] if isinstance(value, list) else [str(value)]}
    if isinstance(value, bool):
        return {name: ["yes" if value else "no"]}
    return {name: [str(value)]}


def _problem(
    field: Field, code: str, *, text: dict[str, str] | None = None, **params: Any
) -> Problem:
    return Problem(
        path=field.field,
        code=f"catalogue.{code}",
        params={"title": field.title, **params},
        text=text or {},
    )


def _pruned(tree: Answers) -> Answers:
    """Without the empty branches that removed answers leave."""
    kept = {k: _pruned(v) if isinstance(v, dict) else v for k, v in tree.items()}
    return {key: value for key, value in kept.items() if value != {}}
