"""MC023: what may be done in a state can be done by whoever is there."""

from collections.abc import Iterator

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding
from motcua.catalogue.rules.procedure import Step

RULE = "MC023"
TITLE = "A verb that nobody can use"
# Verb -> the permissions that allow it (any of them).
NEEDED: dict[str, set[str]] = {
    "accept": {"receive"},
    "ask-once": {"receive"},
    "propose": {"process"},
    "return": {"process"},
    "ask-opinion": {"process", "lead"},
    "schedule": {"process"},
    "record": {"process"},
    "confirm": {"process", "opine"},
    "object": {"process", "opine"},
    "send-back": {"sign"},
    "sign": {"sign"},
    "refuse": {"receive", "process", "sign"},
}
APPLICANTS = {"agree", "correct", "confirm", "object"}


def check(pack: Pack) -> Iterator[Finding]:
    for file, procedure in pack.compiled():
        for step in procedure.route:
            for key, fault, fix in _faults(pack, step):
                yield file.finding(RULE, ("route", step.state, key), fault, fix=fix)
            for index, branch in enumerate(step.together):
                for verb in branch.may:
                    if not _can(pack, branch.who, verb):
                        place = ("route", step.state, "together", index, "may")
                        fault = f'"{branch.who}" may not "{verb}": the role lacks the permission.'
                        yield file.finding(RULE, place, fault, fix="Name another role or verb.")


def _faults(pack: Pack, step: Step) -> Iterator[tuple[str, str, str]]:
    if step.pay:
        return  # MC024 looks at these
    if not step.may and not step.together:
        yield "may", f'nothing may be done in the state "{step.state}".', "Add `may`."
    for verb in step.may:
        if not _can(pack, step.who, verb):
            fault = f'"{step.who}" may not "{verb}" in the state "{step.state}".'
            yield "may", fault, "Name a role whose permissions allow it, or another verb."
    if step.silence and step.silence not in step.may:
        fault = f'silence means "{step.silence}", which nobody may do there.'
        yield "silence", fault, "Add the verb to `may`."
    for name in step.then:
        if name not in step.may:
            yield "then", f'`then` names "{name}", which nobody may do there.', "Add it to `may`."
    if "record" in step.may and not step.ask:
        yield "may", f'"record" in "{step.state}", but nothing is asked.', "Add `ask`."


def _can(pack: Pack, who: str, verb: str) -> bool:
    if who == "applicant":
        return verb in APPLICANTS
    if who not in pack.roles:
        return True  # MC013 says so already
    return verb in NEEDED and bool(NEEDED[verb] & set(pack.roles[who]))
