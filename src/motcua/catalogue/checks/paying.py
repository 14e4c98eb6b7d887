"""MC024: in a state where money is paid the applicant pays, and nobody does anything else."""

from collections.abc import Iterator

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding
from motcua.catalogue.rules.procedure import Step

RULE = "MC024"
TITLE = "A paying state that cannot work"
STOP = "stop"


def check(pack: Pack) -> Iterator[Finding]:
    for file, procedure in pack.compiled():
        for number, step in enumerate(procedure.route):
            for key, message, fix in _faults(step, is_first=number == 0):
                yield file.finding(RULE, ("route", step.state, key), message, fix=fix)


def _faults(step: Step, *, is_first: bool) -> Iterator[tuple[str, str, str]]:
    if not step.pay:
        if step.silence == STOP:
            message = f'silence stops the dossier in "{step.state}", where nothing is paid.'
            yield "silence", message, "Only a paying state may stop it (`pay: true`)."
        return
    if step.who != "applicant":
        yield "who", f'"{step.who}" pays in the state "{step.state}".', "Write `who: applicant`."
    if step.silence != STOP:
        message = f'"{step.state}" does not say what happens when nobody pays.'
        yield "silence", message, "Write `silence: stop`."
    if is_first:
        message = f'money is asked in "{step.state}" before anybody has looked at the dossier.'
        yield "pay", message, "Put a state of the desk before it."
    if step.may or step.ask or step.together or step.shows:
        message = f'in the paying state "{step.state}" something else is done as well.'
        yield "may", message, "Take `may`, `ask`, `shows` and `together` away."
