"""`motcua registers population`: believable people who never lived, as many as wanted."""

from typing import Any

from motcua.project.registers_cli import Parser, Tell

HELP = "load a synthetic population: the same seed and size give the same people"


def arguments(parser: Parser) -> None:
    parser.add_argument("--persons", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only-population", action="store_true", help="leave other registers be")


def run(options: dict[str, Any], tell: Tell) -> None:
    from motcua.project import population

    population.load(
        tell,
        persons=options["persons"],
        seed=options["seed"],
        others=not options["only_population"],
    )
