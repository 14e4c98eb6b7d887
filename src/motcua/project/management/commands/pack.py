"""`motcua pack check | test | new | diagram | paper | diff | load`: the files of a country."""

import re
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from typst import TypstError

from motcua.catalogue import api as catalogue
from motcua.directory.api import read_calendars
from motcua.documents import api as documents
from motcua.dossiers.rules.examples import Country, run_example
from motcua.dossiers.rules.registry import RULES
from motcua.kernel.clock import now
from motcua.kernel.packs import PackFault, pack_root
from motcua.kernel.refusals import Refusal, sentence_of
from motcua.project.example_paper import result_of


class Command(BaseCommand):
    help = "Check, test, draw and load the public services of a pack."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--pack", type=Path, default=None, help="folder that holds pack.yaml")
        verbs = parser.add_subparsers(dest="verb", required=True)
        check = verbs.add_parser("check", help="say what is wrong, with file, line and remedy")
        check.add_argument("--rules", action="store_true", help="list the rules instead")
        test = verbs.add_parser("test", help="run the examples through the engine")
        test.add_argument("service", nargs="*", help="only these services")
        new = verbs.add_parser("new", help="begin a service: new LIFE-EVENT SLUG")
        new.add_argument("life_event")
        new.add_argument("service")
        register = verbs.add_parser("new-register", help="begin a register: new-register SLUG")
        register.add_argument("register")
        diagram = verbs.add_parser("diagram", help="draw the route of a service")
        diagram.add_argument("service")
        diagram.add_argument("--text", action="store_true", help="plain text, not Mermaid")
        diagram.add_argument("--language", default="en")
        paper = verbs.add_parser("paper", help="draw the result of an example as a PDF")
        paper.add_argument("service")
        paper.add_argument("--example", type=int, default=1, help="which example: 1, 2, ...")
        paper.add_argument("--language", default="vi", help="the reader's language")
        paper.add_argument("--out", type=Path, default=None, help="file; SERVICE.pdf by default")
        diff = verbs.add_parser("diff", help="what the file changes against the loaded version")
        diff.add_argument("service")
        once = verbs.add_parser(
            "once-only", help="the papers of each service, and what replaces them"
        )
        once.add_argument("service", nargs="*", help="only these services")
        verbs.add_parser("load", help="make the services of the pack the ones in force")

    def handle(self, *_args: Any, **options: Any) -> None:
        with translation.override("en"):  # one language for all that this tool says
            self._run(options["pack"] or pack_root(), options)

    def _run(self, root: Path, options: dict[str, Any]) -> None:
        try:
            getattr(self, f"_{options['verb'].replace('-', '_')}")(root, options)
        except Refusal as refusal:
            raise CommandError(str(sentence_of(refusal.code).text) % refusal.params) from None
        except PackFault as fault:
            raise CommandError(str(fault)) from None

    def _check(self, root: Path, options: dict[str, Any]) -> None:
        if options["rules"]:
            for rule, title in catalogue.rules().items():
                self.stdout.write(f"{rule}  {title}")
            return
        findings = catalogue.check_pack(root)
        for finding in findings:
            self.stdout.write(str(finding))
        self.stdout.write(_of_the_table(root))
        faults = len(catalogue.errors(findings))
        self.stdout.write(f"{faults} errors, {len(findings) - faults} warnings")
        if faults:
            raise SystemExit(1)

    def _once_only(self, root: Path, options: dict[str, Any]) -> None:
        pack = catalogue.Pack(root)
        for procedure in _procedures(root, options["service"]):
            self.stdout.write(f"{procedure.service} {procedure.code}".rstrip())
            for one in catalogue.papers_of(pack, procedure):
                by = f"replaced by {one.by}" if one.by else "asked for"
                rows = f", row {', '.join(one.rows)}" if one.rows else ""
                self.stdout.write(f"    {by:28}{one.title}{rows}")
        self.stdout.write(_of_the_table(root))

    def _test(self, root: Path, options: dict[str, Any]) -> None:
        catalogue.check_pack(root)
        country = _country(root)
        count = failed = 0
        for procedure in _procedures(root, options["service"]):
            for example in procedure.examples:
                count += 1
                differences = run_example(procedure, example, country)
                failed += bool(differences)
                mark = "FAILED" if differences else "ok"
                self.stdout.write(f"{mark:7}{procedure.service}: {example['name']}")
                for difference in differences:
                    self.stdout.write(f"         {_explained(difference)}")
        self.stdout.write(f"{count} examples, {failed} failed")
        if failed or not count:
            raise SystemExit(1)

    def _new(self, root: Path, options: dict[str, Any]) -> None:
        path = catalogue.new_service(
            catalogue.Pack(root), options["life_event"], options["service"]
        )
        self.stdout.write(f"Written: {path}")
        self.stdout.write("Now: change it, then `motcua pack check` and `motcua pack test`.")

    def _new_register(self, root: Path, options: dict[str, Any]) -> None:
        path = catalogue.new_register(catalogue.Pack(root), options["register"])
        self.stdout.write(f"Written: {path}")
        self.stdout.write("Now: change it, then `motcua pack check`.")

    def _diagram(self, root: Path, options: dict[str, Any]) -> None:
        procedure = _one(root, options["service"])
        draw = catalogue.plain_text if options["text"] else catalogue.mermaid
        self.stdout.write(draw(procedure, options["language"]), ending="")

    def _paper(self, root: Path, options: dict[str, Any]) -> None:
        if root.resolve() != Path(pack_root()).resolve():
            raise CommandError(f"Papers are drawn from the pack in use only: {pack_root()}.")
        procedure, number = _one(root, options["service"]), options["example"]
        if procedure.pays is not None:
            raise CommandError("The service pays what is owed: a receipt is all that it issues.")
        if not 1 <= number <= len(procedure.examples):
            raise CommandError(f"The service has examples 1 to {len(procedure.examples)}.")
        said = result_of(catalogue.Pack(root), procedure, procedure.examples[number - 1])
        path = options["out"] or Path(f"{procedure.service}.pdf")
        template = procedure.outcome.issue
        try:
            path.write_bytes(
                documents.render_preview(template, {**said, "language": options["language"]})
            )
        except TypstError as fault:
            raise CommandError(f"papers/{template}.typ cannot be drawn: {fault}") from None
        self.stdout.write(f"Written: {path}")

    def _diff(self, root: Path, options: dict[str, Any]) -> None:
        procedure = _one(root, options["service"])
        loaded = catalogue.current(procedure.service, now().date())
        changes = catalogue.diff_versions(loaded, procedure)
        for change in changes:
            self.stdout.write(str(change))
        self.stdout.write(f"{len(changes)} changes against {loaded.key}")

    def _load(self, root: Path, _options: dict[str, Any]) -> None:
        loaded = catalogue.load_pack(root)
        for key in loaded.added:
            self.stdout.write(f"new       {key}")
        for key, changes in loaded.changed.items():
            self.stdout.write(f"changed   {key}: {'; '.join(map(str, changes))}")
        for service in loaded.withdrawn:
            self.stdout.write(f"withdrawn {service}")
        if loaded.is_unchanged:
            self.stdout.write("Nothing has changed.")


