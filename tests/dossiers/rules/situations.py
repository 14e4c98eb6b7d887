"""A tiny service and the people around it: enough to play every rule of the engine."""

from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID

import msgspec

from motcua.catalogue.rules.procedure import Procedure
from motcua.dossiers.rules.codes import code_of
from motcua.dossiers.rules.engine import decide, open_dossier
from motcua.dossiers.rules.state import Command, Decided, Dossier, Effect, Status, Task
from motcua.dossiers.rules.surroundings import Surroundings
from motcua.kernel.deadlines import Clock
from motcua.kernel.refusals import Refusal
from tests.kernel.calendars import DESK as DESK_CALENDAR
from tests.kernel.calendars import OFFICE, hanoi


def words(text: str) -> dict[str, str]:
    return {"vi": text, "en": text, "fr": text}


def duration(unit: str, number: int = 0) -> dict[str, Any]:
    return {"unit": unit, "count": number}


RECEPTION = {
    "state": "reception",
    "title": words("Reception"),
    "who": "desk-clerk",
    "at": "desk",
    "within": duration("working-hours", 4),
    "may": ["accept", "ask-once", "refuse"],
}
APPRAISAL = {
    "state": "appraisal",
    "title": words("Appraisal"),
    "who": "appraiser",
    "within": duration("working-days", 1),
    "may": ["propose", "ask-once", "return", "refuse", "ask-opinion", "schedule"],
}
DRAFT = {
    "state": "draft",
    "title": words("Draft"),
    "who": "applicant",
    "within": duration("hours", 24),
    "silence": "agree",
    "may": ["agree", "correct"],
    "shows": "certificate",
}
SIGNATURE = {
    "state": "signature",
    "title": words("Signature"),
    "who": "chair",
    "within": duration("working-hours", 4),
    "may": ["sign", "send-back"],
}
PAYMENT = {
    "state": "payment",
    "title": words("Payment"),
    "who": "applicant",
    "within": duration("days", 10),
    "silence": "stop",
    "pay": True,
}
FEES = [
    {"fee": "file", "title": words("File"), "vnd": 20_000, "law": "law of file", "refund": True,
     "channel": "online"},
    {"fee": "file", "title": words("File"), "vnd": 50_000, "law": "law of file", "refund": True},
    {"fee": "stamp", "title": words("Stamp"), "vnd": 5_000, "law": "law of stamp",
     "when": "home.name == 'An'"},
]  # fmt: skip
ASKED = {"field": "site.power", "kind": "number", "title": words("Power")}
SURVEY = {
    "state": "survey",
    "title": words("Survey"),
    "who": "appraiser",
    "within": duration("working-days", 1),
    "may": ["record", "schedule"],
    "ask": [ASKED],
}
CHECKS = {
    "state": "checks",
    "title": words("Checks"),
    "who": "appraiser",
    "within": duration("working-days", 2),
    "together": [
        {
            "name": name,
            "title": words(name),
            "who": "police-officer",
            "body": body,
            "of": "home.commune",
            "within": duration("working-days", 1),
            "may": ["confirm", "object", "ask-once"],
        }
        for name, body in (("police", "commune-police"), ("tax", "tax-office"))
    ],
}


def reason(code: str, *verbs: str) -> dict[str, Any]:
    return {"code": code, "title": words(code), "law": f"law of {code}", "verbs": verbs}


def procedure(
    *route: dict[str, Any], limit: dict[str, Any] | None = None, **more: Any
) -> Procedure:
    """A service with the given route (by default reception, appraisal, draft, signature)."""
    data = {
        "service": "test",
        "key": "test@1",
        "title": words("Test"),
        "summary": words("Test"),
        "life-event": "testing",
        "for": ["citizen"],
        "audience": ["citizen"],
        "owner": "G00",
        "law": [],
        "decided-by": {"body": "commune-committee", "of": "home.commune"},
        "limit": limit or duration("working-days", 5),
        "form": [
            {
                "page": "home",
                "title": words("Home"),
                "ask": [
                    {"field": "home.commune", "kind": "area", "title": words("Commune")},
                    {"field": "home.name", "kind": "text", "title": words("Name")},
                ],
            }
        ],
        "evidence": [
            {"paper": "plan", "title": words("Plan")},
            {"paper": "card", "title": words("Card"), "instead": "population"},
        ],
        "route": list(route or (RECEPTION, APPRAISAL, DRAFT, SIGNATURE)),
        "reasons": [
            reason("missing-paper", "ask-once", "return"),
            {**reason("register-has-nothing", "ask-once", "return"), "in-spite": True},
            reason("not-eligible", "refuse"),
            reason("overload", "apologise"),
        ],
        "outcome": {"issue": "certificate", "title": words("Certificate")},
        **more,
    }
    return msgspec.convert(data, Procedure)


def paying(*route: dict[str, Any], **more: Any) -> Procedure:
    """A service that asks for its fees between reception and appraisal."""
    states = route or (RECEPTION, PAYMENT, APPRAISAL, SIGNATURE)
    return procedure(*states, **{"fees": FEES, **more})


def who(number: int) -> UUID:
    return UUID(int=number)


