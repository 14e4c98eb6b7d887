"""`motcua registers retention [--register R]`: take away what the rules keep no longer."""

from typing import Any

from motcua.kernel.actors import SYSTEM
from motcua.project.registers_cli import Parser, Tell
from motcua.registers import api as registers

HELP = "Take away what the declared rules keep no longer, and print the certificates."


def arguments(parser: Parser) -> None:
    parser.add_argument("--register", default="", help="one register; all without it")


def run(options: dict[str, Any], tell: Tell) -> None:
    done = registers.run_retention(SYSTEM, options["register"])
    for one in done:
        tell(f"{one.register} {one.fact}: {one.count} ({one.rule}) sha256 {one.digest}")
    tell(f"{sum(one.count for one in done)} versions taken away, {len(done)} certificates")
