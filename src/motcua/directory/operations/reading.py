"""Reads the files of a pack that describe the state."""

import hashlib
from pathlib import Path

from motcua.directory.rules.calendars import plan_calendars
from motcua.directory.rules.pack import Source
from motcua.kernel.packs import read_csv, read_yaml
from motcua.kernel.working_time import WorkingCalendar

_FILES = (
    "pack.yaml", "bodies.yaml", "bodies.csv", "calendars.yaml", "holidays.csv", "roles.yaml",
    "competences.csv", "areas/provinces_before.csv", "areas/provinces.csv", "areas/communes.csv",
)  # fmt: skip


def fingerprint(pack: Path) -> str:
    """Of the pack's directory files and of the rules that plan from them: same print, same plan."""
    rules = sorted((Path(__file__).parents[1] / "rules").glob("*.py"))
    digest = hashlib.sha256()
    for file in (*(pack / name for name in _FILES), *rules):
        digest.update(file.name.encode())
        digest.update(file.read_bytes() if file.exists() else b"")
    return digest.hexdigest()


def read_source(pack: Path) -> Source:
    """The directory part of a pack; PackFault when a file cannot be read."""
    areas = pack / "areas"
    delegations = pack / "competences.csv"
    return Source(
        country=read_yaml(pack / "pack.yaml")[0],
        bodies=read_yaml(pack / "bodies.yaml")[0],
        provinces=read_csv(areas / "provinces_before.csv") + read_csv(areas / "provinces.csv"),
        communes=read_csv(areas / "communes.csv"),
        national=read_csv(pack / "bodies.csv"),
        delegations=read_csv(delegations) if delegations.exists() else [],
        calendars=read_yaml(pack / "calendars.yaml")[0],
        holidays=read_csv(pack / "holidays.csv"),
        roles=read_yaml(pack / "roles.yaml")[0],
    )


def read_calendars(pack: Path) -> dict[str, WorkingCalendar]:
    """The working calendars of a pack by name, without a database (for the pack's own tests)."""
    return plan_calendars(read_source(pack))
