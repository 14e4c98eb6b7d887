"""MC018: life events are those of the country."""

from collections.abc import Iterator

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding, Place

RULE = "MC018"
TITLE = "An unknown life event"


def check(pack: Pack) -> Iterator[Finding]:
    events = pack.country.get("life-events")
    known = set(events) if isinstance(events, dict) else set()
    fix = f"Use one of: {', '.join(sorted(known))}, or add it to pack.yaml."
    for file, procedure in pack.compiled():
        named: list[tuple[Place, str]] = [(("life-event",), procedure.life_event)]
        named.append((("outcome", "announce"), procedure.outcome.announce or procedure.life_event))
        for place, event in named:
            if event not in known:
                message = f'pack.yaml has no life event "{event}".'
                yield file.finding(RULE, place, message, fix=fix)
