"""Answers as people read them: for "check your answers", for officers and for papers."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from motcua.catalogue.rules.answers import NOWHERE, Context, as_date, get
from motcua.catalogue.rules.forms import visible_pages
from motcua.catalogue.rules.procedure import Field, Procedure
from motcua.kernel.texts import money, pick, short_date, whole_number

_YES_NO = {
    True: {"vi": "Có", "en": "Yes", "fr": "Oui"},
    False: {"vi": "Không", "en": "No", "fr": "Non"},
}
AreaName = Callable[[str], str]


class Shown(Struct, frozen=True, kw_only=True):
    """One answer in words; `value` is empty when an optional question was left open."""

    path: str
    title: str
    value: str


class Section(Struct, frozen=True, kw_only=True):
    """The answers of one page; `page` is what a "Change" link needs."""

    page: str
    title: str
    rows: tuple[Shown, ...]


def display_answers(
    procedure: Procedure,
    answers: Mapping[str, Any],
    language: str,
    *,
    context: Context = NOWHERE,
    area_name: AreaName = str,
) -> tuple[Section, ...]:
    """Every question that is asked with its answer in words, page by page.

    `area_name(code)` gives "Phường Ba Đình, Thành phố Hà Nội"; without it codes are shown.
    """
    return tuple(
        Section(
            page=page.page,
            title=pick(page.title, language),
            rows=tuple(_shown(field, answers, language, area_name=area_name) for field in page.ask),
        )
        for page in visible_pages(procedure, answers, context)
    )


def _shown(
    field: Field, answers: Mapping[str, Any], language: str, *, area_name: AreaName
) -> Shown:
    value = in_words(field, get(answers, field.field), language, area_name=area_name)
    return Shown(path=field.field, title=pick(field.title, language), value=value)


def in_words(field: Field, value: Any, language: str, *, area_name: AreaName = str) -> str:
    """One answer in words; an unknown shape is shown as it is, never an exception."""
    if value is None:
        return ""
    if field.kind == "date" and (day := as_date(value)):
        return short_date(day)
    if isinstance(value, bool):
        return _YES_NO[value].get(language, "")
    if field.kind in {"choice", "choices"}:
        return ", ".join(_chosen(field, value, language))
    if field.kind in {"area", "address"}:
        return _place(value, area_name)
    return _plain(field, value, language)


def _plain(field: Field, value: Any, language: str) -> str:
    if isinstance(value, int):
        return money(value, language) if field.kind == "money" else whole_number(value, language)
    text = str(value)
    if field.kind == "personal-number" and len(text) == 12:
        return f"{text[:3]} {text[3:6]} {text[6:9]} {text[9:]}"
    return text


def _place(value: Any, area_name: AreaName) -> str:
    if isinstance(value, Mapping):
        parts = (str(value.get("line", "")), area_name(str(value.get("area", ""))))
        return ", ".join(part for part in parts if part)
    return area_name(str(value))


def _chosen(field: Field, value: Any, language: str) -> list[str]:
    titles = {option.value: pick(option.title, language) for option in field.options}
    values = value if isinstance(value, list) else [value]
    return [titles.get(str(one), str(one)) for one in values]
