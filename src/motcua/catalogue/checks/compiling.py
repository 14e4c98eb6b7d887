"""MC003: a file of the right form also compiles: shared parts exist, durations can be read."""

from collections.abc import Iterator

from motcua.catalogue.checks import schema
from motcua.catalogue.packs import Pack, ServiceFile
from motcua.catalogue.rules.findings import Finding
from motcua.catalogue.rules.parts import used_names

RULE = "MC003"
TITLE = "A service does not compile"


def check(pack: Pack) -> Iterator[Finding]:
    for file in pack.services:
        # What the format says (MC002) is clearer; saying the same twice helps nobody.
        if file.faults and not _is_told(pack, file):
            for fault in file.faults:
                end = "" if fault.message.endswith((".", "?")) else "."
                message = f"{fault.message}{end}"
                yield file.finding(RULE, fault.place, message, fix=_fix(fault.message))


def _is_told(pack: Pack, file: ServiceFile) -> bool:
    """Whether the format (MC002) already has something against the file or what it uses."""
    used = [pack.parts[name] for name in used_names(file.data) if name in pack.parts]
    used += [pack.parts[n] for p in used for n in used_names(p.words) if n in pack.parts]
    parts = any(any(schema.faults_of_part(part)) for part in used)
    return parts or any(schema.faults_of(file.data))


def _fix(message: str) -> str:
    if "got `float`" in message:
        return "Write a whole number without dots or commas: 15000."
    return "Correct this value."
