"""Lines of a table, each with its median and spread, on the screen and in .state/bench."""

import json
import statistics
import time
from collections.abc import Sequence

from benchmarks import ground

_rows: list[dict[str, object]] = []


def heading(text: str) -> None:
    print(f"\n{text}\n{'-' * len(text)}", flush=True)


def line(what: str, values: Sequence[float], unit: str, *, aim: str = "", digits: int = 2) -> None:
    """One figure, measured several times."""
    middle = statistics.median(values)
    spread = f"{min(values):,.{digits}f} .. {max(values):,.{digits}f}" if len(values) > 1 else ""
    print(f"  {what:<58} {middle:>10,.{digits}f} {unit:<12} {spread:<22} {aim}", flush=True)
    _rows.append({"what": what, "median": middle, "values": list(values), "unit": unit})


def note(text: str) -> None:
    print(f"  {text}", flush=True)


def save() -> None:
    """Keep the figures of this run beside the databases."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    (ground.STATE / f"figures-{stamp}.json").write_text(json.dumps(_rows, indent=1))
