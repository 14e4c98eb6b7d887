"""A pack as it lies in its folder: every file read, every service compiled as far as possible.

Nothing here raises on a faulty file; what could not be read is kept beside it, for the checks.
"""

import hashlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from motcua.catalogue.parts import FILES, PAGES, Part, parts_of
from motcua.catalogue.register_files import (
    DutiesFile,
    RegisterFile,
    duties_file,
    register_files,
)
from motcua.catalogue.rules.compile import Shared, compile_procedure, fee_places, plain
from motcua.catalogue.rules.findings import Fault, Finding, Level, Place
from motcua.catalogue.rules.once_only import Database
from motcua.catalogue.rules.parts import home_of
from motcua.catalogue.rules.procedure import Procedure
from motcua.kernel.packs import Lines, PackFault, read_csv, read_yaml
from motcua.registers.rules.declaration import Register


class ServiceFile(Struct, kw_only=True):
    """One service: its words, the line of each place, and what they compile to (None if faulty)."""

    name: str  # relative to the pack: "services/identity/former-id-confirmation.yaml"
    data: Any = None
    lines: Lines = {}
    source: str = ""
    procedure: Procedure | None = None
    unreadable: PackFault | None = None
    faults: tuple[Fault, ...] = ()
    fee_places: tuple[int, ...] = ()  # where in the file each compiled line of `fees` is
    parts: dict[str, Part] = {}  # the shared parts of the pack

    def line(self, place: Place) -> int:
        """The line of a place, or of the nearest one around it.

        ("fee", 3) is the fourth line of the compiled fees, wherever its words are in the file.
        """
        if place[:1] == ("fee",):
            place = ("fees", self.fee_places[int(place[1])], *place[2:])
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def finding(
        self, rule: str, place: Place, message: str, *, fix: str, level: Level = "error"
    ) -> Finding:
        """What is wrong with a place: in this file, or in that of the shared part that holds it."""
        name, inner = home_of(self.data, place, {n: part.words for n, part in self.parts.items()})
        if name:
            return self.parts[name].finding(rule, inner, message, fix=fix, level=level)
        return self.own_finding(rule, place, message, fix=fix, level=level)

    def own_finding(
        self, rule: str, place: Place, message: str, *, fix: str, level: Level = "error"
    ) -> Finding:
        """What is wrong in this file, though a shared part says it: on the line that uses it."""
        return Finding(
            rule=rule, file=self.name, line=self.line(place), message=message, fix=fix, level=level
        )


