"""The processes of an installation: web and worker; the demo starts the sandbox gateway too."""

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import FrameType

BIN = Path(sys.executable).parent
WEB_PROCESSES = 2
WEB_THREADS = 4


def web_command(host: str, port: int) -> list[str]:
    """The command that serves HTTP with granian: threads suit Django better than its async path."""
    return [
        str(BIN / "granian"), "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(WEB_PROCESSES), "--blocking-threads", str(WEB_THREADS),
        "--no-ws", "--log-level", "warning", "--respawn-failed-workers",
        "motcua.project.wsgi:application",
    ]  # fmt: skip


def worker_command() -> list[str]:
    return [str(BIN / "motcua"), "worker"]


def gateway_command(port: int, notify_url: str) -> list[str]:
    """The sandbox gateway of the demo: a process of its own, as somebody else's system is."""
    return [
        str(BIN / "motcua"), "sandbox-gateway", "--port", str(port), "--notify", notify_url,
    ]  # fmt: skip


def run_together(commands: list[list[str]]) -> int:
    """Run the processes until one ends or somebody presses Ctrl-C; then end them all."""
    running = [subprocess.Popen(command) for command in commands]
    stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    while not stopping.is_set() and all(process.poll() is None for process in running):
        stopping.wait(0.5)
    for process in running:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + 10
    for process in running:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
    return 0 if stopping.is_set() else 1
