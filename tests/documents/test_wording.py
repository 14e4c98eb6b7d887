"""Every sentence of this app exists in Vietnamese and French, with the same places to fill."""

import re
from pathlib import Path

import polib
import pytest
from django.utils.translation import override

from motcua import documents
from motcua.documents import words
from motcua.kernel.refusals import declared

PLACES = re.compile(r"%\((\w+)\)s")


def sentences() -> set[str]:
    said = [one.text for code, one in declared().items() if code.startswith("documents.")]
    tables = (words._VERDICTS, words._FINDINGS, words._STATES)
    said += [text for table in tables for text in table.values()]
    with override("en"):
        return {str(text) for text in [*said, *words.LIMITS]}


@pytest.mark.parametrize("language", ["vi", "fr"])
def test_every_sentence_is_translated(language: str) -> None:
    folder = Path(str(documents.__file__)).parent / "locale" / language / "LC_MESSAGES"
    known = {one.msgid: one.msgstr for one in polib.pofile(str(folder / "django.po"))}
    for sentence in sentences():
        assert known.get(sentence), sentence
        assert PLACES.findall(known[sentence]) == PLACES.findall(sentence)
