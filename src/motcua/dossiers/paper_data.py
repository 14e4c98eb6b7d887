"""What papers say: the data of slips 01-06 and of results, as the pack's templates expect them.

Papers are official, so their words are Vietnamese; texts that exist in several languages are given
whole, and the template adds the reader's language in small type. Only display strings: a template
never computes.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from motcua.catalogue.rules.answers import get, put, recorded_fields
from motcua.catalogue.rules.display import computed_in_words, in_words, rows_in_words
from motcua.catalogue.rules.procedure import Field, Procedure
from motcua.directory import api as directory
from motcua.dossiers.rules.state import CORRECTION, HANDOVER, Dossier
from motcua.dossiers.surroundings import local_date
from motcua.kernel import clock, texts
from motcua.kernel.actors import Actor

Text = dict[str, str]
OFFICIAL = "vi"
WAYS = {
    True: {
        "vi": "Bản điện tử trong tài khoản; bản giấy tại bộ phận một cửa",
        "en": "Electronic copy in the account; paper at the desk",
        "fr": "Version électronique dans le compte ; papier au guichet",
    },
    False: {
        "vi": "Bản điện tử trong tài khoản",
        "en": "Electronic copy in the account",
        "fr": "Version électronique dans le compte",
    },
}
APPEAL = {
    "vi": "Ông/bà có quyền khiếu nại hoặc khởi kiện theo quy định của pháp luật.",
    "en": "You may complain or go to court as the law provides.",
    "fr": "Vous pouvez former un recours ou saisir le tribunal, comme le prévoit la loi.",
}
_OWN = {  # reasons that the engine gives by itself
    "fee-not-paid": {
        "vi": "Quá thời hạn mà chưa nộp phí, lệ phí",
        "en": "The fee was not paid in time",
        "fr": "Les droits n’ont pas été payés à temps",
    },
}
_AFTER_ROUTE = {
    HANDOVER: {"vi": "Trả kết quả", "en": "Handing over", "fr": "Remise du résultat"},
    CORRECTION: {"vi": "Đính chính kết quả", "en": "Correction", "fr": "Rectification"},
    "end": {"vi": "Đã kết thúc", "en": "Ended", "fr": "Terminé"},
}


def slip(
    procedure: Procedure,
    dossier: Dossier,
    form: str,
    *,
    actor: Actor,
    params: Mapping[str, Any],
) -> dict[str, Any]:
    """Slips 01 to 04, from the parameters of the engine's effect."""
    body_id = actor.body_id or dossier.desk_id
    data = _common(procedure, dossier, body_id, actor=actor)
    data["desk"] = directory.body(dossier.desk_id).name
    data["dossier"] |= _dates(params)
    reason = str(params.get("reason") or "")
    if reason or params.get("say"):
        data["reasons"] = [
            {
                "title": reason_title(procedure, reason) or params.get("say", ""),
                "say": str(params.get("say", "")) if reason else "",
                "law": _law_of(procedure, reason),
            }
        ]
    if form == "01":
        data["items"] = _papers_given(procedure, dossier)
    if form == "02":
        data["items"] = items(procedure, params.get("items") or ())
    if form == "03":
        data["appeal"] = APPEAL
    return data


def result(procedure: Procedure, dossier: Dossier, *, actor: Actor | None) -> dict[str, Any]:
    """The result: the answers in words, what officers recorded, what the state allotted."""
    data = _common(procedure, dossier, dossier.body_id, actor=actor)
    data["title"] = procedure.outcome.title
    data["answers"] = answers_in_words(procedure, dossier)
    data["registered_at"] = directory.body(dossier.body_id).name
    recorded = [
        {"label": field.title, "value": shown}
        for field in recorded_fields(procedure)
        if (shown := _in_words(field, get(dossier.recorded, field.field)))
    ]
    data["rows"] = recorded
    return data


def answers_in_words(procedure: Procedure, dossier: Dossier) -> dict[str, Any]:
    """Answers, findings and allotments as display strings, nested by their paths.

    A table is a list of rows: {column: display string}.
    """
    shown: dict[str, Any] = {}
    for field in procedure.fields():
        if words := _in_words(field, get(dossier.answers, field.field)):
            put(shown, field.field, words)
    for computed in procedure.compute:
        value = get(dossier.answers, computed.name)
        put(shown, computed.name, computed_in_words(computed, value, OFFICIAL))
    for field in recorded_fields(procedure):
        if words := _in_words(field, get(dossier.recorded, field.field)):
            put(shown, field.field, words)
    for one in procedure.outcome.allot:
        if number := get(dossier.recorded, one.field):
            put(shown, one.field, str(number))
    return shown


def language_of(dossier: Dossier) -> str:
    """The second language of the papers: the applicant's."""
    return str(dossier.applicant.get("language") or OFFICIAL)


def step_title(procedure: Procedure, state: str) -> Text:
    """The name of a state of the route, or of what comes after it."""
    if state in _AFTER_ROUTE:
        return _AFTER_ROUTE[state]
    return next((step.title for step in procedure.route if step.state == state), {"vi": state})


