"""`motcua demo`: a living country on this machine, from nothing to a page in a browser."""

import os
import time
from argparse import ArgumentParser
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from motcua.project.postgres import Cluster
from motcua.project.processes import (
    gateway_command,
    run_together,
    web_command,
    worker_command,
)
from motcua.project.setup import set_up


class Command(BaseCommand):
    help = "Set up and run the demo country; --stop stops its PostgreSQL."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--stop", action="store_true", help="stop the demo's PostgreSQL")
        parser.add_argument("--set-up-only", action="store_true", help="do not serve")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("DATABASE_URL is set: the demo only makes its own database.")
        cluster = Cluster(settings.STATE / "postgres")
        if options["stop"]:
            cluster.stop()
            return
        self._started = time.monotonic()
        try:
            self._prepare(cluster)
            if not options["set_up_only"]:
                self._serve(options["host"], options["port"])
        finally:
            cluster.stop()

    def _prepare(self, cluster: Cluster) -> None:
        from motcua.project.demo import country

        self._tell("PostgreSQL")
        cluster.ensure().create_database("motcua")
        set_up(self._tell)
        country.make(self._tell)

    def _serve(self, host: str, port: int) -> None:
        from motcua.project.demo import debts, keys, people

        self._tell("Ready")
        self.stdout.write(people.welcome(f"http://localhost:{port}"))
        self.stdout.write(debts.hints())
        self.stdout.write(keys.hints(f"http://localhost:{port}"))
        # Every process must name the same addresses, in links, notices and returns.
        os.environ.setdefault("MOTCUA_ORIGIN", f"http://localhost:{port}")
        gateway = urlsplit(settings.MOTCUA_GATEWAY_URL)
        notify_url = f"{os.environ['MOTCUA_ORIGIN']}/pay/notice/sandbox/"
        self.stdout.write(f"  The sandbox payment gateway: {gateway.geturl()}\n")
        self.stdout.flush()
        run_together(
            [
                web_command(host, port),
                worker_command(),
                gateway_command(gateway.port or 80, notify_url),
            ]
        )

    def _tell(self, text: str) -> None:
        self.stdout.write(f"  {time.monotonic() - self._started:5.1f} s  {text}")
        self.stdout.flush()
