"""`python -m benchmarks [fill]`: all measurements, or only the databases that they need."""

import sys
import time

from benchmarks import ground


def main() -> None:
    started = time.monotonic()

    def tell(text: str) -> None:
        print(f"  {time.monotonic() - started:6.1f} s  {text}", flush=True)

    ground.prepare()
    try:
        from benchmarks import fill, world

        world.ensure(tell)
        fill.ensure("bench_10k", 10_000, tell)
        if "fill" in sys.argv:
            fill.ensure("bench_1m", 1_000_000, tell)
        tell("world")
    finally:
        ground.stop()


if __name__ == "__main__":
    main()
