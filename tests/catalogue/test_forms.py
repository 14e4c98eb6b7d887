"""Forms: what a browser sends becomes answers, and every fault comes back at once."""

from datetime import date
from functools import cache

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.catalogue.api import (
    Context,
    Pack,
    Procedure,
    as_typed,
    check_answers,
    display_answers,
    evidence_needed,
    evidence_replaced,
    fee_of,
    nest,
    read_page,
    service_level,
    visible_pages,
    without_hidden,
)
from motcua.catalogue.rules.answers import merged
from motcua.catalogue.rules.procedure import Field
from motcua.catalogue.rules.reading import Unreadable, read_answer
from motcua.kernel.packs import pack_root

TODAY = Context(today=date(2026, 3, 3))
TITLE = {"vi": "Câu hỏi", "en": "Question", "fr": "Question"}


def field(kind: str, **more: object) -> Field:
    options = ({"value": "a", "title": TITLE}, {"value": "b", "title": TITLE})
    data = {"field": "x.y", "kind": kind, "title": TITLE, "options": options} | more
    return msgspec.convert(data, Field)


def read(kind: str, *typed: str, **more: object) -> object:
    return read_answer(field(kind, **more), {"x.y": list(typed)})


@pytest.mark.parametrize(
    ("kind", "typed", "answer"),
    [
        ("text", "  một   hai ", "một hai"),
        ("person-name", "Nguye\u0302\u0303n  Thị  Ánh", "Nguyễn Thị Ánh"),
        ("person-name", "H'Hen Niê", "H'Hen Niê"),
        ("personal-number", "001 196 000 011", "001196000011"),
        ("old-id-number", "012.345.678", "012345678"),
        ("phone", "+84 912 345 678", "0912345678"),
        ("phone", "024 3825 5555", "02438255555"),
        ("email", "an@example.vn", "an@example.vn"),
        ("money", "1.234.567 đ", 1234567),
        ("money", "1,234,567", 1234567),
        ("number", "007", 7),
        ("date", "3 4 2026", "2026-04-03"),
        ("date", "03/04/2026", "2026-04-03"),
        ("date", "2026-04-03", "2026-04-03"),
        ("choice", "a", "a"),
        ("choices", "b", ["b"]),
        ("yes-no", "no", False),
        ("area", "00004", "00004"),
        ("text", "", None),
    ],
)
def test_lenient_reading_gives_one_form(kind: str, typed: str, answer: object) -> None:
    assert read(kind, typed) == answer


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        ("person-name", "R2-D2 <b>", "person-name"),
        ("personal-number", "12345", "personal-number"),
        ("personal-number", "١" * 12, "personal-number"),
        ("old-id-number", "1234567890", "old-id-number"),
        ("phone", "911", "phone"),
        ("email", "an@", "email"),
        ("money", "1.23", "money"),
        ("number", "-4", "number"),
        ("number", "9" * 4000, "too-large"),
        ("date", "30/02/2026", "no-such-day"),
        ("date", "1/2/26", "date-year"),
        ("date", "soon", "date"),
        ("choice", "c", "choice"),
        ("choices", "c", "choice"),
        ("yes-no", "perhaps", "choice"),
        ("area", "Hà Nội", "area"),
        ("text", "a\x00b", "unreadable-characters"),
        ("text", "a\ud800b", "unreadable-characters"),
        ("text", "a\u202eb", "unreadable-characters"),
        ("text", "x" * 201, "too-long"),
        ("long-text", "x" * 1_000_000, "too-long"),
    ],
)
def test_hostile_or_wrong_text_names_its_fault(kind: str, typed: str, code: str) -> None:
    with pytest.raises(Unreadable) as fault:
        read(kind, typed)
    assert fault.value.code == code


def test_three_boxes_make_a_date_and_a_missing_one_is_named() -> None:
    raw = {"x.y-day": ["3"], "x.y-month": ["4"], "x.y-year": ["2026"]}
    assert read_answer(field("date"), raw) == "2026-04-03"
    with pytest.raises(Unreadable) as fault:
        read_answer(field("date"), raw | {"x.y-month": [""]})
    assert fault.value.params == {"part": "month"}


def test_two_different_answers_to_one_question_are_refused() -> None:
    with pytest.raises(Unreadable, match="answer-once"):
        read("text", "a", "b")


@settings(deadline=None)
@given(
    kind=st.sampled_from(
        [
            "text",
            "long-text",
            "person-name",
            "personal-number",
            "old-id-number",
            "date",
            "choice",
            "choices",
            "yes-no",
            "area",
            "address",
            "phone",
            "email",
            "number",
            "money",
        ]
    ),
    typed=st.text(max_size=60),
)
def test_any_text_is_an_answer_that_reads_back_or_a_fault(kind: str, typed: str) -> None:
    asked = field(kind)
    names = ("x.y", "x.y.area", "x.y.line", "x.y-day", "x.y-month", "x.y-year")
    try:
        answer = read_answer(asked, {name: [typed] for name in names})
    except Unreadable:
        return
    if answer is not None:
        assert read_answer(asked, as_typed(asked, answer)) == answer


