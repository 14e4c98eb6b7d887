"""MC061: a service has at least four examples: plain, supplement, refused, edge of the clock."""

from collections.abc import Iterator

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding

RULE = "MC061"
TITLE = "Fewer than four examples"
FEWEST = 4


def check(pack: Pack) -> Iterator[Finding]:
    for file, procedure in pack.compiled():
        count = len(procedure.examples)
        if count < FEWEST:
            message = f"{count} examples; at least {FEWEST} are needed."
            fix = "Add the plain case, a supplement, a refusal, and one at the edge of the clock."
            yield file.finding(RULE, ("examples",), message, fix=fix)
