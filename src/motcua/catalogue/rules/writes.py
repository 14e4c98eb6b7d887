"""The paths that a `write` of an outcome names, each with its place in the file."""

from collections.abc import Iterator

from motcua.catalogue.rules.findings import Place
from motcua.catalogue.rules.prefills import Source, sources
from motcua.catalogue.rules.procedure import Write

OF_THE_CASE = {"dossier.code": "code", "dossier.body": "code", "dossier.decided_on": "date"}


def named(write: Write) -> Iterator[tuple[Place, str]]:
    """Every path, as written."""
    for key in ("subject", "since", "until"):
        if path := getattr(write, key):
            yield (key,), path
    for name, path in write.values.items():
        yield ("values", name), path


def answer_of(path: str) -> str:
    """The answer that a path needs: its own, or that which names whose record is read; empty for
    what the case itself knows."""
    source = registered(path)
    return source.of if source else "" if path in OF_THE_CASE else path


def registered(path: str) -> Source | None:
    """Where in a register a path leads, if it does."""
    return next(iter(sources(path)), None) if " of " in path else None
