"""The living part of the demo: some hundred dossiers, each driven through the real engine.

Every step is the operation that a screen would call, by an actor who holds the post, at a working
moment of the past; nothing is written behind the engine's back.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from motcua.dossiers import api as dossiers
from motcua.dossiers.rules.state import Dossier, Task
from motcua.identity import api as identity
from motcua.kernel import clock, jobs
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.payments import api as payments
from motcua.project import population
from motcua.project.demo import answers, debts, keys, people, sample
from motcua.project.demo.households import HOUSEHOLDS

DOSSIERS = 240
PERSONS = 100_000
PAST = 5 / 8  # of them filed in the past weeks, the others in the last working hours
DAYS_BACK = 45
TRADES = 1 / 40  # beside them, of each service that only businesses use
# What a walk may do at a task; the rare turns come first and are taken by chance.
FORWARD = ("accept", "record", "confirm", "agree", "propose", "sign", "hand-over")
SAY = {
    "ask-once": "Bản chụp mờ, không đọc được số và ngày cấp. Vui lòng chụp lại rõ bốn góc.",
    "refuse": "Hồ sơ không thuộc trường hợp được giải quyết theo quy định.",
}

CASHIERS = ("desk-clerk", "police-officer")  # may receive money at their desk

Progress = Callable[[str], None]


def make(
    progress: Progress,
    *,
    count: int = DOSSIERS,
    persons: int = PERSONS,
    households: int = HOUSEHOLDS,
) -> None:
    """Make the demo's people and dossiers, once: all in one transaction, or nothing."""
    if identity.account_by_username("lan") is not None:
        return
    with transaction.atomic():
        progress(f"A population of {persons:,} who never lived")
        population.load(progress, persons=persons)
        progress("Officers and citizens")
        people.make_officers()
        citizens = people.make_citizens(households)
        progress(f"{count} dossiers through the engine")
        _live(citizens, count, progress)
        progress(f"{debts.make_debts(citizens)} bills, fines and taxes in creditors' books")
        progress(f"{keys.make_keys()} keys of connected software")


def _live(citizens: list[people.Citizen], count: int, progress: Progress) -> None:
    random = Random(23)
    services = [
        procedure
        for procedure in catalogue.procedures(directory.today())
        if "citizen" in procedure.audience and procedure.pays is None
    ]
    verified = [citizen for citizen in citizens if citizen.account.level == 2]
    start = clock.now() - timedelta(days=DAYS_BACK)
    past = int(count * PAST)
    _trade(citizens, start, random, each=max(1, int(count * TRADES)))
    for number in range(count):
        moment = start + timedelta(days=DAYS_BACK * number / past, minutes=random.randint(0, 300))
        applicant = verified[number % 2] if number % 11 == 0 else random.choice(verified)
        life = Life(services[number % len(services)], applicant, citizens, random=random)
        life.run(moment if number < past else None)
        if number % 40 == 39:
            progress(f"  {number + 1} dossiers")


def _trade(citizens: list[people.Citizen], start: datetime, random: Random, *, each: int) -> None:
    """What the business of the demo files: everything that only businesses may."""
    trader = citizens[2]
    acting_for = identity.representations(trader.account.id)[0].on_behalf_of
    only = [
        procedure
        for procedure in catalogue.procedures(directory.today())
        if "citizen" not in procedure.audience and procedure.pays is None
    ]
    for number, procedure in enumerate(only * each):
        life = Life(procedure, trader, citizens, random=random)
        life.actor = identity.actor_of(trader.account, None, acting_for)
        life.run(start + timedelta(days=DAYS_BACK * (number + 1) / (each + 1)))


