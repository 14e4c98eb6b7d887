"""The demo country: every service lives in it, and what its welcome says is true."""

import pytest

from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from motcua.dossiers import api as dossiers
from motcua.identity import api as identity
from motcua.kernel.actors import GUEST
from motcua.payments import api as payments
from motcua.project.demo import country as demo
from motcua.project.demo import debts, keys


@pytest.fixture
def lived(country: None) -> identity.AccountCard:
    demo.make(lambda _text: None, count=12, persons=300, households=120)
    lan = identity.account_by_username("lan")
    assert lan is not None
    return lan


def test_every_service_lives_and_the_welcome_tells_the_truth(lived: identity.AccountCard) -> None:
    ngoc = identity.account_by_username("ngoc")
    assert ngoc is not None
    acting_for = identity.representations(ngoc.id)[0].on_behalf_of
    assert dossiers.my_dossiers(identity.actor_of(ngoc, None, acting_for))

    numbers = {
        "utility-bill": {
            "supply": "electricity",
            "customer_code": debts.EASY["electricity"],
            "phone_end": lived.phone[-4:],
        },
        "road-fine": {
            "decision": debts.EASY_DECISION,
            "decided_on": debts.EASY_DAY.isoformat(),
            "plate_end": debts.EASY_PLATE,
        },
        "income-tax": {"personal_number": lived.personal_number, "reference": debts.EASY_TAX},
    }
    paying = [p.pays for p in catalogue.procedures(directory.today()) if p.pays]
    assert {pays.debts for pays in paying} == set(numbers)
    for pays in paying:
        assert set(pays.find) == set(numbers[pays.debts])
        found = payments.find_debts(GUEST, pays.debts, numbers[pays.debts], by="203.0.113.7")
        assert len(found) == 1, pays.debts
        assert set(found[0].details) <= {one.name for one in pays.shows}
    assert debts.EASY_TAX in debts.hints()

    lines = keys.hints("http://x").strip().splitlines()[1:]
    callers = {name: identity.actor_of_key(secret) for name, secret in map(str.split, lines)}
    assert callers["lan"].actor.account_id == lived.id
    assert callers["chair"].actor.role == "civil-status-officer"
