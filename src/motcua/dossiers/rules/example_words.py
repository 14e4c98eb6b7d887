"""How the words of a pack's example become commands: who says a verb, and with which parameters.

Everything has a sensible default, so that an example tells only what matters to it.
"""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from motcua.catalogue.rules.answers import nest
from motcua.dossiers.rules.registry import APPLICANT, RULES, Rule
from motcua.dossiers.rules.state import Command, Dossier, Task

ALL = frozenset({"receive", "process", "sign", "opine", "lead", "hand-over", "verify-identity"})
SYSTEM = "system"
NEEDS_OWN_WORDS = frozenset({"supplement", "ask-once", "return", "refuse", "refuse-unanswered"})
MOMENTS = {"due": "due_at", "due_at": "due_at", "visit": "visit_at", "visit_at": "visit_at"}


def named(*parts: str) -> UUID:
    """Always the same id for the same words."""
    return uuid5(NAMESPACE_URL, "/".join(("example", *parts)))


APPLICANT_ID = named("applicant")


def moment(value: Any, zone: tzinfo) -> datetime:
    """`2026-02-13 15:40` (or a datetime that YAML made of it) in local time."""
    parsed = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=zone)


def command_for(dossier: Dossier, step: Mapping[str, Any], zone: tzinfo) -> Command:
    """The command of one step of an example: {do, as?, with?} in the dossier's present state.

    `as` is a role, "applicant" or "system"; otherwise it is whoever owes what the verb fits.
    """
    verb, voice = str(step["do"]), str(step.get("as", ""))
    task = _task(dossier, RULES.get(verb), voice)
    command = Command(verb=verb, params=params_for(dossier, step, zone))
    who = voice or _voice(RULES.get(verb), task)
    if who == SYSTEM:
        return command
    return _spoken(command, dossier, task=task, who=who)


def params_for(dossier: Dossier, step: Mapping[str, Any], zone: tzinfo) -> dict[str, Any]:
    """The parameters of a verb as the engine takes them, from `with`."""
    verb, given = str(step["do"]), dict(step.get("with") or {})
    params: dict[str, Any] = {}
    for name, value in given.items():
        if name in MOMENTS:
            params[MOMENTS[name]] = moment(value, zone)
        elif name == "answers":
            params[name] = nest(value)
        elif name == "papers":
            params[name] = _papers(value)
        elif name in {"body", "officer"}:
            params[f"{name}_id"] = _id_of(name, value)
        else:
            params[name] = value
    if verb not in NEEDS_OWN_WORDS:
        params.setdefault("say", "…")
    if verb == "pay" and dossier.charges:
        asked_now = dossier.open_charge or dossier.charges[-1]
        params.setdefault("charge_id", asked_now.id)
    if verb == "supplement" and not given and dossier.open_request:
        asked = [item["paper"] for item in dossier.open_request.items if item.get("paper")]
        params["papers"] = _papers(asked)
        params["say"] = "…"
    return params


def _papers(value: Any) -> dict[str, tuple[str, ...]]:
    if isinstance(value, Mapping):
        return {name: tuple(str(i) for i in ids) for name, ids in value.items()}
    return {str(name): (f"{name}.pdf",) for name in value}


def _id_of(kind: str, value: Any) -> UUID:
    if isinstance(value, Mapping):
        return named(kind, str(value.get("body", "")), str(value.get("area", "")))
    return named(kind, str(value))


def _task(dossier: Dossier, rule: Rule | None, voice: str) -> Task | None:
    if rule is None or not rule.on:
        return None
    fitting = [
        t
        for t in dossier.open_tasks
        if t.kind in rule.on and (rule.verb in t.may or not rule.in_may)
    ]
    spoken = [t for t in fitting if voice in {t.role, t.name}]
    return next(iter(spoken or fitting), None)


def _voice(rule: Rule | None, task: Task | None) -> str:
    if rule is not None and SYSTEM in rule.by:
        return SYSTEM
    if task is not None:
        return APPLICANT if task.body_id is None else task.role
    return APPLICANT if rule is not None and APPLICANT in rule.by else "officer"


def _spoken(command: Command, dossier: Dossier, *, task: Task | None, who: str) -> Command:
    """By the applicant, or by the officer of a role in the body that owes the task."""
    params = command.params
    if who == APPLICANT:
        return Command(verb=command.verb, by=APPLICANT_ID, params=params)
    body_id = (task.body_id if task else None) or dossier.body_id
    state = task.state if task else dossier.at
    role = task.role if task and who == task.name else who
    return Command(
        verb=command.verb,
        by=named("officer", str(body_id), role, state),
        officer=True,
        body_id=body_id,
        role=role,
        permissions=ALL,
        task_id=task.id if task else None,
        params=params,
    )
