"""The files of a pack that declare registers and duties, with the line of each place."""

from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from motcua.catalogue.rules.compile import plain
from motcua.catalogue.rules.findings import Finding, Level, Place
from motcua.kernel.packs import Lines, PackFault, read_yaml
from motcua.registers.rules.compile import compile_duties, compile_register
from motcua.registers.rules.declaration import Duty, Register

REGISTERS, DUTIES = "registers", "duties.yaml"


class DeclaredFile(Struct, kw_only=True):
    """A file as it is: its words, the line of each place, and what keeps it from being used."""

    name: str  # relative to the pack: "registers/population.yaml"
    data: Any = None
    lines: Lines = {}
    unreadable: PackFault | None = None
    fault: str = ""

    def line(self, place: Place) -> int:
        """The line of a place, or of the nearest one around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def finding(
        self, rule: str, place: Place, message: str, *, fix: str, level: Level = "error"
    ) -> Finding:
        """What is wrong with a place of the file."""
        return Finding(
            rule=rule, file=self.name, line=self.line(place), message=message, fix=fix, level=level
        )


class RegisterFile(DeclaredFile, kw_only=True):
    """One register: None if its words do not compile."""

    register: Register | None = None
    format_errors: tuple[Any, ...] | None = None  # what the schema has against it, once looked at


class DutiesFile(DeclaredFile, kw_only=True):
    """The duties of the pack, by name."""

    duties: dict[str, Duty] = {}


def register_files(root: Path) -> tuple[RegisterFile, ...]:
    """The registers of a pack, in the order of their names."""
    return tuple(_register(root, path) for path in sorted((root / REGISTERS).glob("*.yaml")))


def duties_file(root: Path) -> DutiesFile:
    """The duties of a pack; an empty file where it has none."""
    file = DutiesFile(name=DUTIES, data={})
    if (root / DUTIES).exists():
        _read(file, root)
        try:
            file.duties = compile_duties(file.data)
        except (msgspec.ValidationError, AttributeError, TypeError) as error:
            file.fault = str(error)
    return file


def _register(root: Path, path: Path) -> RegisterFile:
    file = RegisterFile(name=path.relative_to(root).as_posix())
    _read(file, root)
    if file.unreadable is None:
        try:
            file.register = compile_register(file.data)
        except (msgspec.ValidationError, AttributeError, TypeError, ValueError) as error:
            file.fault = str(error)
    return file


def _read(file: DeclaredFile, root: Path) -> None:
    try:
        data, file.lines = read_yaml(root / file.name)
    except PackFault as fault:
        file.unreadable = fault
        file.data = {}
    else:
        file.data = plain(data)
