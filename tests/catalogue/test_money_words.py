"""Fees that are computed or taken from tables, states that collect them, services that pay."""

from datetime import date
from typing import Any

import pytest

from motcua.catalogue.api import (
    FeeBreakdown,
    diff_versions,
    fee_of,
    mermaid,
    plain_text,
    service_level,
)
from motcua.catalogue.rules.compile import compile_procedure
from motcua.catalogue.rules.graph import edges, ending, reachable
from tests.catalogue.declarations import DECLARATION, SHARED, answers, compiled, row, said

PAYING = {key: value for key, value in DECLARATION.items() if key in {
    "service", "title", "summary", "life-event", "for", "owner", "law"}} | {
    "form": [{"page": "bill", "title": said("Bill"), "ask": [
        {"field": "bill.code", "kind": "text", "title": said("Customer code")}]}],
    "pays": {"debts": "utility-bill", "find": {"customer_code": "bill.code"},
             "shows": [{"name": "month", "title": said("Month")}]},
}  # fmt: skip


def fees(told: Any, province: str = "01", channel: str = "online") -> FeeBreakdown:
    on = date(2026, 3, 3)
    return fee_of(compiled(), told, channel=channel, province=province, on=on)


def test_the_sum_of_a_fee_explains_itself() -> None:
    tax = fees(answers(row(3, 7000))).counted[0]
    assert tax.vnd == 2100 + 20
    assert [(title["en"], value) for title, value in tax.of] == [
        ("Tax", 2100), ("Base salary", 2000),
    ]  # fmt: skip
    assert (tax.refund, tax.at, tax.gives != "") == (True, "payment", True)


def test_a_fee_that_waits_for_an_answer_does_not_count_and_the_sum_is_not_known() -> None:
    sum_of = fees({})
    assert [line.why for line in sum_of.lines if line.fee == "tax"] == ["unanswered"]
    assert not sum_of.known
    assert fees(answers(row())).known


@pytest.mark.parametrize(
    ("province", "channel", "vnd", "law"),
    [("01", "online", 10, "B"), ("01", "counter", 30, "A"), ("79", "online", 30, "A")],
)
def test_a_table_gives_the_line_of_the_province_and_else_that_of_all(
    province: str, channel: str, vnd: int, law: str
) -> None:
    (form,) = [one for one in fees(answers(row()), province, channel).counted if one.fee == "form"]
    assert (form.vnd, form.law, form.at) == (vnd, law, "later")
    assert form.indicative is (law == "A")


def test_a_fee_is_never_less_than_nothing() -> None:
    below = [{"fee": "x", "title": said("X"), "law": "L", "gives": "total.value - 5000"}]
    on = date(2026, 3, 3)
    told = answers(row())
    procedure = compiled(fees=below)
    assert fee_of(procedure, told, channel="online", province="01", on=on).total_vnd == 0


def test_an_unknown_table_is_named_with_those_that_exist() -> None:
    words = DECLARATION | {"fees": [{"fee": "x", "title": {}, "table": "nowhere"}]}
    _, (fault,) = compile_procedure(words, SHARED)
    assert "the pack has: forms" in fault.message
    assert fault.place == ("fees", 0, "table")


def test_a_paying_state_is_passed_over_or_paid_or_stops_the_dossier() -> None:
    ways = {(edge.state, edge.verb, edge.to) for edge in edges(compiled())}
    assert ("reception", "accept", "payment") in ways
    assert ("reception", "accept", "signature") in ways
    assert ("payment", "pay", "signature") in ways
    assert ("payment", "stop", "end") in ways
    assert reachable(compiled()) >= {"payment", "signature", "handover", "end"}
    assert "payment" in ending(compiled())


def test_diagrams_show_where_money_is_paid() -> None:
    assert "payment --> signature : pay" in mermaid(compiled())
    assert "only if something is due" in plain_text(compiled())


def test_a_service_that_pays_is_online_in_full_and_has_a_diagram() -> None:
    procedure, faults = compile_procedure(PAYING, SHARED)
    assert procedure is not None, faults
    level = service_level(procedure)
    assert (level.level, level.old) == ("full", 4)
    assert "paying" in level.reasons[0]["en"]
    assert "find --> pay" in mermaid(procedure)
    assert "utility-bill where customer_code = bill.code" in plain_text(procedure)


def test_a_computed_fee_at_the_counter_only_makes_a_service_partial() -> None:
    counter = [{**DECLARATION["fees"][0], "channel": "counter"}]
    assert service_level(compiled(fees=counter)).level == "partial"


def test_changes_of_tables_of_fees_are_told_line_by_line() -> None:
    table = [dict(line) for line in SHARED.tables["forms"]]
    table[1]["vnd"] = "12"
    changed, _ = compile_procedure(
        DECLARATION, type(SHARED)(values=SHARED.values, tables={"forms": table})
    )
    assert changed is not None
    (change,) = diff_versions(compiled(), changed)
    assert str(change) == "fee form 01 online amount (VND): 10 -> 12"
