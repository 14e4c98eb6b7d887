"""One decision being taken: the dossier so far, the acts to record and the effects to cause.

A Turn lives inside one call of the engine. Handlers change it; whoever called sees only `Decided`.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec.structs import replace

from motcua.catalogue.rules.answers import Context, Truth
from motcua.catalogue.rules.computing import completed
from motcua.catalogue.rules.procedure import Answers, Procedure
from motcua.dossiers.rules.state import Command, Decided, Done, Dossier, Effect, Task
from motcua.dossiers.rules.surroundings import Surroundings
from motcua.kernel import deadlines
from motcua.kernel.deadlines import Clock
from motcua.kernel.durations import Duration

CHANNELS = {1: "counter", 2: "online", 3: "post"}


class Turn:
    """The dossier in hand, with small words for what handlers do again and again."""

    def __init__(
        self,
        procedure: Procedure,
        dossier: Dossier,
        command: Command,
        *,
        surroundings: Surroundings,
        now: datetime,
    ) -> None:
        self.procedure = procedure
        self.dossier = dossier
        self.command = command
        self.around = surroundings
        self.now = now
        self.given: Task | None = None  # the task that the command concerns, when it concerns one
        self._acts: list[Done] = []
        self._effects: list[Effect] = []

    # The outcome

    def decided(self) -> Decided:
        """What was decided; the version grows only if something happened."""
        if not self._acts:
            return Decided(dossier=self.dossier, acts=(), effects=tuple(self._effects))
        grown = replace(self.dossier, version=self.dossier.version + 1)
        return Decided(dossier=grown, acts=tuple(self._acts), effects=tuple(self._effects))

    def put(self, **changes: Any) -> None:
        """Change fields of the dossier."""
        self.dossier = replace(self.dossier, **changes)

    def act(self, verb: str, /, *, basis: str = "", **detail: Any) -> None:
        """Record that something happened; details become plain JSON values."""
        plain = msgspec.to_builtins({k: v for k, v in detail.items() if v not in (None, "")})
        self._acts.append(Done(verb=verb, detail=plain, basis=basis))

    def effect(self, kind: str, /, **params: Any) -> None:
        """Cause something outside; parameters become plain JSON values."""
        self._effects.append(Effect(kind=kind, params=msgspec.to_builtins(params)))

    def notify(self, template: str, /, **params: Any) -> None:
        """Tell the applicant."""
        self.effect("notify", template=template, to="applicant", **params)

    # Parameters of the command

    @property
    def task(self) -> Task:
        """The task in hand (only for verbs that concern one)."""
        if self.given is None:
            raise TypeError(f"{self.command.verb} has no task")
        return self.given

    def param(self, name: str) -> Any:
        """A parameter of the command, or None."""
        return self.command.params.get(name)

    def said(self, name: str = "say") -> str:
        """A text parameter, trimmed; "" if not given."""
        value = self.param(name)
        return value.strip() if isinstance(value, str) else ""

    # Tasks

    def open_task(self, *, kind: str, state: str, within: Duration | None, **fields: Any) -> Task:
        """A new piece of work, with its clock counted in the calendar of who owes it.

        transferred: it comes from the desk, so that the cut-off of reception (15:00) counts.
        """
        transferred = bool(fields.pop("transferred", False))
        clock = fields.pop("clock", None)
        if within:
            clock = self.start(within, fields.get("body_id"), cutoff=transferred)
        task = Task(
            id=self.around.new_id(),
            kind=kind,
            state=state,
            opened_at=self.now,
            clock=clock,
            **fields,
        )
        self.put(tasks=(*self.dossier.tasks, task))
        return task

    def change_task(self, task: Task, **changes: Any) -> Task:
        """Replace one task by its changed self."""
        changed = replace(task, **changes)
        tasks = tuple(changed if t.id == task.id else t for t in self.dossier.tasks)
        self.put(tasks=tasks)
        if self.given and self.given.id == task.id:
            self.given = changed
        return changed

    def close_task(self, task: Task, verb: str) -> Task:
        """End a piece of work; who acts is who did it."""
        officer = task.officer_id or (self.command.by if task.body_id else None)
        return self.change_task(
            task, closed_at=self.now, closed_by=self.command.by, officer_id=officer, verb=verb
        )

    def close_all(self, verb: str) -> None:
        """End whatever is still open, because the dossier no longer needs it."""
        for task in self.dossier.open_tasks:
            self.close_task(task, verb)

    # Time

    def start(self, limit: Duration, body_id: UUID | None, *, cutoff: bool) -> Clock:
        """A clock that starts now, in the calendar of a body."""
        calendar = self.around.calendar_of(self.dossier, body_id)
        return deadlines.start(calendar, limit, self.now, cutoff=cutoff)

    def pause(self, reason: str) -> None:
        """Stop the legal clock while the applicant owes something."""
        if self.dossier.clock and self.dossier.clock.paused_at is None:
            calendar = self.around.calendar
            clock = deadlines.pause(self.dossier.clock, calendar, self.now, reason=reason)
            self.put(clock=clock)

    def resume(self) -> None:
        """Let the legal clock run on."""
        if self.dossier.clock and self.dossier.clock.paused_at is not None:
            calendar = self.around.calendar
            self.put(clock=deadlines.resume(self.dossier.clock, calendar, self.now))

    # Conditions

    def truth(self) -> Truth:
        """Answers conditions of the procedure over what is known now."""
        return Truth(self.procedure, self.dossier.answers, self._context(self.now))

    def completed(self, answers: Answers) -> Answers:
        """The answers with what the form computes, by the values of the day of filing."""
        filed_at = self.dossier.submitted_at
        return completed(self.procedure, answers, self._context(filed_at))

    def _context(self, at: datetime) -> Context:
        return Context(
            today=self.local_date(at),
            filed=self.dossier.submitted_at,
            channel=CHANNELS.get(self.dossier.channel, "online"),
            recorded=self.dossier.recorded,
            values_on=self.local_date(self.dossier.submitted_at),
        )

    def local_date(self, at: datetime) -> date:
        """The date in the country at a moment."""
        return at.astimezone(self.around.zone or self.around.calendar.zone).date()
