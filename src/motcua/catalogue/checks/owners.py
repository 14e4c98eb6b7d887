"""MC020: every state has somebody who acts and a time limit; the first is at the desk."""

from collections.abc import Iterator
from typing import Any

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding
from motcua.catalogue.rules.parts import Parts

RULE = "MC020"
TITLE = "A state has no owner or no time limit"
_FIX = {
    "who": "Name a role of the pack, or applicant.",
    "within": 'Give a time limit, such as "3 working days".',
}


def check(pack: Pack) -> Iterator[Finding]:
    for file in pack.services:
        route = file.data.get("route") if isinstance(file.data, dict) else None
        for number, (state, step) in enumerate(_states(pack, route)):
            if not step:
                continue
            for key, fix in _FIX.items():
                if not step.get(key):
                    message = f'the state "{state}" has no {key}.'
                    yield file.finding(RULE, ("route", state), message, fix=fix)
            if number == 0 and step.get("at") != "desk":
                message = f'the first state "{state}" is not at the desk.'
                yield file.finding(RULE, ("route", state), message, fix="Add `at: desk`.")


def _states(pack: Pack, route: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """The states with what they use; {} for one that uses what is not there (MC003 says so)."""
    for name, words in route.items() if isinstance(route, dict) else ():
        parts = Parts(pack.shared.parts, [])
        step = parts.laid_under(words, "states", ())
        if isinstance(step, dict):
            yield name, {} if parts.faults else step
