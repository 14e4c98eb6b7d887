"""Random steps over a dossier, with everything that must hold before and after each."""

from collections.abc import Collection
from datetime import timedelta
from random import Random
from typing import Any

import msgspec
from msgspec.structs import replace

from motcua.dossiers import refusals  # declares the sentences  # noqa: F401
from motcua.dossiers.rules.engine import allowed_verbs
from motcua.dossiers.rules.registry import RULES
from motcua.dossiers.rules.state import CORRECTION, END, HANDOVER, Decided, Dossier, Status
from motcua.dossiers.rules.vocabulary import ACTS, EFFECTS, REPORTS, SLIPS, TEMPLATES
from motcua.kernel.refusals import Refusal, declared
from tests.dossiers.rules.situations import (
    APPLICANT,
    APPRAISAL,
    ASK,
    CHECKS,
    DRAFT,
    FEES,
    NO,
    OFFICER,
    OTHER_COMMITTEE,
    PAYMENT,
    POLICE_STATION,
    POSTS,
    RECEPTION,
    SIGNATURE,
    STRANGER,
    SURVEY,
    Case,
    duration,
    paying,
    procedure,
)

AGAIN = {**DRAFT, "then": {"correct": "payment"}, "silence": ""}
METERED = [
    *FEES,
    {"fee": "power", "title": {"vi": "Power"}, "vnd": 9_000, "law": "", "when":
     "recorded.site.power > 2", "refund": True},
]  # fmt: skip
SERVICES = [
    procedure(),
    procedure(RECEPTION, APPRAISAL, SIGNATURE, limit=duration("same-day")),
    procedure(RECEPTION, CHECKS, {**APPRAISAL, "may": [*APPRAISAL["may"], "object"]}, SIGNATURE),
    procedure(RECEPTION, SURVEY, {**CHECKS, "may": ["propose", "confirm"]}, DRAFT, SIGNATURE),
    paying(),
    paying(
        RECEPTION, SURVEY, PAYMENT, {**CHECKS, "may": ["propose"]}, AGAIN, SIGNATURE, fees=METERED
    ),
    procedure(
        RECEPTION,
        APPRAISAL,
        {**DRAFT, "when": "home.name == 'An'", "may": ["agree", "confirm", "object"]},
        {**SIGNATURE, "may": ["sign", "send-back", "refuse"]},
        limit=duration("days", 3),
    ),
]
PEOPLE = [APPLICANT, STRANGER, None, *POSTS]
ENDED = {Status.NOT_ACCEPTED, Status.WITHDRAWN, Status.STOPPED, Status.RETURNED}
FILES = {"plan": ("file",)}
ENDING = {"refuse", "refuse-unanswered", "withdraw"}
FORWARD = {
    "accept", "pay", "supplement", "propose", "record", "confirm", "agree", "sign", "seal",
    "hand-over", "reissue",
}  # fmt: skip


def sensible(verb: str, case: Case) -> dict[str, Any]:
    """Parameters with which a verb can succeed."""
    later = case.now + timedelta(days=1)
    charge = case.dossier.open_charge
    other = "B" if case.dossier.answers["home"]["name"] == "An" else "An"
    due = case.dossier.clock.due_at + timedelta(days=7) if case.dossier.clock else later
    known = {
        "ask-once": ASK,
        "return": {**ASK, "items": []},
        "refuse": NO,
        "refuse-unanswered": NO,
        "supplement": {"papers": FILES},
        "record": {"values": {"site.power": 3}},
        "ask-opinion": {"body_id": POLICE_STATION, "say": "?", "within": "4 working hours"},
        "schedule": {"visit_at": later},
        "assign": {"officer_id": OFFICER},
        "check": {"item": "plan", "mark": "ok"},
        "pay": {"charge_id": charge.id if charge else None},
        "correct": {"say": "No.", "answers": {"home": {"name": other}}},
        "transfer": {"body_id": OTHER_COMMITTEE, "say": "Not ours."},
        "apologise": {"due_at": due, "say": "Sorry."},
    }
    return known.get(verb, {"say": "Because."})


ODD: dict[str, list[Any]] = {
    "say": ["", " ", "Because.", 7, None],
    "reason": ["", "missing-paper", "not-eligible", "overload", 3],
    "grant": [True, False],
    "items": [(), ({"paper": "plan"},), ({"paper": "x"},), ({},)],
    "papers": [{}, FILES, {"x": ("y",)}, {"plan": ()}],
    "answers": [{}, {"home": {"name": "B"}}, {"home": {"commune": "1"}}],
    "values": [{}, {"site.power": 1}, {"site": {"power": 2}}, {"a": 1}],
    "body_id": [None, POLICE_STATION, OTHER_COMMITTEE],
    "within": ["", "1 working day", "for ever"],
    "item": ["plan", "", "x"],
    "mark": ["ok", "doubt", "", "x"],
    "officer_id": [None, OFFICER],
    "charge_id": [None, OFFICER, "x"],
}
MINUTES = [0, 1, 20, 90, 240, 1440, 3 * 1440, 12 * 1440]


