"""`python -m benchmarks [fill|submit|lifecycle|lists|pages ...]`: all measurements, or some."""

import sys
import time

from benchmarks import ground

PARTS = ("submit", "lifecycle", "lists", "pages")
SMALL, LARGE = "bench_10k", "bench_1m"


def main() -> None:
    chosen = sys.argv[1:] or list(PARTS)
    started = time.monotonic()

    def tell(text: str) -> None:
        print(f"  {time.monotonic() - started:6.1f} s  {text}", flush=True)

    ground.prepare()
    try:
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
