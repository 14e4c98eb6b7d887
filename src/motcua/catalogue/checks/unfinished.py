"""MC006: texts that a scaffold left to be written."""

from collections.abc import Iterator
from typing import Any

from motcua.catalogue.checks.walk import texts
from motcua.catalogue.packs import Pack, ServiceFile
from motcua.catalogue.parts import Part
from motcua.catalogue.register_files import RegisterFile
from motcua.catalogue.rules.findings import Finding, Place

RULE = "MC006"
TITLE = "A text is still to be written"
MARK = "TO WRITE"


def check(pack: Pack) -> Iterator[Finding]:
    for file in pack.services:
        yield from _unfinished(pack, file, file.data)
    for part in pack.parts.values():
        yield from _unfinished(pack, part, part.words)
    for declared in pack.register_files:
        yield from _unfinished(pack, declared, declared.data)


def _unfinished(
    pack: Pack, home: ServiceFile | Part | RegisterFile, words: Any
) -> Iterator[Finding]:
    for place, text in texts(words):
        if any(MARK in str(said) for said in text.values()):
            message = f"{'.'.join(map(str, place))} is still a placeholder."
            fix = "Write the text in every language."
            yield home.finding(RULE, place, message, fix=fix, level="warning")
    for place in _marked(words):
        if place[-1] not in pack.languages:
            message = f"{'.'.join(map(str, place))} is still a placeholder."
            yield home.finding(RULE, place, message, fix="Write it.", level="warning")


def _marked(data: Any, place: Place = ()) -> Iterator[Place]:
    """Every value of the file that holds the mark: a law, a note, an answer."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _marked(value, (*place, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _marked(value, (*place, index))
    elif isinstance(data, str) and MARK in data:
        yield place
