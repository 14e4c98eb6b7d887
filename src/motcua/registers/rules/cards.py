"""The card of a person from what the population register holds; what cannot be true together."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from motcua.kernel.texts import fold, sort_key


def card_of(held: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The columns of the card, from the values of the facts that hold today, by name of the fact.

    Without an identity nothing is said of the name: a card that is there keeps it.
    """
    home, died = held.get("residence", {}), held.get("death", {})
    card: dict[str, Any] = {
        "old_number": held.get("former-number", {}).get("number", ""),
        "residence_area": home.get("address", {}).get("area", ""),
        "household": home.get("household", ""),
        "died_on": date.fromisoformat(died["died_on"]) if died else None,
    }
    if identity := held.get("identity"):
        name = identity["full_name"]
        card |= {"full_name": name, "search_key": fold(name), "sort_key": sort_key(name)}
        card |= {"born_on": date.fromisoformat(identity["born_on"]), "sex": identity["sex"]}
    return card


def dies_before_birth(
    identities: Iterable[Mapping[str, Any]], deaths: Iterable[Mapping[str, Any]]
) -> bool:
    """Whether somebody would have died before being born, by whatever is believed."""
    births = [values["born_on"] for values in identities]
    ends = [values["died_on"] for values in deaths]
    return bool(births and ends) and min(ends) < max(births)
