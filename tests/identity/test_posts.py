"""An officer acts through a post, held today, in one body, with the rights of its role."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from motcua.acts.models import Act
from motcua.directory import api as directory
from motcua.directory.models import Body, Role, Unit
from motcua.identity import api
from motcua.kernel.actors import SYSTEM
from motcua.kernel.refusals import Refusal

from .conftest import PASSWORD, NewCitizen

pytestmark = pytest.mark.django_db
LONG_AGO = date(2020, 1, 1)
NAME = {"vi": "Tên", "en": "Name", "fr": "Nom"}


@pytest.fixture
def bodies(db: None) -> Iterator[dict[str, UUID]]:
    """Two bodies with a desk each, and two roles."""
    directory.forget()
    for name, rights in {"clerk": ["receive"], "chair": ["sign", "lead"]}.items():
        known = {"title": NAME, "permissions": rights}
        Role.objects.update_or_create(name=name, defaults=known)
    made = {}
    for code in ("A1", "B1"):
        body = Body.objects.create(
            code=code, kind="commune-committee", name=NAME, calendar="office",
            confidence="candidate", valid_from=LONG_AGO,
        )  # fmt: skip
        Unit.objects.create(body=body, kind="one-stop-desk", title=NAME, valid_from=LONG_AGO)
        made[code] = body.id
    yield made
    directory.forget()


def post_in(body_id: UUID, role: str = "clerk") -> UUID:
    return directory.create_post(
        SYSTEM, body_id=body_id, unit="one-stop-desk", role=role, since=LONG_AGO
    ).id


def officer(username: str, *posts: UUID, **fields: Any) -> api.AccountCard:
    fields = {"full_name": "Trần Thị Bích", "since": LONG_AGO, **fields}
    return api.create_officer(SYSTEM, username=username, posts=posts, password=PASSWORD, **fields)


def test_an_officer_gets_the_rights_of_the_role_in_that_body_only(bodies: dict[str, UUID]) -> None:
    post = post_in(bodies["A1"])
    actor = api.actor_of(officer("bich", post), post)
    assert (actor.kind, actor.role, actor.body_id) == ("officer", "clerk", bodies["A1"])
    assert api.may(actor, "receive", bodies["A1"])
    assert not api.may(actor, "receive", bodies["B1"])
    assert not api.may(actor, "sign", bodies["A1"])


def test_without_a_post_an_officer_is_a_person(bodies: dict[str, UUID]) -> None:
    actor = api.actor_of(officer("bich", post_in(bodies["A1"])))
    assert (actor.kind, actor.permissions) == ("person", frozenset())


def test_a_post_of_somebody_else_is_not_ones_own(
    bodies: dict[str, UUID], new_citizen: NewCitizen
) -> None:
    post = post_in(bodies["A1"])
    officer("bich", post)
    with pytest.raises(Refusal, match="post-not-held"):
        api.actor_of(new_citizen(), post)


@pytest.mark.parametrize(("since", "until"), [(1, None), (-9, 0)])
def test_a_post_is_held_from_its_first_day_until_its_last(
    bodies: dict[str, UUID], since: int, until: int | None
) -> None:
    bich, post, today = officer("bich"), post_in(bodies["A1"]), directory.today()
    api.appoint(
        SYSTEM, account_id=bich.id, post_id=post, since=today + timedelta(days=since),
        until=None if until is None else today + timedelta(days=until),
    )  # fmt: skip
    assert api.current_posts(bich.id) == []
    with pytest.raises(Refusal, match="post-not-held"):
        api.actor_of(bich, post)


def test_appointing_twice_is_one_appointment(bodies: dict[str, UUID]) -> None:
    bich, post = officer("bich"), post_in(bodies["A1"])
    first = api.appoint(SYSTEM, account_id=bich.id, post_id=post, since=LONG_AGO)
    assert api.appoint(SYSTEM, account_id=bich.id, post_id=post, since=LONG_AGO) == first
    assert Act.objects.filter(verb="officer.appointed", object_id=bich.id).count() == 1


def test_the_officers_of_a_body_are_listed_by_name_and_role(bodies: dict[str, UUID]) -> None:
    clerk, chair = post_in(bodies["A1"]), post_in(bodies["A1"], "chair")
    officer("vinh", clerk, full_name="Lê Vinh")
    officer("an", chair, full_name="Phạm An")
    officer("xa", post_in(bodies["B1"]), full_name="Hồ Xa")
    found = api.officers_of(bodies["A1"])
    assert [(card.username, post.role) for card, post in found] == [
        ("an", "chair"),
        ("vinh", "clerk"),
    ]
    assert [card.username for card, _ in api.officers_of(bodies["A1"], "clerk")] == ["vinh"]


def test_switching_the_post_is_an_act(bodies: dict[str, UUID]) -> None:
    first, second = post_in(bodies["A1"]), post_in(bodies["B1"], "chair")
    bich = officer("bich", first, second)
    assert api.switch_post(bich, second).role == "chair"
    act = Act.objects.order_by("-at", "-id")[0]
    assert (act.verb, act.post_id) == ("account.post-switched", second)


def test_an_officer_begins_in_a_post_and_at_the_desk(
    client: Client, bodies: dict[str, UUID]
) -> None:
    post = post_in(bodies["A1"])
    officer("bich", post)
    answer = client.post("/account/login/", {"login": "bich", "password": PASSWORD})
    assert answer["Location"] == "/desk/"
    assert client.session["post"] == str(post)
