"""MC012: first answers come from facts that are known about the applicant or the business."""

from collections.abc import Iterator

from motcua.catalogue.checks.walk import asked
from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding

RULE = "MC012"
TITLE = "A prefill names an unknown fact"
FACTS = {
    "applicant.full_name": {"person-name", "text"},
    "applicant.personal_number": {"personal-number"},
    "applicant.phone": {"phone"},
    "applicant.email": {"email"},
    "applicant.born_on": {"date"},
    "applicant.address": {"address"},
    "applicant.address.area": {"area"},
    "business.name": {"text"},
    "business.number": {"text"},
}


def check(pack: Pack) -> Iterator[Finding]:
    for file, procedure in pack.compiled():
        for place, field in asked(procedure):
            if not field.prefill:
                continue
            kinds = FACTS.get(field.prefill)
            if kinds is None:
                message = f'nothing is known under "{field.prefill}".'
                fix = f"Use one of: {', '.join(FACTS)}."
                yield file.finding(RULE, (*place, "prefill"), message, fix=fix)
            elif field.kind not in kinds:
                message = f'"{field.prefill}" does not fit a question of kind {field.kind}.'
                fix = f"Make the question {' or '.join(sorted(kinds))}."
                yield file.finding(RULE, (*place, "prefill"), message, fix=fix)
