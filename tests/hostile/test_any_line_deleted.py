"""A pack file from which any one line was lost: findings with a remedy, or still a valid pack."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.catalogue.api import Pack
from motcua.catalogue.checks import check
from tests.catalogue.conftest import copy, pack, seeded

__all__ = ["copy", "pack"]
SERVICE = "services/identity/former-id-confirmation.yaml"
SHARED = "pages/applicant.yaml"


def without_each_line(text: str) -> Iterator[tuple[int, str]]:
    lines = text.splitlines(keepends=True)
    for number in range(len(lines)):
        yield number + 1, "".join(lines[:number] + lines[number + 1 :])


def test_each_line_of_a_service_can_be_lost_without_a_crash(copy: Path, pack: Pack) -> None:
    file = copy / SERVICE
    silent = 0
    for number, text in without_each_line(file.read_text(encoding="utf-8")):
        file.write_text(text, encoding="utf-8")
        spoilt = seeded(copy, pack)
        spoilt.__dict__["services"] = (spoilt._service(file),)
        findings = list(check(spoilt))
        assert all(found.message and found.fix for found in findings), number
        assert all(1 <= found.line <= text.count("\n") + 1 for found in findings), number
        silent += not findings
    assert silent < 90  # a hint, an option, a note may go; most lines may not


@pytest.mark.parametrize(("name", "step"), [("pack.yaml", 2), (SHARED, 1), ("bodies.yaml", 12)])
def test_lines_of_a_shared_file_can_be_lost_without_a_crash(
    name: str, step: int, copy: Path, pack: Pack
) -> None:
    file = copy / name
    for number, text in [*without_each_line(file.read_text(encoding="utf-8"))][::step]:
        file.write_text(text, encoding="utf-8")
        spoilt = seeded(copy, pack)
        for read in ("country", "languages", "shared", "roles", "body_kinds"):
            spoilt.__dict__.pop(read, None)
        spoilt.__dict__["services"] = pack.services[:1]
        assert all(found.message and found.fix for found in check(spoilt)), number
