"""The pure rules of webhooks."""

import base64
import ipaddress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook

from motcua.exchange.rules import webhooks
from motcua.kernel import addresses

NETWORKS = [ipaddress.ip_network("10.1.0.0/16"), ipaddress.ip_network("fd00::/8")]


@given(st.binary(min_size=24, max_size=64), st.text(max_size=200))
def test_a_stranger_s_library_makes_the_same_signature(key: bytes, body: str) -> None:
    secret, at = "whsec_" + base64.b64encode(key).decode(), datetime(2026, 3, 3, 8, tzinfo=UTC)

    assert webhooks.signature(secret, "m-1", at, body=body) == Webhook(secret).sign("m-1", at, body)


@pytest.mark.parametrize(
    ("kinds", "verb", "wanted"),
    [
        ((), "dossier.accepted", True),
        (("dossier.accepted",), "dossier.accepted", True),
        (("dossier.*", "bill.opened"), "dossier.refused", True),
        (("dossier.*",), "dossiers.accepted", False),
        (("dossier.accepted",), "dossier.accepted-again", False),
    ],
)
def test_kinds_choose_verbs(kinds: tuple[str, ...], verb: str, wanted: bool) -> None:
    assert webhooks.wants(kinds, verb) is wanted


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_back_off_grows_to_an_hour_and_is_never_nothing(attempts: int, chance: float) -> None:
    pause = webhooks.back_off(attempts, chance)

    assert timedelta(seconds=1) <= pause <= timedelta(hours=1.25)
    assert webhooks.back_off(attempts + 1, chance) >= pause


def test_who_does_not_answer_rests_at_once_and_who_refuses_one_message_does_not() -> None:
    assert webhooks.rest(1, silent=True, chance=0.5) == timedelta(seconds=2)
    assert webhooks.rest(3, silent=False, chance=0.5) is None
    assert webhooks.rest(4, silent=False, chance=0.5) == timedelta(seconds=2)


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("https://example.vn/hook?a=1", ""),
        ("https://example.vn:8443", ""),
        ("https://93.184.216.34/x", ""),
        ("http://localhost:9000/hook", ""),
        ("http://127.0.0.1:9000/hook", ""),
        ("http://example.vn/hook", "url-not-https"),
        ("http://10.0.0.1/hook", "url-not-https"),
        ("https://10.0.0.1/hook", "url-private"),
        ("https://169.254.169.254/latest", "url-private"),
        ("https://[::ffff:10.0.0.1]/", "url-private"),
        ("https://[fe80::1]/", "url-private"),
        ("ftp://example.vn/", "url-malformed"),
        ("https://user@example.vn/", "url-malformed"),
        ("https://example.vn/a b", "url-malformed"),
        ("https://example.vn/\r\nX: y", "url-malformed"),
        ("https://example.vn:99999/", "url-malformed"),
        ("https://[::1/", "url-malformed"),
        ("https:///path", "url-malformed"),
        ("example.vn", "url-malformed"),
        ("https://ví-dụ.vn/", "url-malformed"),
        ("https://example.vn/" + "x" * 500, "url-malformed"),
    ],
)
def test_addresses_are_of_the_open_internet(url: str, fault: str) -> None:
    assert addresses.url_fault(url, loopback=True) == fault


def test_this_machine_is_no_address_where_it_is_not_allowed() -> None:
    assert addresses.url_fault("http://localhost/", loopback=False) == "url-not-https"
    assert addresses.url_fault("https://localhost/", loopback=False) == "url-private"
    assert addresses.url_fault("https://127.0.0.1/", loopback=False) == "url-private"


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("93.184.216.34", True),
        ("10.1.2.3", True),
        ("::ffff:10.1.2.3", True),
        ("fd12::1", True),
        ("10.2.0.1", False),
        ("127.0.0.1", False),
        ("0.0.0.0", False),
        ("169.254.169.254", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("::ffff:127.0.0.1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_only_public_addresses_and_named_networks_are_reached(address: str, allowed: bool) -> None:
    assert addresses.may_connect(ipaddress.ip_address(address), NETWORKS) is allowed


@given(st.binary(max_size=60))
def test_any_bytes_are_a_status_or_nonsense(answer: bytes) -> None:
    assert addresses.status_of(answer) == 0 or answer.startswith(b"HTTP/1.")


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (b"HTTP/1.1 204 No Content\r\n", 204),
        (b"HTTP/1.0 500\r\n", 500),
        (b"HTTP/1.1 999 Odd\r\n", 0),
        (b"HTTP/2 200\r\n", 0),
        (b"SSH-2.0-OpenSSH\r\n", 0),
    ],
)
def test_the_first_line_says_the_status(answer: bytes, status: int) -> None:
    assert addresses.status_of(answer) == status
