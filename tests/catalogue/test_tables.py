"""Tables of answers and what is computed from them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.catalogue.api import (
    Context,
    as_typed,
    check_answers,
    completed,
    display_answers,
    get,
    question_of,
    raw_rows,
    read_page,
    without_hidden,
)
from tests.catalogue.declarations import GOODS, TODAY, answers, compiled, line, row, said

DECLARATION = compiled()
TABLE = DECLARATION.field("goods")
assert TABLE is not None
GOOD_LINE = {"name": "Tea", "quantity": "2", "price": "1.500", "sort": "new"}
PLACE = {"entry.place": ["00004"], "entry.relief": ["no"]}


def read(*lines: dict[str, list[str]]) -> tuple[Any, list[str]]:
    raw = dict(PLACE)
    for one in lines:
        raw |= one
    given_, problems = read_page(DECLARATION, "goods", raw, context=TODAY)
    return get(given_, "goods"), [problem.path for problem in problems]


def test_rows_of_a_browser_become_rows_in_the_order_of_their_numbers() -> None:
    rows, problems = read(line(10, **GOOD_LINE), line(2, **(GOOD_LINE | {"name": "Rice"})))
    assert [one["name"] for one in rows] == ["Rice", "Tea"]
    assert rows[1] == {"name": "Tea", "quantity": 2, "price": 1500, "sort": "new"}
    assert problems == []


def test_an_empty_row_is_dropped_and_faults_count_the_rows_that_stay() -> None:
    rows, problems = read(line(0, **GOOD_LINE), line(1, name=" "), line(2, name="Rice"))
    assert len(rows) == 2
    assert problems == ["goods[1].quantity", "goods[1].price", "goods[1].sort"]


def test_all_faults_of_all_rows_come_at_once_and_the_rest_is_kept() -> None:
    wrong = GOOD_LINE | {"quantity": "many", "sort": "old"}
    rows, problems = read(line(0, **wrong), line(1, **(GOOD_LINE | {"quantity": "0"})))
    assert problems == ["goods[0].quantity", "goods[0].sort", "goods[1].quantity"]
    assert rows[0] == {"name": "Tea", "price": 1500}


def test_a_fault_of_a_row_says_which_row_in_each_language() -> None:
    raw = PLACE | line(0, **GOOD_LINE) | line(1, **(GOOD_LINE | {"quantity": "0"}))
    _, (problem,) = read_page(DECLARATION, "goods", raw, context=TODAY)
    assert problem.text == {
        "vi": "Dòng 2: At least 1.", "en": "Row 2: At least 1.", "fr": "Ligne 2: At least 1.",
    }  # fmt: skip
    assert problem.params["title"]["vi"] == "Dòng 2, Quantity"
    assert question_of(problem.path) == "goods"


def test_a_column_with_a_condition_is_asked_in_the_rows_where_it_holds() -> None:
    used = GOOD_LINE | {"sort": "used"}
    _, problems = read(line(0, **GOOD_LINE), line(1, **used))
    assert problems == ["goods[1].made_on"]
    rows, problems = read(
        line(0, **GOOD_LINE, made_on="1/2/2020"),
        {**line(1, **used), "goods[1].made_on-day": ["1"], "goods[1].made_on-month": ["2"],
         "goods[1].made_on-year": ["2020"]},
    )  # fmt: skip
    assert problems == []
    assert "made_on" not in rows[0]
    assert rows[1]["made_on"] == "2020-02-01"


def test_a_rule_of_a_column_sees_the_day_and_the_row() -> None:
    _, problems = read(line(0, **(GOOD_LINE | {"sort": "used"}), made_on="4/3/2026"))
    assert problems == ["goods[0].made_on"]


def test_a_table_must_have_a_row_and_not_too_many() -> None:
    assert read()[1] == ["goods"]
    many = [line(number, **GOOD_LINE) for number in range(51)]
    assert read(*many)[1] == ["goods"]
    optional = compiled(form=[{"page": "goods", "title": {}, "ask": [GOODS | {"optional": True}]}])
    assert read_page(optional, "goods", {}, context=TODAY) == ({}, ())


@pytest.mark.parametrize("junk", ["x", {"a": 1}, [1, 2], [None], [row(), "x"]])
def test_stored_junk_instead_of_rows_is_a_fault_and_never_an_exception(junk: object) -> None:
    told = answers() | {"goods": junk}
    assert "goods" in {problem.path for problem in check_answers(DECLARATION, told, TODAY)}


@pytest.mark.parametrize("cell", [-1, 10**30, "5", True, None, [], 2.5, {"x": 1}])
def test_a_stored_cell_of_a_wrong_kind_is_found_in_its_row(cell: object) -> None:
    told = answers(row(), row() | {"quantity": cell})
    paths = {problem.path for problem in check_answers(DECLARATION, told, TODAY)}
    assert paths == {"goods[1].quantity"}


def test_values_and_sums_are_computed_and_what_was_sent_for_them_is_overwritten() -> None:
    sent = answers(row(value=1), row(3, 7)) | {"total": {"value": 5, "tax": 5}}
    done = completed(DECLARATION, sent, TODAY)
    assert [one["value"] for one in done["goods"]] == [1000, 21]
    assert done["total"] == {"value": 1021, "tax": 102}
    assert completed(DECLARATION, answers(row(), relief=True), TODAY)["total"]["tax"] == 0


@given(st.lists(st.sampled_from([True, False, None]), max_size=8))
def test_a_row_knows_its_number_among_those_with_a_yes(tested: list[bool | None]) -> None:
    order = {"field": "order", "kind": "number", "title": said("Order")}
    columns = [*GOODS["columns"], order | {"gives": "nth_of.tested * 100 + nth"}]
    page: Any = {"page": "goods", "title": said("Goods"), "ask": [GOODS | {"columns": columns}]}
    procedure = compiled(form=[page], compute=[], fees=[])
    done = completed(procedure, {"goods": [{"tested": each} for each in tested]}, TODAY)
    orders = [divmod(one["order"], 100) for one in done["goods"]]
    assert [nth for _, nth in orders] == [*range(1, len(tested) + 1)]
    assert [among for among, _ in orders if among] == [*range(1, tested.count(True) + 1)]
    assert all(
        (among > 0) == (each is True) for (among, _), each in zip(orders, tested, strict=True)
    )


def test_a_rule_of_a_table_looks_across_its_rows() -> None:
    once = "goods.all(g, goods.filter(other, other.name == g.name).size() == 1)"
    goods = GOODS | {"must": once, "or": said("Each only once.")}
    page: Any = {"page": "goods", "title": said("Goods"), "ask": [goods]}
    procedure = compiled(form=[page], compute=[], fees=[])

    def faults(*rows: dict[str, Any]) -> list[str]:
        return [one.path for one in check_answers(procedure, {"goods": list(rows)}, TODAY)]

    assert faults(row(), row(name="Rice")) == []
    assert faults(row(), row(name="Rice"), row()) == ["goods"]
    assert faults(row(), row(name=None)) == ["goods[1].name"]
    assert faults(*(row(name=f"Tea {number}") for number in range(50))) == []


def test_what_waits_for_an_answer_is_not_computed() -> None:
    done = completed(DECLARATION, {"goods": [{"name": "Tea", "value": 5}]}, TODAY)
    assert done["goods"] == [{"name": "Tea"}]
    assert done["total"] == {"value": 0}


def test_a_product_too_large_to_compute_is_a_fault_of_its_row() -> None:
    huge = answers(row(999_999_999, 999_999_999_999))
    paths = {problem.path for problem in check_answers(DECLARATION, huge, TODAY)}
    assert paths == {"goods[0].value"}


def test_a_sum_too_large_to_compute_is_a_fault_of_its_table() -> None:
    big = [row(9_000_000, 999_999_999_999)] * 2
    paths = [problem.path for problem in check_answers(DECLARATION, answers(*big), TODAY)]
    assert paths == ["goods"]


def test_a_table_that_is_not_asked_counts_nothing() -> None:
    hidden = GOODS | {"when": "entry.relief == false"}
    place, relief, _ = compiled().form[0].ask
    page: Any = {"page": "goods", "title": {}, "ask": [_words(place), _words(relief), hidden]}
    procedure = compiled(form=[page])
    told = answers(row(), relief=True)
    assert completed(procedure, told, TODAY)["total"]["value"] == 0
    assert "goods" not in without_hidden(procedure, told, TODAY)
    assert completed(procedure, answers(row()), TODAY)["total"]["value"] == 1000


def _words(field: Any) -> dict[str, Any]:
    return {"field": field.field, "kind": field.kind, "title": field.title}


def test_a_dossier_keeps_rows_without_what_nobody_asked_and_with_what_was_computed() -> None:
    kept = without_hidden(DECLARATION, answers(row(made_on="2020-01-01", spy="x")), TODAY)
    assert kept["goods"] == [row(value=1000)]
    assert kept["total"] == {"value": 1000, "tax": 100}


def test_conditions_see_tables_and_computed_values() -> None:
    page: Any = {"page": "more", "title": {}, "ask": [
        {"field": "more.why", "kind": "text", "title": {}, "when": "total.value > 1000"},
        {"field": "more.two", "kind": "text", "title": {}, "when": "size(goods) == 2"},
        {"field": "more.rice", "kind": "text", "title": {},
         "when": 'goods.exists(one, one.name == "Rice")'},
    ]}  # fmt: skip
    procedure = compiled(form=[*_form(), page])
    one = {p.path for p in check_answers(procedure, answers(row(3)), TODAY)}
    two = {p.path for p in check_answers(procedure, answers(row(1), row(1, name="Rice")), TODAY)}
    assert one == {"more.why"}
    assert two == {"more.two", "more.rice"}


def _form() -> list[dict[str, Any]]:
    from tests.catalogue.declarations import DECLARATION as WORDS

    form: list[dict[str, Any]] = WORDS["form"]
    return form


def test_a_table_is_shown_with_its_totals_and_what_was_computed() -> None:
    (section,) = display_answers(DECLARATION, answers(row(), row(3, 7)), "en", context=TODAY)
    shown = {one.path: one for one in section.rows}
    table = shown["goods"].table
    assert table is not None
    assert shown["goods"].value == "2 rows"
    assert table.columns[:4] == ("Name", "Quantity", "Price", "Value")
    assert table.rows[1][:4] == ("Tea", "3", "7\xa0dong", "21\xa0dong")
    assert table.rows[0][4] == "New"
    assert table.totals[3] == "1,021\xa0dong"
    assert [one.path for one in section.rows if one.computed] == ["total.value", "total.tax"]


NAMES = st.text("abcđê ", min_size=1, max_size=8).filter(str.strip)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "name": NAMES.map(lambda text: " ".join(text.split())),
            "quantity": st.integers(1, 10**6),
            "price": st.integers(0, 10**9),
            "sort": st.sampled_from(["new", "used"]),
        },
        optional={"tested": st.booleans()},
    ),
    min_size=1,
    max_size=6,
)


@given(rows=ROWS)
def test_rows_survive_being_typed_again(rows: list[dict[str, Any]]) -> None:
    for one in rows:
        if one["sort"] == "used":
            one["made_on"] = "2024-02-29"
    raw = PLACE | as_typed(TABLE, rows)
    given_, problems = read_page(DECLARATION, "goods", raw, context=TODAY)
    assert problems == ()
    assert given_["goods"] == rows
    assert check_answers(DECLARATION, given_, TODAY) == ()


@given(rows=ROWS)
def test_completing_twice_changes_nothing_and_the_sum_is_that_of_the_rows(rows: list[Any]) -> None:
    once = completed(DECLARATION, answers(*rows), TODAY)
    assert completed(DECLARATION, once, TODAY) == once
    assert once["total"]["value"] == sum(one["quantity"] * one["price"] for one in rows)


IN_ROWS = ("", "[", "[0]", "[0].name", "[-1].name", "[9999999].name", "[1].made_on-day", "[²].name")
KEYS = st.sampled_from([f"goods{inside}" for inside in IN_ROWS])


@given(raw=st.dictionaries(KEYS, st.lists(st.text(max_size=30), max_size=2)))
def test_anything_from_a_browser_gives_answers_or_faults(raw: dict[str, list[str]]) -> None:
    given_, problems = read_page(DECLARATION, "goods", raw, context=TODAY)
    assert problems
    assert len(given_.get("goods", ())) <= len(raw_rows("goods", raw))


def test_dated_values_count_from_their_day_and_of_the_day_of_filing() -> None:
    compute = [{"name": "total.salary", "title": {}, "gives": "values.base_salary"}]
    procedure = compiled(compute=compute, fees=[])

    def on(context: Context) -> Any:
        return get(completed(procedure, {}, context), "total.salary")

    assert on(TODAY) == 2000
    assert on(Context(today=TODAY.today, values_on=TODAY.today.replace(month=2))) == 1000  # type: ignore[union-attr]
    assert on(Context()) is None
    assert set(procedure.values) == {"base_salary"}


def test_a_client_cannot_set_a_dated_value() -> None:
    told = {"values": {"base_salary": 10**9}}
    compute = [{"name": "total.salary", "title": {}, "gives": "values.base_salary"}]
    done = completed(compiled(compute=compute, fees=[]), told, TODAY)
    assert done["total"]["salary"] == 2000
