"""Software with keys, talking to the API through HTTP."""

import json
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from msgspec import Struct

from motcua.directory import api as directory
from motcua.identity import api as identity
from motcua.kernel.actors import SYSTEM, Actor
from motcua.registers import api as registers
from tests.documents.samples import png
from tests.dossiers.world import World
from tests.dossiers.world import officer as officer_at

ROOT = "/api/v1"
SOMEBODY = registers.PersonDraft(
    full_name="Đỗ Thị Sen", born_on=date(1990, 7, 12), sex="female", birth_area="00004",
    personal_number="001190000077", residence_area="00004", residence_line="3 phố Phan Đình Phùng",
)  # fmt: skip


class Machine:
    """A client that sends a key, JSON, and reads JSON."""

    def __init__(self, secret: str = "", language: str = "en") -> None:
        self.client = Client()
        self.headers = {"accept-language": language}
        if secret:
            self.headers["authorization"] = f"Bearer {secret}"

    def send(self, method: str, path: str, body: Any = None, *, key: str = "", **more: str) -> Any:
        headers = {**self.headers, **more} | ({"idempotency-key": key} if key else {})
        given: dict[str, Any] = {}
        if body is not None:
            given = {"data": json.dumps(body), "content_type": "application/json"}
        return self.client.generic(method, ROOT + path, headers=headers, **given)

    def get(self, path: str, **more: str) -> Any:
        return self.send("GET", path, **more)

    def post(self, path: str, body: Any = None, *, key: str = "", **more: str) -> Any:
        return self.send("POST", path, {} if body is None else body, key=key, **more)

    def put(self, path: str, body: Any, **more: str) -> Any:
        return self.send("PUT", path, body, **more)

    def upload(self, path: str, part: str = "file", *, key: str = "", **form: str) -> Any:
        headers = self.headers | ({"idempotency-key": key} if key else {})
        file = SimpleUploadedFile("giay-chung-sinh.png", png(), content_type="image/png")
        return self.client.post(ROOT + path, {part: file, **form}, headers=headers)


class Machines(Struct):
    """The software of a mother, a stranger, of three posts of the ward, of a creditor, and of who
    keeps the population register."""

    citizen: Machine
    stranger: Machine
    desk: Machine
    officer: Machine
    chair: Machine
    creditor: Machine
    keeper: Machine
    guest: Machine
    clerk: Actor
    names: dict[str, str]


def secret_of(actor: Actor, name: str = "Sổ gia đình", post: Any = None) -> str:
    made = identity.create_application(actor, name=name, post_id=post)
    scopes = identity.scopes_for(made.kind)
    return identity.issue_key(actor, made.id, scopes=scopes).secret


def machines_of(world: World) -> Machines:
    """Each with all the scopes that it can have."""
    chair = world.chair

    def of_post(actor: Actor) -> Machine:
        return Machine(secret_of(chair, f"Phần mềm {actor.role}", actor.post_id))

    company = directory.bodies_of_kind("power-company")[0]
    manager = officer_at(company, "leadership", "power-manager", "Ngô Văn Điện")
    ministry = directory.body_by_code("G01")
    head = officer_at(ministry, "leadership", "register-head", "Cao Văn Chủ")
    clerk = officer_at(ministry, "appraisal", "register-officer", "Cao Thị Giữ")
    registers.create_people(SYSTEM, [SOMEBODY])
    officer = secret_of(chair, "Phần mềm hộ tịch", world.civil.post_id)
    officer_id = identity.actor_of_key(officer).actor.account_id
    return Machines(
        citizen=Machine(secret_of(world.mother)),
        stranger=Machine(secret_of(world.stranger)),
        desk=of_post(world.clerk),
        officer=Machine(officer),
        chair=of_post(world.chair),
        creditor=Machine(secret_of(manager, "Sổ nợ tiền điện", manager.post_id)),
        keeper=Machine(secret_of(head, "Phần mềm dân cư", clerk.post_id)),
        guest=Machine(),
        clerk=world.clerk,
        names={"officer_id": str(officer_id)},
    )
