"""Whom an act concerns: rooms further up say it of their own things when they are loaded."""

from collections.abc import Iterable
from uuid import UUID

from motcua.acts.api import ActRow
from motcua.exchange.shapes import Describe, Parties

_describers: dict[str, Describe] = {}
_internal: set[str] = set()
PERSONAL = frozenset({"person", "account"})  # acts on these are nobody's webhook


def describe(kind: str, how: Describe, *, internal: Iterable[str] = ()) -> None:
    """Register who has a part in the things of a kind ("dossier", "bill"); `how` takes many ids and
    gives those it knows. `internal`: verbs of which only bodies hear. Once per kind."""
    if _describers.setdefault(kind, how) is not how:
        raise ValueError(f"described twice: {kind}")
    _internal.update(internal)


def is_internal(verb: str) -> bool:
    return verb in _internal


def parties_of(acts: Iterable[ActRow]) -> dict[UUID, Parties]:
    """Act -> whom it concerns, for the acts that concern anybody; one question per kind."""
    things = {act.id: _things(act) for act in acts if act.object_kind not in PERSONAL}
    asked: dict[str, set[UUID]] = {}
    for kind, thing in {one for several in things.values() for one in several}:
        asked.setdefault(kind, set()).add(thing)
    known = {kind: _describers[kind](sorted(ids)) for kind, ids in asked.items()}
    return {
        act: _together(found)
        for act, several in things.items()
        if (found := [p for kind, thing in several if (p := known[kind].get(thing))])
    }


def _things(act: ActRow) -> tuple[tuple[str, UUID], ...]:
    """The act's dossier and its object, as far as somebody describes their kind."""
    both: list[tuple[str, UUID]] = [("dossier", act.dossier_id)] if act.dossier_id else []
    both.append((act.object_kind, act.object_id))
    return tuple(dict.fromkeys(one for one in both if one[0] in _describers))


def _together(found: list[Parties]) -> Parties:
    """The parties of an act's dossier and object; what is said comes from the first."""
    first = found[0]
    bodies = frozenset[UUID]().union(*(one.bodies for one in found))
    return Parties(
        bodies=bodies,
        account_id=first.account_id,
        on_behalf_of=first.on_behalf_of,
        code=first.code,
        status=first.status,
    )
