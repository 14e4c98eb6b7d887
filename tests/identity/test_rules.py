"""Who may do what: every kind of actor against every kind of affair."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.identity.rules import OWN, is_locked, may
from motcua.kernel.actors import GUEST, SYSTEM, Actor

HERE, THERE = UUID(int=1), UUID(int=2)
ME, OTHER = UUID(int=11), UUID(int=12)
PERSON = Actor(kind="person", account_id=ME, level=2)
CLERK = Actor(
    kind="officer", account_id=ME, body_id=HERE, permissions=frozenset({"receive", "appraise"})
)

MATRIX = [
    # actor, permission, body, owner, may
    (SYSTEM, "receive", HERE, None, True),
    (SYSTEM, "anything", THERE, OTHER, True),
    (SYSTEM, OWN, None, OTHER, True),
    (GUEST, "receive", HERE, None, False),
    (GUEST, OWN, None, None, False),
    (GUEST, OWN, None, ME, False),
    (PERSON, "receive", HERE, None, False),
    (PERSON, "receive", None, None, False),
    (PERSON, OWN, None, ME, True),
    (PERSON, OWN, None, OTHER, False),
    (PERSON, OWN, None, None, False),
    (CLERK, "receive", HERE, None, True),
    (CLERK, "receive", None, None, True),
    (CLERK, "receive", HERE, OTHER, True),
    (CLERK, "receive", THERE, None, False),
    (CLERK, "sign", HERE, None, False),
    (CLERK, "receive", HERE, ME, False),  # never over his own affair
    (CLERK, OWN, None, ME, True),
    (CLERK, OWN, None, OTHER, False),
]


@pytest.mark.parametrize(("actor", "permission", "body", "owner", "expected"), MATRIX)
def test_rights_are_those_of_the_matrix(
    actor: Actor, permission: str, body: UUID | None, owner: UUID | None, expected: bool
) -> None:
    assert may(actor, permission, body, owner_id=owner) is expected


permissions = st.sampled_from(["receive", "appraise", "sign", "verify-identity", OWN])
bodies = st.sampled_from([None, HERE, THERE])
owners = st.sampled_from([None, ME, OTHER])


@given(st.frozensets(permissions), permissions, bodies, owners)
def test_an_officer_never_gets_more_than_the_post_gives(
    held: frozenset[str], asked: str, body: UUID | None, owner: UUID | None
) -> None:
    officer = Actor(kind="officer", account_id=ME, body_id=HERE, permissions=held)
    if may(officer, asked, body, owner_id=owner) and asked != OWN:
        assert asked in held
        assert body != THERE
        assert owner != ME


@given(st.frozensets(permissions), permissions, bodies, owners)
def test_a_person_has_rights_over_what_is_own_only(
    held: frozenset[str], asked: str, body: UUID | None, owner: UUID | None
) -> None:
    person = Actor(kind="person", account_id=ME, body_id=HERE, permissions=held)
    assert may(person, asked, body, owner_id=owner) is (asked == OWN and owner == ME)


def test_the_door_closes_at_the_allowed_number_of_failures() -> None:
    assert not is_locked(4, 5)
    assert is_locked(5, 5)
