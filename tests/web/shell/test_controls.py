"""Questions of a service as controls: nothing typed is lost, every fault stands at its field."""

import re

import pytest
from django.http import QueryDict
from django.utils import translation

from motcua.catalogue.rules.procedure import Field, Option
from motcua.kernel.refusals import Problem
from motcua.web.shell.controls import INPUT_MODES, control, raw_values
from motcua.web.shell.templatetags import ui

TITLE = {"vi": "Câu hỏi", "en": "Question", "fr": "Question"}
WRONG = Problem(path="child.born_on", code="", text={"vi": "Sai ngày", "en": "Wrong day"})


def ask(kind: str, path: str = "child.x", **more: object) -> Field:
    return Field(field=path, kind=kind, title=TITLE, **more)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _english() -> object:
    with translation.override("en"):
        yield


@pytest.mark.parametrize("kind", [*INPUT_MODES, "text", "long-text", "person-name"])
def test_what_was_typed_is_shown_again_as_it_was_typed(kind: str) -> None:
    html = ui.field(ask(kind), QueryDict("child.x=%3Cb%3E%20%22Thu%E1%BB%B3%22"))
    assert "&lt;b&gt; &quot;Thuỳ&quot;" in html
    assert "<b>" not in html


def test_a_date_has_three_boxes_and_the_first_bears_the_path() -> None:
    c = control(
        ask("date", "child.born_on"), {"child.born_on-day": "31", "child.born_on-year": "x"}
    )
    assert [part.name for part in c.parts] == [
        f"child.born_on-{p}" for p in ("day", "month", "year")
    ]
    assert [part.value for part in c.parts] == ["31", "", "x"]
    assert c.parts[0].id == "child.born_on"


def test_a_stored_date_fills_the_three_boxes() -> None:
    c = control(ask("date", "child.born_on"), raw_values([ask("date", "child.born_on")],
                {"child": {"born_on": "2026-03-07"}}))  # fmt: skip
    assert [part.value for part in c.parts] == ["7", "3", "2026"]


def test_a_fault_stands_at_its_field_and_the_summary_leads_to_it() -> None:
    html = ui.field(ask("date", "child.born_on"), {}, (WRONG,))
    assert "Wrong day" in html
    assert 'aria-describedby="child.born_on-hint child.born_on-error"' in html
    assert ui.error_summary((WRONG,))["items"] == [("child.born_on", "Wrong day")]
    assert re.search(r'<input[^>]* id="child\.born_on"', html)


def test_a_fault_inside_an_address_belongs_to_the_address() -> None:
    field = ask("text", "home")
    inside = Problem(path="home.line", code="", text={"en": "Which street?"})
    assert control(field, {}, (inside,)).error == "Which street?"


def test_a_fault_of_a_longer_path_does_not_stray() -> None:
    other = Problem(path="homeland", code="", text={"en": "No"})
    assert control(ask("text", "home"), {}, (other,)).error == ""


def test_more_than_seven_choices_become_a_list() -> None:
    options = tuple(Option(value=str(n), title={"en": f"No. {n}"}) for n in range(8))
    assert control(ask("choice", options=options)).shape == "select"
    assert control(ask("choice", options=options[:7])).shape == "choice"


@pytest.mark.parametrize(("typed", "chosen"), [("yes", "yes"), ("no", "no"), ("True", "yes")])
def test_yes_or_no_keeps_the_answer(typed: str, chosen: str) -> None:
    c = control(ask("yes-no"), {"child.x": typed})
    assert [choice.value for choice in c.choices if choice.chosen] == [chosen]


def test_several_choices_are_kept() -> None:
    options = tuple(Option(value=v, title={"en": v}) for v in "abc")
    c = control(ask("choices", options=options), QueryDict("child.x=a&child.x=c"))
    assert [choice.value for choice in c.choices if choice.chosen] == ["a", "c"]


def test_the_browser_fills_in_only_facts_about_the_person_who_types() -> None:
    assert control(ask("person-name")).autocomplete == "off"
    assert control(ask("person-name", prefill="applicant.full_name")).autocomplete == "name"


def test_stored_answers_come_back_as_if_typed() -> None:
    fields = [ask("address", "home"), ask("yes-no", "married"), ask("number", "n")]
    answers = {"home": {"area": "00004", "line": "Số 1"}, "married": False, "n": 3}
    assert raw_values(fields, answers) == {
        "home.area": "00004", "home.line": "Số 1", "married": "no", "n": "3",
    }  # fmt: skip


def test_the_page_of_one_question_has_it_as_its_heading() -> None:
    assert ui.fields((ask("text"),)).count("<h1") == 1
    assert "<h1" not in ui.fields((ask("text"), ask("date", "d")))


def test_an_area_offers_provinces_first_and_communes_after(country: None) -> None:
    first = control(ask("area"))
    assert first.province_id == "child.x"
    assert not first.choices
    then = control(ask("area"), {"child.x-province": "01"})
    assert (then.province_id, then.id) == ("child.x-province", "child.x")
    assert any(choice.label == "Phường Ba Đình" for choice in then.choices)


def test_a_stored_commune_finds_its_province(country: None) -> None:
    c = control(ask("area"), {"child.x": "00004"})
    assert [choice.value for choice in c.province_choices if choice.chosen] == ["01"]
    assert [choice.value for choice in c.choices if choice.chosen] == ["00004"]


def test_a_province_alone_is_a_simple_list(country: None) -> None:
    assert len(control(ask("area", level="province")).choices) == 34
