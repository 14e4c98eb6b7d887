"""Legal clocks in words: a chip with colour, word and date, and why it is that date."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from msgspec import Struct

from motcua.kernel.deadlines import Clock, Step, is_late
from motcua.web.shell.sentences import pick

SOON = timedelta(days=1)


class Chip(Struct, frozen=True, kw_only=True):
    """`kind` is the colour ("ok", "warn", "late", "info"); the word says the same."""

    kind: str
    word: str
    at: datetime
    date: str


def chip(clock: Clock, now: datetime) -> Chip:
    """How much time is left, or that the clock stands still."""
    if clock.paused_at is not None:
        return Chip(
            kind="info", word=_("Clock paused"), at=clock.paused_at, date=day_of(clock.due_at)
        )
    return due_chip(clock.due_at, now, late=is_late(clock, now))


def due_chip(due_at: datetime, now: datetime, *, late: bool | None = None) -> Chip:
    """The same for a moment without a clock."""
    late = now > due_at if late is None else late
    kind = "late" if late else "warn" if due_at - now <= SOON else "ok"
    return Chip(kind=kind, word=_left(due_at, now, late), at=due_at, date=day_of(due_at))


def _left(due_at: datetime, now: datetime, late: bool) -> str:
    days = (timezone.localtime(due_at).date() - timezone.localtime(now).date()).days
    if late:
        return (
            ngettext("%(count)d day late", "%(count)d days late", -days) % {"count": -days}
            if days < 0
            else _("Late since today")
        )
    if days == 0:
        return _("Due today")
    if days == 1:
        return _("Due tomorrow")
    return ngettext("%(count)d day left", "%(count)d days left", days) % {"count": days}


def explain(clock: Clock) -> list[str]:
    """One sentence for each step of the computation, oldest first."""
    return [sentence for step in clock.why if (sentence := _SENTENCES[step["rule"]](step))]


def because(clock: Clock) -> str:
    """The present computation in one line: what was received when, and the limit."""
    steps = list(clock.why)
    restarts = [number for number, step in enumerate(steps) if step["rule"] == "restarted"]
    if restarts:
        steps = steps[restarts[-1] + 1 :]
    return " ".join(
        _told(steps, {"received", "after-cutoff", "outside-hours", "limit", "extended"})
    )


def _told(steps: Iterable[Step], rules: set[str]) -> list[str]:
    return [_SENTENCES[step["rule"]](step) for step in steps if step["rule"] in rules]


def day_of(at: datetime) -> str:
    """A moment with its weekday: people plan by weekday."""
    # Translators: a Django date format, for example "Thu 27 Nov 2025, 10:30".
    form = pgettext("date format", "D j M Y, H:i")
    return date_format(timezone.localtime(at), form)


def _moment(text: str) -> str:
    return day_of(datetime.fromisoformat(text))


def _day(text: str) -> str:
    # Translators: a Django date format, for example "Thu 27 Nov 2025".
    return date_format(date.fromisoformat(text), pgettext("date format", "D j M Y"))


def limit_in_words(unit: str, count: int) -> str:
    """A legal length of time: "3 working days", "the same working day"."""
    match unit:
        case "same-day":
            return _("the same working day")
        case "working-hours":
            text = ngettext("%(count)d working hour", "%(count)d working hours", count)
        case "working-days":
            text = ngettext("%(count)d working day", "%(count)d working days", count)
        case "hours":
            text = ngettext("%(count)d hour", "%(count)d hours", count)
        case _:
            text = ngettext("%(count)d day", "%(count)d days", count)
    return text % {"count": count}


def _minutes(total: int) -> str:
    hours, minutes = divmod(abs(total), 60)
    values = {"hours": hours, "minutes": minutes}
    return _("%(hours)d h %(minutes)02d min") % values if hours else _("%(minutes)d min") % values


def _received(step: Step) -> str:
    return _("Received %(at)s.") % {"at": _moment(step["at"])}


def _after_cutoff(step: Step) -> str:
    text = _("That is after %(cutoff)s, so time counts from %(counted_from)s.")
    counted_from = _moment(step["counted_from"])
    return text % {"cutoff": step.get("cutoff", "15:00"), "counted_from": counted_from}


def _outside_hours(step: Step) -> str:
    text = _("That is outside working hours, so time counts from %(counted_from)s.")
    return text % {"counted_from": _moment(step["counted_from"])}


def _limit(step: Step) -> str:
    limit = limit_in_words(step["unit"], step["count"])
    return _("The time limit is %(limit)s.") % {"limit": limit}


def _skipped(step: Step) -> str:
    name = pick(step["name"]) if step["kind"] == "holiday" else _("weekend")
    values = {"from": _day(step["from"]), "until": _day(step["until"]), "name": name}
    if step["from"] == step["until"]:
        return _("Not counted: %(from)s (%(name)s).") % values
    return _("Not counted: %(from)s to %(until)s (%(name)s).") % values


def _due(step: Step) -> str:
    return _("So it is due %(at)s.") % {"at": _moment(step["at"])}


def _paused(step: Step) -> str:
    values = {"at": _moment(step["at"]), "left": _minutes(step["remaining_minutes"])}
    if step["remaining_minutes"] < 0:
        return _("Paused %(at)s; it was already late by %(left)s.") % values
    return _("Paused %(at)s, with %(left)s left: waiting does not count.") % values


def _resumed(step: Step) -> str:
    return _("Running again from %(at)s.") % {"at": _moment(step["at"])}


def _restarted(step: Step) -> str:
    return _("Counted again from the beginning, from %(at)s.") % {"at": _moment(step["at"])}


def _extended(step: Step) -> str:
    text = _("On %(at)s a new date was appointed: %(due_at)s instead of %(due_before)s.")
    return text % {name: _moment(step[name]) for name in ("at", "due_at", "due_before")}


_SENTENCES: dict[str, Callable[[dict[str, Any]], str]] = {
    "received": _received,
    "after-cutoff": _after_cutoff,
    "outside-hours": _outside_hours,
    "limit": _limit,
    "skipped": _skipped,
    "due": _due,
    "paused": _paused,
    "resumed": _resumed,
    "restarted": _restarted,
    "extended": _extended,
}
