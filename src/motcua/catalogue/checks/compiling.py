"""MC003: a file of the right form also compiles: shared pages exist, durations can be read."""

from collections.abc import Iterator

from motcua.catalogue.checks import schema
from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding

RULE = "MC003"
TITLE = "A service does not compile"


def check(pack: Pack) -> Iterator[Finding]:
    for file in pack.services:
        # What the format says (MC002) is clearer; saying the same twice helps nobody.
        if file.faults and not any(schema.faults_of(file.data)):
            for fault in file.faults:
                message = f"{fault.message.rstrip('.')}."
                yield file.finding(RULE, fault.place, message, fix=_fix(fault.message))


def _fix(message: str) -> str:
    if "got `float`" in message:
        return "Write a whole number without dots or commas: 15000."
    return "Correct this value."
