"""The same play by software alone: every step is a request with a key."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec

from motcua.catalogue import api as catalogue
from motcua.identity import api as identity
from motcua.kernel import clock, jobs
from motcua.kernel.actors import Actor
from tests.journeys.playing import BUSINESS, Play, moment
from tests.payments.fakes import Book
from tests.web.api.machines import Machine, secret_of


class ByMachines(Play):
    """Answers are checked at each step: a refusal fails the test with its problem+json."""

    _citizen: Machine | None = None

    @property
    def citizen(self) -> Machine:
        if self._citizen is None:
            me = self.me
            if self.procedure.audience == ("business",):
                account = identity.account(me.account_id) if me.account_id else None
                assert account is not None
                me = identity.actor_of(account, None, f"business:{BUSINESS}")
            self._citizen = Machine(secret_of(me), self.language)
        return self._citizen

    def software_at(self, actor: Actor) -> Machine:
        """Connected by who leads the body and holds all that the post may do."""
        leader = msgspec.structs.replace(actor, permissions=actor.permissions | {"lead"})
        return Machine(secret_of(leader, f"Phần mềm {actor.role}", actor.post_id), self.language)

    def search(self) -> None:
        found = ok(Machine().get(f"/services?q={self.procedure.title[self.language]}"))
        assert self.procedure.service in [one["service"] for one in found["items"]]

    def file(self) -> None:
        if self.procedure.audience == ("business",):
            self.represent()
        with clock.at(moment(self.example["at"])):
            draft = ok(self.citizen.post(f"/services/{self.procedure.service}/drafts"))
            path = f"/drafts/{draft['id']}"
            answers = {"answers": catalogue.nest(dict(self.example["answers"]))}
            saved = ok(self.citizen.put(f"{path}/answers", answers))
            assert not saved["problems"], saved["problems"]
            for paper in ok(self.citizen.get(f"{path}/check"))["problems"]:
                ok(self.citizen.upload(f"{path}/papers/{paper['path']}"))
            sent = ok(self.citizen.post(f"{path}/submit", key=uuid4().hex))
            self.dossier_id = UUID(sent["id"])

    def pay(self) -> None:
        bills = ok(self.citizen.get(f"/dossiers/{self.dossier_id}/bills"))["items"]
        code = next(one["code"] for one in bills if one["status"] == "open")
        url = ok(self.citizen.post(f"/bills/{code}/payments", key=uuid4().hex))["url"]
        reference = url.rpartition("ref=")[2]
        notice = {
            "sign": "good",
            "ref": reference,
            "vnd": str(Book.orders[reference].amount_vnd),
            "transaction": f"T{reference}",
        }
        assert self.citizen.client.get("/pay/notice/fake/", notice).status_code == 200
        jobs.run_due()

    def agree(self) -> None:
        ok(self.citizen.post(f"/dossiers/{self.dossier_id}/acts/agree"))

    def says(self, verb: str, step: dict[str, Any]) -> None:
        machine = self.software_at(self.officer_for(verb, str(step.get("who", ""))))
        given = step.get("with") or {}
        ok(machine.post(f"/dossiers/{self.dossier_id}/acts/{verb}", self.params(verb, given)))

    def params(self, verb: str, given: dict[str, Any]) -> dict[str, Any]:
        match verb:
            case "propose":
                values = catalogue.nest(given.get("values") or {})
                return {
                    "grant": True,
                    "say": "Đủ điều kiện.",
                    **({"values": values} if values else {}),
                }
            case "schedule":
                return {"visit_at": moment(given["visit"]).isoformat()}
            case "record":
                return {"values": catalogue.nest(given["values"])}
            case "confirm" | "give-opinion":
                return {"say": "Đã kiểm tra.", "agrees": True}
        return {}

    def end(self) -> bytes:
        last = moment((self.example.get("then") or [self.example])[-1]["at"])
        with clock.at(last + timedelta(minutes=5)):
            jobs.run_due()
            tasks = self.view().open_tasks
            if handover := next((t for t in tasks if t.kind == "handover"), None):
                machine = self.software_at(self.at_post(handover.body_id, handover.role))
                body = {"to": "Trần Thị Bích"}
                ok(machine.post(f"/dossiers/{self.dossier_id}/acts/hand-over", body))
            answer = self.citizen.get(f"/dossiers/{self.dossier_id}/result")
            assert answer.status_code == 200, answer.content
            return bytes(answer.content)


def ok(answer: Any) -> Any:
    """The JSON of an answer that is not a problem."""
    assert answer.status_code < 300, (answer.status_code, answer.content.decode()[:3000])
    return answer.json() if answer.content else None
