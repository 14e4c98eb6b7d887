"""What was asked for, kept in the session for half an hour under a key that says nothing.

A personal number or a name never stands in an address: the form is posted, what it asked waits
here, and the address carries the key. At most a handful is kept, and old ones go first.
"""

from datetime import datetime
from math import ceil
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.crypto import get_random_string
from msgspec import Struct, convert, to_builtins

from motcua.kernel import clock

SLOT, MOST, KEPT_S = "desk-looks", 8, 1800


class Look(Struct, frozen=True, kw_only=True):
    """A search or a record that was asked for, for which purpose."""

    kind: str  # "search", "record" or "pair"
    purpose: str
    reason: str = ""
    register: str = ""
    key: str = ""
    typed: dict[str, list[str]] = {}
    until: str = ""  # of an emergency: when it closes by itself

    @property
    def ends_at(self) -> datetime | None:
        """When an emergency closes by itself."""
        return datetime.fromisoformat(self.until) if self.until else None


def keep(request: HttpRequest, look: Look) -> str:
    """Keep a look; the key under which it is found again."""
    key = get_random_string(16)
    kept = dict(list(_fresh(request).items())[-MOST + 1 :])
    request.session[SLOT] = {**kept, key: [clock.now().timestamp(), to_builtins(look)]}
    return key


def look(request: HttpRequest, key: str, kind: str) -> Look:
    """The look of that key; Http404 when it was never there or its time is over."""
    kept = _fresh(request)
    found = convert(kept[key][1], Look) if key in kept else None
    if found is None or found.kind != kind:
        raise Http404
    return found


def emergencies(request: HttpRequest) -> list[tuple[str, Look]]:
    """The emergency accesses that are still open in this session, with their keys."""
    kept = [(key, convert(one[1], Look)) for key, one in _fresh(request).items()]
    return [(key, one) for key, one in kept if one.ends_at and one.ends_at > clock.now()]


def minutes_left(look: Look) -> int:
    """Whole minutes that an emergency stays open, begun ones counted; 0 when it is over."""
    if look.ends_at is None:
        return 0
    return max(0, ceil((look.ends_at - clock.now()).total_seconds() / 60))


def forget(request: HttpRequest) -> None:
    """Drop all looks: the officer has finished, or works at another post."""
    request.session.pop(SLOT, None)


def _fresh(request: HttpRequest) -> dict[str, Any]:
    oldest = clock.now().timestamp() - KEPT_S
    kept: dict[str, Any] = request.session.get(SLOT, {})
    return {key: one for key, one in kept.items() if one[0] > oldest}
