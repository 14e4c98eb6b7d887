"""Token buckets: a burst at once, then a steady rate."""

from hypothesis import given
from hypothesis import strategies as st

from motcua.web.shell.limits import Limiter, Rate


@given(st.lists(st.floats(0, 30), min_size=1, max_size=80))
def test_never_more_pass_than_the_burst_and_the_rate_allow(gaps: list[float]) -> None:
    now = [0.0]
    limiter = Limiter(Rate(per_minute=60, burst=5), clock=lambda: now[0])
    passed = 0
    for gap in gaps:
        now[0] += gap
        passed += limiter.wait("a") == 0.0
    assert passed <= 5 + now[0] + 1e-6


@given(st.integers(1, 50))
def test_who_waits_as_told_may_pass(burst: int) -> None:
    now = [0.0]
    limiter = Limiter(Rate(per_minute=30, burst=burst), clock=lambda: now[0])
    while not (seconds := limiter.wait("a")):
        pass
    now[0] += seconds + 1e-6
    assert limiter.wait("a") == 0.0


def test_callers_do_not_share_a_bucket() -> None:
    limiter = Limiter(Rate(per_minute=1, burst=1), clock=lambda: 0.0)
    assert limiter.wait("a") == 0.0
    assert limiter.wait("b") == 0.0
    assert limiter.wait("a") > 0
