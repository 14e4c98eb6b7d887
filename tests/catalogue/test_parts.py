"""Shared parts: what a use takes over, what it says instead, and where a place of it is."""

from typing import Any

import pytest

from motcua.catalogue.rules.compile import Shared, compile_procedure
from motcua.catalogue.rules.findings import Fault
from motcua.catalogue.rules.parts import Parts, home_of
from motcua.catalogue.rules.procedure import Procedure
from tests.catalogue.declarations import DECLARATION, said

PARTS: dict[str, Any] = {
    "questions/born-on": {
        "kind": "date",
        "title": said("Born on"),
        "must": 'answer <= today && answer != other.answer && channel != "answer"',
        "or": said("Not yet."),
    },
    "states/reception": DECLARATION["route"]["reception"],
    "evidence/card": {"paper": "card", "title": said("Card"), "instead": "population"},
}
BORN = {"use": "questions/born-on", "field": "driver.born_on"}
PAGE = {"page": "driver", "title": said("Driver"), "ask": [BORN]}


def compiled(**changes: Any) -> tuple[Procedure | None, tuple[Fault, ...]]:
    shared = Shared(parts=PARTS, tables={"forms": []})
    return compile_procedure(DECLARATION | changes, shared)


def test_a_shared_question_speaks_of_its_own_answer_wherever_it_is_asked() -> None:
    procedure, _ = compiled(form=[*DECLARATION["form"], PAGE])
    assert procedure is not None
    born = procedure.field("driver.born_on")
    assert born is not None
    assert born.title == said("Born on")
    assert born.must == (
        'driver.born_on <= today && driver.born_on != other.answer && channel != "answer"'
    )


def test_own_keys_come_in_place_of_those_of_the_part() -> None:
    own = {"use": "evidence/card", "title": said("Pass"), "when": "entry.relief"}
    route = DECLARATION["route"] | {"reception": {"use": "states/reception", "who": "chair"}}
    procedure, _ = compiled(evidence=[own], route=route)
    assert procedure is not None
    (card,) = procedure.evidence
    assert (card.paper, card.title, card.when) == ("card", said("Pass"), "entry.relief")
    assert (procedure.route[0].who, procedure.route[0].at) == ("chair", "desk")


@pytest.mark.parametrize("name", ["evidence/card", "questions/born-in", "born-on"])
def test_a_question_uses_questions_only(name: str) -> None:
    procedure, (fault,) = compiled(form=[{**PAGE, "ask": [BORN | {"use": name}]}])
    assert procedure is None
    assert fault.place == ("form", 0, "ask", 0, "use")
    assert "the pack has: questions/born-on" in fault.message


def test_a_place_is_where_its_words_are() -> None:
    words = {"route": {"reception": {"use": "states/reception", "within": "1 day"}}}
    place = ("route", "reception")
    assert home_of(words, (*place, "who"), PARTS) == ("states/reception", ("who",))
    assert home_of(words, (*place, "within"), PARTS) == ("", (*place, "within"))
    assert home_of(words, (*place, "shows"), PARTS) == ("", (*place, "shows"))
    inner = {"pages/driver": PAGE, **PARTS}
    form = {"form": [{"use": "pages/driver"}]}
    found = home_of(form, ("form", 0, "ask", 0, "must"), inner)
    assert found == ("questions/born-on", ("must",))


def test_what_uses_nothing_is_left_as_it_is() -> None:
    faults: list[Fault] = []
    for words in (None, [], "text", {"paper": "card"}):
        assert Parts(PARTS, faults).laid_under(words, "evidence", ()) == words
    assert not faults
