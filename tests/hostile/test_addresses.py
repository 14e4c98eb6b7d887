"""Every address meets every hostile request: a clear page in the reader's language, never a 500."""

import os
import re
from collections import Counter
from random import Random, SystemRandom
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from motcua.kernel import clock
from tests.dossiers.world import World, at
from tests.hostile.addresses import addresses, nonsense
from tests.hostile.conftest import browser
from tests.hostile.requests import REQUESTS

SEED = int(os.environ.get("MOTCUA_SEED") or SystemRandom().randrange(2**32))
SHARE = float(os.environ.get("MOTCUA_SHARE", "0.025"))
NONSENSE_SHARE = min(1, SHARE * 12)
NO_LANGUAGE = {"headers", "unknown language"}  # then the country's own is spoken
MINUTE = "2026-03-03 09:00"
TRACES = re.compile(r"Traceback|File &quot;|\.py&quot;|django\.|psycopg|motcua\.[a-z]+\.")


def is_clear(response: HttpResponse, language: str) -> str:
    """What is wrong with an answer, in a word; "" if nothing is."""
    if response.status_code >= 500:
        return f"status {response.status_code}"
    if "text/html" not in response.headers.get("Content-Type", "") or response.status_code < 400:
        return ""
    text = response.content.decode()
    if not text:  # HEAD
        return ""
    if found := TRACES.search(text):
        return f"an inside: {found[0]}"
    if f'lang="{language}"' not in text[:400]:
        return f"another language ({response.status_code})"
    return "" if "<h1" in text and "<a " in text else "no words"


def send(client: Client, name: str, path: str) -> HttpResponse:
    """One request, whose changes are taken back."""
    copy = browser(None)
    copy.cookies = type(client.cookies)(client.cookies.output(header="", sep=";"))
    with transaction.atomic():
        response = REQUESTS[name](copy, path)
        transaction.set_rollback(True)
        return response


@pytest.mark.parametrize("who", ["guest", "mother", "civil"])
def test_no_address_breaks_under_any_request(
    who: str, world: World, known: dict[str, Any], faults: list[str]
) -> None:
    print(f"\nMOTCUA_SEED={SEED}")  # MOTCUA_SHARE=1 sends everything
    chance, wrong = Random(SEED), Counter[str]()
    client = browser(getattr(world, who, None))
    for path in addresses(known):
        for name in REQUESTS:
            if chance.random() > SHARE:
                continue
            faults.clear()
            with clock.at(at(MINUTE)):
                response = send(client, name, path)
            if fault := is_clear(response, "vi" if name in NO_LANGUAGE else "fr"):
                wrong[f"{name}: {path}: {fault} {faults}"] += 1
    assert not wrong, "\n" + "\n".join(sorted(wrong))


@pytest.mark.parametrize("who", ["guest", "mother", "civil"])
def test_nonsense_in_an_address_is_a_clear_page(
    who: str, world: World, known: dict[str, Any], faults: list[str]
) -> None:
    print(f"\nMOTCUA_SEED={SEED}")
    chance, wrong = Random(SEED), list[str]()
    client = browser(getattr(world, who, None))
    for path in nonsense(known):
        if chance.random() > NONSENSE_SHARE:
            continue
        faults.clear()
        with clock.at(at(MINUTE)):
            response = send(client, "plain", path)
        if fault := is_clear(response, "fr"):
            wrong.append(f"{path[:150]}: {fault} {faults}")
    assert not wrong, "\n" + "\n".join(wrong)
