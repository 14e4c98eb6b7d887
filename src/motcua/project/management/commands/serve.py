"""`motcua serve`: the web process (behind a reverse proxy in production)."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from motcua.project.processes import web_command


class Command(BaseCommand):
    help = "Serve HTTP."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *_args: Any, **options: Any) -> None:
        command = web_command(options["host"], options["port"])
        os.execv(command[0], command)  # noqa: S606 - our own command, no shell