class Walk:
    """One dossier and the people who try things with it; `chance` decides what they try."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        channel = chance.choice([1, 2, 3])
        self.case = Case(chance.choice(SERVICES), "2026-02-12 13:00", channel=channel)
        self.said: set[str] = {act.verb for act in self.case.last.acts}
        self.refused: set[str] = set()
        self.check(None, self.case.last)

    def step(self) -> None:
        """Time passes, then somebody does one thing: mostly sensible, sometimes anything."""
        kind = self.chance.random()
        self.case.now += timedelta(minutes=self.chance.choice(MINUTES[: 5 + (kind > 0.8) * 3]))
        if kind < 0.15:
            self.anything()
        elif kind < 0.25:
            self.attempt(self.case.command("tick", None))
        elif kind < 0.28:
            self.one_of(ENDING)
        elif kind < 0.62:
            self.one_of(set(RULES) - FORWARD - ENDING)
        else:
            self.one_of(FORWARD)
        self.hold()

    def rest(self, days: int) -> None:
        """Nobody does anything, and the clock of the system ticks."""
        self.case.now += timedelta(days=days)
        self.attempt(self.case.command("tick", None))

    def one_of(self, verbs: Collection[str]) -> None:
        """Somebody does one thing of a kind that is allowed now, with sensible parameters."""
        for person in self.chance.sample(PEOPLE, len(PEOPLE)):
            somebody = self.case.command("", person)
            allowed = allowed_verbs(self.case.service, self.case.dossier, somebody)
            choices = [choice for choice in allowed if choice.verb in verbs]
            if choices:
                choice = self.chance.choice(choices)
                params = sensible(choice.verb, self.case)
                command = self.case.command(choice.verb, person, **params)
                self.attempt(replace(command, task_id=choice.task_id))
                return

    def anything(self) -> None:
        """Anybody says any verb about any task with any parameters."""
        verb = self.chance.choice([*RULES, "fly"])
        params = {n: self.chance.choice(v) for n, v in ODD.items() if self.chance.random() < 0.6}
        task = self.chance.choice([None, *self.case.dossier.tasks])
        command = self.case.command(verb, self.chance.choice(PEOPLE), task=task, **params)
        allowed = {
            (one.verb, one.task_id)
            for one in allowed_verbs(self.case.service, self.case.dossier, command)
        }
        if self.attempt(command) and RULES[verb].on and task is not None:
            assert (verb, task.id) in allowed

    def attempt(self, command: Any) -> bool:
        before, refused = self.case.dossier, ""
        try:
            decided = self.case.decided(command, self.case.now)
        except Refusal as refusal:
            refused = refusal.code
        if refused:
            self.refused.add(refused)
            assert refused in declared()
            return False
        self.case.last, self.case.dossier = decided, decided.dossier
        self.said |= {act.verb for act in decided.acts}
        self.check(before, decided)
        return True

    def check(self, before: Dossier | None, decided: Decided) -> None:
        """What must hold between one version and the next."""
        after = decided.dossier
        assert {act.verb for act in decided.acts} <= ACTS
        for effect in decided.effects:
            assert effect.kind in EFFECTS
            assert effect.params.get("template", "apology") in TEMPLATES
            assert effect.params.get("form", "01") in SLIPS
            assert effect.kind != "report" or effect.params["about"] in REPORTS
        msgspec.json.encode([decided.acts, decided.effects])
        if before is None:
            return
        assert after.version == before.version + bool(decided.acts)
        assert decided.acts or (after == before and not decided.effects)
        assert before.apology in (None, after.apology)
        assert before.ended_at in (None, after.ended_at)
        assert before.code in ("", after.code)
        self.closed_charges_stay_closed(before, after)
        assert after.requests[: len(before.requests)] or not before.requests
        if before.at == END and after != before:
            assert (before.status, after.at) == (Status.RETURNED, CORRECTION)
        if before.clock and after.clock and before.clock.restarts == after.clock.restarts:
            assert after.clock.due_at >= before.clock.due_at

    def closed_charges_stay_closed(self, before: Dossier, after: Dossier) -> None:
        for old, new in zip(before.charges, after.charges, strict=False):
            assert (old.id, old.amount_vnd, old.lines) == (new.id, new.amount_vnd, new.lines)
            assert old.ended in ("", new.ended)
            assert old.refunded_vnd <= new.refunded_vnd
        assert len(after.charges) >= len(before.charges)

    def hold(self) -> None:
        """Everything that must hold at any moment."""
        self.status_and_state_agree()
        self.somebody_owes_what_has_not_ended_and_nobody_what_has()
        self.the_clock_stands_exactly_while_the_applicant_owes_something()
        self.the_applicant_is_asked_once_and_the_file_returned_once()
        self.two_people_decide()
        self.money_is_asked_once_and_never_kept_without_a_ground()
        self.a_second_tick_changes_nothing()
        self.a_dossier_survives_being_stored()

    def status_and_state_agree(self) -> None:
        dossier = self.case.dossier
        if dossier.at == END:
            assert dossier.status in ENDED
        elif dossier.at == HANDOVER:
            assert dossier.status == Status.FINISHED
        elif dossier.at == CORRECTION:
            assert dossier.status == Status.RETURNED
        elif dossier.open_request:
            assert dossier.status == Status.SUPPLEMENT_REQUESTED
        elif dossier.open_charge:
            assert dossier.status == Status.PAYMENT_REQUESTED
        elif dossier.accepted_at is None:
            assert (dossier.status, dossier.at) == (Status.NEW, "reception")
        else:
            assert dossier.status in {Status.ACCEPTED, Status.IN_PROCESSING}
        assert (dossier.accepted_at is None) == (dossier.code == "") == (dossier.clock is None)

    def somebody_owes_what_has_not_ended_and_nobody_what_has(self) -> None:
        dossier = self.case.dossier
        assert bool(dossier.open_tasks) == (dossier.at != END)

    def the_clock_stands_exactly_while_the_applicant_owes_something(self) -> None:
        dossier = self.case.dossier
        owes = [task for task in dossier.open_tasks if task.body_id is None]
        assert len(owes) <= 1
        if dossier.clock and dossier.at != END:
            assert bool(dossier.clock.paused_at) == bool(owes)

    def the_applicant_is_asked_once_and_the_file_returned_once(self) -> None:
        verbs = [request.verb for request in self.case.dossier.requests]
        assert len(verbs) == len(set(verbs))
        assert verbs in ([], ["ask-once"], ["return"], ["ask-once", "return"])
        assert sum(r.answered_at is None for r in self.case.dossier.requests) <= 1

    def two_people_decide(self) -> None:
        dossier = self.case.dossier
        if dossier.decision.get("granted") and dossier.proposal:
            assert dossier.decision["by"] != dossier.proposal["by"]

    def money_is_asked_once_and_never_kept_without_a_ground(self) -> None:
        dossier = self.case.dossier
        for charge in dossier.charges:
            assert charge.amount_vnd == sum(line["vnd"] for line in charge.lines) > 0
            assert 0 <= charge.refunded_vnd <= charge.amount_vnd
            assert charge.refunded_vnd == 0 or charge.ended == "paid"
        asked = [charge for charge in dossier.charges if not charge.ended]
        bills = [task for task in dossier.open_tasks if task.kind == "payment"]
        assert len(asked) == len(bills) <= 1
        if asked:
            assert (asked[0].state, dossier.status) == (dossier.at, Status.PAYMENT_REQUESTED)
            assert asked[0].amount_vnd + self.kept() == self.due()
        elif dossier.decision.get("granted") and dossier.charges and not dossier.corrections:
            assert self.kept() <= self.due()

    def kept(self) -> int:
        paid = [charge for charge in self.case.dossier.charges if charge.ended == "paid"]
        return sum(charge.amount_vnd - charge.refunded_vnd for charge in paid)

    def due(self) -> int:
        """The fees, computed here from the answers and not by the engine."""
        dossier = self.case.dossier
        metered = any(fee.fee == "power" for fee in self.case.service.fees)
        power = dossier.recorded.get("site", {}).get("power", 0)
        stamp = 5_000 if dossier.answers["home"]["name"] == "An" else 0
        file = 20_000 if dossier.channel == 2 else 50_000
        return file + stamp + (9_000 if metered and power > 2 else 0)

    def a_second_tick_changes_nothing(self) -> None:
        case = self.case
        once = case.decided(case.command("tick", None), case.now)
        case.dossier, kept = once.dossier, case.dossier
        again = case.decided(case.command("tick", None), case.now)
        case.dossier = kept
        assert (again.acts, again.effects) == ((), ())

    def a_dossier_survives_being_stored(self) -> None:
        dossier = self.case.dossier
        assert msgspec.json.decode(msgspec.json.encode(dossier), type=Dossier).version >= 1
