"""MC010: every expression is over known fields, of fitting kinds, and gives what is wanted."""

from collections.abc import Iterator

from motcua.catalogue.checks.walk import sources
from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding
from motcua.kernel.conditions import ConditionFault, compile_condition

RULE = "MC010"
TITLE = "A condition cannot be used"
_FIX = 'Compare with == or !=, put text in quotes, join with && or ||: a.kind == "other".'

_WHOLE = "Amounts and numbers are whole: divide last (a * 45 / 1000), without decimals."


def check(pack: Pack) -> Iterator[Finding]:
    for file, procedure in pack.compiled():
        for source in sources(procedure):
            wanted = "bool" if source.gives == "bool" else ""
            try:
                given = compile_condition(source.text, source.names, gives=wanted).gives
            except ConditionFault as fault:
                message = f"`{source.text[:80]}` at character {fault.column}: {fault.what}."
                yield file.finding(RULE, source.place, message, fix=_FIX)
                continue
            if given not in (source.gives, "dyn"):
                message = f"`{source.text[:80]}` gives a value of kind {given}, not {source.gives}."
                yield file.finding(RULE, source.place, message, fix=_WHOLE)
