"""MC063: the dates of examples lie in years whose public holidays are known."""

import re
from collections.abc import Iterator

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding, Place
from motcua.catalogue.rules.procedure import Procedure

RULE = "MC063"
TITLE = "A date outside the known calendar"


def check(pack: Pack) -> Iterator[Finding]:
    years = pack.calendar_years
    known = f"{min(years)} to {max(years)}" if years else "none"
    for file, procedure in pack.compiled():
        for place, moment in _moments(procedure):
            found = re.match(r"(\d{4})-", moment)
            if found is None or int(found[1]) not in years:
                message = f'"{moment}" is in a year without public holidays in the pack.'
                fix = f"Use a date in the known years ({known}), or extend holidays.csv."
                yield file.finding(RULE, place, message, fix=fix)


def _moments(procedure: Procedure) -> Iterator[tuple[Place, str]]:
    for number, example in enumerate(procedure.examples):
        yield ("examples", number, "at"), str(example.get("at"))
        events = example.get("then")
        for index, event in enumerate(events if isinstance(events, list) else []):
            if isinstance(event, dict):
                yield ("examples", number, "then", index, "at"), str(event.get("at"))
