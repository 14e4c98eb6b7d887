"""`motcua registers reseal`: encrypt sealed fields with the first key of MOTCUA_DATA_KEYS."""

from typing import Any

from motcua.kernel.actors import SYSTEM
from motcua.project.registers_cli import Parser, Tell
from motcua.registers import api as registers

HELP = "Encrypt the sealed fields with the first key, so that an old key can be taken away."


def arguments(parser: Parser) -> None:
    """It takes none."""


def run(options: dict[str, Any], tell: Tell) -> None:  # noqa: ARG001 - all verbs are called alike
    tell(f"{registers.reseal(SYSTEM)} versions encrypted with the first key")
