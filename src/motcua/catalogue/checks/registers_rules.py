"""MC080: the quality rules of registers are right expressions over the values of their fact."""

from collections.abc import Iterator

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding
from motcua.kernel.conditions import ConditionFault, compile_condition
from motcua.registers.rules.quality import CEL_KINDS

RULE = "MC080"
TITLE = "A quality rule of a register is wrong"


def check(pack: Pack) -> Iterator[Finding]:
    for file in pack.register_files:
        for kind in file.register.facts if file.register else ():
            names = {field.field: CEL_KINDS.get(field.kind, "string") for field in kind.fields}
            for field in kind.fields:
                if not field.must:
                    continue
                place = ("facts", kind.fact, "fields", field.field, "must")
                try:
                    rule = compile_condition(field.must, {**names, "today": "date"})
                except ConditionFault as fault:
                    message = f"{fault.what}"
                    fix = f"Names are: {', '.join(names)}, today."
                    yield file.finding(RULE, place, message, fix=fix)
                    continue
                if field.field not in {path.partition(".")[0] for path in rule.paths}:
                    message = f'the rule of "{field.field}" does not look at it.'
                    fix = "Write the rule at the field that it judges."
                    yield file.finding(RULE, place, message, fix=fix)
