"""Words to people: the engine's notices in the templates of `identity`, each told once.

The applicant is told through the account, or at the contact given at the counter. Reports go to
those who lead the desk, and unit notices to those who hold the open task.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from motcua.catalogue.rules.procedure import Procedure
from motcua.directory import api as directory
from motcua.dossiers import paper_data
from motcua.dossiers.rules.state import Dossier
from motcua.identity import api as identity
from motcua.kernel import texts
from motcua.kernel.actors import Actor

# The engine's name of a notice -> the wording that identity keeps for it.
WORDINGS = {
    "dossier-received": "submitted",
    "dossier-accepted": "accepted",
    "supplement-requested": "supplement-requested",
    "dossier-returned": "returned",
    "your-turn": "draft-ready",
    "silence-counted": "draft-agreed-by-silence",
    "visit-scheduled": "appointment",
    "apology": "apology",
    "dossier-refused": "refused",
    "dossier-not-accepted": "not-accepted",
    "result-ready": "result-ready",
    "result-returned": "returned-result",
    "dossier-withdrawn": "withdrawn",
    "correction-requested": "correction-requested",
    "correction-declined": "correction-declined",
    "dossier-transferred": "in-processing",
    "dossier-overdue": "overdue",
    "answer-overdue": "overdue",
    "task-assigned": "task-assigned",
    "opinion-given": "opinion-given",
    "fee-asked": "fee-asked",
    "fee-paid": "fee-paid",
    "refund-due": "refund-due",
    "branches-complete": "branches-complete",
    "message": "message",
    "apology-due": "apology-due",
    "overdue": "overdue",
    "opinion-overdue": "opinion-overdue",
    "branch-overdue": "opinion-overdue",
}
LANGUAGES = ("vi", "en", "fr")
MOST_READERS = 5  # of a unit notice or a report


def tell(
    actor: Actor, procedure: Procedure, dossier: Dossier, *, notice: Mapping[str, Any]
) -> None:
    """Notify whom `notice["to"]` names ("applicant", "officer", "unit", "head")."""
    name = str(notice["template"])
    template = WORDINGS[name]
    if name == "dossier-refused" and dossier.accepted_at is None:
        template = "not-accepted"
    if name == "result-returned" and notice.get("how") == "electronic":
        template = "result-ready"
    words = _words(actor, procedure, dossier, notice=notice)
    about = notice.get("task") or notice.get("charge_id") or ""
    key = f"{dossier.id}:{dossier.version}:{name}:{about}"
    if readers := _readers(dossier, notice):
        identity.notify_all(readers, template, words, key=key, dossier_id=dossier.id)


def _words(
    actor: Actor, procedure: Procedure, dossier: Dossier, *, notice: Mapping[str, Any]
) -> dict[str, Any]:
    due = notice.get("due_at")
    state = str(notice.get("state") or dossier.at)
    words: dict[str, Any] = {
        "code": dossier.code or str(dossier.id)[-12:].upper(),
        "procedure": procedure.title,
        "body": directory.body(dossier.body_id).name,
        "who": actor.label or directory.body(dossier.body_id).name,
        "task": paper_data.step_title(procedure, state),
        "due": due,
        "due_before": notice.get("due_before"),
        "due_after": due if "due_before" in notice else None,
        "at": notice.get("visit_at"),
        "say": notice.get("say"),
        "subject": notice.get("name"),
        "amount": _money(notice.get("amount_vnd")),
        "reason": paper_data.reason_title(procedure, str(notice.get("reason") or "")),
        "items": [one["title"] for one in paper_data.items(procedure, notice.get("items") or ())],
    }
    if notice["template"] == "result-ready":
        words["place"] = directory.body(dossier.desk_id).name
    if notice["template"] == "visit-scheduled":
        words["place"] = None
    if notice.get("body"):
        words["body"] = directory.body(UUID(str(notice["body"]))).name
    return {key: value for key, value in words.items() if value}


def _money(amount_vnd: Any) -> dict[str, str]:
    """An amount in the words of each language; {} for none."""
    return {lang: texts.money(int(amount_vnd), lang) for lang in LANGUAGES} if amount_vnd else {}


def _readers(dossier: Dossier, notice: Mapping[str, Any]) -> Sequence[UUID | identity.Contact]:
    match notice.get("to"):
        case "officer":
            return [UUID(str(notice["officer_id"]))]
        case "unit":
            holders = {t.officer_id for t in dossier.open_tasks if t.body_id and t.officer_id}
            return sorted(holders)[:MOST_READERS]
        case "head":
            return _heads(dossier)
    return _applicant(dossier)


def _applicant(dossier: Dossier) -> list[UUID | identity.Contact]:
    if dossier.applicant_id is not None:
        return [dossier.applicant_id]
    about = dossier.applicant
    if not about.get("email") and not about.get("phone"):
        return []
    contact = identity.Contact(
        name=str(about.get("name", "")),
        email=str(about.get("email", "")),
        phone=str(about.get("phone", "")),
        language=str(about.get("language") or "vi"),
    )
    return [contact]


def _heads(dossier: Dossier) -> list[UUID]:
    """Who leads at the desk; where nobody does, who leads the deciding body."""
    for body_id in dict.fromkeys((dossier.desk_id, dossier.body_id)):
        leaders = [
            card.id
            for card, post in identity.officers_of(body_id)
            if "lead" in directory.role(post.role).permissions
        ]
        if leaders:
            return leaders[:MOST_READERS]
    return []
