"""Runs the examples of a service through the real engine and says in words what came otherwise.

A clerk, officers, the applicant and the passing of time are played; the paper is sealed by itself
after a signature. No clock is read: an example says when everything happens.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from itertools import count
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from motcua.catalogue.rules.answers import Context, nest
from motcua.catalogue.rules.fees import fee_of
from motcua.catalogue.rules.forms import check_answers, evidence_needed, without_hidden
from motcua.catalogue.rules.procedure import Procedure
from motcua.dossiers.rules.charges import PAID
from motcua.dossiers.rules.codes import code_of
from motcua.dossiers.rules.debt_examples import Debt, debt_faults, found_debts
from motcua.dossiers.rules.engine import decide, open_dossier
from motcua.dossiers.rules.example_words import APPLICANT_ID, command_for, moment, named
from motcua.dossiers.rules.state import Charge, Command, Decided, Dossier, Status
from motcua.dossiers.rules.surroundings import Surroundings, bodies_needed, place_of
from motcua.kernel.refusals import Refusal
from motcua.kernel.working_time import WorkingCalendar

CHANNELS = {"counter": 1, "online": 2, "post": 3}


class Country(Struct, frozen=True, kw_only=True):
    """What an example needs of a pack: calendars, and what is known about areas.

    area_level(code) -> "province", "commune" or ""; None = areas are not checked.
    province_of(area code) -> code of its province, for fees.
    """

    calendar: WorkingCalendar
    desk_calendar: WorkingCalendar
    area_level: Callable[[str], str] | None = None
    province_of: Callable[[str], str] = lambda _area: ""


def run_example(procedure: Procedure, example: Mapping[str, Any], country: Country) -> list[str]:
    """What came otherwise than the example says, one sentence each; empty = as it says."""
    try:
        return list(_Run(procedure, example, country).failures())
    except (KeyError, TypeError, ValueError) as fault:
        return [f"the example cannot be read: {type(fault).__name__}: {fault}"]


class _Run:
    """One example on its way."""

    def __init__(self, procedure: Procedure, example: Mapping[str, Any], country: Country) -> None:
        self.procedure = procedure
        self.example = example
        self.country = country
        self.zone = country.calendar.zone
        self.at = moment(example["at"], self.zone)
        self.channel = str(example.get("channel", "online"))
        self.answers = nest(example.get("answers") or {})
        self.context = Context(
            today=self.at.astimezone(self.zone).date(),
            filed=self.at,
            channel=self.channel,
            area_level=country.area_level,
        )
        self.slips: list[str] = []
        self.refused = ""
        self._ids = count(1)
        self.dossier: Dossier | None = None
        self.debts: tuple[Debt, ...] = tuple(example.get("debts") or ())
        self.found: tuple[Debt, ...] = ()

    def failures(self) -> Iterator[str]:
        expect = dict(self.example.get("expect") or {})
        problems = {p.path for p in check_answers(self.procedure, self.answers, self.context)}
        wanted = set(expect.pop("problems", ()))
        for path in sorted(wanted - problems):
            yield f"problems: a problem at {path} was expected, but that answer is right"
        if not wanted:
            yield from self._unexpected_problems(problems)
            if self.procedure.pays is None:
                yield from self._run(str(expect.get("refused", "")))
            else:
                self.found = found_debts(self.procedure.pays, self.answers, self.debts)
                yield from debt_faults(self.procedure.pays, self.debts)
        yield from self._compare(expect, "at the end")

    def _unexpected_problems(self, problems: set[str]) -> Iterator[str]:
        if problems:
            yield f"problems: the answers are wrong at {', '.join(sorted(problems))}"

    def _run(self, refusal: str) -> Iterator[str]:
        self._file()
        for number, step in enumerate(self.example.get("then") or (), start=1):
            where = f"step {number} ({step['do']} at {step['at']})"
            expect = dict(step.get("expect") or {})
            now = moment(step["at"], self.zone)
            if now < self.at:
                yield f"{where}: is earlier than what comes before it"
                return
            self._settle(now, step["do"])
            self.at, self.refused = now, ""
            self._try(command_for(self._known, step, self.zone))
            if self.refused and self.refused not in (refusal, expect.get("refused")):
                yield f"{where}: was refused: {self.refused}{self._state()}"
                return
            yield from self._compare(expect, where)
        self._settle(self.at, "")

    @property
    def _known(self) -> Dossier:
        if self.dossier is None:
            raise ValueError("nothing was filed")
        return self.dossier

    def _file(self) -> None:
        place = place_of(self.answers, self.procedure.decided_by.of)
        papers = evidence_needed(self.procedure, self.answers, self.context)
        names = self.example.get("papers", [paper.paper for paper in papers])
        filed = Dossier(
            id=named("dossier"),
            procedure=self.procedure.key,
            channel=CHANNELS[self.channel],
            status=Status.NEW,
            at="",
            body_id=named("body", self.procedure.decided_by.body, place),
            desk_id=named("desk"),
            submitted_at=self.at,
            answers=without_hidden(self.procedure, self.answers, self.context),
            applicant_id=APPLICANT_ID,
            filed_by=named("clerk") if self.channel == "counter" else None,
            papers={name: (f"{name}.pdf",) for name in names},
        )
        self._keep(open_dossier(self.procedure, filed, surroundings=self._around(), now=self.at))

    def _settle(self, now: datetime, verb: str) -> None:
        """What the system does by itself in between: the seal, and the passing of time."""
        if verb != "seal" and any(t.kind == "seal" for t in self._known.open_tasks):
            self._try(Command(verb="seal"))
        self.at = now
        self._try(Command(verb="tick"))

    def _try(self, command: Command) -> None:
        try:
            decided = decide(
                self.procedure,
                self._known,
                command,
                surroundings=self._around(),
                now=self.at,
            )
        except Refusal as refusal:
            self.refused = refusal.code
        else:
            self._keep(decided)

    def _keep(self, decided: Decided) -> None:
        self.dossier = decided.dossier
        self.slips += [str(e.params["form"]) for e in decided.effects if e.kind == "slip"]

    @property
    def _province(self) -> str:
        place = place_of(self.answers, self.procedure.decided_by.of)
        return self.country.province_of(place) if place else ""

    def _around(self) -> Surroundings:
        pairs = bodies_needed(self.procedure, self.answers)
        return Surroundings(
            calendar=self.country.calendar,
            desk_calendar=self.country.desk_calendar,
            new_id=lambda: named("id", str(next(self._ids))),
            bodies={pair: named("body", *pair) for pair in pairs},
            next_code=code_of("X00.1", self.at.astimezone(self.zone).date(), 1),
            province=self._province,
        )

    # What came

    def _compare(self, expect: Mapping[str, Any], where: str) -> Iterator[str]:
        for name, wanted in expect.items():
            if name not in _CAME:
                yield f"{where}: nothing is known of “{name}”; it may be one of {', '.join(_CAME)}"
                continue
            came, right = _CAME[name](self), _plain(wanted)
            if came != right:
                yield f"{where}: {name}: expected {right}, came {came}{self._state()}"

    def _state(self) -> str:
        return f" (the dossier is at “{self.dossier.at}”)" if self.dossier else ""

    def came_due(self) -> str:
        """The end of the legal clock, or of the desk's task before acceptance."""
        clock = self.dossier.clock if self.dossier else None
        if clock is None and self.dossier and self.dossier.open_tasks:
            clock = self.dossier.open_tasks[-1].clock
        return f"{clock.due_at.astimezone(self.zone):%Y-%m-%d %H:%M}" if clock else ""

    def came_fee(self) -> Any:
        """By the answers as they stand now: a supplement may have changed them."""
        recorded = self.dossier.recorded if self.dossier else {}
        fee = fee_of(
            self.procedure,
            self.dossier.answers if self.dossier else self.answers,
            channel="online" if self.channel == "online" else "counter",
            province=self._province,
            on=self.context.today or self.at.date(),
            context=replace(self.context, recorded=recorded),
        )
        return fee.total_vnd if fee.known else "unknown"

    def came_charges(self) -> tuple[Charge, ...]:
        return self.dossier.charges if self.dossier else ()

    def came_decided_by(self) -> dict[str, str]:
        competence = self.procedure.decided_by
        return {"body": competence.body, "area": place_of(self.answers, competence.of)}


