"""What a check of a pack says: which rule, where, what is wrong and what to do."""

from typing import Literal

from msgspec import Struct

Level = Literal["error", "warning"]
Place = tuple[str | int, ...]  # keys and indexes that lead to a place of a file


class Fault(Struct, frozen=True, kw_only=True):
    """What keeps a definition from being compiled, and where in the file."""

    place: Place
    message: str


class Finding(Struct, frozen=True, kw_only=True, order=True):
    """`file` is relative to the pack; `line` counts from 1."""

    file: str
    line: int
    rule: str
    message: str
    fix: str
    level: Level = "error"

    def __str__(self) -> str:
        return (
            f"{self.file}:{self.line}: {self.level} {self.rule}: {self.message} {self.fix}".strip()
        )


Findings = tuple[Finding, ...]


def errors(findings: Findings) -> Findings:
    """Those that keep a pack from being loaded."""
    return tuple(finding for finding in findings if finding.level == "error")
