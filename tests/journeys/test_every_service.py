"""Every service of the pack, from the search to the signed result, as people walk it.

Each run takes one language for each service, in turn; MOTCUA_SHARE=1 takes all three for all.
"""

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM
from motcua.payments import api as payments
from tests.dossiers.world import World, make_world
from tests.journeys.machines import ByMachines
from tests.journeys.playing import Play, moment, settle
from tests.payments.conftest import gateway

__all__ = ["gateway"]
LANGUAGES = ("vi", "en", "fr")
ROOT = Path(__file__).parents[2] / "packs" / "vietnam" / "services"
FILES = sorted(ROOT.rglob("*.yaml"))
PAYING = {file.stem for file in FILES if "\npays:" in file.read_text()}


def each(names: list[str]) -> list[tuple[str, str]]:
    if os.environ.get("MOTCUA_SHARE") == "1":
        return [(name, language) for name in names for language in LANGUAGES]
    return [(name, LANGUAGES[number % 3]) for number, name in enumerate(names)]


@pytest.fixture
def world(country: None) -> World:
    with clock.at(moment("2026-03-03 08:00")):
        return make_world()


@pytest.mark.parametrize(
    ("service", "language"), each([f.stem for f in FILES if f.stem not in PAYING])
)
@pytest.mark.parametrize("by", [Play, ByMachines], ids=["by-hand", "by-machine"])
def test_a_service_goes_from_search_to_result(
    world: World, service: str, language: str, by: type[Play]
) -> None:
    play = by(world, service, language)
    play.search()
    play.file()
    for step in play.example["then"]:
        play.step(step)
    assert play.end().startswith(b"%PDF")
    assert play.view().dossier.status == 10


@pytest.mark.parametrize(("service", "language"), each(sorted(PAYING)))
def test_a_debt_is_found_and_paid(world: World, service: str, language: str) -> None:
    procedure = catalogue.current(service, directory.today())
    assert procedure.pays is not None
    example = procedure.examples[0]
    put(procedure, example)
    client = Client()
    client.cookies["language"] = language
    typed: dict[str, Any] = {}
    for field in procedure.fields():
        typed |= catalogue.as_typed(field, dict(example["answers"]).get(field.field))
    page = client.post(f"/pay/find/{service}/", typed).content.decode()
    tokens = [part.split('"')[0] for part in page.split('name="debt" value="')[1:]]
    assert len(tokens) == example["expect"]["found"]
    bill = client.post(f"/pay/find/{service}/bill", {"debt": tokens, "key": "k", "payer": "Lan"})
    code = bill.headers["Location"].split("/")[2]
    assert payments.bill_by_code(code).amount_vnd == example["expect"]["total"]
    settle(client, code)
    again = client.post(f"/pay/find/{service}/", typed).content.decode()
    assert 'name="debt"' not in again


def put(procedure: catalogue.Procedure, example: dict[str, Any]) -> None:
    """The debts of an example in the books of a creditor."""
    assert procedure.pays is not None
    body = directory.bodies_of_kind("power-company")[0]
    drafts = [
        payments.DebtDraft(
            kind=procedure.pays.debts,
            reference=f"R{number}",
            keys={name: str(value) for name, value in debt["keys"].items()},
            amount_vnd=debt["vnd"],
            details=debt.get("details", {}),
            due_on=date.fromisoformat(str(debt["due"])) if debt.get("due") else None,
        )
        for number, debt in enumerate(example["debts"])
    ]
    payments.put_debts(SYSTEM, body.id, drafts)
