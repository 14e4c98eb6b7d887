"""An expected "no": a stable code, parameters and a translatable sentence.

Bugs are other exceptions, which nobody catches. One mapper in `web.shell` turns a Refusal into a
page and (later) into problem+json. Sentences are declared by each app in its `refusals.py`.
"""

from collections.abc import Mapping
from typing import Any

import msgspec


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One fault of a form: where (`child.born_on`), which code, and what fills the sentence."""

    path: str
    code: str
    params: dict[str, Any] = {}
    text: dict[str, str] = {}  # a ready sentence in each language, when a pack wrote it


class Refusal(Exception):
    """`Refusal("dossiers.taken-by-other", who="Trần Thị Bích")`; `problems` for whole forms."""

    def __init__(self, code: str, /, problems: tuple[Problem, ...] = (), **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
        self.problems = problems

    def __str__(self) -> str:
        faults = "".join(f" [{p.path}: {p.code}]" for p in self.problems)
        return f"{self.code} {self.params}{faults}"


class Sentence(msgspec.Struct, frozen=True):
    """What a code says to a reader, and the HTTP status that carries it."""

    text: Any  # a lazy translation with %(name)s places
    status: int = 409


_sentences: dict[str, Sentence] = {}


def declare(sentences: Mapping[str, Sentence]) -> None:
    """Register the sentences of an app; called once, when the app is ready."""
    for code, sentence in sentences.items():
        if _sentences.setdefault(code, sentence) is not sentence:
            raise ValueError(f"refusal code declared twice: {code}")


def sentence_of(code: str) -> Sentence:
    """The sentence of `code`; an undeclared code is a bug (KeyError)."""
    return _sentences[code]


def declared() -> Mapping[str, Sentence]:
    """All codes, for the generated documentation and the test that holds it."""
    return _sentences
