"""`motcua worker`: does the jobs and the periodic duties until it is told to stop."""

import signal
import threading
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand

from motcua.kernel import jobs


class Command(BaseCommand):
    help = "Do background jobs and periodic duties until stopped."

    def handle(self, *_args: Any, **_options: Any) -> None:
        stop = threading.Event()

        def told_to_stop(_number: int, _frame: FrameType | None) -> None:
            stop.set()

        signal.signal(signal.SIGTERM, told_to_stop)
        signal.signal(signal.SIGINT, told_to_stop)
        jobs.work(stop)