@settings(deadline=None)
@given(st.dictionaries(st.text(max_size=20), st.lists(st.text(max_size=20), max_size=3)))
def test_unknown_fields_are_ignored(raw: dict[str, list[str]]) -> None:
    procedure = birth_of_the_pack()
    answers, problems = read_page(procedure, "child", raw, context=TODAY)
    assert answers == {}
    assert {p.code for p in problems} == {"catalogue.required"}


@cache
def birth_of_the_pack() -> Procedure:
    """Outside fixtures, which Hypothesis does not want."""
    return next(p for _, p in Pack(pack_root()).compiled() if p.service == "birth-registration")


def plain(procedure: Procedure) -> dict:
    return nest(procedure.examples[0]["answers"])


def test_a_whole_form_comes_back_with_all_its_faults(birth: Procedure) -> None:
    answers = merged(plain(birth), nest({"child.born_on": "2027-01-01", "mother.name": None}))
    problems = {p.path: p.code for p in check_answers(birth, answers, TODAY)}
    assert problems == {"child.born_on": "catalogue.must", "mother.name": "catalogue.required"}


def test_a_rule_that_waits_for_another_answer_is_not_a_fault(birth: Procedure) -> None:
    answers = nest({"mother.born_on": "1996-03-27"})
    assert "mother.born_on" not in {p.path for p in check_answers(birth, answers, TODAY)}


@settings(deadline=None)
@given(value=st.one_of(st.none(), st.integers(), st.text(max_size=5), st.lists(st.booleans())))
def test_a_draft_with_answers_of_wrong_kinds_is_a_problem_and_no_exception(value: object) -> None:
    procedure = birth_of_the_pack()
    answers = nest(dict.fromkeys((f.field for f in procedure.fields()), value))
    assert check_answers(procedure, answers, TODAY)
    assert display_answers(procedure, answers, "vi", context=TODAY)


def test_hidden_pages_and_answers_disappear(birth: Procedure) -> None:
    answers = merged(plain(birth), nest({"father.name": "Nguyễn Văn Hùng"}))
    assert "father" not in [p.page for p in visible_pages(birth, answers, TODAY)]
    assert "father" not in without_hidden(birth, answers, TODAY)


def test_the_question_about_lateness_is_asked_after_sixty_days(birth: Procedure) -> None:
    late = Context(today=date(2026, 4, 12))
    assert "child.late_reason" in {p.path for p in check_answers(birth, plain(birth), late)}
    edge = Context(today=date(2026, 4, 11))
    assert check_answers(birth, plain(birth), edge) == ()


def test_papers_follow_the_answers_and_registers_replace_them(birth: Procedure) -> None:
    at_home = merged(plain(birth), nest({"child.at_facility": False}))
    assert [e.paper for e in evidence_needed(birth, plain(birth), TODAY)] == ["birth-notice"]
    assert [e.paper for e in evidence_needed(birth, at_home, TODAY)] == ["birth-witness"]
    assert [e.paper for e in evidence_replaced(birth, at_home, TODAY)] == ["identity-card"]


def test_fee_explains_itself_and_is_unknown_when_late(birth: Procedure) -> None:
    where = {"channel": "online", "province": "01"}
    in_time = fee_of(birth, plain(birth), on=date(2026, 3, 3), **where)
    late = fee_of(birth, plain(birth), on=date(2026, 8, 3), **where)
    assert (in_time.total_vnd, in_time.known, in_time.lines[0].why) == (0, True, "counts")
    assert (late.known, late.lines[0].why) == (False, "condition")
    assert late.lines[0].note["en"].startswith("Free")


def test_unknown_areas_are_a_problem_when_areas_are_checked(birth: Procedure) -> None:
    context = Context(today=TODAY.today, area_level=lambda code: "province" if code == "01" else "")
    problems = {p.path: p.code for p in check_answers(birth, plain(birth), context)}
    assert problems["child.birth_place"] == "catalogue.area"
    assert "child.home_town" not in problems


def test_answers_are_shown_in_the_readers_language(birth: Procedure) -> None:
    rows = {
        row.path: row.value
        for section in display_answers(
            birth, plain(birth), "fr", context=TODAY, area_name=lambda code: f"lieu {code}"
        )
        for row in section.rows
    }
    assert rows["child.sex"] == "Féminin"
    assert rows["child.born_on"] == "10/02/2026"
    assert rows["mother.address"] == "12 phố Quán Thánh, lieu 00004"


def test_level_is_computed_and_explained(services: dict[str, Procedure]) -> None:
    assert {service_level(p).level for p in services.values()} == {"full"}
