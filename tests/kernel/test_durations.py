"""Lengths of time in the words of a pack."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.durations import Duration, parse


@pytest.mark.parametrize(
    ("text", "unit", "count"),
    [
        ("3 working days", "working-days", 3),
        ("1 working day", "working-days", 1),
        ("same day", "same-day", 0),
        ("4 working hours", "working-hours", 4),
        ("10 days", "days", 10),
        ("1 day", "days", 1),
        ("24 hours", "hours", 24),
        ("  3   Working  days ", "working-days", 3),
    ],
)
def test_words_are_read(text: str, unit: str, count: int) -> None:
    assert parse(text) == Duration(unit=unit, count=count)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    ["", "3", "days", "0 days", "-1 days", "3 weeks", "1.5 hours", "three days", "99999 days"],
)
def test_other_words_are_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a length of time: write"):
        parse(text)


@given(st.sampled_from(["working-hours", "working-days", "days", "hours"]), st.integers(1, 9999))
def test_what_is_written_is_read_back(unit: str, count: int) -> None:
    duration = Duration(unit=unit, count=count)  # type: ignore[arg-type]
    assert parse(str(duration)) == duration
    assert msgspec.json.decode(msgspec.json.encode(duration), type=Duration) == duration


def test_only_time_at_work_is_working_time() -> None:
    working = [parse("same day"), parse("1 working hour"), parse("2 working days")]
    assert all(duration.is_working_time for duration in working)
    assert not parse("2 days").is_working_time
