"""Every step of a legal clock has a sentence in every language."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel import deadlines as kernel
from motcua.kernel.durations import parse
from motcua.kernel.working_time import WorkingCalendar
from motcua.web.shell.deadlines import because, chip, due_chip, explain

WORKED = ((time(7, 30), time(11, 30)), (time(13), time(17)))
CALENDAR = WorkingCalendar(
    name="offices",
    timezone="Asia/Ho_Chi_Minh",
    weekly=dict.fromkeys(range(5), WORKED),
    holidays={date(2026, 9, 2): {"vi": "Quốc khánh", "en": "National Day", "fr": "Fête nationale"}},
)
NOON = datetime(2026, 8, 31, 9, 10, tzinfo=UTC)  # Monday 16:10 in Hanoi


def test_a_late_filing_explains_its_date() -> None:
    clock = kernel.start(CALENDAR, parse("2 working days"), NOON)
    with translation.override("en"):
        told = " ".join(explain(clock))
        assert "Received Mon 31 Aug 2026, 16:10. That is after 15:00" in told
        assert "Not counted: Wed 2 Sep 2026 (National Day)." in told
        assert because(clock).endswith("The time limit is 2 working days.")


@given(
    st.sampled_from(["same day", "3 working days", "4 working hours", "10 days", "24 hours"]),
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1), timezones=st.just(UTC)),
    st.lists(st.sampled_from(["pause", "restart", "extend"]), max_size=4),
    st.sampled_from(["vi", "en", "fr"]),
)
def test_no_history_of_a_clock_is_without_words(
    limit: str, at: datetime, moves: list[str], language: str
) -> None:
    clock = kernel.start(CALENDAR, parse(limit), at)
    for move in moves:
        at += timedelta(hours=30)
        if move == "pause":
            clock = kernel.resume(
                kernel.pause(clock, CALENDAR, at, reason="x"), CALENDAR, at + timedelta(1)
            )
        elif move == "restart":
            clock = kernel.restart(clock, CALENDAR, at)
        else:
            clock = kernel.extend(clock, clock.due_at + timedelta(days=2), at)
    with translation.override(language):
        assert len(explain(clock)) == len(clock.why)
        assert because(clock)
        assert chip(clock, at).word
        assert not any("%(" in sentence for sentence in explain(clock))


@pytest.mark.parametrize(
    ("hours", "kind", "word"),
    [
        (100, "ok", "4 days left"),
        (24, "warn", "Due tomorrow"),
        (1, "warn", "Due today"),
        (-1, "late", "Late since today"),
        (-48, "late", "2 days late"),
    ],
)
def test_the_chip_says_in_words_what_its_colour_says(hours: int, kind: str, word: str) -> None:
    now = datetime(2026, 8, 31, 5, tzinfo=UTC)
    with translation.override("en"):
        made = due_chip(now + timedelta(hours=hours), now)
    assert (made.kind, made.word) == (kind, word)


def test_a_paused_clock_says_so() -> None:
    clock = kernel.start(CALENDAR, parse("2 working days"), NOON)
    with translation.override("en"):
        assert chip(kernel.pause(clock, CALENDAR, NOON), NOON).word == "Clock paused"
