"""`motcua sandbox-gateway`: a payment gateway and a bank to try things with."""

import signal
import threading
from argparse import ArgumentParser
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from motcua.project.sandbox.server import serve


class Command(BaseCommand):
    help = "Run the sandbox payment gateway: a separate process that moves no money."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8101)
        parser.add_argument("--folder", default=str(settings.STATE / "sandbox"))
        parser.add_argument(
            "--notify",
            default=f"{settings.MOTCUA_ORIGIN}/pay/notice/sandbox/",
            help="where notices of bank transfers go",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.MOTCUA_GATEWAY_SECRET:
            raise CommandError("Set MOTCUA_GATEWAY_SECRET: both sides sign with it.")
        stop = threading.Event()

        def told_to_stop(_number: int, _frame: FrameType | None) -> None:
            stop.set()

        signal.signal(signal.SIGTERM, told_to_stop)
        signal.signal(signal.SIGINT, told_to_stop)
        self.stdout.write(f"The sandbox gateway is at http://{options['host']}:{options['port']}")
        serve(
            Path(options["folder"]),
            host=options["host"],
            port=options["port"],
            secret=settings.MOTCUA_GATEWAY_SECRET,
            notify_url=options["notify"],
            stop=stop,
        )