def reason_title(procedure: Procedure, code: str) -> Text:
    """The words of a coded reason; {} for none."""
    return next((one.title for one in procedure.reasons if one.code == code), _OWN.get(code, {}))


def items(procedure: Procedure, asked: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What was asked for, by its title: [{"title": Text, "say": ...}]."""
    return [
        {
            "title": item_title(procedure, str(item.get("paper") or item.get("field") or "")),
            "say": str(item.get("say") or ""),
        }
        for item in asked
    ]


def item_title(procedure: Procedure, name: str) -> Text:
    """The title of a paper, a question or a page of the form."""
    for evidence in procedure.evidence:
        if evidence.paper == name:
            return evidence.title
    if field := procedure.field(name):
        return field.title
    titles = {page.page: page.title for page in procedure.form}
    titles |= {field.field: field.title for field in recorded_fields(procedure)}
    return titles.get(name, {"vi": name})


def moment(at: datetime | str | None) -> str:
    """ "10:30 thứ Sáu, ngày 03 tháng 4 năm 2026", as papers write it; "" for none."""
    if not at:
        return ""
    when = datetime.fromisoformat(at) if isinstance(at, str) else at
    return texts.long_moment(timezone.localtime(when), OFFICIAL)


def brief(at: datetime | None) -> str:
    """ "10:30 03/04/2026", for tables."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    return f"{local:%H:%M} {texts.short_date(local.date())}"


def _common(
    procedure: Procedure, dossier: Dossier, body_id: UUID, *, actor: Actor | None
) -> dict[str, Any]:
    body = directory.body(body_id)
    parent = directory.body(body.parent_id).name if body.parent_id else {}
    about = dossier.applicant
    data: dict[str, Any] = {
        "body": texts.pick(body.name, OFFICIAL),
        "parent": texts.pick(parent, OFFICIAL),
        "place": _place(body),
        "date": local_date(clock.now()).isoformat(),
        "title": procedure.title,
        "dossier": {
            "code": dossier.code,
            "procedure": procedure.title,
            "applicant": about.get("name", ""),
            "phone": about.get("phone", ""),
            "email": about.get("email", ""),
            "address": _address(about.get("address")),
            "submitted_at": moment(dossier.submitted_at),
            "accepted_at": moment(dossier.accepted_at),
            "due_at": moment(dossier.clock.due_at if dossier.clock else None),
            "limit": _limit(procedure),
            "result_way": WAYS[procedure.outcome.paper_result],
        },
    }
    if actor is not None and actor.kind == "officer":
        title = directory.role(actor.role).title if actor.role else {}
        data["officer"] = {"name": actor.label, "title": title}
    return data


def _dates(params: Mapping[str, Any]) -> dict[str, str]:
    if "due_before" in params:  # slip 04: the old date and the new one
        return {
            "due_at": moment(params["due_before"]),
            "new_due_at": moment(params.get("due_at")),
        }
    return {"due_at": moment(params["due_at"])} if params.get("due_at") else {}


def _papers_given(procedure: Procedure, dossier: Dossier) -> list[dict[str, Any]]:
    return [
        {"title": item_title(procedure, name), "say": ""}
        for name, files in dossier.papers.items()
        if files
    ]


def _law_of(procedure: Procedure, code: str) -> str:
    return next((one.law for one in procedure.reasons if one.code == code), "")


def _place(body: directory.Body) -> str:
    area = directory.area(body.area_code) if body.area_code else None
    if area is None:
        return ""
    # The place of issue is the area's name without the word of its kind (Decree 30/2020, annex I).
    return area.name.removeprefix(f"{area.kind} ")


def _limit(procedure: Procedure) -> Text:
    unit, count = procedure.limit.unit, procedure.limit.count
    names = _UNITS.get(unit, {"vi": unit})
    return {language: name.format(count=count) for language, name in names.items()}


_UNITS = {
    "same-day": {"vi": "Trong ngày", "en": "Same day", "fr": "Le jour même"},
    "working-hours": {
        "vi": "{count} giờ làm việc",
        "en": "{count} working hours",
        "fr": "{count} heures ouvrées",
    },
    "working-days": {
        "vi": "{count} ngày làm việc",
        "en": "{count} working days",
        "fr": "{count} jours ouvrés",
    },
    "days": {"vi": "{count} ngày", "en": "{count} days", "fr": "{count} jours"},
    "hours": {"vi": "{count} giờ", "en": "{count} hours", "fr": "{count} heures"},
}


def _address(value: Any) -> str:
    if isinstance(value, Mapping):
        parts = (str(value.get("line", "")), area_name(str(value.get("area", ""))))
        return ", ".join(part for part in parts if part)
    return str(value or "")


def _in_words(field: Field, value: Any) -> Any:
    if field.kind == "rows":
        return rows_in_words(field, value, OFFICIAL, area_name=area_name)
    return in_words(field, value, OFFICIAL, area_name=area_name)


def area_name(code: str) -> str:
    """ "Phường Ba Đình, Thành phố Hà Nội"; the code itself when nobody knows it."""
    return (directory.area_path(code) or code) if code else ""
