"""Accounts, posts, businesses and the act that each change leaves."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from motcua.acts.models import Act
from motcua.identity import api
from motcua.identity.models import Account
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.refusals import Refusal

from .conftest import NewCitizen

pytestmark = pytest.mark.django_db

HERE = UUID(int=1)
NUMBER = "001190012345"
CLERK = Actor(
    kind="officer",
    account_id=UUID(int=77),
    body_id=HERE,
    permissions=frozenset({"receive", "verify-identity"}),
)


def refused(code: str, call: Any, *args: Any, **kwargs: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        call(*args, **kwargs)
    assert caught.value.code == code
    return caught.value


def last_act() -> Act:
    return Act.objects.order_by("-at", "-id")[0]


def test_names_sort_and_search_the_vietnamese_way(new_citizen: NewCitizen) -> None:
    new_citizen("anh", full_name="Trần Văn Anh"), new_citizen("binh", full_name="Đỗ Bình")
    rows = Account.objects.order_by("sort_key")
    assert [row.full_name for row in rows] == ["Trần Văn Anh", "Đỗ Bình"]
    assert rows[1].search_key == "do binh"


def test_many_citizens_are_created_with_few_statements(
    db: None, django_assert_max_num_queries: Any
) -> None:
    drafts = [
        api.CitizenDraft(full_name=f"Người {n}", username=f"nguoi{n}", email=f"n{n}@example.vn")
        for n in range(200)
    ]
    with django_assert_max_num_queries(10):
        cards = api.create_citizens(SYSTEM, drafts, password="mot-cua-2025-thu")
    assert len({card.id for card in cards}) == 200
    assert Act.objects.filter(object_id__in=[card.id for card in cards]).count() == 200


def test_only_who_manages_accounts_creates_them(db: None) -> None:
    refused("identity.not-allowed", api.create_citizen, CLERK, full_name="A", username="aaaa")


def test_a_user_name_is_taken_whatever_its_letters(new_citizen: NewCitizen) -> None:
    new_citizen("lan")
    fault = refused("identity.username-taken", new_citizen, "LAN")
    assert fault.params == {"username": "lan"}


def test_the_database_holds_level_and_evidence_together(new_citizen: NewCitizen) -> None:
    lan = new_citizen()
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(id=lan.id).update(level=2)


def test_the_desk_verifies_an_identity_once(new_citizen: NewCitizen) -> None:
    lan = new_citizen()
    card = api.raise_level(CLERK, account_id=lan.id, evidence="CCCD seen", personal_number=NUMBER)
    assert (card.level, card.personal_number) == (2, NUMBER)
    assert (last_act().verb, last_act().actor_id) == ("account.level-raised", CLERK.account_id)
    refused(
        "identity.level-already-reached",
        api.raise_level, CLERK, account_id=lan.id, evidence="again",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"evidence": " ", "personal_number": NUMBER}, "identity.evidence-missing"),
        ({"evidence": "card"}, "identity.personal-number-missing"),
        ({"evidence": "card", "personal_number": "12"}, "identity.personal-number-wrong"),
        ({"evidence": "card", "personal_number": "001190099999"}, "identity.personal-number-taken"),
    ],
)
def test_verifying_names_what_is_wrong(
    new_citizen: NewCitizen, given: dict[str, str], code: str
) -> None:
    new_citizen("other", personal_number="001190099999", level=2, evidence="card")
    lan = new_citizen()
    refused(code, api.raise_level, CLERK, account_id=lan.id, **given)
    assert api.account(lan.id).level == 1


def test_a_number_other_than_the_declared_one_is_refused(new_citizen: NewCitizen) -> None:
    lan = new_citizen(personal_number=NUMBER)
    refused(
        "identity.personal-number-wrong",
        api.raise_level, CLERK, account_id=lan.id, evidence="card", personal_number="0" * 12,
    )  # fmt: skip


def test_nobody_verifies_the_own_identity(new_citizen: NewCitizen) -> None:
    lan = new_citizen()
    clerk = Actor(kind="officer", account_id=lan.id, body_id=HERE, permissions=CLERK.permissions)
    refused("identity.not-allowed", api.raise_level, clerk, account_id=lan.id, evidence="card")


def test_looking_somebody_up_is_an_act_with_a_purpose(new_citizen: NewCitizen) -> None:
    lan = new_citizen(personal_number=NUMBER)
    found = api.find_accounts(CLERK, NUMBER, purpose="filing at the counter")
    assert [card.id for card in found] == [lan.id]
    act = last_act()
    assert (act.verb, act.purpose) == ("account.looked-up", "filing at the counter")
    assert act.subjects == [lan.id]


def test_looking_up_nobody_is_an_act_too(db: None) -> None:
    assert api.find_accounts(CLERK, NUMBER, purpose="filing") == []
    assert last_act().detail == {"found": 0}
    refused("identity.purpose-missing", api.find_accounts, CLERK, NUMBER, purpose=" ")


def test_the_verified_account_is_found_first(new_citizen: NewCitizen) -> None:
    new_citizen("false", personal_number=NUMBER)
    true = new_citizen("true", personal_number=NUMBER, level=2, evidence="card")
    assert api.find_accounts(CLERK, NUMBER, purpose="filing")[0].id == true.id


def test_a_person_does_not_look_up_others(new_citizen: NewCitizen) -> None:
    lan = api.actor_of(new_citizen())
    refused("identity.not-allowed", api.find_accounts, lan, NUMBER, purpose="curious")


def test_one_acts_for_a_business_while_representing_it(new_citizen: NewCitizen) -> None:
    lan = new_citizen()
    today = date.today()
    api.add_representation(
        SYSTEM, account_id=lan.id, business_number="0101234567",
        business_name="Công ty A", since=today - timedelta(days=9),
    )  # fmt: skip
    api.add_representation(
        SYSTEM, account_id=lan.id, business_number="0107654321", business_name="Công ty B",
        since=today - timedelta(days=9), until=today,
    )  # fmt: skip
    assert [r.business_name for r in api.representations(lan.id)] == ["Công ty A"]
    assert api.actor_of(lan, None, "business:0101234567").on_behalf_of == "business:0101234567"
    refused("identity.not-representative", api.actor_of, lan, None, "business:0107654321")


def test_a_level_is_required_of_people(new_citizen: NewCitizen) -> None:
    lan = api.actor_of(new_citizen())
    api.require_level(lan, 1)
    assert refused("identity.level-too-low", api.require_level, lan, 2).params == {"level": 2}


def test_contact_and_language_are_changed_by_their_owner(new_citizen: NewCitizen) -> None:
    lan = new_citizen()
    card = api.change_contact(api.actor_of(lan), phone="0987654321", language="fr")
    assert (card.phone, card.language) == ("0987654321", "fr")
    assert last_act().detail == {"fields": ["phone", "language"]}
