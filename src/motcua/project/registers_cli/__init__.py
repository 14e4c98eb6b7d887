"""The verbs of `motcua registers`: one module each, with `HELP`, `arguments` and `run`."""

from collections.abc import Callable
from importlib import import_module
from typing import Any, Protocol, cast

VERBS = ("population", "import", "export", "retention", "reseal")
Tell = Callable[[str], None]


class Parser(Protocol):
    """What of argparse a verb needs."""

    def add_argument(self, *names: str, **options: Any) -> Any: ...


class Verb(Protocol):
    """A module of this package: `arguments` declares, `run` does and tells line by line."""

    HELP: str

    def arguments(self, parser: Parser) -> None: ...

    def run(self, options: dict[str, Any], tell: Tell) -> None: ...


def verb(name: str) -> Verb | None:
    """The module of a verb (`import_` for "import"); None while it has none."""
    try:
        return cast("Verb", import_module(f"{__name__}.{name.replace('import', 'import_')}"))
    except ModuleNotFoundError as fault:
        if not str(fault.name).startswith(__name__):
            raise
        return None


__all__ = ["VERBS", "Parser", "Tell", "Verb", "verb"]
