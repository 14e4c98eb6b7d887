"""All areas of the country in memory: by code and date, chains upwards, successors, search."""

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from motcua.directory.rules.shapes import Area
from motcua.kernel.texts import fold, normalise

_BETWEEN_WORDS = re.compile(r"[\W_]+")


def search_words(text: str) -> str:
    """The folded words of a place, without signs: "Xã Ea H'Leo" -> "xa ea hleo"."""
    return _BETWEEN_WORDS.sub(" ", fold(text).replace("'", "")).strip()


class _Entry(NamedTuple):
    """An area and its folded name without the word of its kind."""

    area: Area
    bare: str


class AreaBook:
    """Immutable once built; a country has a few thousand areas, a few megabytes."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self.by_id: dict[UUID, Area] = {}
        self._by_code: dict[str, list[Area]] = {}
        self._children: dict[str, list[Area]] = {}
        self._entries: list[_Entry] = []
        for area in sorted(areas, key=lambda a: (a.sort_key, a.code, a.valid_from)):
            bare = area.search_key.removeprefix(f"{search_words(area.kind)} ")
            self._entries.append(_Entry(area, bare))
            self.by_id[area.id] = area
            self._by_code.setdefault(area.code, []).append(area)
            self._children.setdefault(area.parent_code, []).append(area)

    def area(self, code: str, on: date) -> Area | None:
        """The area that bears `code` on that day."""
        return next((a for a in self._by_code.get(code, ()) if a.holds(on)), None)

    def nearest(self, code: str, on: date) -> Area | None:
        """The area that bears `code` on that day, else the one that bore it nearest in time."""
        return self.area(code, on) or min(
            self._by_code.get(code, ()), key=lambda a: _distance(a, on), default=None
        )

    def listed(self, level: str, on: date, parent_code: str = "") -> tuple[Area, ...]:
        """Areas of a level in Vietnamese order, below `parent_code` if it is given."""
        source = self._children.get(parent_code, ()) if parent_code else self.by_id.values()
        return tuple(a for a in source if a.level == level and a.holds(on))

    def chain(self, code: str, on: date) -> tuple[Area, ...]:
        """The area and the areas above it on that day, nearest first."""
        chain: list[Area] = []
        area = self.area(code, on)
        while area is not None and area not in chain:
            chain.append(area)
            area = self.area(area.parent_code, on) if area.parent_code else None
        return tuple(chain)

    def successors(self, code: str, on: date) -> tuple[Area, ...]:
        """What became, until that day, of the area that last bore `code` before it."""
        past = [a for a in self._by_code.get(code, ()) if a.valid_until and a.valid_until <= on]
        if not past:
            return ()
        return self.heirs(max(past, key=lambda a: a.valid_from), on)

    def heirs(self, area: Area, on: date) -> tuple[Area, ...]:
        """The area itself while it lasts, afterwards what it has become by that day."""
        if area.holds(on):
            return (area,)
        heirs = [self.by_id[i] for i in area.successors if i in self.by_id]
        found = {heir.id: heir for each in heirs for heir in self.heirs(each, on)}
        return tuple(found.values())

    def certain_ancestors(self, code: str, on: date) -> tuple[Area, ...]:
        """For a day before the area began: the area above it, if that existed unchanged."""
        later = [a for a in self._by_code.get(code, ()) if a.valid_from > on and a.parent_code]
        if not later:
            return ()
        first = min(later, key=lambda a: a.valid_from)
        parent = self.area(first.parent_code, first.valid_from)
        return (parent,) if parent and parent.holds(on) else ()

    def path(self, code: str, on: date) -> str:
        """The area and those above it as an address: "Phường Ba Đình, Thành phố Hà Nội"."""
        chain = self.chain(code, on)
        if not chain and (area := self.nearest(code, on)):
            chain = self.chain(code, area.valid_from)
        return ", ".join(a.name for a in chain)

    def search(self, text: str, on: date, *, level: str = "", limit: int = 20) -> list[Area]:
        """Areas whose path contains every word of `text`, diacritics or not; best first.

        The last word may be unfinished. First come names that are the text (with or without the
        word of their kind), then those that begin with it, contain it, or need the area above;
        among equals those that also have the diacritics as typed.
        """
        key, typed = search_words(text), normalise(text).casefold()
        ranked = [
            (rank, typed not in entry.area.name.casefold(), n, entry.area)
            for n, entry in enumerate(self._entries)
            if entry.area.holds(on)
            and (not level or entry.area.level == level)
            and (rank := self._rank(entry, key, on)) is not None
        ]
        return [area for *_, area in sorted(ranked, key=lambda r: r[:3])[:limit]]

    def _rank(self, entry: _Entry, key: str, on: date) -> int | None:
        own = f" {entry.area.search_key} "
        if key in (entry.bare, entry.area.search_key):
            return 0
        if entry.bare.startswith(key):
            return 1 if key else None
        if f" {key}" in own:
            return 2
        *words, last = key.split()
        missing = [f" {word} " for word in words if f" {word} " not in own]
        missing += [] if f" {last}" in own else [f" {last}"]
        if not missing:
            return 3
        above = self.area(entry.area.parent_code, on) if len(missing) <= len(words) else None
        return 4 if above and all(word in f" {above.search_key} " for word in missing) else None


def _distance(area: Area, on: date) -> int:
    """Days between `on` and the nearest day on which the area exists."""
    if on < area.valid_from:
        return (area.valid_from - on).days
    return (on - area.valid_until).days if area.valid_until else 0
