"""MC003: a file of the right form also compiles: shared pages exist, durations can be read."""

from collections.abc import Iterator

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding

RULE = "MC003"
TITLE = "A service does not compile"


def check(pack: Pack) -> Iterator[Finding]:
    for file in pack.services:
        for fault in file.faults:
            yield file.finding(RULE, fault.place, fault.message, fix="Correct this value.")
