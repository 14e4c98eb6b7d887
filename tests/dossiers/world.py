"""A ward, its officers and citizens, and short ways to drive a dossier through the door."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from motcua.dossiers import api
from motcua.identity import api as identity
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM, Actor
from tests.documents.samples import png

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
WARD = "00004"
CHILD = {
    "applicant": {
        "full_name": "Trần Thị Bích",
        "personal_number": "001196000011",
        "phone": "0912345678",
    },
    "child": {
        "name": "Nguyễn Minh Anh",
        "sex": "female",
        "born_on": "2026-02-10",
        "birth_place": WARD,
        "at_facility": True,
        "facility": "Bệnh viện Phụ sản Hà Nội",
        "ethnicity": "Kinh",
        "home_town": "01",
    },
    "mother": {
        "name": "Trần Thị Bích",
        "personal_number": "001196000011",
        "born_on": "1996-03-27",
        "address": {"area": WARD, "line": "12 phố Quán Thánh"},
    },
    "family": {"father_named": False},
    "registration": {"relation": "mother", "commune": WARD},
}


def at(text: str) -> datetime:
    """ "2026-03-03 08:00", local time."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def scan(name: str = "giay-chung-sinh.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, png(), content_type="image/png")


class World(msgspec.Struct, kw_only=True):
    """Actors of one ward, and one officer of another."""

    mother: Actor
    stranger: Actor
    clerk: Actor
    civil: Actor
    colleague: Actor
    chair: Actor
    elsewhere: Actor
    ward: directory.Body

    def draft(self, who: Actor | None = None, *, paper: bool = True, **changes: Any) -> UUID:
        """A birth registration, filled page by page as a browser would."""
        actor = who or self.mother
        given = {"applicant": CHILD["applicant"]} if actor.kind == "officer" else None
        opened = api.open_draft(
            actor,
            "birth-registration",
            applicant={"name": "Trần Thị Bích", "phone": "0912345678"} if given else None,
        )
        fill(actor, opened.id, {**CHILD, **changes})
        if paper:
            api.attach(actor, opened.id, "birth-notice", [scan()])
        return opened.id

    def filed(self, when: str = "2026-03-03 08:00", who: Actor | None = None) -> UUID:
        with clock.at(at(when)):
            return api.submit(who or self.mother, self.draft(who), "")

    def says(
        self, actor: Actor, dossier_id: UUID, verb: str, when: str, **params: Any
    ) -> api.Dossier:
        with clock.at(at(when)):
            return api.act_on(actor, dossier_id, verb, **params)

    def proposed(self) -> UUID:
        """Accepted and proposed: the parents have the draft."""
        dossier_id = self.filed()
        self.says(self.clerk, dossier_id, "accept", "2026-03-03 08:30")
        self.says(self.civil, dossier_id, "propose", "2026-03-03 09:30")
        return dossier_id

    def signed(self) -> UUID:
        dossier_id = self.proposed()
        self.says(self.mother, dossier_id, "agree", "2026-03-03 10:00")
        self.says(self.chair, dossier_id, "sign", "2026-03-03 11:00")
        return dossier_id


def fill(actor: Actor, draft_id: UUID, answers: Mapping[str, Any]) -> None:
    """Save every page that the answers make visible."""
    procedure = api.draft(actor, draft_id).procedure
    for page in procedure.form:
        raw: dict[str, list[str]] = {}
        for field in page.ask:
            raw |= catalogue.as_typed(field, catalogue.get(answers, field.field))
        if raw:
            api.save_page(actor, draft_id, page.page, raw)


def officer(body: directory.Body, unit: str, role: str, name: str) -> Actor:
    """An officer in a new post, acting through it."""
    post = directory.create_post(
        SYSTEM, body_id=body.id, unit=unit, role=role, since=at("2025-07-01 00:00").date()
    )
    card = identity.create_officer(
        SYSTEM,
        posts=[post.id],
        since=at("2025-07-01 00:00").date(),
        full_name=name,
        username=f"{role}-{str(post.id)[-8:]}",
        personal_number="",
    )
    return identity.actor_of(card, post.id)


def citizen(name: str, username: str, **more: Any) -> Actor:
    card = identity.create_citizen(SYSTEM, full_name=name, username=username, **more)
    return identity.actor_of(card)


def make_world() -> World:
    ward = directory.competent_body("commune-committee", WARD, at("2026-03-01 00:00").date())
    other = directory.competent_body("commune-committee", "00008", at("2026-03-01 00:00").date())
    return World(
        ward=ward,
        mother=citizen(
            "Trần Thị Bích",
            "bich",
            phone="0912345678",
            email="bich@example.vn",
            personal_number="001196000011",
        ),
        stranger=citizen("Phạm Văn Dũng", "dung"),
        clerk=officer(ward, "one-stop-desk", "desk-clerk", "Lê Thị Hoa"),
        civil=officer(ward, "civil-status", "civil-status-officer", "Đỗ Văn Nam"),
        colleague=officer(ward, "civil-status", "civil-status-officer", "Vũ Thị Mai"),
        chair=officer(ward, "leadership", "chair", "Hoàng Văn Thái"),
        elsewhere=officer(other, "civil-status", "civil-status-officer", "Bùi Văn Sơn"),
    )
