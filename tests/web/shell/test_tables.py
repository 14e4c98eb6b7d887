"""A table of answers as boxes: nothing typed is lost, every fault stands in its cell."""

import re
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation

from motcua.catalogue.rules.procedure import Field, Option
from motcua.kernel.refusals import Problem
from motcua.web.shell.controls import EMPTY_ROWS, MORE_ROWS, control, raw_values
from motcua.web.shell.templatetags import ui

SORTS = (Option(value="new", title={"en": "New"}), Option(value="used", title={"en": "Used"}))


def column(name: str, kind: str, **more: Any) -> Field:
    return Field(field=name, kind=kind, title={"en": name.title()}, **more)  # type: ignore[arg-type]


TABLE = Field(
    field="cargo.goods",
    kind="rows",
    max=12,
    title={"en": "Goods"},
    columns=(
        column("name", "text"),
        column("quantity", "number"),
        column("value", "money", gives="quantity * 2"),
        column("sort", "choice", options=SORTS),
        column("made_on", "date", optional=True),
        column("tested", "yes-no"),
    ),
)
ROWS = [
    {"name": "<b>Tea", "quantity": 5, "value": 10, "sort": "used", "tested": False},
    {"name": "Rice", "quantity": 2, "made_on": "2026-03-07"},
]
STORED = raw_values((TABLE,), {"cargo": {"goods": ROWS}})


@pytest.fixture(autouse=True)
def _english() -> object:
    with translation.override("en"):
        yield


def shown(values: Any, number: int) -> dict[str, str]:
    row = control(TABLE, values).rows[number]
    names = [cell.name.rpartition(".")[2] for cell in row]
    chosen = [[c.value for c in cell.choices if c.chosen] for cell in row]
    return {
        name: cell.value or "".join(picked)
        for name, cell, picked in zip(names, row, chosen, strict=True)
    }


def test_stored_rows_come_back_as_if_typed_and_computed_columns_are_not_asked() -> None:
    assert shown(STORED, 0) == {
        "name": "<b>Tea", "quantity": "5", "sort": "used", "made_on": "", "tested": "no",
    }  # fmt: skip
    assert shown(STORED, 1)["made_on"] == "7/3/2026"


def test_a_few_empty_rows_stand_below_and_more_when_asked_for() -> None:
    assert len(control(TABLE).rows) == EMPTY_ROWS
    assert len(control(TABLE, STORED).rows) == 2 + EMPTY_ROWS
    more = {**STORED, "redraw": "cargo.goods"}
    assert len(control(TABLE, more).rows) == min(2 + MORE_ROWS, 12)


def test_there_are_never_more_boxes_than_rows_allowed() -> None:
    many = {f"cargo.goods[{n}].name": "x" for n in range(30)}
    assert len(control(TABLE, many).rows) == 12


def test_what_was_typed_is_moved_together_as_the_reader_does() -> None:
    typed = QueryDict(
        "cargo.goods[4].name=Tea&cargo.goods[4].quantity=many&cargo.goods[1].name=+"
        "&cargo.goods[7].made_on=32/1/26"
    )
    assert shown(typed, 0)["quantity"] == "many"
    assert shown(typed, 1)["made_on"] == "32/1/26"


def test_a_fault_stands_in_its_cell_and_the_summary_leads_to_it() -> None:
    wrong = Problem(path="cargo.goods[1].quantity", code="", text={"en": "Row 2: too many"})
    html = ui.field(TABLE, STORED, (wrong,))
    assert html.count("Row 2: too many") == 1
    assert re.search(
        r'<input[^>]* id="cargo\.goods\[1\]\.quantity"[^>]*'
        r'aria-describedby="cargo\.goods\[1\]\.quantity-error" aria-invalid="true"',
        html,
    )
    assert ui.error_summary((wrong,))["items"] == [("cargo.goods[1].quantity", "Row 2: too many")]


def test_a_fault_of_the_whole_table_stands_above_it() -> None:
    wrong = Problem(path="cargo.goods", code="", text={"en": "Give a row"})
    made = control(TABLE, {}, (wrong,))
    assert made.error == "Give a row"
    assert 'id="cargo.goods"' in ui.field(TABLE, {}, (wrong,))


def test_every_box_has_a_label_that_names_its_row_and_nothing_typed_becomes_markup() -> None:
    html = ui.field(TABLE, STORED)
    boxes = re.findall(r'<(?:input|select)[^>]* id="([^"]+)"', html)
    labels = re.findall(r'<label for="([^"]+)">', html)
    assert boxes == labels
    assert len(boxes) == len(set(boxes)) == 5 * (2 + EMPTY_ROWS)
    assert ", row 2</span>" in html
    assert "<b>" not in html


def test_more_rows_are_asked_for_with_a_button_that_works_without_a_script() -> None:
    assert 'name="redraw" value="cargo.goods" formnovalidate>Add rows<' in ui.field(TABLE)