class Pack:
    """The folder of a country. Attributes are read when first asked for."""

    def __init__(self, root: Path | str) -> None:
        self.root = Path(root)
        self.unreadable: dict[str, PackFault] = {}

    def yaml(self, name: str) -> Any:
        """The data of a file of the pack; {} if it is missing or faulty (then noted)."""
        return self._lined(name)[0]

    def _lined(self, name: str) -> tuple[Any, Lines]:
        """The data of a file and the line of each place in it."""
        try:
            data, lines = read_yaml(self.root / name)
        except PackFault as fault:
            self.unreadable[name] = fault
            return {}, {}
        return plain(data), lines

    def csv(self, name: str) -> list[dict[str, str]]:
        """The rows of a file of the pack; none if it is missing or faulty (then noted)."""
        try:
            return read_csv(self.root / name)
        except PackFault as fault:
            self.unreadable[name] = fault
            return []

    @cached_property
    def country(self) -> dict[str, Any]:
        return _mapping(self.yaml("pack.yaml"))

    @cached_property
    def languages(self) -> tuple[str, ...]:
        languages = self.country.get("languages")
        return tuple(map(str, languages)) if isinstance(languages, list) else ()

    @cached_property
    def shared(self) -> Shared:
        reasons = self.yaml("reasons.yaml") if (self.root / "reasons.yaml").exists() else []
        listed = reasons if isinstance(reasons, list) else []
        return Shared(
            parts={name: part.words for name, part in self.parts.items()},
            reasons=tuple(r for r in listed if isinstance(r, dict)),
            values=self.values,
            tables=self.fee_tables,
            once_only=self.once_only,
            databases=self.databases,
        )

    @cached_property
    def values(self) -> dict[str, Any]:
        """The dated values of the pack; {} when it has none."""
        there = (self.root / "values.yaml").exists()
        return _mapping(self.yaml("values.yaml")) if there else {}

    @cached_property
    def fee_tables(self) -> dict[str, list[dict[str, str]]]:
        """The tables of fees by name."""
        files = sorted((self.root / "fees").glob("*.csv"))
        return {path.stem: self.csv(f"fees/{path.name}") for path in files}

    @cached_property
    def parts(self) -> dict[str, Part]:
        """What services share by name: pages, papers, questions and states."""
        parts: dict[str, Part] = {}
        for path in sorted((self.root / PAGES).glob("*.yaml")):
            name, file = f"{PAGES}/{path.stem}", f"{PAGES}/{path.name}"
            words, lines = self._lined(file)
            parts[name] = Part(name=name, words=words, file=file, lines=lines)
        for kind in FILES:
            if (self.root / f"{kind}.yaml").exists():
                words, lines = self._lined(f"{kind}.yaml")
                parts |= parts_of(kind, f"{kind}.yaml", words, lines=lines)
        return parts

    @cached_property
    def services(self) -> tuple[ServiceFile, ...]:
        return tuple(self._service(p) for p in sorted((self.root / "services").rglob("*.yaml")))

    def _service(self, path: Path) -> ServiceFile:
        name = path.relative_to(self.root).as_posix()
        try:
            data, lines = read_yaml(path)
        except PackFault as fault:
            return ServiceFile(name=name, unreadable=fault)
        procedure, faults = compile_procedure(data, self.shared)
        return ServiceFile(
            name=name,
            data=plain(data),
            lines=lines,
            source=path.read_text(encoding="utf-8-sig"),
            procedure=procedure,
            faults=faults,
            fee_places=fee_places(plain(data), self.shared),
            parts=self.parts,
        )

    @cached_property
    def roles(self) -> dict[str, tuple[str, ...]]:
        """Role -> permissions."""
        roles = _mapping(self.yaml("roles.yaml"))
        return {name: _permissions(role) for name, role in roles.items()}

    @cached_property
    def body_kinds(self) -> frozenset[str]:
        kinds = _mapping(_mapping(self.yaml("bodies.yaml")).get("kinds"))
        return frozenset(kinds) | {row.get("kind", "") for row in self.csv("bodies.csv")}

    @cached_property
    def body_codes(self) -> frozenset[str]:
        return frozenset(row.get("code", "") for row in self.csv("bodies.csv"))

    @cached_property
    def area_codes(self) -> frozenset[str]:
        return frozenset(self.area_levels)

    @cached_property
    def area_levels(self) -> dict[str, str]:
        """Area code -> "province" or "commune"."""
        provinces = self.csv("areas/provinces_before.csv") + self.csv("areas/provinces.csv")
        levels = {row.get("code", ""): "province" for row in provinces}
        return levels | dict.fromkeys(self.province_of_commune, "commune")

    @cached_property
    def province_of_commune(self) -> dict[str, str]:
        """Commune code -> province code."""
        rows = self.csv("areas/communes.csv")
        return {row.get("code", ""): row.get("parent_code", "") for row in rows}

    @cached_property
    def calendar_years(self) -> frozenset[int]:
        """The years whose public holidays are known."""
        days = (row.get("date", "")[:4] for row in self.csv("holidays.csv"))
        return frozenset(int(year) for year in days if year.isdigit())

    @cached_property
    def once_only_rows(self) -> tuple[dict[str, str], ...]:
        """The once-only table whole: what databases hold already (Resolution 66.7/2025)."""
        there = (self.root / "once_only.csv").exists()
        return tuple(self.csv("once_only.csv")) if there else ()

    @cached_property
    def once_only(self) -> Mapping[str, tuple[dict[str, str], ...]]:
        """National code of a procedure -> its rows of the once-only table."""
        held: dict[str, list[dict[str, str]]] = {}
        for row in self.once_only_rows:
            held.setdefault(row.get("tthc_code", ""), []).append(row)
        return {code: tuple(rows) for code, rows in held.items() if code}

    @cached_property
    def elsewhere(self) -> dict[str, str]:
        """Registers of the once-only table that nobody declares here -> their code in it."""
        return {str(k): str(v) for k, v in _mapping(self.country.get("elsewhere")).items()}

    @cached_property
    def register_files(self) -> tuple[RegisterFile, ...]:
        """The files that declare registers, faulty ones too."""
        return register_files(self.root)

    @cached_property
    def registers(self) -> dict[str, Register]:
        """The registers that the pack declares, by name; a faulty file is left out."""
        found = (file.register for file in self.register_files)
        return {one.register: one for one in found if one is not None}

    @cached_property
    def duties(self) -> DutiesFile:
        """The purposes other than procedures."""
        return duties_file(self.root)

    @cached_property
    def databases(self) -> dict[str, Database]:
        """What replaces papers: each register with its codes in the once-only table."""
        return {
            name: Database(title=one.title, codes=one.once_only)
            for name, one in self.registers.items()
        }

    @cached_property
    def papers(self) -> Mapping[str, str] | None:
        """Template name -> its text; None when the pack has no papers yet."""
        folder = self.root / "papers"
        if not folder.is_dir():
            return None
        return {p.stem: p.read_text(encoding="utf-8") for p in folder.glob("*.typ")}

    @cached_property
    def paper_names(self) -> dict[str, Any]:
        """Template name -> what the paper is called, in each language."""
        return {} if self.papers is None else _mapping(self.yaml("papers/papers.yaml"))

    def compiled(self) -> Iterator[tuple[ServiceFile, Procedure]]:
        """The services that compile."""
        for file in self.services:
            if file.procedure is not None:
                yield file, file.procedure


def digest_of(procedure: Procedure) -> str:
    """What identifies the content of a version, whatever its number and its comments."""
    content = msgspec.structs.replace(procedure, key="")
    return hashlib.sha256(msgspec.json.encode(content, order="deterministic")).hexdigest()


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _permissions(role: Any) -> tuple[str, ...]:
    permissions = _mapping(role).get("permissions")
    return tuple(map(str, permissions)) if isinstance(permissions, list) else ()
