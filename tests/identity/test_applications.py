"""Connected software: whom it acts for, how its keys live and end, and what is recorded."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.acts.models import Act
from motcua.identity import api as identity
from motcua.identity import rules
from motcua.identity.models import ApiKey
from motcua.kernel import clock
from motcua.kernel.actors import GUEST
from motcua.kernel.refusals import Refusal
from tests.dossiers.conftest import world
from tests.dossiers.world import World, at

__all__ = ["world"]
NOON = at("2026-03-03 12:00")
PERMISSIONS = ["receive", "process", "sign", "opine", "lead", "hand-over", "treasurer"]


def connected(world: World) -> identity.ApplicationCard:
    return identity.create_application(world.mother, name="Sổ gia đình")


def code_of(work: object, *given: object, **named: object) -> str:
    with pytest.raises(Refusal) as no:
        work(*given, **named)  # type: ignore[operator]
    return no.value.code


def test_a_key_acts_as_its_owner_with_its_scopes(world: World) -> None:
    made = connected(world)
    issued = identity.issue_key(world.mother, made.id, scopes=["dossiers:read"])
    caller = identity.actor_of_key(issued.secret)
    assert caller.actor.account_id == world.mother.account_id
    assert caller.scopes == {"dossiers:read"}
    assert caller.application_id == made.id


def test_the_secret_is_kept_as_a_digest_only(world: World) -> None:
    issued = identity.issue_key(world.mother, connected(world).id, scopes=["catalogue"])
    row = ApiKey.objects.get(id=issued.key.id)
    last = issued.secret.split("_", 2)[2]
    assert last not in str(vars(row))
    assert not Act.objects.filter(detail__icontains=last).exists()


def test_a_key_is_rotated_without_a_break(world: World) -> None:
    with clock.at(NOON):
        old = identity.issue_key(world.mother, connected(world).id, scopes=["dossiers:read"])
        new = identity.rotate_key(world.mother, old.key.id)
        both = [identity.actor_of_key(one.secret).scopes for one in (old, new)]
        assert both == [{"dossiers:read"}] * 2
    with clock.at(NOON + timedelta(days=6)):
        assert identity.actor_of_key(old.secret)
    with clock.at(NOON + timedelta(days=8)):
        assert code_of(identity.actor_of_key, old.secret) == "identity.key-ended"
        assert identity.actor_of_key(new.secret)


def test_no_more_than_two_keys_live(world: World) -> None:
    made = connected(world)
    first = identity.issue_key(world.mother, made.id, scopes=["catalogue"])
    identity.rotate_key(world.mother, first.key.id)
    refused = code_of(identity.issue_key, world.mother, made.id, scopes=["catalogue"])
    assert refused == "identity.too-many-keys"
    assert code_of(identity.rotate_key, world.mother, first.key.id) == "identity.too-many-keys"
    identity.revoke_key(world.mother, first.key.id)
    identity.issue_key(world.mother, made.id, scopes=["catalogue"])


def test_a_revoked_key_and_a_closed_application_open_nothing(world: World) -> None:
    made = connected(world)
    first = identity.issue_key(world.mother, made.id, scopes=["catalogue"])
    second = identity.issue_key(world.mother, made.id, scopes=["catalogue"])
    identity.revoke_key(world.mother, first.key.id)
    assert code_of(identity.actor_of_key, first.secret) == "identity.key-ended"
    identity.close_application(world.mother, made.id)
    assert code_of(identity.actor_of_key, second.secret) == "identity.key-ended"


@pytest.mark.parametrize("wrong", ["", "mc_", "x" * 150, "mc_aaaaaaaaaa_" + "A" * 43, "é\ud800"])
def test_an_unknown_key_is_refused_uniformly(world: World, wrong: str) -> None:
    assert code_of(identity.actor_of_key, wrong) == "identity.key-unknown"


def test_a_changed_secret_under_a_known_prefix_is_unknown(world: World) -> None:
    issued = identity.issue_key(world.mother, connected(world).id, scopes=["catalogue"])
    changed = issued.secret[:-1] + ("A" if issued.secret[-1] != "A" else "B")
    assert code_of(identity.actor_of_key, changed) == "identity.key-unknown"


def test_nobody_else_sees_or_ends_my_software(world: World) -> None:
    made = connected(world)
    key = identity.issue_key(world.mother, made.id, scopes=["catalogue"]).key
    gone = "identity.application-not-found"
    assert code_of(identity.application, world.stranger, made.id) == gone
    assert code_of(identity.revoke_key, world.stranger, key.id) == gone
    assert code_of(identity.issue_key, world.chair, made.id, scopes=["catalogue"]) == gone
    assert identity.applications_of(world.stranger) == []
    assert identity.applications_of(GUEST) == []


def test_software_of_a_body_works_through_one_of_its_posts(world: World) -> None:
    made = identity.create_application(world.chair, name="Một cửa", post_id=world.clerk.post_id)
    issued = identity.issue_key(world.chair, made.id, scopes=["queue:read"])
    actor = identity.actor_of_key(issued.secret).actor
    assert actor.kind == "officer"
    assert actor.permissions == world.clerk.permissions
    assert actor.account_id not in {world.clerk.account_id, world.chair.account_id}
    assert identity.account(actor.account_id).full_name == "Một cửa"  # type: ignore[arg-type]


def test_only_who_leads_connects_software_and_only_within_the_body(world: World) -> None:
    refused = code_of(
        identity.create_application, world.civil, name="x", post_id=world.civil.post_id
    )
    assert refused == "identity.not-allowed"
    elsewhere = world.elsewhere.post_id
    assert (
        code_of(identity.create_application, world.chair, name="x", post_id=elsewhere)
        == "identity.post-not-lendable"
    )


def test_a_person_has_no_scopes_of_offices(world: World) -> None:
    made = connected(world)
    for scopes in (["queue:read"], [], ["nonsense"], ["catalogue", "debts"]):
        refused = code_of(identity.issue_key, world.mother, made.id, scopes=scopes)
        assert refused == "identity.scopes-wrong"


def test_each_step_is_an_act_and_the_day_of_use_is_kept(world: World) -> None:
    with clock.at(NOON):
        made = connected(world)
        first = identity.issue_key(world.mother, made.id, scopes=["catalogue"])
        second = identity.rotate_key(world.mother, first.key.id)
        identity.revoke_key(world.mother, first.key.id)
        identity.actor_of_key(second.secret)
        identity.actor_of_key(second.secret)
        identity.close_application(world.mother, made.id)
    verbs = Act.objects.filter(object_id=made.id).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == [
        "application.created",
        "key.issued",
        "key.rotated",
        "key.revoked",
        "application.closed",
    ]
    keys = identity.application(world.mother, made.id).keys
    assert [key.last_used_day for key in keys] == [NOON.date(), None]


@given(st.sets(st.sampled_from(PERMISSIONS)), st.sets(st.sampled_from(PERMISSIONS)))
def test_nobody_lends_a_power_that_he_has_not(own: set[str], post: set[str]) -> None:
    lent = rules.may_lend(own, post)
    assert lent == all(one in own for one in post & rules.RESERVED)


def test_every_scope_belongs_to_somebody() -> None:
    assert set(rules.scopes_for("body")) == set(rules.SCOPES)
    assert set(rules.scopes_for("person")) < set(rules.SCOPES)
