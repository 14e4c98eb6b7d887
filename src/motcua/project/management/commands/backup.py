"""`motcua backup FOLDER`: the database, the files and the keys, with checksums."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.project.backup import BackupFault, make_backup


class Command(BaseCommand):
    help = "Write a backup into a new folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["folder"].exists():
            raise CommandError(f"{options['folder']} exists already: name a new folder.")
        try:
            make_backup(options["folder"])
        except BackupFault as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"The backup is in {options['folder']}. It holds keys: keep it safe.")