class Life:
    """One dossier from the first page to wherever chance and the calendar let it come."""

    def __init__(
        self,
        procedure: catalogue.Procedure,
        applicant: people.Citizen,
        citizens: list[people.Citizen],
        *,
        random: Random,
    ) -> None:
        self.procedure = procedure
        self.random = random
        self.citizens = citizens
        self.applicant = applicant
        self.actor = identity.actor_of(applicant.account)
        self.calendar = directory.calendar("office")
        self.slow = random.random() < 0.08
        # Sealing takes longest: most results are left to the worker, which starts with the demo.
        self.sealed_then = random.random() < 0.35

    def run(self, moment: datetime | None) -> None:
        """Live from `moment` on; None: begun in the last working hours, so that work is left."""
        moment = answers.working_moment(self.calendar, moment or clock.now(), 1)
        is_new = moment > clock.now() - timedelta(minutes=2)
        if is_new:
            moment = answers.working_moment(self.calendar, clock.now(), -self.random.randint(1, 99))
        with clock.at(moment):
            dossier = self._view(self._apply())
        for _ in range(14):
            pace = (3, 40) if is_new else (900, 2400) if self.slow else (8, 120)
            waited = self.random.randint(*pace)
            moment = answers.working_moment(self.calendar, moment, waited)
            if moment > clock.now():
                return
            with clock.at(moment):
                went_on = self._step(dossier)
            if went_on is None:
                return
            dossier = went_on

    def _apply(self) -> UUID:
        draft = dossiers.open_draft(self.actor, self.procedure.service)
        cast = answers.Cast(self.procedure, self.applicant, self.citizens, random=self.random)
        done: set[str] = set()
        while page := self._next_page(draft, done):
            done.add(page.page)
            raw = answers.for_page(self.procedure, page, cast)
            draft, problems = dossiers.save_page(self.actor, draft.id, page.page, raw)
            if problems:
                raise RuntimeError(f"{self.procedure.service}, {page.page}: {problems}")
        for paper in catalogue.evidence_needed(self.procedure, draft.answers):
            if not paper.optional:
                upload = _upload(paper)
                draft = dossiers.attach(self.actor, draft.id, paper.paper, [upload])
        return dossiers.submit(self.actor, draft.id, str(draft.id))

    def _next_page(self, draft: dossiers.DraftView, done: set[str]) -> catalogue.Page | None:
        pages = catalogue.visible_pages(self.procedure, draft.answers)
        return next((page for page in pages if page.page not in done), None)

    def _view(self, dossier_id: UUID) -> Dossier:
        return dossiers.dossier_view(self.actor, dossier_id).dossier

    def _step(self, dossier: Dossier) -> Dossier | None:
        """Do the next thing that somebody owes; None when nothing is owed or it is refused."""
        task = next(iter(dossier.open_tasks), None)
        if task is None:
            return None
        if task.kind == "payment":
            return self._pay(dossier, task)
        actor = self._actor(dossier, task)
        verb = self._verb(task)
        if actor is None or not verb:
            return None
        try:
            return self._act(actor, dossier, task, verb=verb)
        except Refusal:
            # A walk may meet the law (the same officer may not propose and sign): it ends there.
            return None

    def _act(self, actor: Actor, dossier: Dossier, task: Task, *, verb: str) -> Dossier:
        params = self._supplement(dossier) if verb == "supplement" else self._params(verb, task)
        after = dossiers.act_on(actor, dossier.id, verb, task_id=task.id, **params)
        if verb == "sign" and self.sealed_then:
            return self._sealed(dossier.id)
        return after

    def _pay(self, dossier: Dossier, task: Task) -> Dossier | None:
        """Most people pay: here the creditor's desk sees the transfer; the others still owe."""
        clerks = (people.officer(dossier.body_id, role) for role in CASHIERS)
        clerk = next((actor for actor in clerks if actor is not None), None)
        if clerk is None or self.random.random() < 0.2:
            return None
        for bill in payments.bills_of([dossier.id]).get(dossier.id, ()):
            if bill.status == "open":
                payments.record_counter_payment(
                    clerk, bill.id, means="transfer", reference=f"FT{bill.code}", key=str(task.id)
                )
        jobs.run_due(only=("dossiers.paid",))
        after = self._view(dossier.id)
        return after if after.version > dossier.version else None

    def _sealed(self, dossier_id: UUID) -> Dossier:
        view = dossiers.dossier_view(self.actor, dossier_id)
        for paper in view.papers:
            if paper.kind == "outcome":
                jobs.run_due(only=("documents.seal",), key=str(paper.paper_id))
        jobs.run_due(only=("dossiers.sealed",))
        return self._view(dossier_id)

    def _supplement(self, dossier: Dossier) -> dict[str, Any]:
        asked = dossier.open_request
        names = {str(item["paper"]) for item in (asked.items if asked else ()) if item.get("paper")}
        uploads = {e.paper: [_upload(e)] for e in self.procedure.evidence if e.paper in names}
        return {"raw": {}, "uploads": uploads}

    def _verb(self, task: Task) -> str:
        if task.kind == "applicant" and "supplement" in task.may:
            return "supplement"
        chance = self.random.random()
        if "ask-once" in task.may and chance < 0.12:
            return "ask-once"
        if "refuse" in task.may and chance > 0.96:
            return "refuse"
        return next((verb for verb in FORWARD if verb in task.may), "")

    def _params(self, verb: str, task: Task) -> dict[str, Any]:
        if verb == "ask-once":
            paper = next(iter(self.procedure.evidence), None)
            items = [{"paper": paper.paper}] if paper else []
            return {"reason": "unreadable-paper", "say": SAY[verb], "items": items}
        if verb == "refuse":
            return {"reason": "not-eligible", "say": SAY[verb]}
        if verb == "record":
            return {"raw": self._recorded(task)}
        return {}

    def _recorded(self, task: Task) -> dict[str, list[str]]:
        cast = answers.Cast(self.procedure, self.applicant, self.citizens, random=self.random)
        raw: dict[str, list[str]] = {}
        for field in self.procedure.step(task.state).ask:
            raw |= catalogue.as_typed(field, cast.recorded(field))
        return raw

    def _actor(self, dossier: Dossier, task: Task) -> Actor | None:
        if task.body_id is None:
            return self.actor
        proposer = dossier.proposal.get("by")
        return people.officer(task.body_id, task.role, not_account=proposer)


def _upload(paper: catalogue.Evidence) -> SimpleUploadedFile:
    """A file that stands for the paper, of a kind that it may have."""
    if "pdf" in paper.accepts:
        return SimpleUploadedFile(f"{paper.paper}.pdf", sample.paper(paper.title["vi"]))
    return SimpleUploadedFile(f"{paper.paper}.png", sample.portrait())
