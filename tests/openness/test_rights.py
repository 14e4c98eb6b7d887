"""The rights of the law through the engine, from the request to the answer; copies."""

import json
from typing import Any
from uuid import UUID

import pytest

from motcua.acts import api as acts
from motcua.dossiers import api as dossiers
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.openness import api
from motcua.openness.rules.entries import field_named
from motcua.registers import api as registers
from tests.dossiers.world import at
from tests.openness.people import People

WHAT = {
    "register": "population",
    "what": "Ngày, tháng, năm sinh",
    "claim": "Tôi sinh ngày 21/5/1990.",
}


def filed(people: People, service: str, **request: Any) -> UUID:
    draft = dossiers.open_draft(people.hanh, service)
    answers = {
        "applicant": {
            "full_name": "Vũ Thị Hạnh",
            "personal_number": people.hanh_number,
            "phone": "0912345678",
        },
        "request": {"personal_number": people.hanh_number, "register": "population", **request},
    }
    _view, problems = dossiers.save_answers(people.hanh, draft.id, answers)
    assert not problems
    return dossiers.submit(people.hanh, draft.id)


def says(actor: Actor, dossier_id: UUID, verb: str, when: str, **params: Any) -> dossiers.Dossier:
    with clock.at(at(when)):
        return dossiers.act_on(actor, dossier_id, verb, **params)


def answered(people: People, dossier_id: UUID) -> None:
    says(people.protector, dossier_id, "accept", "2026-03-03 09:00")
    says(people.keeper, dossier_id, "propose", "2026-03-04 09:00",
         raw={"answer.text": ["Đã thực hiện theo yêu cầu."]})  # fmt: skip
    says(people.head, dossier_id, "sign", "2026-03-04 10:00")


def test_the_body_that_keeps_the_register_decides(people: People) -> None:
    dossier_id = filed(people, "data-access")
    view = dossiers.dossier_view(people.hanh, dossier_id)
    assert view.dossier.body_id == people.ministry.id
    done = says(people.protector, dossier_id, "accept", "2026-03-03 09:00")
    assert done.clock is not None
    assert done.clock.due_at.date().isoformat() == "2026-03-17"  # ten working days


def test_a_restriction_signed_by_the_head_stands_in_the_register(people: People) -> None:
    dossier_id = filed(people, "data-restriction", reason="Tôi không muốn chia sẻ địa chỉ.")
    answered(people, dossier_id)
    with clock.at(at("2026-03-05 08:00")):
        [one] = api.declarations(people.hanh).restrictions
    assert {field.value for field in one.fields} >= {"population"}


def test_a_correction_asked_for_marks_the_data_as_disputed_until_it_is_decided(
    people: People,
) -> None:
    dossier_id = filed(people, "data-correction", **WHAT)
    filed(people, "data-correction", **WHAT)  # the same again opens no second dispute
    assert api.follow(_told(people)) == 2
    assert api.follow(_told(people)) == 2  # and following again neither
    [held] = [one for one in _population(people).facts if one.fact == "identity"]
    assert held.disputed
    [dispute] = registers.disputes(people.hanh)
    assert (dispute.field, dispute.dossier_id) == ("identity.born_on", dossier_id)
    says(people.protector, dossier_id, "accept", "2026-03-03 09:00")
    says(people.keeper, dossier_id, "refuse", "2026-03-04 09:00",
         reason="record-is-right", say="Sổ gốc ghi 20/5/1990.")  # fmt: skip
    with clock.at(at("2026-03-04 09:10")):
        api.follow(_told(people))
        assert not registers.disputes(people.hanh)
        [closed] = registers.disputes(people.hanh, open=False)
    assert (closed.outcome, closed.answer) == ("dismissed", "Sổ gốc ghi 20/5/1990.")


def _told(people: People) -> list[acts.ActRow]:
    """The acts about Hạnh, oldest first, as a reader of the ledger has them."""
    return acts.accesses_of(people.hanh.person_id)[::-1]


def _population(people: People) -> api.Holding:
    [one] = [one for one in api.holdings(people.hanh) if one.register == "population"]
    return one


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("Ngày, tháng, năm sinh", "identity.born_on"),
        ("ngay, thang,  nam sinh", "identity.born_on"),
        ("Date of birth", "identity.born_on"),
        ("Résidence", "residence"),
        ("số giày", ""),
        ("", ""),
    ],
)
def test_the_title_of_a_field_in_any_language_finds_it(words: str, path: str) -> None:
    assert field_named(registers.register("population"), words) == path


def test_a_copy_has_everything_with_its_history_and_is_an_act(people: People) -> None:
    people.looks()
    question = api.ask_about(people.hanh, people.looks(), question="Vì sao?")
    copy = api.data_copy(people.hanh)
    assert json.dumps(copy)
    [population] = [one for one in copy["registers"] if one["register"] == "population"]
    facts = {fact["fact"]: fact["values"] for fact in population["facts"]}
    assert facts["identity"]["full_name"] == "Vũ Thị Hạnh"
    assert facts["residence"]["address"]["area"] == "00004"
    assert len(population["history"]) >= len(population["facts"])
    kinds = [one["kind"] for one in copy["accesses"] if one["who"] == "officer"]
    assert kinds == ["read", "read"]
    assert copy["questions"][0]["id"] == str(question.id)
    assert api.usage_of(people.hanh, own=True).items[0].kind == "copied"


def test_a_copy_tells_nothing_before_its_day(people: People) -> None:
    hidden = people.looks(
        detail={"told_after": "2026-12-31"}, purpose="duty/criminal-investigation"
    )
    assert str(hidden) not in json.dumps(api.data_copy(people.hanh))


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_the_copy_for_reading_is_a_pdf_in_the_readers_language(
    people: People, language: str
) -> None:
    people.looks()
    assert api.data_copy_pdf(people.hanh, language=language).startswith(b"%PDF")


def test_holdings_are_named_with_their_keeper(people: People) -> None:
    one = _population(people)
    assert one.owner["vi"] == "Bộ Công an"
    [identity] = [fact for fact in one.facts if fact.fact == "identity"]
    values = {field.path: api.value_of(field) for field in identity.fields}
    assert values["identity.full_name"] == "Vũ Thị Hạnh"


def test_a_parent_sees_what_is_held_of_the_child(people: People) -> None:
    found = {one.register: one for one in api.holdings(people.hanh, people.child)}
    assert "population" in found
    assert [one.name for one in api.relatives(people.hanh)] == ["Vũ Minh Anh"]
