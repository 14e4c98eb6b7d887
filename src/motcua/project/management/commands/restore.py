"""`motcua restore FOLDER`: a backup into the configured, empty database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.project.backup import BackupFault, check_backup, restore_backup


class Command(BaseCommand):
    help = "Restore a backup into an empty database; --check only checks it."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--check", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            (check_backup if options["check"] else restore_backup)(options["folder"])
        except BackupFault as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write("The backup is complete." if options["check"] else "Restored.")
