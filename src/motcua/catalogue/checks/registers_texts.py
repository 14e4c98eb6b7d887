"""MC076: every text of a register and of the duties is there in each language of the pack."""

from collections.abc import Iterator

from motcua.catalogue.checks.walk import texts
from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding

RULE = "MC076"
TEXTS = {"title", "or"}
TITLE = "A text of a register lacks a language"


def check(pack: Pack) -> Iterator[Finding]:
    for file in (*pack.register_files, pack.duties):
        for place, text in texts(file.data):
            if place[-1] not in TEXTS or "kind" in text:  # a field may be called "note" or "title"
                continue
            missing = [one for one in pack.languages if not str(text.get(one) or "").strip()]
            if missing:
                message = f"not in: {', '.join(missing)}."
                yield file.finding(RULE, place, message, fix="Add the sentence in that language.")
