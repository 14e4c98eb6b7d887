"""Random officers, applicants and clocks over a dossier: whatever they try, the law holds."""

from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.dossiers.rules.walking import Walk

SEEDS = st.integers(0, 2**32)
FAR = {
    "dossier.result-returned", "dossier.refused", "dossier.supplemented", "silence.counted",
    "dossier.overdue", "result.reissued", "fee.paid", "fee.cancelled", "fee.refund-due",
}  # fmt: skip


class Dossiers(RuleBasedStateMachine):
    """Hypothesis chooses how sensible, odd and slow steps follow one another."""

    @initialize(number=SEEDS)
    def file(self, number: int) -> None:
        self.walk = Walk(Random(number))

    @rule(steps=st.integers(1, 5))
    def work_goes_on(self, steps: int) -> None:
        for _ in range(steps):
            self.walk.step()

    @rule()
    def somebody_tries_anything(self) -> None:
        self.walk.anything()

    @rule(days=st.integers(1, 30))
    def nothing_happens_for_days(self, days: int) -> None:
        self.walk.rest(days)

    @invariant()
    def the_law_holds(self) -> None:
        self.walk.hold()


TestDossiers = Dossiers.TestCase
TestDossiers.settings = settings(
    max_examples=10,
    stateful_step_count=10,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


@given(SEEDS)
@settings(max_examples=20, deadline=None)
def test_no_walk_through_the_administration_breaks_the_law(number: int) -> None:
    walk = Walk(Random(number))
    for _ in range(40):
        walk.step()


def test_the_walks_come_far() -> None:
    """Without this, a change that stops every walk at the door would make the others empty."""
    met: set[str] = set()
    for number in range(100):
        walk = Walk(Random(number))
        for _ in range(40):
            walk.step()
        met |= walk.said
        if met >= FAR:
            return
    assert met >= FAR