def _procedures(root: Path, services: list[str]) -> Iterator[catalogue.Procedure]:
    """The services of a folder that compile; PackFault or CommandError for those that do not."""
    for file in catalogue.Pack(root).services:
        if file.unreadable is not None:
            raise file.unreadable
        if file.procedure is None:
            raise CommandError(f"{file.name} does not compile; run `motcua pack check`.")
        if not services or file.procedure.service in services:
            yield file.procedure


def _one(root: Path, service: str) -> catalogue.Procedure:
    found = next(_procedures(root, [service]), None)
    if found is None:
        raise Refusal("catalogue.no-such-service", key=service)
    return found


def _country(root: Path) -> Country:
    """What the engine must know of the pack: calendars and areas, straight from the files."""
    calendars = read_calendars(root)
    pack = catalogue.Pack(root)
    default = calendars[str(pack.country.get("calendar", next(iter(calendars))))]
    levels = pack.area_levels
    provinces = pack.province_of_commune
    return Country(
        calendar=default,
        desk_calendar=default,
        area_level=lambda code: levels.get(code, ""),
        province_of=lambda code: provinces.get(code, code[:2]),
    )


def _explained(difference: str) -> str:
    """What came otherwise, with the sentence of a refusal after its code."""
    found = re.search(r"was refused: (\S+)", difference)
    if found is None:
        return difference
    code = found[1]
    if code == "dossiers.unknown-verb":
        said = f"There is no such action; `do` may be: {', '.join(sorted(RULES))}."
    else:
        said = str(sentence_of(code).text)
    return f"{difference}. {said}"


def _of_the_table(root: Path) -> str:
    """The once-only table in a sentence."""
    one = catalogue.once_only_summary(catalogue.Pack(root))
    missing = ", ".join(f"{code} ({rows} rows)" for code, rows in one.missing.items())
    return (
        f"once-only table: {one.rows} rows; {one.touching} of them name {one.services} services"
        f" of the pack; databases without a register: {missing or 'none'}"
    )
