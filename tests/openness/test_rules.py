"""The pure decisions: kinds, purposes, names, standings, agreements."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.openness.rules.agreements import Agreement, Revision, compile_agreement, digest_of
from motcua.openness.rules.asking import standing
from motcua.openness.rules.entries import kind_of, names_of_fields, purpose_of
from motcua.registers.api import registers

DAY = date(2026, 3, 3)
NOW = datetime(2026, 3, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("verb", "kind"),
    [
        ("registers.read", "read"),
        ("registers.read-denied", "refused"),
        ("registers.found", "found"),
        ("registers.fact-recorded", "written"),
        ("registers.emergency-opened", "emergency"),
        ("registers.exported", "read"),
        ("registers.duplicates-shown", "found"),
        ("dossier.viewed", "case"),
    ],
)
def test_each_verb_has_its_kind(verb: str, kind: str) -> None:
    assert kind_of(verb) == kind


@given(st.text(max_size=40))
def test_any_verb_and_purpose_has_some_kind(text: str) -> None:
    assert kind_of(text)
    family, name = purpose_of(text, "read")
    assert family
    assert name == "" or name in text


def test_fields_are_named_as_the_declaration_names_them_each_once() -> None:
    register = registers()["population"]
    fields = ["identity.full_name", "identity.born_on", "identity.full_name", "gone.field"]
    told = names_of_fields(register, {"fields": fields})
    assert [one["en"] for one in told] == ["Full name", "Date of birth"]


def test_a_written_fact_is_named_by_its_title() -> None:
    [told] = names_of_fields(registers()["population"], {"fact": "residence"})
    assert told["en"] == "Residence"
    assert names_of_fields(None, {"fact": "residence"}) == ()


@given(st.integers(-5, 5), st.integers(0, 5), st.booleans(), st.booleans())
def test_a_question_is_late_only_after_its_end_and_never_once_answered(
    passed: int, more: int, acknowledged: bool, answered: bool
) -> None:
    acknowledge_by = NOW
    found = standing(
        NOW + timedelta(days=passed),
        acknowledge_by=acknowledge_by,
        due_at=acknowledge_by + timedelta(days=more),
        acknowledged=acknowledged,
        answered=answered,
    )
    assert (found == "answered") == answered
    assert (found == "late") == (not answered and passed > more)
    assert found != "unseen" or not acknowledged


def agreement(*texts: tuple[int, date, str]) -> Agreement:
    return Agreement(
        agreement="a",
        title={"vi": "Thỏa thuận"},
        purpose={"vi": "Việc"},
        body="G01",
        law="Luật",
        revisions=tuple(Revision(revision=n, since=on, text={"vi": t}) for n, on, t in texts),
    )


def test_the_wording_in_force_is_the_last_that_has_begun() -> None:
    one = agreement((1, DAY, "một"), (2, DAY + timedelta(days=5), "hai"))
    assert one.current(DAY - timedelta(days=1)) is None
    assert one.current(DAY).revision == 1  # type: ignore[union-attr]
    assert one.current(DAY + timedelta(days=9)).revision == 2  # type: ignore[union-attr]


@given(st.text(min_size=1), st.text(min_size=1))
def test_a_digest_names_exactly_one_text(first: str, second: str) -> None:
    one, other = agreement((1, DAY, first)), agreement((1, DAY, second))
    same = digest_of(one, one.revisions[0]) == digest_of(other, other.revisions[0])
    assert same == (first == second)


def test_an_agreement_of_a_file_needs_all_its_parts() -> None:
    import msgspec

    with pytest.raises(msgspec.ValidationError):
        compile_agreement({"agreement": "a", "revisions": []})
