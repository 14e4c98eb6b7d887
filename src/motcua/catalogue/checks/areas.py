"""MC015: area codes (of fees, of examples) are in the pack."""

from collections.abc import Iterator
from typing import Any

from motcua.catalogue.checks.walk import asked
from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding, Place
from motcua.catalogue.rules.procedure import Procedure

RULE = "MC015"
TITLE = "An unknown area"


def check(pack: Pack) -> Iterator[Finding]:
    for file, procedure in pack.compiled():
        for place, code in _codes(procedure):
            if code not in pack.area_codes:
                message = f'no area has the code "{code}".'
                fix = "Use a code of areas/*.csv, in quotes."
                yield file.finding(RULE, place, message, fix=fix)


def _codes(procedure: Procedure) -> Iterator[tuple[Place, str]]:
    for index, fee in enumerate(procedure.fees):
        if fee.province:
            yield ("fee", index, "province"), fee.province
    fields = [field for _, field in asked(procedure) if field.kind in {"area", "address"}]
    for number, example in enumerate(procedure.examples):
        answers = example.get("answers")
        for field in fields:
            value: Any = answers.get(field.field) if isinstance(answers, dict) else None
            code = value.get("area") if isinstance(value, dict) else value
            if code is not None:
                yield ("examples", number, "answers", field.field), str(code)
