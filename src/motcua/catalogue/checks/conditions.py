"""MC010: every condition is an expression over known fields, of fitting kinds, true or false."""

from collections.abc import Iterator

from motcua.catalogue.checks.walk import sources
from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.answers import names_of
from motcua.catalogue.rules.findings import Finding
from motcua.kernel.conditions import ConditionFault, compile_condition

RULE = "MC010"
TITLE = "A condition cannot be used"
_FIX = 'Compare with == or !=, put text in quotes, join with && or ||: a.kind == "other".'


def check(pack: Pack) -> Iterator[Finding]:
    for file, procedure in pack.compiled():
        names = names_of(procedure)
        for place, source in sources(procedure):
            if not source:
                continue
            try:
                compile_condition(source, names)
            except ConditionFault as fault:
                message = f"`{source[:80]}` at character {fault.column}: {fault.what}."
                yield file.finding(RULE, place, message, fix=_FIX)
