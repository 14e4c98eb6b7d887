"""A seeded day of the administration: late, doubled and lost jobs, and a clock that jumps."""

import os
from collections import Counter
from datetime import datetime, timedelta
from random import Random, SystemRandom
from uuid import UUID

import pytest
from django.db import connection, transaction

from motcua.acts import api as acts
from motcua.dossiers import api
from motcua.dossiers.operations.ticking import tick_due
from motcua.kernel import clock, jobs
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.payments import api as payments
from tests.dossiers.world import at
from tests.simulation import holding
from tests.simulation.cast import Cast, filled, make_cast, services
from tests.simulation.trying import sensible

STEPS, DOSSIERS, MOST_SEALED = 40, 4, 3
FORWARD = {"accept", "propose", "sign", "record", "confirm", "agree", "supplement", "take"}
MINUTES = (0, 1, 5, 15, 40)


class Killed(BaseException):
    """The worker's process ended here; whatever was not committed is gone."""


class Day:
    def __init__(self, cast: Cast, chance: Random) -> None:
        self.cast, self.chance = cast, chance
        self.now: datetime = at("2026-03-03 07:50")
        self.ids: list[UUID] = []
        self.sealed = 0

    def step(self) -> None:
        jump = 60 * 26 if self.chance.random() < 0.05 else self.chance.choice(MINUTES)
        self.now += timedelta(minutes=jump)
        happenings = [self.somebody_files, self.somebody_works, self.somebody_works]
        happenings += [self.somebody_works, self.the_worker_works, self.the_clock_ticks]
        happenings += [self.somebody_pays]
        with clock.at(self.now):
            self.chance.choice(happenings)()
            self.hold()

    def somebody_files(self) -> None:
        if len(self.ids) >= DOSSIERS:
            return
        who = self.chance.choice([self.cast.applicant, self.cast.clerk])
        draft_id = filled(who, self.chance.choice(services()))
        self.ids.append(api.submit(who, draft_id, str(draft_id)))
        assert api.submit(who, draft_id, str(draft_id)) == self.ids[-1]

    def somebody_works(self) -> None:
        for dossier_id in self.chance.sample(self.ids, len(self.ids)):
            for actor in self.chance.sample(self.cast.everybody, len(self.cast.everybody)):
                if self._works(actor, dossier_id):
                    return

    def _works(self, actor: Actor, dossier_id: UUID) -> bool:
        try:
            view = api.dossier_view(actor, dossier_id)
        except Refusal:
            return False
        rare = self.chance.random() < 0.15
        choices = [one for one in view.choices if (one.verb in FORWARD) != rare]
        if not choices:
            return False
        choice = self.chance.choice(choices)
        params = sensible(choice, actor, view.dossier, self.cast, self.chance)
        try:
            api.act_on(actor, dossier_id, choice.verb, task_id=choice.task_id, **params)
        except Refusal:
            return False
        return True

    def somebody_pays(self) -> None:
        """At the counter; the dossier hears of it later, from the worker."""
        for dossier_id, bills in payments.bills_of(self.ids).items():
            bill, desk = bills[-1], holding.stored(dossier_id).desk_id
            clerks = [one for one in self.cast.of_body(desk) if "receive" in one.permissions]
            if bill.left_vnd and clerks:
                payments.record_counter_payment(
                    clerks[0], bill.id, means="cash", reference="", key=str(bill.id)
                )
                return

    def the_clock_ticks(self) -> None:
        """Two workers at the same duty, one after the other."""
        tick_due()
        before = holding.traces()
        assert tick_due() == 0
        assert holding.traces() == before

    def the_worker_works(self) -> None:
        """Some jobs are done, some by a worker that dies, some twice; leases run out."""
        kind = ("identity.deliver", "dossiers.paid") if self.sealed >= MOST_SEALED else ()
        self.sealed += not kind
        if self.chance.random() < 0.4:
            self._a_worker_dies(kind)
        done = jobs.run_due(limit=1 + self.chance.randrange(3), only=kind)
        self._again(done)

    def _a_worker_dies(self, kind: tuple[str, ...]) -> None:
        """Leased, perhaps done, never marked as done: the lease must run out first."""
        for row in jobs._lease(1, kind):
            try:
                with transaction.atomic():
                    jobs._handlers[row.name](row.payload)
                    if self.chance.random() < 0.5:
                        raise Killed
            except Killed:
                pass
        with connection.cursor() as cursor:
            cursor.execute("UPDATE kernel_job SET leased_until = now() - interval '1 second'")

    def _again(self, done: int) -> None:
        """A job that was done is delivered once more: nothing changes."""
        with connection.cursor() as cursor:
            cursor.execute(_LAST_DONE, [min(done, 1)])
            found = [row[0] for row in cursor.fetchall()]
        before = holding.traces()
        for row in jobs.Job.objects.filter(id__in=found):
            jobs._handlers[row.name](row.payload)
        assert holding.traces() == before

    def hold(self) -> None:
        for dossier_id in self.ids:
            holding.hold(dossier_id)
        if self.ids:
            holding.who_looks_is_known(self.chance.choice(self.cast.everybody), self.ids[-1])
        holding.counts_equal_the_open_tasks(self.cast, self.ids)

    def close(self) -> None:
        """In the evening everything that waits is done, once."""
        with clock.at(self.now):
            jobs.run_due(limit=200, only=("identity.deliver", "dossiers.paid"))
            self.hold()
        verbs = Counter((a.dossier_id, a.object_id, a.verb) for i in self.ids for a in _once(i))
        assert set(verbs.values()) <= {1}, verbs.most_common(3)


def _once(dossier_id: UUID) -> list[acts.ActRow]:
    """What may happen once to a dossier or a paper."""
    verbs = ("dossier.submitted", "dossier.accepted", "paper.issued", "paper.sealed")
    return acts.timeline_of(dossier_id, verbs=verbs)


@pytest.mark.usefixtures("the_country", "db", "fresh")
def test_a_day_of_the_administration_keeps_every_promise() -> None:
    number = int(os.environ.get("MOTCUA_SEED") or SystemRandom().randrange(2**32))
    print(f"\nMOTCUA_SEED={number}")
    day = Day(make_cast(), Random(number))
    with clock.at(day.now):
        day.somebody_files()
    for _ in range(STEPS):
        day.step()
    day.close()


_LAST_DONE = "SELECT id FROM kernel_job WHERE done_at IS NOT NULL ORDER BY done_at DESC LIMIT %s"
