"""The form of an action, made of its verb's needs: what is shown, what is read, what is missing."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from motcua.catalogue import api as catalogue
from motcua.dossiers import api as dossiers
from motcua.kernel.refusals import Problem, Refusal
from motcua.web.desk.access import Raw
from motcua.web.desk.history import item_titles
from motcua.web.desk.moments import boxes, moment_of
from motcua.web.desk.verbs import Verb
from motcua.web.shell.controls import Typed, raw_values
from motcua.web.shell.extracts import register_name
from motcua.web.shell.sentences import pick

YES, NO, NEITHER = "yes", "no", "neither"
WITHIN = ("4 working hours", "1 working day", "2 working days", "3 working days", "5 working days")
# Where on the form a refusal of the engine belongs.
PLACES = {
    "dossiers.reason-needed": "reason",
    "dossiers.unknown-reason": "reason",
    "dossiers.paper-is-held": "in_spite",
    "dossiers.say-needed": "say",
    "dossiers.nothing-asked": "papers",
    "dossiers.unknown-item": "papers",
    "dossiers.no-officer-named": "officer",
    "dossiers.not-an-officer-there": "officer",
    "dossiers.no-body-named": "body",
    "dossiers.same-body": "body",
    "dossiers.opinion-needs-a-deadline": "within",
    "dossiers.visit-needs-a-time": "visit",
    "dossiers.visit-in-the-past": "visit",
    "dossiers.new-date-not-later": "due",
    "dossiers.new-date-not-worked": "due",
}
Check = Callable[[Typed], str]


def is_granted(typed: Typed) -> bool:
    return typed.one("grant") != NO


def params_of(of: Verb, raw: Raw) -> dict[str, Any]:
    """What was typed, as the parameters of the verb."""
    typed, params = Typed(raw), {}
    if of.say:
        params["say"] = typed.one("say")
    if of.reason and (of.reason != "unless-granted" or not is_granted(typed)):
        params["reason"] = typed.one("reason")
    for part in of.asks:
        if part in _READERS:
            params |= _READERS[part](typed)
    return params


def _items(typed: Typed) -> dict[str, Any]:
    asked = [{"paper": name} for name in typed.all("papers") if name]
    found = [*asked, *({"field": name} for name in typed.all("questions") if name)]
    in_spite = typed.one("in_spite")
    return {"items": found} | ({"in_spite": in_spite} if in_spite else {})


def _body(typed: Typed) -> dict[str, Any]:
    return {"body_id": _uuid(typed.one("body"))}


def _agrees(typed: Typed) -> dict[str, Any]:
    return {"agrees": {YES: True, NO: False}.get(typed.one("agrees"))}


def _within(typed: Typed) -> dict[str, Any]:
    return {"within": typed.one("within")}


_READERS: dict[str, Callable[[Typed], dict[str, Any]]] = {
    "items": _items,
    "grant": lambda typed: {"grant": is_granted(typed)},
    "agrees": _agrees,
    "body": _body,
    "within": _within,
    "officer": lambda typed: {"officer_id": _uuid(typed.one("officer"))},
    "visit": lambda typed: {"visit_at": moment_of(typed, "visit")},
    "due": lambda typed: {"due_at": moment_of(typed, "due")},
    "receiver": lambda typed: {"to": typed.one("receiver")},
}


def missing(verb: str, of: Verb, raw: Raw) -> list[Problem]:
    """Everything that the form lacks, at once; the engine would say it one by one."""
    typed = Typed(raw)
    refused = of.reason == "unless-granted" and not is_granted(typed)
    faults = []
    if (of.reason == "needed" or refused) and not typed.one("reason"):
        faults.append(("reason", "dossiers.reason-needed"))
    faults += [(part, code) for part in of.asks if (code := _lacks(verb, part, typed))]
    if (of.say == "needed" or refused) and not typed.one("say").strip():
        faults.append(("say", "dossiers.say-needed"))
    return [Problem(path=path if path != "items" else "papers", code=code) for path, code in faults]


def _lacks(verb: str, part: str, typed: Typed) -> str:
    """The code of what is wrong with one part of the form; "" if it is there."""
    if part == "items":
        asked = typed.all("papers") + typed.all("questions")
        return "" if any(asked) or verb == "return" else "dossiers.nothing-asked"
    if part in {"visit", "due"}:
        return "" if moment_of(typed, part) else "desk.moment-wrong"
    code = _NEEDED.get(part, "")
    return code if code and not typed.one(part).strip() else ""


_NEEDED = {
    "grant": "desk.decision-needed",
    "agrees": "desk.agreement-needed",
    "body": "dossiers.no-body-named",
    "within": "dossiers.opinion-needs-a-deadline",
    "officer": "dossiers.no-officer-named",
    "receiver": "desk.receiver-needed",
}


def problems_of(no: Refusal) -> tuple[Problem, ...]:
    """A refusal of the engine as faults of this form."""
    if no.problems:
        return no.problems
    return (Problem(path=PLACES.get(no.code, "act"), code=no.code, params=no.params),)


def first_values(view: dossiers.DossierView, choice: dossiers.Choice) -> dict[str, Any]:
    """How the form begins: what is known, what was marked as doubtful, usual times."""
    dossier = view.dossier
    known = dossier.answers if choice.verb in {"reissue", "correct", "supplement"} else {}
    values: dict[str, Any] = {**raw_values(choice.fields, known or dossier.recorded)}
    doubtful = [name for name, mark in dossier.checks.items() if mark == "doubt"]
    values |= {"papers": doubtful, "questions": doubtful}
    if view.clock:
        values |= boxes("due", view.clock.due_at)
    values |= {"visit-time": "09:00", "within": WITHIN[2]}
    values["receiver"] = str(dossier.applicant.get("name", ""))
    return values


def options_of(view: dossiers.DossierView, choice: dossiers.Choice) -> dict[str, Any]:
    """What there is to choose from, as pairs of value and label."""
    procedure = view.procedure
    return {
        "reasons": [
            (one.code, _with_law(pick(one.title), one.law))
            for one in choice.reasons
            if not one.in_spite
        ],
        "in_spite": [(one.code, pick(one.title)) for one in procedure.reasons if one.in_spite],
        "papers": [(one.paper, _held_by(one)) for one in procedure.evidence],
        "questions": [
            (section, pick(page.title), [(f.field, pick(f.title)) for f in page.ask])
            for section, page in enumerate(procedure.form)
        ],
        "grant": [(YES, _("Grant")), (NO, _("Do not grant"))],
        "agrees": [(YES, _("Agrees")), (NO, _("Does not agree")), (NEITHER, _("Neither"))],
        "within": [(words, _within_words(words)) for words in WITHIN],
        "asked": _asked_papers(view) if choice.verb == "supplement" else [],
    }


def _with_law(title: str, law: str) -> str:
    return f"{title} ({law})" if law else title


def _held_by(one: catalogue.Evidence) -> str:
    """The paper, and which register holds it."""
    if not one.instead:
        return pick(one.title)
    return _("%(paper)s (held by: %(register)s)") % {
        "paper": pick(one.title),
        "register": register_name(one.instead),
    }


def _within_words(words: str) -> str:
    from motcua.kernel.durations import parse
    from motcua.web.shell.deadlines import limit_in_words

    found = parse(words)
    return limit_in_words(found.unit, found.count)


def _asked_papers(view: dossiers.DossierView) -> list[tuple[str, str, tuple[str, ...]]]:
    """The papers that the open request names: (paper, title, accepted types)."""
    request = view.request
    names = {item.get("paper") for item in request.items} if request else set()
    return [
        (one.paper, pick(one.title), one.accepts)
        for one in view.procedure.evidence
        if one.paper in names
    ]


def asked_for(view: dossiers.DossierView) -> tuple[str, ...]:
    """What the open request asks, in words."""
    return item_titles(view.procedure, view.request.items) if view.request else ()


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def version_of(raw: Mapping[str, list[str]]) -> int | None:
    """The version of the dossier that the officer saw."""
    text = Typed(raw).one("version")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None
