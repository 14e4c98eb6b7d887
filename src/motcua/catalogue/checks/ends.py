"""MC022: from every state that can be reached a result can be reached."""

from collections.abc import Iterator

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding
from motcua.catalogue.rules.graph import END, HANDOVER, ending, reachable

RULE = "MC022"
TITLE = "A state from which no result can be reached"


def check(pack: Pack) -> Iterator[Finding]:
    for file, procedure in pack.compiled():
        if not procedure.route:
            continue
        stuck = reachable(procedure) - ending(procedure) - {HANDOVER, END}
        for state in sorted(stuck):
            message = f'from the state "{state}" no result can be reached.'
            fix = "Let somebody sign, or let the state lead to one where somebody signs."
            yield file.finding(RULE, ("route", state), message, fix=fix)
