"""Runs the examples of a service that pays debts: who knows all the keys finds the open ones."""

from collections.abc import Iterator, Mapping
from typing import Any

from motcua.catalogue.rules.answers import get
from motcua.catalogue.rules.procedure import Pays
from motcua.payments.rules.finding import finder

Debt = Mapping[str, Any]


def found_debts(
    pays: Pays, answers: Mapping[str, Any], debts: tuple[Debt, ...]
) -> tuple[Debt, ...]:
    """The debts that these answers find in the books and that are still owed."""
    asked = {key: str(get(answers, path) or "") for key, path in pays.find.items()}
    if not all(asked.values()):
        return ()
    wanted = finder(pays.debts, asked)
    return tuple(
        debt
        for debt in debts
        if str(debt.get("status", "open")) == "open" and finder(pays.debts, keys_of(debt)) == wanted
    )


def keys_of(debt: Debt) -> dict[str, str]:
    """The keys of a debt as an example writes them (a date may have become one)."""
    return {str(name): str(value) for name, value in dict(debt["keys"]).items()}


def debt_faults(pays: Pays, debts: tuple[Debt, ...]) -> Iterator[str]:
    """Debts of an example that no creditor could have in his books."""
    for number, debt in enumerate(debts, start=1):
        if set(keys_of(debt)) != set(pays.find):
            yield f"debt {number}: its keys must be {', '.join(pays.find)}"
        if not isinstance(debt.get("vnd"), int) or debt["vnd"] <= 0:
            yield f"debt {number}: `vnd` must be a whole amount above 0"
