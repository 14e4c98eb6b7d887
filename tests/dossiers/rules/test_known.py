"""Where an answer may come from, and what becomes of a known one when something is typed."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.catalogue.rules.prefills import Source, fits, sources
from motcua.catalogue.rules.procedure import Field
from motcua.dossiers.rules.known import (
    Keys,
    after,
    answers_it,
    is_claimed,
    is_held,
    is_sent,
    part_of,
    split_faults,
    with_known,
)
from motcua.kernel.refusals import Problem
from tests.dossiers.rules.situations import procedure

TITLE = {"vi": "Tên", "en": "Name", "fr": "Nom"}
NAME = Field(field="a.name", kind="text", title=TITLE)
HOME = Field(field="a.home", kind="address", title=TITLE)
ABOUT = "population.identity.full_name"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", []),
        ("applicant.phone", [("", "applicant.phone", "", "")]),
        ("business.name", [("", "business.name", "", "")]),
        ("business.registration.name", [("business", "registration.name", "", "")]),
        (f"{ABOUT} of b.number", [("population", "identity.full_name", "b.number", "")]),
        (
            'applicant.personal_number when r == "me" else civil-status.marriage.spouse',
            [
                ("", "applicant.personal_number", "", 'r == "me"'),
                ("civil-status", "marriage.spouse", "", ""),
            ],
        ),
        (
            "applicant.address.area",
            [("population", "residence.address.area", "", "")],
        ),
    ],
)
def test_the_words_of_a_prefill(words: str, found: list[tuple[str, ...]]) -> None:
    assert [(one.register, one.path, one.of, one.when) for one in sources(words)] == found


def test_a_part_of_an_address_answers_its_own_kind_only() -> None:
    assert fits("address", "area", "area")
    assert not fits("address", "area", "address")
    assert fits("code", "", "choice")
    assert not fits("date", "", "text")
    assert part_of({"area": "00004", "line": "1", "x": 2}, "") == {"area": "00004", "line": "1"}
    assert part_of({"area": "00004"}, "area") == "00004"


@pytest.mark.parametrize(
    ("source", "key"),
    [
        (Source(register="population", path="identity.sex"), "me"),
        (Source(register="business", path="registration.name"), "firm"),
        (Source(register="population", path="identity.sex", of="b.number"), "7"),
        (Source(register="population", path="identity.sex", of="b.nobody"), ""),
    ],
)
def test_whom_a_source_is_about(source: Source, key: str) -> None:
    keys = Keys(person="me", business="firm")
    assert keys.of(source, {"b": {"number": " 7 "}}) == key


def test_a_value_that_would_not_pass_as_an_answer_is_asked_for() -> None:
    assert answers_it(NAME, "An")
    assert not answers_it(NAME, "")
    assert not answers_it(Field(field="d", kind="date", title=TITLE), "yesterday")


@given(
    typed=st.text("ab ", max_size=4),
    held=st.text("ab", min_size=1, max_size=4),
    done=st.booleans(),
)
def test_another_value_is_a_claim_and_the_same_one_is_none(
    typed: str, held: str, *, done: bool
) -> None:
    known: dict[str, Any] = {"a.name": {"register": "population", "held": held}}
    raw = with_known((NAME,), {"a.name": [typed]}, {"a": {"name": held}}, known=known)
    value = raw["a.name"][0] if typed.strip() else held
    left = after((NAME,), known, {"a": {"name": value}}, done=done)
    assert is_claimed(left["a.name"]) == (value != held)
    assert is_held(left["a.name"]) == (value == held)
    assert left["a.name"]["held"] == held


def test_a_claim_without_another_value_lasts_until_the_page_is_done() -> None:
    known = {"a.name": {"held": "An", "claimed": True}}
    answers = {"a": {"name": "An"}}
    assert is_claimed(after((NAME,), known, answers, done=False)["a.name"])
    assert is_held(after((NAME,), known, answers, done=True)["a.name"])
    assert after((NAME,), known, {}, done=True) == {}


def test_blanks_are_nothing_sent() -> None:
    assert is_sent(HOME, {"a.home.line": ["5"], "a.home.area": [""]})
    assert not is_sent(HOME, {"a.home.line": [" "], "a.homes": ["x"]})


@pytest.mark.parametrize(
    ("source", "counts"),
    [
        ({"held": "x", "disputed": True}, 0),
        ({"held": "x"}, 1),
        ({"held": "x", "disputed": True, "claimed": True}, 1),  # his own words are his
    ],
)
def test_a_disputed_value_breaks_no_rule_against_the_person(
    source: dict[str, Any], counts: int
) -> None:
    service = procedure()
    path = service.fields()[0].field
    broken = Problem(path=path, code="catalogue.must")
    missing = Problem(path=path, code="catalogue.required")
    faults, warnings = split_faults(service, (broken, missing), {path: source})
    assert (broken in faults) == bool(counts)
    assert (broken in warnings) != bool(counts)
    assert missing in faults
