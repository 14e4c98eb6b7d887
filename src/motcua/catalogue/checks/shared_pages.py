"""MC004: shared pages, papers, questions and states are used by some service."""

from collections.abc import Iterator

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding
from motcua.catalogue.rules.parts import used_names

RULE = "MC004"
TITLE = "A shared part is used by nobody"


def check(pack: Pack) -> Iterator[Finding]:
    used = {name for file in pack.services for name in used_names(file.data)}
    used |= {n for p in pack.parts.values() if p.name in used for n in used_names(p.words)}
    for part in pack.parts.values():
        if part.name not in used:
            message = f'no service uses "{part.name}".'
            fix = f"Write {{use: {part.name}}} in a service, or take it away."
            yield part.finding(RULE, (), message, fix=fix, level="warning")
