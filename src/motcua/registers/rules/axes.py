"""Two axes of time: what was true when, and what was believed when.

A version holds for days [valid_from, valid_until) and is believed from its recording until it is
replaced. Nothing is overwritten: a change ends the belief in what it touches, and what of that
stays true is recorded again beside the new fact.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct

FOREVER = date.max


class Span(Struct, frozen=True, kw_only=True):
    """A version that is believed, and the days for which it holds (`until` excluded)."""

    id: UUID
    since: date
    until: date | None = None

    @property
    def end(self) -> date:
        """The first day after it."""
        return self.until or FOREVER

    def holds(self, day: date) -> bool:
        """Whether it is true on that day."""
        return self.since <= day < self.end


class Change(Struct, frozen=True, kw_only=True):
    """What a new fact does to those believed: `ended` are believed no longer; of them `kept` days
    are recorded again: (which version, since, until)."""

    ended: tuple[UUID, ...] = ()
    kept: tuple[tuple[UUID, date, date | None], ...] = ()


def change(believed: Sequence[Span], since: date, until: date | None) -> Change:
    """What must happen to the versions of one fact for a new one to hold in [since, until)."""
    end = until or FOREVER
    touched = [span for span in believed if span.since < end and since < span.end]
    kept: list[tuple[UUID, date, date | None]] = []
    for span in touched:
        if span.since < since:
            kept.append((span.id, span.since, since))
        if end < span.end:
            kept.append((span.id, end, span.until))
    return Change(ended=tuple(span.id for span in touched), kept=tuple(kept))


def correction(
    believed: Sequence[Span], version: UUID, *, since: date, until: date | None
) -> Change:
    """What must happen for another to stand in place of `version` in [since, until).

    The version was wrong for all its days: none of them is recorded again. Others that the new
    days touch give way there.
    """
    others = change([span for span in believed if span.id != version], since, until)
    return Change(ended=(version, *others.ended), kept=others.kept)


def ending(believed: Sequence[Span], on: date) -> Change:
    """What must happen for the fact to hold no longer from `on`: nothing if nothing holds then."""
    return change(believed, on, None)
