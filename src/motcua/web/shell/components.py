"""The shapes that components take, for views that want types; templates accept plain tuples too."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct


class Row(Struct, frozen=True, kw_only=True):
    """A line of a summary list. `url` is where "Change" leads; `was` is the value before."""

    label: Any
    value: Any = ""
    url: str = ""
    verb: Any = ""
    source: Any = ""
    was: Any = ""


class TaskItem(Struct, frozen=True, kw_only=True):
    """A line of a task list; `kind` colours `status` ("ok", "info", "warn", "" for none)."""

    title: Any
    url: str = ""
    hint: Any = ""
    status: Any = ""
    kind: str = ""


class StepItem(Struct, frozen=True, kw_only=True):
    """A step of a way or an event of a timeline; `state`: "done", "now", "" or "bad-end"."""

    title: Any
    text: Any = ""
    at: datetime | None = None
    state: str = ""


class Column(Struct, frozen=True, kw_only=True):
    title: Any
    numeric: bool = False
    sort_url: str = ""
    sorted: str = ""  # "ascending" or "descending"


class Bar(Struct, frozen=True, kw_only=True):
    label: Any
    value: float
    kind: str = ""


class Drawn(Struct, frozen=True, kw_only=True):
    """A bar with its place in the drawing."""

    label: Any
    shown: Any
    kind: str
    y: int
    text_y: int
    width: int
    value_x: int


def rows_of(rows: Iterable[Any]) -> list[Row]:
    """Rows as they are, or made of (label, value) or (label, value, url)."""
    return [row if isinstance(row, Row) else _row(*row) for row in rows]


def _row(label: Any, value: Any = "", url: str = "") -> Row:
    return Row(label=label, value=value, url=url)


BAR_PX, STEP_PX, LABEL_PX, DRAWN_PX, VALUE_PX = 22, 34, 190, 380, 60


def drawn(bars: Sequence[Bar]) -> list[Drawn]:
    """Bars in a drawing 640 wide: label, bar, value; the longest fills the room."""
    most = max((bar.value for bar in bars), default=0) or 1
    found = []
    for number, bar in enumerate(bars):
        width = max(2, round(DRAWN_PX * bar.value / most)) if bar.value > 0 else 0
        found.append(
            Drawn(
                label=bar.label,
                shown=int(bar.value) if float(bar.value).is_integer() else bar.value,
                kind=bar.kind,
                y=number * STEP_PX + 6,
                text_y=number * STEP_PX + 22,
                width=width,
                value_x=LABEL_PX + width + 8,
            )
        )
    return found
