"""Reasons, words and items that an officer must give: never an obstacle without a ground."""

from typing import Any

from motcua.catalogue.rules.answers import get, merged, recorded_fields
from motcua.catalogue.rules.procedure import Evidence, Field, Procedure
from motcua.dossiers.rules.turn import Turn
from motcua.kernel.refusals import Problem, Refusal

Items = tuple[dict[str, Any], ...]


def coded_reason(turn: Turn, *verbs: str) -> tuple[str, str]:
    """(code, text): a reason of the procedure for one of these verbs, and what was written."""
    code, say = turn.said("reason"), turn.said()
    if not code:
        raise Refusal("dossiers.reason-needed")
    known = {r.code for r in turn.procedure.reasons if not r.verbs or set(r.verbs) & set(verbs)}
    if code not in known:
        raise Refusal("dossiers.unknown-reason", reason=code)
    if not say:
        raise Refusal("dossiers.say-needed")
    return code, say


def words(turn: Turn, name: str = "say") -> str:
    """A text that may not be empty."""
    text = turn.said(name)
    if not text:
        raise Refusal("dossiers.say-needed")
    return text


def asked_items(turn: Turn) -> Items:
    """What is asked for: papers and fields that the procedure knows, at least one."""
    items = tuple(dict(item) for item in turn.param("items") or ())
    if not items:
        raise Refusal("dossiers.nothing-asked")
    for item in items:
        name = item.get("paper") or item.get("field") or ""
        if name not in known_items(turn.procedure):
            raise Refusal("dossiers.unknown-item", item=str(name))
    return items


def known_items(procedure: Procedure) -> frozenset[str]:
    """Papers, fields and pages by name: what can be asked for or checked."""
    papers = {evidence.paper for evidence in procedure.evidence}
    fields = {field.field for field in procedure.fields()}
    recorded = {field.field for field in recorded_fields(procedure)}
    return frozenset(papers | fields | recorded | {page.page for page in procedure.form})


def wanted_in_spite(turn: Turn, items: Items, reason: str) -> tuple[Evidence, ...]:
    """Asked papers that a register holds: only with a coded reason for that, `in_spite` (or the
    reason of the whole request). Refusal "dossiers.paper-is-held"."""
    asked = {item.get("paper") for item in items}
    held = tuple(e for e in turn.procedure.evidence if e.instead and e.paper in asked)
    if held and code_in_spite(turn, reason) not in reasons_in_spite(turn.procedure):
        first = held[0]
        raise Refusal(
            "dossiers.paper-is-held",
            paper=first.title,
            register=first.source or first.instead,
            law=first.law,
        )
    return held


def code_in_spite(turn: Turn, reason: str) -> str:
    """Why a paper is wanted that a register holds."""
    return turn.said("in_spite") or reason


def reasons_in_spite(procedure: Procedure) -> frozenset[str]:
    """The codes that allow to ask for a paper which a register holds."""
    return frozenset(one.code for one in procedure.reasons if one.in_spite)


def record_values(turn: Turn, fields: tuple[Field, ...]) -> None:
    """Keep what the officer found (`values`); every question that is asked must have an answer."""
    values = turn.param("values") or {}
    known = {field.field for field in fields}
    given = {path: get(values, path) for path in known if get(values, path) is not None}
    given |= {path: value for path, value in values.items() if path in known}
    recorded = turn.dossier.recorded
    for path, value in given.items():
        recorded = merged(recorded, nested(path, value))
    turn.put(recorded=recorded)
    true = turn.truth()
    missing = [
        f for f in fields if not f.optional and true(f.when) and _is_blank(get(recorded, f.field))
    ]
    if missing:
        faults = (
            Problem(path=f.field, code="catalogue.required", params={"title": f.title})
            for f in missing
        )
        raise Refusal("dossiers.record-incomplete", tuple(faults))


def nested(path: str, value: Any) -> dict[str, Any]:
    """`("child.name", "An")` -> `{"child": {"name": "An"}}`."""
    first, _, rest = path.partition(".")
    return {first: nested(rest, value) if rest else value}


def _is_blank(value: Any) -> bool:
    return value is None or value in ("", [], {})
