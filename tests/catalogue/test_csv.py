"""Tables from files: lenient in how a spreadsheet saves, every fault at once with its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.catalogue.api import read_page, rows_from_csv, rows_to_csv
from motcua.catalogue.rules.csv_rows import LARGEST_BYTES
from tests.catalogue.declarations import TODAY, compiled

DECLARATION = compiled()
TABLE = DECLARATION.field("goods")
assert TABLE is not None
HEADER = "name,quantity,price,sort,made_on,tested\n"


def faults(text: str) -> list[tuple[str, str, object]]:
    _, problems = rows_from_csv(TABLE, text.encode())
    return [
        (p.path, p.code.removeprefix("catalogue."), p.params.get("line")) for p in problems
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        HEADER + "Trà,2,1500,new,,yes\n",
        (HEADER + 'Trà,2,"1.500",Mới,,có\n').replace("\n", "\r\n"),
        "\ufeffName;Quantity;PRICE;Sort;Made on;Tested\nTrà; 2 ;1 500;NEUF;;Oui\n",
        "\nQUANTITY\tname\tsort\tprice\tnote\ttested\n2\tTrà\tNew\t1,500\tx\tx\n\n",
    ],
)
def test_the_ways_in_which_spreadsheets_save_give_the_same_rows(text: str) -> None:
    raw, problems = rows_from_csv(TABLE, text.encode())
    assert problems == ()
    page = raw | {"entry.place": ["00004"], "entry.relief": ["no"]}
    answers, problems = read_page(DECLARATION, "goods", page, context=TODAY)
    assert problems == ()
    assert answers["goods"] == [
        {"name": "Trà", "quantity": 2, "price": 1500, "sort": "new", "tested": True}
    ]


def test_every_fault_of_every_line_comes_at_once() -> None:
    text = HEADER + "Tea,many,1500,old,30/2/2026,\n\n,1,x,new,,perhaps\n"
    assert faults(text) == [
        ("goods[0].quantity", "number", 2),
        ("goods[0].sort", "choice", 2),
        ("goods[0].made_on", "no-such-day", 2),
        ("goods[1].name", "required", 4),
        ("goods[1].price", "money", 4),
        ("goods[1].tested", "choice", 4),
    ]


def test_a_value_over_several_lines_keeps_the_count_of_lines() -> None:
    assert faults(HEADER + '"Tea\nfrom here",1,1,new,,\nRice,x,1,new,,\n') == [
        ("goods[1].quantity", "number", 4)
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "csv-empty"),
        (HEADER, "csv-empty"),
        ("name,price,sort\nTea,1,new\n", "csv-no-column"),
        ("name,name,quantity,price,sort\nTea,x,1,1,new\n", "csv-column-twice"),
        (HEADER + "Tea,1,1,new,,,,much\n", "csv-cells"),
        (HEADER + 'Tea,1,1,"new,,\n', "csv-quotes"),
        (HEADER + "Tea,1,1,new,,\n" * 51, "csv-too-many-rows"),
        (HEADER + "x" * LARGEST_BYTES, "csv-too-large"),
        (HEADER + "T\0a,1,1,new,,\n", "csv-encoding"),
    ],
)
def test_a_file_that_cannot_be_a_table_is_refused_with_its_reason(text: str, code: str) -> None:
    assert code in {found for _, found, _ in faults(text)}


def test_another_encoding_is_named_with_its_line() -> None:
    _, (problem,) = rows_from_csv(TABLE, HEADER.encode() + "Trà".encode("latin-1"))
    assert (problem.code, problem.params["line"]) == ("catalogue.csv-encoding", 2)


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_the_empty_file_names_the_columns_that_are_typed(language: str) -> None:
    data = rows_to_csv(TABLE, language)
    assert data.startswith(b"\xef\xbb\xbfName,Quantity,Price,Sort,Made on,Tested")
    _, problems = rows_from_csv(TABLE, data + b"Tea,1,1,new,,\n")
    assert problems == ()


@given(data=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_any_bytes_give_rows_or_faults(data: bytes) -> None:
    raw, problems = rows_from_csv(TABLE, data)
    assert raw or problems


@given(body=st.text('abc,;\t"\n1 ', max_size=120))
def test_any_table_gives_rows_or_faults(body: str) -> None:
    raw, problems = rows_from_csv(TABLE, (HEADER + body).encode())
    assert raw or problems
