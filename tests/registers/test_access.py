"""The rule of access: relations, purposes, restrictions; denied unless a grant gives it."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.registers.rules.access import (
    Asker,
    covers,
    decide,
    is_closed_by_restriction,
    is_purpose,
    relations,
    relations_named,
)
from motcua.registers.rules.compile import compile_register
from motcua.registers.rules.declaration import Duty

TODAY = date(2026, 3, 3)
ME, CHILD, OTHER = "001190000001", "001215000002", "001190000003"
TEXT = {"vi": "x"}


def register(*grants: dict[str, Any]) -> Any:
    return compile_register(
        {
            "register": "pets", "title": TEXT, "owner": "G99", "law": [{"title": TEXT}],
            "subject": {"kind": "person", "key": "personal-number", "title": TEXT},
            "facts": {
                "pet": {"title": TEXT, "fields": {
                    "name": {"kind": "text", "title": TEXT},
                    "teeth": {"kind": "number", "title": TEXT},
                }},
                "owner": {"title": TEXT, "fields": {"name": {"kind": "text", "title": TEXT}}},
            },
            "grants": list(grants),
        }
    )  # fmt: skip


def seen(grant: dict[str, Any], asker: Asker, purpose: str, **more: Any) -> tuple[str, ...]:
    return decide(register(grant), asker, purpose, **more).fields


VET = Asker(kind="officer", role="vet", body_code="G99.1", body_kind="clinic")
DUTY = Duty(duty="look", title=TEXT, law="Law 1", told_after=30, heirs=False, reason=True)


def test_without_a_grant_nothing_is_seen_by_anybody() -> None:
    for kind in ("officer", "person", "system", "guest"):
        asker = Asker(kind=kind, role="vet", relations=frozenset({"self"}))
        assert not decide(register(), asker, "own").is_allowed


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        (["*"], ("pet.name", "pet.teeth", "owner.name")),
        (["pet.*"], ("pet.name", "pet.teeth")),
        (["owner.name", "pet.name"], ("pet.name", "owner.name")),
        (["pe", "pet", "name", "nothing.at_all"], ()),
    ],
)
def test_fields_are_given_by_name_by_fact_or_all(
    fields: list[str], wanted: tuple[str, ...]
) -> None:
    grant = {"to": ["vet"], "purpose": ["procedure/x"], "fields": fields}
    assert seen(grant, VET, "procedure/x") == wanted


@pytest.mark.parametrize(
    ("at", "sees"), [([], True), (["clinic"], True), (["G99.1"], True), (["G99"], False)]
)
def test_a_body_is_named_by_kind_or_code(at: list[str], sees: bool) -> None:
    grant = {"to": ["vet"], "at": at, "purpose": ["procedure/x"], "fields": ["*"]}
    assert bool(seen(grant, VET, "procedure/x")) is sees


def test_two_grants_add_up_with_both_laws() -> None:
    grants = (
        {"to": ["vet"], "purpose": ["procedure/*"], "fields": ["pet.name"], "law": "A"},
        {
            "to": ["vet"],
            "purpose": ["procedure/x"],
            "fields": ["owner.*"],
            "law": "B",
            "write": True,
        },
        {"to": ["clerk"], "purpose": ["procedure/x"], "fields": ["*"], "law": "C"},
    )
    found = decide(register(*grants), VET, "procedure/x")
    assert found.fields == ("pet.name", "owner.name")
    assert (found.law, found.writes) == ("A; B", ("owner.name",))


def test_a_duty_says_when_the_person_is_told_and_whether_heirs_are() -> None:
    grant = {"to": ["vet"], "purpose": ["duty/look"], "fields": ["*"]}
    found = decide(register(grant), VET, "duty/look", duty=DUTY)
    assert (found.told_after, found.heirs, found.reason, found.law) == (30, False, True, "Law 1")
    assert not seen(grant, VET, "duty/look")  # that nobody declared


@pytest.mark.parametrize(
    "asker",
    [
        Asker(kind="officer", role="self"),
        Asker(kind="officer", role="vet", relations=frozenset({"self"})),
        Asker(kind="system", relations=frozenset({"self"})),
        Asker(kind="guest", relations=frozenset({"self"})),
        Asker(kind="person", role="self"),
        Asker(kind="person", relations=frozenset({"friend"})),
    ],
)
def test_only_a_proven_relation_of_a_person_opens_what_is_for_the_person(asker: Asker) -> None:
    grant = {"to": ["self", "friend"], "purpose": ["own"], "fields": ["*"]}
    assert not seen(grant, asker, "own")


def test_an_emergency_opens_everything_to_an_officer_while_it_is_open() -> None:
    asker = Asker(kind="officer", role="vet", has_emergency=True)
    assert decide(register(), asker, "emergency").fields == ("pet.name", "pet.teeth", "owner.name")
    assert not decide(register(), asker, "own").is_allowed
    assert not decide(register(), VET, "emergency").is_allowed
    assert not decide(register(), Asker(kind="system", has_emergency=True), "emergency").is_allowed


@given(st.text(max_size=12))
def test_a_pattern_covers_itself_and_a_star_only_what_follows_the_slash(name: str) -> None:
    assert covers("procedure/*", f"procedure/{name}") is bool(name)
    assert covers(f"duty/{name}", f"duty/{name}") or name.endswith("*") or not name
    assert not covers("procedure/*", f"duty/{name}")
    assert not is_purpose(name) or name in ("own", "emergency") or "/" in name


@pytest.mark.parametrize(
    "purpose", ["", "own ", "duty", "duty/", "procedure/", "duty/*", "x/y", "OWN"]
)
def test_what_has_not_the_form_of_a_purpose_is_none(purpose: str) -> None:
    assert not is_purpose(purpose)


def test_grants_tell_which_relations_matter() -> None:
    one = register(
        {"to": ["self", "parent", "vet"], "purpose": ["own"], "fields": ["*"]},
        {"to": ["spouse"], "purpose": ["procedure/*"], "fields": ["*"]},
    )
    assert relations_named(one, "own") == {"self", "parent"}
    assert relations_named(one, "procedure/x") == {"spouse"}
    assert relations_named(one, "duty/look") == set()


def close(*facts: tuple[str, str, dict[str, Any]], holder: str = CHILD) -> frozenset[str]:
    return relations(facts, me=ME, holder=holder, scopes={"all", "pets"}, on=TODAY)


@pytest.mark.parametrize(
    ("born", "is_parent"),
    [
        ("2015-01-01", True),
        ("2008-03-04", True),
        ("2008-03-03", False),
        ("1990-01-01", False),
        ("", False),
    ],
)
def test_a_parent_is_one_until_the_child_is_of_age(born: str, is_parent: bool) -> None:
    values = {"mother": ME, "born_on": born}
    assert ("parent" in close((CHILD, "identity", values))) is is_parent
    assert "parent" not in close((CHILD, "identity", {"mother": OTHER, "born_on": born}))


def test_a_marriage_is_seen_from_either_side() -> None:
    assert close((OTHER, "marriage", {"spouse": ME}), holder=OTHER) == {"spouse"}
    assert close((ME, "marriage", {"spouse": OTHER}), holder=OTHER) == {"spouse"}
    assert not close((ME, "marriage", {"spouse": CHILD}), holder=OTHER)


@pytest.mark.parametrize(
    ("scope", "is_proxy"), [("all", True), ("pets", True), ("cars", False), ("", False)]
)
def test_a_mandate_reaches_as_far_as_it_says(scope: str, is_proxy: bool) -> None:
    found = close((OTHER, "mandate", {"proxy": ME, "scope": scope}), holder=OTHER)
    assert ("proxy" in found) is is_proxy
    assert not close((ME, "mandate", {"proxy": ME, "scope": "all"}), holder=OTHER)


def test_who_has_no_number_is_near_to_nobody() -> None:
    facts = [
        ("", "marriage", {"spouse": ""}),
        ("", "identity", {"mother": "", "born_on": "2020-01-01"}),
    ]
    assert not relations(facts, me="", holder="", scopes={"all"}, on=TODAY)
    assert not relations(facts, me="", holder=OTHER, scopes={"all"}, on=TODAY)


@pytest.mark.parametrize(
    ("purpose", "kind", "closed"),
    [
        ("duty/data-sharing", "officer", True), ("duty/statistics", "system", True),
        ("procedure/x", "officer", True), ("procedure/x", "system", True),
        ("procedure/x", "person", False), ("own", "person", False), ("emergency", "officer", False),
        ("duty/criminal-investigation", "officer", False), ("duty/keep-register", "officer", False),
    ],
)  # fmt: skip
def test_a_restriction_closes_what_no_law_demands(purpose: str, kind: str, closed: bool) -> None:
    assert is_closed_by_restriction(purpose, kind) is closed
