"""A passkey, enrolled and used, in real Chromium with a virtual authenticator."""

from typing import Any

import pytest

from .conftest import PASSWORD, NewCitizen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def visitor(browser: Any, live_server: Any) -> Any:
    address = live_server.url.replace("127.0.0.1", "localhost")  # passkeys need a domain
    context = browser.new_context(locale="en-GB", base_url=address)
    tab = context.new_page()
    faults: list[str] = []
    tab.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    devices = context.new_cdp_session(tab)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    yield tab
    context.close()
    assert not [fault for fault in faults if "Content Security Policy" in fault]


def test_a_passkey_is_added_and_then_signs_in_without_a_password(
    visitor: Any, new_citizen: NewCitizen
) -> None:
    new_citizen(language="en")
    visitor.goto("/account/login/")
    visitor.fill("#id_login", "lan")
    visitor.fill("#id_password", PASSWORD)
    visitor.press("#id_password", "Enter")
    visitor.wait_for_url("**/my/**")

    visitor.goto("/account/2fa/webauthn/add/")
    visitor.fill("#id_password", PASSWORD)
    visitor.press("#id_password", "Enter")
    visitor.wait_for_selector("#mfa_webauthn_add")
    assert visitor.is_checked("#id_passwordless")
    visitor.fill("#id_name", "My telephone")
    visitor.click("#mfa_webauthn_add")
    visitor.wait_for_url("**/2fa/recovery-codes/**")
    visitor.goto("/account/2fa/webauthn/")
    assert "My telephone" in visitor.inner_text("main")

    visitor.goto("/account/logout/")
    visitor.click("main button[type=submit]")
    visitor.wait_for_url(lambda url: "logout" not in url)
    visitor.goto("/account/login/")
    visitor.click("#passkey_login")
    visitor.wait_for_url("**/my/**")
    visitor.goto("/account/2fa/webauthn/")
    assert "My telephone" in visitor.inner_text("main")
