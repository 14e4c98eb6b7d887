"""Every "no" of this room has a sentence, and every sentence is said somewhere."""

import re
from pathlib import Path

from motcua import dossiers
from motcua.dossiers.refusal_texts import DOSSIERS, DRAFTS
from motcua.kernel.refusals import declared

SOURCES = Path(dossiers.__file__).parent


def said() -> set[str]:
    text = "".join(path.read_text() for path in SOURCES.rglob("*.py") if "refusal" not in path.name)
    return set(re.findall(r'(?:Refusal\(\s*|code=)"(dossiers\.[a-z-]+)"', text))


def test_every_refusal_has_a_sentence() -> None:
    assert said() - set(declared()) == set()


def test_no_sentence_of_the_shell_is_left_over() -> None:
    assert set(DRAFTS | DOSSIERS) - said() == set()
