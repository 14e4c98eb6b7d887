"""Every address of the product, read from its URL patterns, with true and nonsense values."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

import motcua.web

NONSENSE = [
    "0",
    "x" * 300,
    "9" * 300,
    "-1",
    "%00",
    "%ff%fe",
    "..%2f..%2fetc",
    "ă đ ơ",
    "';--",
    "{{7*7}}",
]
_NAMES = re.compile(r"(?:GET|POST|FILES|raw|posted)\.(?:get|getlist)\(\s*\"([^\"]+)\"")


def patterns(resolver: Any = None, prefix: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The chain of patterns that leads to each view."""
    for one in (resolver or get_resolver()).url_patterns:
        chain = (*prefix, one.pattern)
        if isinstance(one, URLResolver):
            yield from patterns(one, chain)
        elif isinstance(one, URLPattern):
            yield chain


def addresses(known: Mapping[str, Any]) -> list[str]:
    """One true address for each pattern; `known` gives values by the name of the parameter."""
    return sorted({"/" + "".join(_filled(part, known) for part in chain) for chain in patterns()})


def nonsense(known: Mapping[str, Any]) -> list[str]:
    """Each parameter of each pattern once as everything that it should not be."""
    found = set()
    for chain in patterns():
        names = [
            name for part in chain if isinstance(part, RoutePattern) for name in part.converters
        ]
        for name in names:
            for odd in NONSENSE:
                values = {**known, name: odd}
                found.add("/" + "".join(_filled(part, values) for part in chain))
    return sorted(found)


def _filled(pattern: Any, known: Mapping[str, Any]) -> str:
    if not isinstance(pattern, RoutePattern):  # allauth has some regular expressions
        return re.sub(r"[\^$\\]|\?(?=$)", "", re.sub(r"\(\?P<[^>]+>[^)]*\)", "1", str(pattern)))

    def value(match: re.Match[str]) -> str:
        kind, _colon, name = match[1].rpartition(":")
        given = known.get(name, UUID(int=7) if kind == "uuid" else "7" if kind == "int" else "x")
        text = str(given)
        return text if "%" in text else quote(text, safe="")

    return re.sub(r"<([^>]+)>", value, str(pattern))


def names() -> list[str]:
    """Every field and query name that a view of ours reads."""
    found: set[str] = set()
    for folder in map(Path, motcua.web.__path__):
        for file in folder.rglob("*.py"):
            found |= set(_NAMES.findall(file.read_text(encoding="utf-8")))
    return sorted(found)
