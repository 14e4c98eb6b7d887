"""MC021: every state can be reached, and every `then` leads to a state."""

from collections.abc import Iterator

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding
from motcua.catalogue.rules.graph import END, HANDOVER, reachable

RULE = "MC021"
TITLE = "A state cannot be reached"


def check(pack: Pack) -> Iterator[Finding]:
    for file, procedure in pack.compiled():
        states = {step.state for step in procedure.route} | {HANDOVER, END}
        found = reachable(procedure) if procedure.route else frozenset()
        for step in procedure.route:
            if step.state not in found:
                message = f'no verb leads to the state "{step.state}".'
                fix = "Let the state before it accept, propose, record or confirm, or use `then`."
                yield file.finding(RULE, ("route", step.state), message, fix=fix)
            for verb, to in step.then.items():
                if to not in states:
                    place = ("route", step.state, "then", verb)
                    message = f'"{verb}" leads to "{to}", which is not a state.'
                    fix = f"Use one of: {', '.join(sorted(states))}."
                    yield file.finding(RULE, place, message, fix=fix)
