"""Signing up, in and out, through the pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from motcua.acts.models import Act
from motcua.identity import api
from motcua.identity.models import Account, SignInAttempt
from motcua.kernel import clock

from .conftest import PASSWORD, NewCitizen

pytestmark = pytest.mark.django_db

NEW = {
    "full_name": "  Lê   Thị Hoà ",
    "username": "Hoa.Le",
    "personal_number": "001 190 012345",
    "phone": "0912 345 678",
    "email": "Hoa@Example.vn",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def verbs() -> list[str]:
    """What was recorded about the only account there is."""
    about = Act.objects.filter(object_id=Account.objects.get().id)
    return list(about.order_by("at", "id").values_list("verb", flat=True))


def sign_in(client: Client, login: str, password: str = PASSWORD) -> bool:
    answer = client.post("/account/login/", {"login": login, "password": password})
    assert answer.status_code in {200, 302}
    return "_auth_user_id" in client.session


def test_signing_up_makes_a_citizen_of_level_1(client: Client) -> None:
    answer = client.post("/account/signup/", NEW)
    assert answer.status_code == 302, answer.content.decode()
    lan = Account.objects.get()
    assert (lan.full_name, lan.username, lan.level) == ("Lê Thị Hoà", "hoa.le", 1)
    assert (lan.personal_number, lan.phone) == ("001190012345", "0912345678")
    assert lan.email == "hoa@example.vn"
    assert lan.search_key == "le thi hoa"
    assert verbs() == ["account.created", "account.signed-in"]


def test_signing_up_needs_neither_number_nor_telephone_nor_mail(client: Client) -> None:
    given = {**NEW, "personal_number": "", "phone": "", "email": ""}
    assert client.post("/account/signup/", given).status_code == 302


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("full_name", ""),
        ("username", "001190012345"),
        ("username", "a'b c"),
        ("username", "abc"),
        ("personal_number", "12345"),
        ("phone", "call me"),
        ("email", "not an address"),
        ("password1", "short"),
        ("password2", "another-one-entirely"),
    ],
)
def test_signing_up_names_what_is_wrong(client: Client, field: str, value: str) -> None:
    answer = client.post("/account/signup/", {**NEW, field: value})
    assert answer.status_code == 200
    assert 'class="summary-box"' in answer.content.decode()
    assert not Account.objects.exists()


def test_a_name_in_use_is_refused_whatever_its_letters(
    client: Client, new_citizen: NewCitizen
) -> None:
    new_citizen("hoa.le")
    assert client.post("/account/signup/", NEW).status_code == 200
    assert Account.objects.count() == 1


def test_a_declared_number_of_somebody_else_blocks_nobody(
    client: Client, new_citizen: NewCitizen
) -> None:
    new_citizen("owner", personal_number="001190012345", level=2, evidence="card")
    assert client.post("/account/signup/", NEW).status_code == 302


@pytest.mark.parametrize("login", ["lan", "LAN", " lan ", "lan@example.vn", "001190000001"])
def test_one_signs_in_by_name_mail_or_verified_number(
    client: Client, new_citizen: NewCitizen, login: str
) -> None:
    new_citizen(email="lan@example.vn", personal_number="001190000001", level=2, evidence="card")
    assert sign_in(client, login)


def test_a_declared_number_does_not_sign_in(client: Client, new_citizen: NewCitizen) -> None:
    new_citizen(personal_number="001190000001")
    assert not sign_in(client, "001190000001")


def test_a_wrong_password_is_an_act_and_says_the_same_as_an_unknown_name(
    client: Client, new_citizen: NewCitizen
) -> None:
    new_citizen()
    wrong = client.post("/account/login/", {"login": "lan", "password": "wrong"})
    unknown = client.post("/account/login/", {"login": "nobody", "password": "wrong"})
    said = [list(a.context["form"].non_field_errors()) for a in (wrong, unknown)]
    assert said[0] == said[1]
    assert said[0]
    assert verbs().count("account.sign-in-failed") == 1


def test_the_fifth_wrong_password_locks_and_time_opens(
    client: Client, new_citizen: NewCitizen, settings: Any
) -> None:
    new_citizen(email="lan@example.vn")
    for login in ["lan", "LAN", "lan@example.vn", "lan", "lan"]:
        assert not sign_in(client, login, "wrong")
    assert not sign_in(client, "lan")
    with clock.at(clock.now() + timedelta(minutes=settings.LOCKOUT_MINUTES + 1)):
        assert sign_in(client, "lan")
    assert not SignInAttempt.objects.exists()


def test_locking_one_account_leaves_the_others_open(
    client: Client, new_citizen: NewCitizen
) -> None:
    new_citizen(), new_citizen("minh")
    for _try in range(6):
        sign_in(client, "lan", "wrong")
    assert sign_in(client, "minh")


def test_failed_attempts_keep_no_names(client: Client, new_citizen: NewCitizen) -> None:
    new_citizen()
    sign_in(client, "lan", "wrong")
    sign_in(client, "somebody.private", "wrong")
    kept = "".join(SignInAttempt.objects.values_list("login_digest", flat=True))
    assert "lan" not in kept
    assert "private" not in kept


def test_a_closed_account_does_not_sign_in(client: Client, new_citizen: NewCitizen) -> None:
    lan = new_citizen()
    Account.objects.filter(id=lan.id).update(is_active=False)
    assert not sign_in(client, "lan")


def test_signing_out_is_asked_and_recorded(client: Client, new_citizen: NewCitizen) -> None:
    new_citizen()
    sign_in(client, "lan")
    assert client.get("/account/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    client.post("/account/logout/")
    assert "_auth_user_id" not in client.session
    assert verbs()[-1] == "account.signed-out"


PAGES = ["login/", "signup/", "password/reset/", "password/reset/done/", "inactive/"]
OWN_PAGES = [
    "logout/", "email/", "password/change/", "2fa/", "2fa/webauthn/", "2fa/webauthn/add/",
    "2fa/totp/activate/", "2fa/recovery-codes/generate/", "reauthenticate/",
]  # fmt: skip


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
@pytest.mark.parametrize("address", PAGES)
def test_the_pages_before_sign_in_show(client: Client, address: str, language: str) -> None:
    client.cookies["language"] = language
    answer = client.get(f"/account/{address}")
    assert answer.status_code == 200
    assert "<h1>" in answer.content.decode()


@pytest.mark.parametrize("address", OWN_PAGES)
def test_the_pages_of_ones_own_account_show(
    client: Client, new_citizen: NewCitizen, address: str
) -> None:
    new_citizen(email="lan@example.vn")
    sign_in(client, "lan")
    if address.startswith("2fa/"):
        client.post("/account/reauthenticate/", {"password": PASSWORD})
    answer = client.get(f"/account/{address}", follow=True)
    assert answer.status_code == 200
    assert "<h1>" in answer.content.decode()


def test_a_passkey_is_added_only_after_the_password_once_more(
    client: Client, new_citizen: NewCitizen
) -> None:
    new_citizen()
    sign_in(client, "lan")
    answer = client.get("/account/2fa/webauthn/add/")
    assert answer.url.startswith("/account/reauthenticate/")  # type: ignore[attr-defined]


def test_a_forgotten_password_is_reset_by_mail(
    client: Client, new_citizen: NewCitizen, mailoutbox: list[Any]
) -> None:
    new_citizen(email="lan@example.vn")
    client.post("/account/password/reset/", {"email": "lan@example.vn"})
    link = next(
        word for word in mailoutbox[0].body.split() if "/account/password/reset/key/" in word
    )
    page = client.get(link[link.index("/account/") :], follow=True)
    url = page.redirect_chain[-1][0]
    new = "another-good-one-77"
    assert client.post(url, {"password1": new, "password2": new}).status_code == 302
    assert sign_in(client, "lan", new)


def test_the_password_of_an_import_is_shared_but_not_readable(new_citizen: NewCitizen) -> None:
    lan = new_citizen()
    stored = Account.objects.get(id=lan.id)
    assert PASSWORD not in stored.password
    assert stored.check_password(PASSWORD)
    assert api.account_by_username("LAN") == lan


@pytest.mark.parametrize(("chosen", "cookie"), [("", "fr"), ("en", "en")])
def test_the_accounts_language_is_spoken_unless_another_was_chosen(
    client: Client, new_citizen: NewCitizen, chosen: str, cookie: str
) -> None:
    new_citizen(username="lan", language="fr")
    if chosen:
        client.cookies["language"] = chosen
    assert sign_in(client, "lan")
    assert client.cookies["language"].value == cookie
