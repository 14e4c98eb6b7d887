"""Answers as people read them: for "check your answers", for officers and for papers."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from motcua.catalogue.rules.answers import (
    NOWHERE,
    Context,
    as_date,
    completed,
    get,
    names_of,
    rows_at,
)
from motcua.catalogue.rules.forms import visible_pages
from motcua.catalogue.rules.procedure import Computed, Field, Page, Procedure
from motcua.kernel.conditions import ConditionFault, compile_condition
from motcua.kernel.texts import money, pick, short_date, whole_number

_YES_NO = {
    True: {"vi": "Có", "en": "Yes", "fr": "Oui"},
    False: {"vi": "Không", "en": "No", "fr": "Non"},
}
_ROWS = {"vi": "{} dòng", "en": "{} rows", "fr": "{} lignes"}
AreaName = Callable[[str], str]


class Table(Struct, frozen=True, kw_only=True):
    """A table of answers in words. `numeric` says which columns are numbers; `totals` has one cell
    a column, empty where nothing is summed, and is () when nothing is."""

    columns: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[str, ...] = ()


class Shown(Struct, frozen=True, kw_only=True):
    """One answer in words; `value` is empty when an optional question was left open.

    A table has its rows in `table` and their number in `value`. `computed` = nobody typed it.
    """

    path: str
    title: str
    value: str
    table: Table | None = None
    computed: bool = False
    note: str = ""


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

    `area_name(code)` gives "Phường Ba Đình, Thành phố Hà Nội"; without it codes are shown. What
    is computed stands at the end of the page whose answers it needs.
    """
    whole = completed(procedure, answers, context)
    pages = visible_pages(procedure, whole, context)
    computed = _computed(procedure, pages)
    sections = []
    for page in pages:
        shown = [
            _shown(procedure, field, whole, language=language, area_name=area_name)
            for field in page.ask
        ]
        shown += [_result(one, whole, language) for one in computed.get(page.page, ())]
        title = pick(page.title, language)
        sections.append(Section(page=page.page, title=title, rows=tuple(shown)))
    return tuple(sections)


def _shown(
    procedure: Procedure,
    field: Field,
    answers: Mapping[str, Any],
    *,
    language: str,
    area_name: AreaName,
) -> Shown:
    value = get(answers, field.field)
    words = in_words(field, value, language, area_name=area_name)
    table = None
    if field.kind == "rows" and rows_at(answers, field.field):
        totals = _totals(procedure, field, answers, language=language)
        table = table_in_words(field, value, language, area_name=area_name, totals=totals)
    return Shown(path=field.field, title=pick(field.title, language), value=words, table=table)


def _result(one: Computed, answers: Mapping[str, Any], language: str) -> Shown:
    return Shown(
        path=one.name,
        title=pick(one.title, language),
        value=computed_in_words(one, get(answers, one.name), language),
        computed=True,
        note=pick(one.note, language),
    )


def computed_in_words(one: Computed, value: Any, language: str) -> str:
    """A computed value in words; "" while it waits for answers."""
    if not isinstance(value, int):
        return ""
    return money(value, language) if one.kind == "money" else whole_number(value, language)


def table_in_words(
    field: Field,
    value: Any,
    language: str,
    *,
    area_name: AreaName = str,
    totals: Mapping[str, str] | None = None,
) -> Table:
    """A table of answers in words; `totals` are cells of the last line by column."""
    rows = [
        tuple(in_words(c, row.get(c.field), language, area_name=area_name) for c in field.columns)
        for row in rows_at({"rows": value}, "rows")
    ]
    cells = tuple((totals or {}).get(column.field, "") for column in field.columns)
    return Table(
        columns=tuple(pick(column.title, language) for column in field.columns),
        numeric=tuple(column.kind in {"number", "money"} for column in field.columns),
        rows=tuple(rows),
        totals=cells if any(cells) else (),
    )


def rows_in_words(
    field: Field, value: Any, language: str, *, area_name: AreaName = str
) -> list[dict[str, str]]:
    """A table as a paper's template takes it: for each row its cells in words, by column."""
    table = table_in_words(field, value, language, area_name=area_name)
    names = [column.field for column in field.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def _totals(
    procedure: Procedure, field: Field, answers: Mapping[str, Any], *, language: str
) -> dict[str, str]:
    sums = [one for one in procedure.compute if one.sum.rpartition(".")[0] == field.field]
    return {
        one.sum.rpartition(".")[2]: computed_in_words(one, get(answers, one.name), language)
        for one in sums
    }


def _computed(procedure: Procedure, pages: tuple[Page, ...]) -> dict[str, list[Computed]]:
    """Page -> what is computed from its answers (and from those of pages before it)."""
    place = {field.field: number for number, page in enumerate(pages) for field in page.ask}
    names = names_of(procedure)
    found: dict[str, list[Computed]] = {}
    for one in procedure.compute:
        needs = {one.sum.rpartition(".")[0]} if one.sum else _paths(one.gives, names)
        known = [place[path] for path in needs if path in place]
        if known:
            place[one.name] = max(known)
            found.setdefault(pages[max(known)].page, []).append(one)
    return found


def _paths(source: str, names: Mapping[str, str]) -> frozenset[str]:
    try:
        return compile_condition(source, names, gives="").paths
    except ConditionFault:
        return frozenset()


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
    if field.kind == "rows":
        return _ROWS.get(language, _ROWS["en"]).format(len(rows_at({"rows": value}, "rows")))
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