APPLICANT, STRANGER = who(1), who(2)
CLERK, OFFICER, COLLEAGUE, CHAIR, POLICE, TAX, HEAD = (who(n) for n in range(11, 18))
DESK, COMMITTEE, POLICE_STATION, TAX_OFFICE, OTHER_COMMITTEE = (who(n) for n in range(101, 106))
POSTS = {
    CLERK: (DESK, "desk-clerk", {"receive", "hand-over"}),
    HEAD: (DESK, "desk-head", {"receive", "hand-over", "lead"}),
    OFFICER: (COMMITTEE, "appraiser", {"process", "opine"}),
    COLLEAGUE: (COMMITTEE, "appraiser", {"process", "opine"}),
    CHAIR: (COMMITTEE, "chair", {"sign", "opine", "lead"}),
    POLICE: (POLICE_STATION, "police-officer", {"process", "opine"}),
    TAX: (TAX_OFFICE, "police-officer", {"process", "opine"}),
}
BODIES = {
    ("commune-committee", "00004"): COMMITTEE,
    ("commune-police", "00004"): POLICE_STATION,
    ("tax-office", "00004"): TAX_OFFICE,
}
ASK = {"reason": "missing-paper", "say": "The plan lacks.", "items": [{"paper": "plan"}]}
NO = {"reason": "not-eligible", "say": "Not on this land."}
MONDAY = "2026-03-02"


class Case:
    """A dossier that is driven through the engine; keeps what came out of the last command."""

    def __init__(
        self, service: Procedure | None = None, at: str = f"{MONDAY} 08:00", *, channel: int = 2
    ) -> None:
        self.service = service or procedure()
        self.ids = count(1000)
        self.now = hanoi(at)
        filed = Dossier(
            id=who(999),
            procedure="",
            channel=channel,
            status=Status.NEW,
            at="",
            body_id=COMMITTEE,
            desk_id=DESK,
            submitted_at=self.now,
            answers={"home": {"commune": "00004", "name": "An"}},
            applicant_id=APPLICANT,
        )
        self.last = open_dossier(self.service, filed, surroundings=self.around, now=self.now)
        self.dossier = self.last.dossier

    @property
    def around(self) -> Surroundings:
        return Surroundings(
            calendar=OFFICE,
            desk_calendar=DESK_CALENDAR,
            new_id=lambda: who(next(self.ids)),
            bodies=BODIES,
            next_code=code_of("H26.1", self.now.date(), 1),
            province="01",
        )

    def do(self, verb: str, by: UUID | None = None, at: str = "", **params: Any) -> "Case":
        """`case.do("accept", CLERK, "2026-03-02 09:00")`; times without a day are of Monday."""
        task = params.pop("task", None)
        self.now = moment(at) if at else self.now
        command = self.command(verb, by, task=task, **params)
        self.last = self.decided(command, self.now)
        self.dossier = self.last.dossier
        return self

    def decided(self, command: Command, now: datetime) -> Decided:
        return decide(self.service, self.dossier, command, surroundings=self.around, now=now)

    def command(
        self, verb: str, by: UUID | None, *, task: Task | None = None, **params: Any
    ) -> Command:
        post = POSTS.get(by) if by else None
        common: dict[str, Any] = {"verb": verb, "by": by, "params": params}
        if task is not None:
            common["task_id"] = task.id
        if post is None:
            return Command(**common)
        body, role, rights = post
        return Command(
            **common, officer=True, body_id=body, role=role, permissions=frozenset(rights)
        )

    def no(self, verb: str, by: UUID | None = None, at: str = "", **params: Any) -> str:
        """The code of the refusal that must come; the dossier stays as it is."""
        before = self.dossier
        try:
            self.do(verb, by, at, **params)
        except Refusal as refusal:
            assert self.dossier is before
            return refusal.code.removeprefix("dossiers.")
        raise AssertionError(f"{verb} was not refused")

    @property
    def acts(self) -> list[str]:
        return [act.verb for act in self.last.acts]

    @property
    def slips(self) -> list[str]:
        return [effect.params["form"] for effect in self.effects("slip")]

    def effects(self, kind: str) -> list[Effect]:
        return [effect for effect in self.last.effects if effect.kind == kind]

    @property
    def told(self) -> list[str]:
        return [effect.params["template"] for effect in self.effects("notify")]

    def pay(self, at: str = "", charge_id: Any = None) -> "Case":
        """The system says that the open charge is paid."""
        charge = self.dossier.open_charge
        return self.do("pay", None, at, charge_id=charge_id or (charge.id if charge else None))

    @property
    def clock(self) -> Clock:
        """The legal clock, which must exist."""
        assert self.dossier.clock
        return self.dossier.clock

    @property
    def due(self) -> str:
        return f"{self.clock.due_at:%Y-%m-%d %H:%M}"

    @property
    def task(self) -> Task:
        """The only open task."""
        (task,) = self.dossier.open_tasks
        return task

    @property
    def task_due(self) -> str:
        assert self.task.clock
        return f"{self.task.clock.due_at:%Y-%m-%d %H:%M}"


def moment(text: str) -> datetime:
    return hanoi(text if len(text) > 5 else f"{MONDAY} {text}")


def accepted(service: Procedure | None = None, at: str = "09:00", *, channel: int = 2) -> Case:
    """Filed on Monday 2 March 2026 at 08:00 and accepted at 09:00."""
    return Case(service, channel=channel).do("accept", CLERK, at)


def charged(service: Procedure | None = None, *, channel: int = 2) -> Case:
    """Accepted on Monday at 09:00; 25,000 dong are asked for online, 55,000 at the counter."""
    return accepted(service or paying(), channel=channel)


def drafted(service: Procedure | None = None) -> Case:
    """The applicant looks at a draft since Monday 10:00."""
    return accepted(service).do("propose", OFFICER, "10:00")


def proposed(service: Procedure | None = None, *, channel: int = 2) -> Case:
    """Before the signature since Monday 11:00."""
    route = service or procedure(RECEPTION, APPRAISAL, SIGNATURE)
    return accepted(route, channel=channel).do("propose", OFFICER, "11:00")


def returned(service: Procedure | None = None) -> Case:
    """The electronic result is with the applicant since Monday 14:00."""
    return proposed(service).do("sign", CHAIR, "14:00").do("seal")
