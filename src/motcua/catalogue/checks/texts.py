"""MC005: every text is there in each language of the pack."""

from collections.abc import Iterator

from motcua.catalogue.checks.walk import texts
from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding

RULE = "MC005"
TITLE = "A text is not translated"


def check(pack: Pack) -> Iterator[Finding]:
    for file in pack.services:
        for place, text in texts(file.data):
            if missing := _missing(pack, text):
                message = f"{'.'.join(map(str, place))} has no {missing}."
                yield file.finding(RULE, place, message, fix="Add the missing language.")
    for part in pack.parts.values():
        for place, text in texts(part.words):
            if missing := _missing(pack, text):
                message = f"{'.'.join(map(str, place))} has no {missing}."
                yield part.finding(RULE, place, message, fix="Add the missing language.")
    for index, reason in enumerate(pack.shared.reasons):
        title = reason.get("title")
        if missing := _missing(pack, title if isinstance(title, dict) else {}):
            message = f"{index}.title of the reason {reason.get('code')} has no {missing}."
            fix = "Add the missing language."
            yield Finding(rule=RULE, file="reasons.yaml", line=1, message=message, fix=fix)


def _missing(pack: Pack, text: dict[str, object]) -> str:
    return ", ".join(lang for lang in pack.languages if not text.get(lang))
