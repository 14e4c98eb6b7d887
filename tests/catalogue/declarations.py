"""A declaration of goods and a list of family members, as small as a service can be."""

from datetime import date
from typing import Any

from motcua.catalogue.api import Context, Procedure
from motcua.catalogue.rules.compile import Shared, compile_procedure


def said(words: str) -> dict[str, str]:
    return {"vi": words, "en": words, "fr": words}


GOODS: dict[str, Any] = {
    "field": "goods",
    "kind": "rows",
    "max": 50,
    "title": said("Goods"),
    "columns": [
        {"field": "name", "kind": "text", "title": said("Name")},
        {
            "field": "quantity",
            "kind": "number",
            "title": said("Quantity"),
            "must": "quantity >= 1",
            "or": said("At least 1."),
        },
        {"field": "price", "kind": "money", "title": said("Price")},
        {"field": "value", "kind": "money", "title": said("Value"), "gives": "quantity * price"},
        {
            "field": "sort",
            "kind": "choice",
            "title": said("Sort"),
            "options": [
                {"value": "new", "title": {"vi": "Mới", "en": "New", "fr": "Neuf"}},
                {"value": "used", "title": {"vi": "Đã dùng", "en": "Used", "fr": "Usagé"}},
            ],
        },
        {
            "field": "made_on",
            "kind": "date",
            "title": said("Made on"),
            "when": 'sort == "used"',
            "must": "made_on <= today",
            "or": said("Not in the future."),
        },
        {"field": "tested", "kind": "yes-no", "title": said("Tested"), "optional": True},
    ],
}
DECLARATION: dict[str, Any] = {
    "service": "declaration",
    "title": said("Declaration"),
    "summary": said("Declare goods."),
    "life-event": "trade",
    "for": ["business"],
    "owner": "G01",
    "law": [{"title": said("Law")}],
    "decided-by": {"body": "customs-office", "of": "entry.place"},
    "limit": "1 working day",
    "form": [
        {
            "page": "goods",
            "title": said("Goods"),
            "ask": [
                {"field": "entry.place", "kind": "area", "title": said("Place")},
                {"field": "entry.relief", "kind": "yes-no", "title": said("Relief")},
                GOODS,
            ],
        },
    ],
    "compute": [
        {"name": "total.value", "title": said("Total value"), "sum": "goods.value"},
        {
            "name": "total.tax",
            "title": said("Tax"),
            "gives": "entry.relief ? 0 : total.value / 10",
        },
    ],
    "fees": [
        {
            "fee": "tax",
            "title": said("Tax"),
            "law": "Law",
            "gives": "total.tax + values.base_salary / 100",
            "refund": True,
        },
        {"fee": "form", "title": said("Form"), "law": "Law", "table": "forms", "at": "later"},
    ],
    "route": {
        "reception": {
            "title": said("Reception"),
            "who": "desk-clerk",
            "at": "desk",
            "within": "1 working day",
            "may": ["accept", "refuse"],
        },
        "payment": {
            "title": said("Payment"),
            "who": "applicant",
            "within": "3 days",
            "pay": True,
            "silence": "stop",
        },
        "signature": {
            "title": said("Signature"),
            "who": "chair",
            "within": "1 working day",
            "may": ["sign"],
        },
    },
    "outcome": {"issue": "release", "title": said("Release")},
}
SHARED = Shared(
    values={
        "base-salary": {
            "title": said("Base salary"),
            "values": [
                {"value": 1000, "law": "Old", "since": "2020-01-01"},
                {"value": 2000, "law": "New", "since": "2026-03-01"},
            ],
        },
        "unused": {"title": said("Unused"), "values": []},
    },
    tables={
        "forms": [
            {"province": "", "channel": "", "vnd": "30", "since": "", "until": "", "law": "A",
             "indicative": "yes"},
            {"province": "01", "channel": "online", "vnd": "10", "since": "", "until": "",
             "law": "B", "indicative": ""},
        ]
    },
)  # fmt: skip
TODAY = Context(today=date(2026, 3, 3))


def compiled(**changes: Any) -> Procedure:
    procedure, faults = compile_procedure(DECLARATION | changes, SHARED)
    assert procedure is not None, faults
    return procedure


def line(number: int, **cells: object) -> dict[str, list[str]]:
    """A row as a browser sends it."""
    return {f"goods[{number}].{name}": [str(cell)] for name, cell in cells.items()}


def row(quantity: int = 2, price: int = 500, **more: object) -> dict[str, Any]:
    return {"name": "Tea", "quantity": quantity, "price": price, "sort": "new", **more}


def answers(*rows: dict[str, Any], relief: bool = False) -> dict[str, Any]:
    return {"entry": {"place": "00004", "relief": relief}, "goods": list(rows)}
