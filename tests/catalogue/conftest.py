"""The pack of the country, compiled once, and copies of it to spoil."""

import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from motcua.catalogue.api import Finding, Pack, Procedure
from motcua.catalogue.checks import RULES, conditions, schema
from motcua.catalogue.packs import ServiceFile
from motcua.catalogue.rules.compile import compile_procedure
from motcua.kernel.packs import pack_root

# What checks of a service need, but no test changes: read once.
KEPT = (
    "country", "languages", "shared", "roles", "body_kinds", "body_codes", "area_levels",
    "area_codes", "once_only", "calendar_years", "papers", "paper_names", "values", "fee_tables",
    "register_files", "registers", "duties", "once_only_rows", "elsewhere", "databases",
)  # fmt: skip

# They look at each file alone, and the others were not touched.
SLOW = (schema, conditions)


def seeded(root: Path, pack: Pack) -> Pack:
    """A pack in another folder that need not read again what no test changes."""
    other = Pack(root)
    other.__dict__ |= {name: getattr(pack, name) for name in KEPT}
    return other


def spoilt_services(spoilt: Pack, pack: Pack) -> tuple[ServiceFile, ...]:
    """The services of `pack`, compiled with the shared pages and reasons of `spoilt`."""
    del spoilt.__dict__["shared"]
    files = []
    for file in pack.services:
        procedure, faults = compile_procedure(file.data, spoilt.shared)
        changed = {"procedure": procedure, "faults": faults}
        files.append(msgspec.structs.replace(file, **changed))
    return tuple(files)


@pytest.fixture(scope="session")
def pack() -> Pack:
    return Pack(pack_root())


@pytest.fixture(scope="session")
def services(pack: Pack) -> dict[str, Procedure]:
    return {procedure.service: procedure for _, procedure in pack.compiled()}


@pytest.fixture(scope="session")
def birth(services: dict[str, Procedure]) -> Procedure:
    return services["birth-registration"]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the pack."""
    return shutil.copytree(pack_root(), tmp_path / "pack")


@pytest.fixture
def spoil(copy: Path, pack: Pack) -> Callable[..., list[Finding]]:
    """Replace words in one service of a copy, and check the copy."""

    def run(service: str, *changes: tuple[str, str]) -> list[Finding]:
        path = next((copy / "services").rglob(f"{service}.yaml"))
        text = path.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
        spoilt = seeded(copy, pack)
        others = [f for f in pack.services if not f.name.endswith(f"/{service}.yaml")]
        spoilt.__dict__["services"] = (*others, spoilt._service(path))
        alone = seeded(copy, pack)
        alone.__dict__["services"] = (spoilt.services[-1],)
        return sorted(
            {one for rule in RULES for one in rule.check(alone if rule in SLOW else spoilt)}
        )

    return run
