"""What people try: sensible things, and anything."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from motcua.dossiers import api
from motcua.dossiers.rules.registry import RULES
from motcua.kernel.actors import Actor
from motcua.kernel.working_time import add_working
from tests.dossiers.world import scan
from tests.simulation.cast import Cast

WITH_REASON = {"ask-once", "return", "refuse", "refuse-unanswered"}
PLAIN = {"yes-no": True, "number": 5, "money": 0, "date": "2026-03-03"}
ODD: dict[str, list[Any]] = {
    "say": ["", " ", "Vì lý do.", 7, None, "x" * 9000],
    "reason": ["", "unreadable-paper", "not-eligible", 3],
    "grant": [True, False, "maybe"],
    "items": [(), ({"paper": "x"},), ({},), "x"],
    "due_at": [None, "tomorrow", datetime(2020, 1, 1)],
    "visit_at": [None, 5],
    "body_id": [None, "", "x", "00000000-0000-0000-0000-000000000000"],
    "within": ["", "1 working day", "for ever", -1],
    "item": ["birth-notice", "", "x", 4],
    "mark": ["ok", "doubt", "", "x"],
    "officer_id": [None, "x"],
    "agrees": [True, "x"],
}


def sensible(
    choice: api.Choice, actor: Actor, dossier: api.Dossier, cast: Cast, chance: Random
) -> dict[str, Any]:
    """Parameters with which the chosen verb can succeed."""
    make = _PARAMS.get(choice.verb)
    params: dict[str, Any] = {"say": "Vì lý do chính đáng."}
    if choice.verb in WITH_REASON and choice.reasons:
        params["reason"] = chance.choice(choice.reasons).code
    if choice.fields and choice.verb in {"record", "confirm", "propose", "sign"}:
        params["raw"] = _recorded(choice)
    return params | (make(choice, actor, dossier, cast) if make else {})


def anything(chance: Random) -> tuple[str, dict[str, Any]]:
    """Any verb with any parameters."""
    params = {name: chance.choice(odd) for name, odd in ODD.items() if chance.random() < 0.4}
    return chance.choice([*RULES, "fly"]), params


def _recorded(choice: api.Choice) -> dict[str, list[str]]:
    raw: dict[str, list[str]] = {}
    for field in choice.fields:
        value = field.options[0].value if field.options else PLAIN.get(field.kind, "Đã kiểm tra.")
        raw |= catalogue.as_typed(field, value)
    return raw


def _items(_choice: Any, _actor: Actor, dossier: api.Dossier, _cast: Cast) -> dict[str, Any]:
    paper = next(iter(dossier.papers), None)
    field = next(field.field for field in catalogue.procedure(dossier.procedure).fields())
    return {"items": [{"paper": paper}] if paper else [{"field": field}]}


def _supplement(_choice: Any, _actor: Actor, dossier: api.Dossier, _cast: Cast) -> dict[str, Any]:
    asked = dossier.open_request.items if dossier.open_request else ()
    return {"raw": {}, "uploads": {i["paper"]: [scan()] for i in asked if i.get("paper")}}


def _correct(choice: api.Choice, _actor: Actor, _dossier: Any, _cast: Cast) -> dict[str, Any]:
    names = [field for field in choice.fields if field.kind == "person-name"]
    return {"raw": catalogue.as_typed(names[-1], "Trần Thị Bình")} if names else {}


def _opinion(_choice: Any, actor: Actor, _dossier: Any, cast: Cast) -> dict[str, Any]:
    other = next(body for body in reversed(cast.bodies) if body != actor.body_id)
    return {"body_id": other, "within": "4 working hours"}


def _transfer(_choice: Any, actor: Actor, _dossier: Any, cast: Cast) -> dict[str, Any]:
    return {"body_id": next(body for body in cast.bodies[::-1] if body != actor.body_id)}


def _visit(_choice: Any, _actor: Actor, dossier: api.Dossier, _cast: Cast) -> dict[str, Any]:
    calendar = directory.calendar_of(dossier.body_id)
    start = dossier.clock.started_at if dossier.clock else dossier.submitted_at
    return {"visit_at": add_working(calendar, start, 600)}


def _apology(_choice: Any, _actor: Actor, dossier: api.Dossier, _cast: Cast) -> dict[str, Any]:
    assert dossier.clock is not None
    calendar = directory.calendar_of(dossier.body_id)
    return {"due_at": add_working(calendar, dossier.clock.due_at + timedelta(minutes=1), 960)}


def _assign(choice: api.Choice, actor: Actor, _dossier: Any, _cast: Cast) -> dict[str, Any]:
    listed = api.colleagues(actor, choice.task_id)
    return {"officer_id": listed[-1][0]} if listed else {}


def _check(_choice: Any, _actor: Actor, dossier: api.Dossier, _cast: Cast) -> dict[str, Any]:
    return {"item": next(iter(dossier.papers), "x"), "mark": "ok"}


_PARAMS: dict[str, Callable[[Any, Actor, Any, Cast], dict[str, Any]]] = {
    "ask-once": _items,
    "supplement": _supplement,
    "correct": _correct,
    "reissue": _correct,
    "ask-opinion": _opinion,
    "transfer": _transfer,
    "schedule": _visit,
    "apologise": _apology,
    "assign": _assign,
    "check": _check,
}
