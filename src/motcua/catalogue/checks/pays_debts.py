"""MC074: a service that pays debts shows, in its examples, debts that its questions find."""

from collections.abc import Iterator
from typing import Any

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding, Place
from motcua.catalogue.rules.procedure import Pays

RULE = "MC074"
TITLE = "A service that pays debts and cannot find them"


def check(pack: Pack) -> Iterator[Finding]:
    for file, procedure in pack.compiled():
        debts = [debt for one in procedure.examples for debt in _list(one.get("debts"))]
        if procedure.pays is None:
            if debts:
                message = "examples have debts, but the service does not pay any."
                yield file.finding(
                    RULE, ("examples",), message, fix="Add `pays`, or take them off."
                )
            continue
        if not debts:
            message = "no example has debts."
            fix = "Give at least one example `debts: [{keys: {...}, vnd: 1, due: 2026-03-31}]`."
            yield file.finding(RULE, ("examples",), message, fix=fix)
        for number, example in enumerate(procedure.examples):
            for place, message, fix in _faults(procedure.pays, example):
                yield file.finding(RULE, ("examples", number, *place), message, fix=fix)


def _faults(pays: Pays, example: dict[str, Any]) -> Iterator[tuple[Place, str, str]]:
    shown = {detail.name for detail in pays.shows}
    for index, debt in enumerate(_list(example.get("debts"))):
        given = debt if isinstance(debt, dict) else {}
        keys, details = given.get("keys"), given.get("details")
        if set(keys if isinstance(keys, dict) else ()) != set(pays.find):
            wanted = ", ".join(pays.find)
            yield ("debts", index), "a debt has other keys than `find`.", f"Give it: {wanted}."
        for name in details if isinstance(details, dict) else ():
            if name not in shown:
                message = f'the detail "{name}" of a debt is not among `shows`.'
                yield ("debts", index), message, "Add it to `shows`, or take it off."
    if example.get("then"):
        yield ("then",), "a payment without a dossier has no further steps.", "Take `then` away."


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
