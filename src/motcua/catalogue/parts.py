"""The shared parts of a pack as they lie in its folder, each with its file and its lines.

A page has a file of its own, `pages/mother.yaml`; papers, states and questions lie by name in
`evidence.yaml`, `states.yaml` and `questions.yaml`.
"""

from typing import Any

from msgspec import Struct

from motcua.catalogue.rules.findings import Finding, Level, Place
from motcua.kernel.packs import Lines

PAGES = "pages"
FILES = ("evidence", "questions", "states")


class Part(Struct, kw_only=True):
    """A part that services share: its name ("states/reception"), words, file and place there."""

    name: str
    words: Any
    file: str
    lines: Lines = {}
    at: Place = ()

    @property
    def kind(self) -> str:
        """The first half of its name: "pages", "evidence", "questions" or "states"."""
        return self.name.partition("/")[0]

    def finding(
        self, rule: str, place: Place, message: str, *, fix: str, level: Level = "error"
    ) -> Finding:
        """What is wrong with a place of the part, on its line or on the nearest one around it."""
        place = (*self.at, *place)
        while place and place not in self.lines:
            place = place[:-1]
        line = self.lines.get(place, 1)
        return Finding(rule=rule, file=self.file, line=line, message=message, fix=fix, level=level)


def parts_of(kind: str, file: str, words: Any, *, lines: Lines) -> dict[str, Part]:
    """The parts of a file that holds several of one kind, by name."""
    named = words if isinstance(words, dict) else {}
    return {
        f"{kind}/{name}": Part(
            name=f"{kind}/{name}", words=part, file=file, lines=lines, at=(name,)
        )
        for name, part in named.items()
    }
