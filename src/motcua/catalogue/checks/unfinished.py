"""MC006: texts that a scaffold left to be written."""

from collections.abc import Iterator

from motcua.catalogue.checks.walk import texts
from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding

RULE = "MC006"
TITLE = "A text is still to be written"
MARK = "TO WRITE"


def check(pack: Pack) -> Iterator[Finding]:
    for file in pack.services:
        for place, text in texts(file.data):
            if any(MARK in str(words) for words in text.values()):
                message = f"{'.'.join(map(str, place))} is still a placeholder."
                fix = "Write the text in every language."
                yield file.finding(RULE, place, message, fix=fix, level="warning")
