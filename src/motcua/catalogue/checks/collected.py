"""MC031: a fee that may cost something is collected in a state where the applicant pays."""

from collections.abc import Iterator

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding
from motcua.catalogue.rules.levels import may_cost

RULE = "MC031"
TITLE = "A fee that nobody collects"
_STATE = "payment: {title: ..., who: applicant, within: 5 working days, pay: true, silence: stop}"


def check(pack: Pack) -> Iterator[Finding]:
    for file, procedure in pack.compiled():
        paying = procedure.paying()
        for index, fee in enumerate(procedure.fees):
            if fee.at and fee.at not in paying:
                message = f'"{fee.at}" is not a paying state of the route.'
                fix = f"Use one of: {', '.join(paying) or 'none yet'}; or take `at` away."
                yield file.finding(RULE, ("fee", index, "at"), message, fix=fix)
            elif may_cost(fee) and not paying:
                message = f'the fee "{fee.fee}" is never asked: no state of the route collects it.'
                fix = f"Add a state to the route, after the reception: {_STATE}"
                yield file.finding(RULE, ("fee", index), message, fix=fix)
