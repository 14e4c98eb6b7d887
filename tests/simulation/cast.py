"""Who plays in a simulation: a family, strangers, and officers of every body that may come in."""

from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from motcua.dossiers import api
from motcua.kernel.actors import GUEST, Actor
from tests.dossiers.world import citizen, officer, scan

ON = date(2026, 3, 3)
WARD, OTHER_WARD = "00004", "00008"
POSTS = {
    "commune-committee": [
        ("one-stop-desk", "desk-head"),
        ("one-stop-desk", "desk-clerk"),
        ("civil-status", "civil-status-officer"),
        ("civil-status", "civil-status-officer"),
        ("leadership", "chair"),
    ],
    "commune-police": [("one-stop-desk", "police-officer"), ("leadership", "police-chief")],
    "power-company": [
        ("one-stop-desk", "desk-clerk"),
        ("technical", "power-engineer"),
        ("leadership", "power-manager"),
    ],
    "social-insurance": [("appraisal", "insurance-officer")],
}
ME = {
    "applicant.full_name": "Trần Thị Bích",
    "applicant.personal_number": "001196000011",
    "applicant.phone": "0912345678",
}


class Cast(msgspec.Struct, kw_only=True):
    """`bodies`: those that may be asked for an opinion, or to take a dossier over."""

    applicant: Actor
    stranger: Actor
    clerk: Actor
    officers: list[Actor]
    bodies: list[UUID]

    @property
    def everybody(self) -> list[Actor]:
        return [self.applicant, self.stranger, GUEST, *self.officers]

    def of_body(self, body_id: UUID | None) -> list[Actor]:
        return [one for one in self.officers if one.body_id == body_id]


def make_cast() -> Cast:
    officers = [
        officer(directory.competent_body(kind, WARD, ON), unit, role, f"{role} {number}")
        for kind, posts in POSTS.items()
        for number, (unit, role) in enumerate(posts)
    ]
    other = directory.competent_body("commune-committee", OTHER_WARD, ON)
    officers += [officer(other, *post, "Bùi Văn Sơn") for post in POSTS["commune-committee"][1:3]]
    number = ME["applicant.personal_number"]
    mother = citizen(
        "Trần Thị Bích", "bich", phone="0912345678", email="b@example.vn", personal_number=number
    )
    return Cast(
        applicant=mother,
        stranger=citizen("Phạm Văn Dũng", "dung", personal_number="001090000055"),
        clerk=next(one for one in officers if one.role == "desk-clerk"),
        officers=officers,
        bodies=list(dict.fromkeys(one.body_id for one in officers if one.body_id)),
    )


def services() -> list[str]:
    """The services that make a dossier and need no verified identity, in a stable order."""
    every = catalogue.procedures(ON)
    return sorted(one.service for one in every if one.pays is None and one.identity < 2)


def filled(actor: Actor, service: str, *, papers: bool = True) -> UUID:
    """A draft with the answers of the service's first example, page by page."""
    given = {"name": ME["applicant.full_name"], "phone": ME["applicant.phone"]}
    at_desk = actor.kind == "officer"
    draft = api.open_draft(actor, service, applicant=given if at_desk else None)
    procedure = draft.procedure
    answers = {**procedure.examples[0]["answers"], **ME}
    for page in procedure.form:
        raw: dict[str, Any] = {}
        for field in page.ask:
            if answers.get(field.field) is not None:
                raw |= catalogue.as_typed(field, answers[field.field])
        if raw:
            draft, _problems = api.save_page(actor, draft.id, page.page, raw)
    today = catalogue.Context(today=directory.today())
    for paper in catalogue.evidence_needed(procedure, draft.answers, today) if papers else ():
        if not paper.optional:
            api.attach(actor, draft.id, paper.paper, [scan()])
    return draft.id
