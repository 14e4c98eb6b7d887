"""MC017: whoever asks for more, returns or refuses finds a coded reason; so do the examples."""

from collections.abc import Iterator
from typing import Any

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding
from motcua.catalogue.rules.procedure import Procedure

RULE = "MC017"
TITLE = "A reason is missing or unknown"
NEED_REASON = ("ask-once", "return", "refuse")


def check(pack: Pack) -> Iterator[Finding]:
    for file, procedure in pack.compiled():
        given = {verb for reason in procedure.reasons for verb in reason.verbs or NEED_REASON}
        for step in procedure.route:
            for verb in step.may:
                if verb in NEED_REASON and verb not in given:
                    message = f'no coded reason allows "{verb}".'
                    fix = "Add one to reasons.yaml or to this file."
                    yield file.finding(RULE, ("route", step.state, "may"), message, fix=fix)
        yield from _examples(file, procedure)


def _examples(file: Any, procedure: Procedure) -> Iterator[Finding]:
    known = {reason.code for reason in procedure.reasons}
    for number, example in enumerate(procedure.examples):
        events = example.get("then")
        for index, event in enumerate(events if isinstance(events, list) else []):
            given = event.get("with") if isinstance(event, dict) else None
            reason = given.get("reason") if isinstance(given, dict) else None
            if reason is not None and reason not in known:
                place = ("examples", number, "then", index)
                message = f'there is no reason with the code "{reason}".'
                fix = f"Use one of: {', '.join(sorted(known))}."
                yield file.finding(RULE, place, message, fix=fix)