_CAME: dict[str, Callable[[_Run], Any]] = {
    "due": _Run.came_due,
    "status": lambda run: int(run.dossier.status) if run.dossier else 0,
    "state": lambda run: run.dossier.at if run.dossier else "",
    "decided-by": _Run.came_decided_by,
    "fee": _Run.came_fee,
    "slips": lambda run: run.slips,
    "refused": lambda run: run.refused,
    "corrections": lambda run: run.dossier.corrections if run.dossier else 0,
    "paused": lambda run: bool(run.dossier and run.dossier.clock and run.dossier.clock.paused_at),
    "recorded": lambda run: run.dossier.recorded if run.dossier else {},
    # Money: all that was asked for, whether all of it was paid, and what goes back.
    "charged": lambda run: sum(charge.amount_vnd for charge in run.came_charges()),
    "paid": lambda run: (
        bool(run.came_charges()) and all(charge.ended == PAID for charge in run.came_charges())
    ),
    "refund": lambda run: sum(charge.refunded_vnd for charge in run.came_charges()),
    # Of a service that pays debts: how many are found, and what they come to.
    "found": lambda run: len(run.found),
    "total": lambda run: sum(debt["vnd"] for debt in run.found),
}


def _plain(wanted: Any) -> Any:
    if isinstance(wanted, datetime):
        return f"{wanted:%Y-%m-%d %H:%M}"
    return wanted
