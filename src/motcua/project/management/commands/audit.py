"""`motcua audit`: prove that what the database holds is what the engine would have written."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.project.audit import invariants, samples
from motcua.project.audit.shapes import Finding

SAMPLE = 20_000


class Command(BaseCommand):
    help = "Check the invariants of all dossiers, tasks, codes, papers and acts; changes nothing."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--sample", type=int, default=SAMPLE, help="how many dossiers the engine reads"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        broken = 0
        for finding in self._findings(options["sample"]):
            broken += finding.broken > 0
            self.stdout.write(f"{'broken' if finding.broken else 'holds':>6}  {finding.says}")
            if finding.broken:
                self.stdout.write(f"        {finding.broken} rows: {', '.join(finding.first)} ...")
        if broken:
            raise CommandError(f"{broken} invariants are broken.")

    def _findings(self, sample: int) -> Iterator[Finding]:
        yield from invariants.findings()
        yield from samples.findings(sample)
