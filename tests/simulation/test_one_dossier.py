"""Random people over one dossier in the real database: whatever they try, the invariants hold."""

import os
from datetime import datetime, timedelta
from random import Random, SystemRandom
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from motcua.acts import api as acts
from motcua.dossiers import api, refusals  # declares the sentences  # noqa: F401
from motcua.dossiers.operations.acting import seal_result
from motcua.dossiers.operations.ticking import tick_due
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal, declared
from tests.dossiers.world import at
from tests.simulation import holding
from tests.simulation.cast import Cast, filled, make_cast, services
from tests.simulation.trying import anything, sensible

SEEDS = st.integers(0, 2**32)
MINUTES = [0, 1, 7, 30, 90, 240]
STARTS = ["2026-03-03 08:00", "2026-03-06 15:00", "2026-04-03 14:59"]
ENDING = {"refuse", "refuse-unanswered", "withdraw"}
FAR = {"dossier.submitted"}


class OneDossier(RuleBasedStateMachine):
    """Each example is a savepoint that is taken back at its end."""

    cast: Cast
    met: set[str]

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    @initialize(number=SEEDS)
    def file(self, number: int) -> None:
        self.chance = Random(number)
        self.now: datetime = at(self.chance.choice(STARTS))
        self.last: tuple[Actor, str, dict[str, Any]] | None = None
        who = self.chance.choice([self.cast.applicant, self.cast.applicant, self.cast.clerk])
        with clock.at(self.now):
            draft_id = filled(who, self.chance.choice(services()))
            self.id = api.submit(who, draft_id, "key")
            before = holding.traces()
            assert api.submit(who, draft_id, "key") == self.id == api.submit(who, draft_id, "2")
            assert holding.traces() == before

    @rule(number=SEEDS)
    def time_passes(self, number: int) -> None:
        self.now += timedelta(minutes=MINUTES[number % len(MINUTES)])

    @rule(days=st.integers(0, 12))
    def the_clock_jumps_and_ticks(self, days: int) -> None:
        self.now += timedelta(days=days, minutes=1)
        with clock.at(self.now):
            version, count = holding.stored(self.id).version, holding.changes_of(self.id)
            tick_due()
            grown = holding.stored(self.id).version - version
            assert grown == bool(holding.changes_of(self.id) - count)
            after = holding.traces()
            assert tick_due() == 0
            assert holding.traces() == after

    @rule(number=SEEDS)
    def work_goes_on(self, number: int) -> None:
        """Somebody does one of the things that his page offers, and the clock runs."""
        chance = Random(number)
        self.now += timedelta(minutes=chance.choice(MINUTES))
        with clock.at(self.now):
            self._seal()
            for actor in chance.sample(self.cast.everybody, len(self.cast.everybody)):
                if self._offered(actor, chance):
                    return

    @rule(number=SEEDS)
    def somebody_tries_anything(self, number: int) -> None:
        chance = Random(number)
        verb, params = anything(chance)
        tasks = [None, *(task.id for task in holding.stored(self.id).tasks)]
        params["task_id"] = chance.choice(tasks)
        with clock.at(self.now):
            self._attempt(chance.choice(self.cast.everybody), verb, params)

    @rule()
    def the_last_click_comes_twice(self) -> None:
        if self.last is None:
            return
        actor, verb, params = self.last
        with clock.at(self.now):
            before = holding.traces()
            assert not self._attempt(actor, verb, params)
            assert holding.traces() == before

    @rule(number=SEEDS)
    def an_old_page_is_sent(self, number: int) -> None:
        version = holding.stored(self.id).version - 1 - number % 3
        actor = Random(number).choice(self.cast.everybody)
        with clock.at(self.now):
            assert not self._attempt(actor, "take", {"version": version})

    @rule(number=SEEDS)
    def somebody_takes_the_next(self, number: int) -> None:
        actor = self.cast.officers[number % len(self.cast.officers)]
        with clock.at(self.now):
            before = api.queue_counts(actor)
            taken = api.take_next(actor)
            after = api.queue_counts(actor)
            assert after.mine == before.mine + (taken is not None)

    @rule(number=SEEDS)
    def somebody_looks(self, number: int) -> None:
        actor = self.cast.everybody[number % len(self.cast.everybody)]
        with clock.at(self.now):
            holding.who_looks_is_known(actor, self.id)

    @invariant()
    def everything_holds(self) -> None:
        with clock.at(self.now):
            holding.hold(self.id)
            holding.counts_equal_the_open_tasks(self.cast, [self.id])
        self.met |= {act.verb for act in acts.timeline_of(self.id)}

    def _seal(self) -> None:
        """What the sealing job says when it is done; the sealing itself is tested elsewhere."""
        if any(task.kind == "seal" for task in holding.stored(self.id).open_tasks):
            applicant = api.dossier_view(self.cast.clerk, self.id).papers
            for paper in [one for one in applicant if one.kind == "outcome"] * 2:
                seal_result(self.id, paper.paper_id, "code")

    def _offered(self, actor: Actor, chance: Random) -> bool:
        try:
            view = api.dossier_view(actor, self.id)
        except Refusal:
            return False
        choices = [c for c in view.choices if c.verb not in ENDING or chance.random() < 0.1]
        if not choices:
            return False
        choice = chance.choice(choices)
        params = sensible(choice, actor, view.dossier, self.cast, chance)
        params |= {"task_id": choice.task_id, "version": view.version}
        self._attempt(actor, choice.verb, params)
        return True

    def _attempt(self, actor: Actor, verb: str, params: dict[str, Any]) -> bool:
        """Whether anything changed; a refusal leaves no trace, a change leaves acts."""
        old, before = holding.stored(self.id), holding.traces()
        count = holding.changes_of(self.id)
        new, code = self._act(actor, verb, params)
        if new is None:
            assert code in declared()
            assert holding.traces() == before
            assert holding.stored(self.id) == old
            return False
        changed = new.version != old.version
        assert new.version == old.version + changed
        assert (holding.changes_of(self.id) > count) == changed
        assert holding.stored(self.id) == new
        if changed and "version" in params:
            self.last = (actor, verb, params)
        return changed

    def _act(
        self, actor: Actor, verb: str, params: dict[str, Any]
    ) -> tuple[api.Dossier | None, str]:
        try:
            return api.act_on(actor, self.id, verb, **params), ""
        except Refusal as no:
            return None, no.code


@pytest.mark.usefixtures("the_country", "db", "fresh")
def test_random_people_break_no_invariant_of_a_dossier() -> None:
    number = int(os.environ.get("MOTCUA_SEED") or SystemRandom().randrange(2**32))
    print(f"\nMOTCUA_SEED={number}")
    met: set[str] = set()
    machine = type("Machine", (OneDossier,), {"cast": make_cast(), "met": met})
    run_state_machine_as_test(seed(number)(lambda: machine()), settings=SMALL)
    assert met >= FAR, "the people came nowhere"


SMALL = settings(
    max_examples=int(os.environ.get("MOTCUA_EXAMPLES", "5")),
    stateful_step_count=25,
    deadline=None,
    database=None,
    phases=[Phase.generate],  # the seed repeats it; making it smaller would take minutes
    suppress_health_check=list(HealthCheck),
)
