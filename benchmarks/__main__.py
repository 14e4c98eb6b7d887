"""`python -m benchmarks [fill|submit|lifecycle|lists|pages|...]`: all parts, or some.
PERSONS sets the size of the population of the registers' parts."""

import os
import sys
import time
from collections.abc import Callable

from benchmarks import ground

PARTS = ("submit", "lifecycle", "lists", "pages")
REGISTERS = ("registers-load", "registers-search", "registers-read")
PERSONS = int(os.environ.get("PERSONS") or (100_000 if ground.QUICK else 1_000_000))
SMALL, LARGE = "bench_10k", "bench_1m"


def main() -> None:
    chosen = sys.argv[1:] or [*PARTS, *REGISTERS]
    started = time.monotonic()

    def tell(text: str) -> None:
        print(f"  {time.monotonic() - started:6.1f} s  {text}", flush=True)

    ground.prepare()
    try:
        _registers([part for part in chosen if part in REGISTERS], tell)
        if set(chosen) <= set(REGISTERS):
            return
        from benchmarks import fill, world

        world.ensure(tell)
        large = LARGE
        if ground.QUICK and not ground.exists(LARGE):
            large = "bench_100k"  # a quick run makes no million, and takes it where it is
        fill.ensure("bench_empty", 0, tell)
        fill.ensure(SMALL, 10_000, tell)
        fill.ensure(large, 100_000 if large != LARGE else 1_000_000, tell)
        if chosen == ["fill"]:
            _audit(large)
        else:
            _measure(chosen, large)
    finally:
        ground.stop()


def _registers(chosen: list[str], tell: Callable[[str], None]) -> None:
    from benchmarks import registers_load, registers_read, registers_search, report

    if "registers-load" in chosen:
        registers_load.measure(PERSONS, tell)
    if "registers-search" in chosen:
        registers_search.measure(PERSONS, tell)
    if "registers-read" in chosen:
        registers_load.ensure(PERSONS, tell)
        registers_read.measure([registers_load.name_of(PERSONS)])
    if chosen:
        report.save()


def _audit(name: str) -> None:
    from django.core.management import call_command

    from benchmarks import world

    ground.use(name)
    world.set_up(lambda _text: None)
    call_command("audit")


def _measure(chosen: list[str], large: str) -> None:
    from benchmarks import lifecycle, lists, pages, report, submit, world

    for name in ("bench_empty", SMALL, large):
        ground.use(name)
        world.set_up(lambda _text: None)  # the code may have gone on since the filling
    if "submit" in chosen:
        submit.measure("bench_empty")
    if "lifecycle" in chosen:
        lifecycle.measure("bench_empty")
        lifecycle.measure(large)
    if "lists" in chosen:
        lists.measure([SMALL, large])
    if "pages" in chosen:
        pages.measure(SMALL)
    report.save()


if __name__ == "__main__":
    main()
