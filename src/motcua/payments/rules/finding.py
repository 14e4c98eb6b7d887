"""How a debt is found: by its kind and all its keys together, or not at all; and how often."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from motcua.kernel.texts import fold, normalise

MOST_KEYS = 6
LONGEST_VALUE = 100


class Limit(Struct, frozen=True):
    """So many look-ups in a span ("hour" or "day")."""

    span: str
    times: int


# An address may be shared by a whole office or a mobile network; an account is one person.
OF_ACCOUNT = (Limit("hour", 20), Limit("day", 60))
OF_ADDRESS = (Limit("hour", 40), Limit("day", 150))
# Whoever asks: one key is not tried with ever new partners.
OF_KEY = (Limit("hour", 15), Limit("day", 40))


def key_value(value: str) -> str:
    """A key as it is compared: "PE 0100-0012 345" is "pe01000012345"."""
    return re.sub(r"[^0-9a-z]", "", fold(normalise(value)[:LONGEST_VALUE]))


def finder(kind: str, keys: Mapping[str, str]) -> bytes:
    """The digest under which a debt is stored and found. ValueError without a full set of keys."""
    values = sorted((name, key_value(value)) for name, value in keys.items())
    if not values or len(values) > MOST_KEYS or not all(value for _, value in values):
        raise ValueError("a debt is found by one to six keys, none of them empty")
    text = "\x1e".join([kind, *(f"{name}\x1f{value}" for name, value in values)])
    return hashlib.sha256(text.encode()).digest()


def spans(now: datetime, limits: tuple[Limit, ...]) -> Iterator[tuple[str, int, datetime]]:
    """(name of the span, most times, when it may be forgotten) for each limit."""
    for limit in limits:
        if limit.span == "hour":
            yield now.strftime("%Y-%m-%dT%H"), limit.times, now + timedelta(hours=2)
        else:
            yield now.strftime("%Y-%m-%d"), limit.times, now + timedelta(days=2)
