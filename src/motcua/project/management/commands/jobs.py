"""`motcua jobs`: what waits, what failed, and trying dead jobs again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from motcua.kernel import jobs


class Command(BaseCommand):
    help = "Show open and dead jobs; --retry puts the dead ones back to work."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--retry", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["retry"]:
            self.stdout.write(f"{jobs.retry_dead()} dead jobs will be tried again.")
        for line in jobs.summary():
            self.stdout.write(
                f"{line['name']}: {line['open']} open, {line['dead']} dead"
                + (f" ({line['last_error']})" if line["last_error"] else "")
            )
