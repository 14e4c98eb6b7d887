"""`motcua registers export REGISTER FACT FILE`: what a register holds today, as CSV or XLSX."""

from pathlib import Path
from typing import Any

from motcua.kernel.actors import SYSTEM
from motcua.project.registers_cli import Parser, Tell

HELP = "write what a register holds of a fact into a CSV or XLSX file; recorded as a reading"


def arguments(parser: Parser) -> None:
    parser.add_argument("register")
    parser.add_argument("fact")
    parser.add_argument("file", type=Path, help="ends with .csv or .xlsx")


def run(options: dict[str, Any], tell: Tell) -> None:
    from motcua.registers import api as registers

    path = options["file"]
    blocks = registers.export_rows(
        SYSTEM,
        register=options["register"],
        fact=options["fact"],
        format=path.suffix.removeprefix("."),
    )
    with path.open("xb") as file:
        size = sum(file.write(block) for block in blocks)
    tell(f"{path}: {size:,} bytes. It holds personal data: keep it safe.")
