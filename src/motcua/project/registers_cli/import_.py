"""`motcua registers import REGISTER FACT FILE`: take a file in, or go on with it."""

from pathlib import Path
from typing import Any

from motcua.kernel.actors import SYSTEM
from motcua.kernel.refusals import Refusal, sentence_of
from motcua.project.registers_cli import Parser, Tell

HELP = "take a CSV or XLSX file of a fact into a register; the same file again goes on"


def arguments(parser: Parser) -> None:
    parser.add_argument("register")
    parser.add_argument("fact")
    parser.add_argument("file", type=Path)
    parser.add_argument("--ground", default="", help="the legal ground, in words")


def run(options: dict[str, Any], tell: Tell) -> None:
    from motcua.registers import api as registers

    if not options["file"].is_file():
        raise Refusal("registers.import-empty")
    run_id = registers.start_import(
        SYSTEM,
        register=options["register"],
        fact=options["fact"],
        file=options["file"],
        name=options["file"].name,
        ground=options["ground"],
    )
    while registers.work_import(run_id, batches=20):
        tell(_line(registers.import_run(SYSTEM, run_id)))
    card = registers.import_run(SYSTEM, run_id)
    tell(_line(card))
    after = 0
    while faults := registers.import_faults(SYSTEM, run_id, after=after):
        for one in faults:
            tell(f"  row {one.row}: {str(sentence_of(one.code).text) % one.params}")
        after = faults[-1].row
    if card is not None and card.why:
        raise Refusal(card.why)


def _line(card: Any) -> str:
    return (
        f"{card.state}: {card.done:,} of {card.rows:,} rows; {card.written:,} written, "
        f"{card.same:,} held already, {card.faulty:,} faulty"
    )
