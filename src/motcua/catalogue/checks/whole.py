"""MC025: a service either decides (decided-by, limit, route, outcome) or pays debts, never both."""

from collections.abc import Iterator

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding

RULE = "MC025"
TITLE = "A service that both pays and decides"
DECIDING = ("decided-by", "limit", "route", "outcome", "evidence", "fees")


def check(pack: Pack) -> Iterator[Finding]:
    for file in pack.services:
        words = file.data if isinstance(file.data, dict) else {}
        if "pays" in words:
            for key in DECIDING:
                if key in words:
                    message = f'a service that pays debts has no "{key}".'
                    fix = "Take it away; or take `pays` away and describe the whole procedure."
                    yield file.finding(RULE, (key,), message, fix=fix)
