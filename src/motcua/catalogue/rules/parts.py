"""Shared parts of a pack: pages, papers, states and questions that are written once and used by
name, as `{use: evidence/identity-card}`.

The keys beside `use` come in place of those of the part. In the conditions of a shared question
`answer` is the answer to the question itself, whatever its path is where it is used.
"""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from motcua.catalogue.rules.findings import Fault, Place

USE = "use"
_CONDITIONS = ("when", "must", "gives")
# A word outside of quotes that is not the name of a column, of a function or inside of a path.
_ITSELF = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(?<![\w.])answer(?![\w(])""")


class Parts:
    """The parts of a pack by name ("pages/mother"); what could not be found goes to `faults`."""

    def __init__(self, words: Mapping[str, Any], faults: list[Fault]) -> None:
        self.words = words
        self.faults = faults

    def laid_under(self, words: Any, kind: str, place: Place) -> Any:
        """`words` with those of the part that they use under them."""
        if not isinstance(words, dict) or USE not in words:
            return words
        own = {key: value for key, value in words.items() if key != USE}
        part = self.words.get(str(words[USE])) if self._is_of(kind, words[USE]) else None
        if not isinstance(part, dict):
            self.faults.append(Fault(place=(*place, USE), message=self._unknown(words[USE], kind)))
            return own
        if kind == "questions" and own.get("field"):
            part = _named(part, str(own["field"]))
        return part | own

    def _is_of(self, kind: str, name: Any) -> bool:
        return str(name).partition("/")[0] == kind

    def _unknown(self, name: Any, kind: str) -> str:
        known = sorted(each for each in self.words if self._is_of(kind, each))
        like = get_close_matches(str(name), known, n=1)
        meant = f". Did you mean {like[0]}?" if like else ""
        return f'there is no shared "{name}"; the pack has: {", ".join(known) or "none"}{meant}'


def _named(question: Mapping[str, Any], path: str) -> dict[str, Any]:
    """A shared question whose conditions name its own answer by path."""
    words = dict(question)
    for key in _CONDITIONS:
        if isinstance(words.get(key), str):
            words[key] = _ITSELF.sub(lambda found: found[1] or path, words[key])
    return words


def home_of(data: Any, place: Place, parts: Mapping[str, Any]) -> tuple[str, Place]:
    """The part that holds a place of a service, and where in it; "" = the service's own file."""
    name, node = "", data
    inner: Place = ()
    for key in place:
        if isinstance(node, dict) and key not in node:
            part = parts.get(str(node.get(USE)))
            if isinstance(part, dict) and key in part:
                name, inner, node = str(node[USE]), (), part
        inner = (*inner, key)
        node = _at(node, key)
    return name, inner


def _at(node: Any, key: str | int) -> Any:
    if isinstance(node, dict):
        return node.get(key)
    if isinstance(node, list) and isinstance(key, int) and key < len(node):
        return node[key]
    return None


def used_names(data: Any) -> Iterator[str]:
    """Every name that the words of a service or a part use."""
    if isinstance(data, dict):
        if isinstance(name := data.get(USE), str):
            yield name
        for value in data.values():
            yield from used_names(value)
    elif isinstance(data, list):
        for value in data:
            yield from used_names(value)
