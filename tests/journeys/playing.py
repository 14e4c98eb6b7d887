"""Plays the first example of any service through the pages that people use, to its result."""

import re
from datetime import date, datetime
from html import unescape
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth import get_user_model
from django.test import Client

from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from motcua.dossiers import api as dossiers
from motcua.identity import api as identity
from motcua.kernel import clock, jobs
from motcua.kernel.actors import SYSTEM, Actor
from motcua.payments import api as payments
from tests.dossiers.world import World, at, officer
from tests.payments.fakes import Book
from tests.web.desk.screens import says, screen
from tests.web.portal.walking import Walk

BUSINESS = "0101234567"
SINCE = date(2025, 7, 1)
NOBODY = UUID(int=0)


class Play:
    """One service, one applicant, and whichever officers its route asks for."""

    def __init__(self, world: World, service: str, language: str) -> None:
        self.procedure = catalogue.current(service, directory.today())
        self.language = language
        self.example = dict(self.procedure.examples[0])
        card = identity.raise_level(
            world.clerk, account_id=world.mother.account_id or NOBODY, evidence="CCCD 001196000011"
        )
        self.me = identity.actor_of(card)
        self.officers: dict[tuple[Any, str], Actor] = {}
        self.dossier_id = NOBODY

    # The applicant

    @property
    def walk(self) -> Walk:
        client = Client()
        client.cookies["language"] = self.language
        client.force_login(get_user_model().objects.get(id=self.me.account_id))
        return Walk(client)

    def search(self) -> None:
        """The service is found by its title, in the language of the page."""
        page = self.walk.client.get("/services", {"q": self.procedure.title[self.language]})
        assert f'href="/services/{self.procedure.service}/"' in page.content.decode()

    def represent(self) -> None:
        identity.add_representation(
            SYSTEM,
            account_id=self.me.account_id or NOBODY,
            business_number=BUSINESS,
            business_name="Công ty TNHH An Phú",
            since=SINCE,
        )

    def file(self) -> None:
        walk = self.walk
        if self.procedure.audience == ("business",):
            self.represent()
            walk.client.post(
                f"/my/apply/{self.procedure.service}/", {"behalf": f"business:{BUSINESS}"}
            )
        with clock.at(moment(self.example["at"])):
            answers = dict(self.example["answers"])
            self.dossier_id = UUID(walk.apply(self.procedure.service, answers))

    def view(self) -> dossiers.DossierView:
        return dossiers.dossier_view(SYSTEM, self.dossier_id)

    def pay(self) -> None:
        """By the button of the bill and the gateway's notice."""
        bill = self.view().bill
        assert bill is not None
        client = self.walk.client
        page = client.get(f"/my/dossiers/{self.dossier_id}/").content.decode()
        assert f"/pay/{bill.code}/" in page
        settle(client, bill.code)
        jobs.run_due()

    def agree(self) -> None:
        path = f"/my/dossiers/{self.dossier_id}/draft"
        walk = self.walk.get(path)
        version = re.search(r'name="version" value="(\d+)"', walk.text)
        assert version is not None
        walk.post(path, {"answer": "agree", "version": version[1]})

    # Officers

    def officer_for(self, verb: str, who: str = "") -> Actor:
        """Somebody who owes a task that this verb ends."""
        fitting = [t for t in self.view().open_tasks if verb in t.may and t.body_id]
        task = next((t for t in fitting if who in {t.role, t.name}), None) or fitting[0]
        return self.at_post(task.body_id, task.role)

    def at_post(self, body_id: Any, role: str) -> Actor:
        if (body_id, role) not in self.officers:
            body = directory.body(body_id)
            unit = directory.units_of(body.id)[0].kind
            self.officers[body_id, role] = officer(body, unit, role, f"Cán bộ {role}")
        return self.officers[body_id, role]

    def says(self, verb: str, step: dict[str, Any]) -> None:
        actor = self.officer_for(verb, str(step.get("who", "")))
        client = screen(actor, self.language)
        answer = says(client, self.dossier_id, verb, **self.typed(verb, step.get("with") or {}))
        assert answer.status_code == 303, re.sub(
            r"<[^>]+>|\s+", " ", unescape(answer.content.decode())
        )[-2000:]

    def typed(self, verb: str, given: dict[str, Any]) -> dict[str, Any]:
        """What an officer types on the page of a verb."""
        match verb:
            case "propose":
                recorded = self.recorded(given.get("values") or {})
                return {"grant": "yes", "say": "Đủ điều kiện.", **recorded}
            case "schedule":
                day = moment(given["visit"])
                parts = {"visit-day": day.day, "visit-month": day.month, "visit-year": day.year}
                return {**parts, "visit-time": day.strftime("%H:%M")}
            case "record":
                return {"fields": "1", **self.recorded(given["values"])}
            case "confirm" | "give-opinion":
                return {"say": "Đã kiểm tra.", "agrees": "yes"}
        return {}

    def recorded(self, values: dict[str, Any]) -> dict[str, Any]:
        step = self.procedure.step(self.view().dossier.at)
        asked = [*step.ask, *(field for branch in step.together for field in branch.ask)]
        typed: dict[str, Any] = {}
        for field in asked:
            typed |= catalogue.as_typed(field, values.get(field.field))
        return typed

    def step(self, step: dict[str, Any]) -> None:
        verb = step["do"]
        with clock.at(moment(step["at"])):
            jobs.run_due()
            if verb in {"pay", "agree"}:
                getattr(self, verb)()
            elif verb != "hand-over":
                self.says(verb, step)

    def end(self) -> bytes:
        """The sealed result, handed over if it must be, as the applicant fetches it."""
        last = moment((self.example.get("then") or [self.example])[-1]["at"])
        with clock.at(last):
            jobs.run_due()
            open_tasks = self.view().open_tasks
            if handover := next((t for t in open_tasks if t.kind == "handover"), None):
                client = screen(self.at_post(handover.body_id, handover.role), self.language)
                says(client, self.dossier_id, "hand-over", receiver="Trần Thị Bích")
            walk = self.walk.get(f"/my/dossiers/{self.dossier_id}/")
            link = re.search(r'class="button" href="(/my/dossiers/[^"]+/papers/[^"]+)"', walk.text)
            assert link is not None
            return bytes(walk.get(link[1]).response.content)


def settle(client: Client, code: str) -> None:
    """Pay a bill as a browser and a gateway do."""
    left = client.post(f"/pay/{code}/start", {"key": uuid4().hex})
    assert left.status_code == 303
    reference = left.headers["Location"].rpartition("ref=")[2]
    notice = {
        "sign": "good",
        "ref": reference,
        "vnd": str(Book.orders[reference].amount_vnd),
        "transaction": f"T{reference}",
    }
    assert client.get("/pay/notice/fake/", notice).status_code == 200
    assert payments.bill_by_code(code).status == "paid"


def moment(text: Any) -> datetime:
    return text if isinstance(text, datetime) else at(str(text))
