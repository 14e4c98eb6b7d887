"""What stands around every page of the registers: its ways, and the words for a purpose."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.directory import api as directory
from motcua.identity import api as identity
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Problem, Refusal, sentence_of
from motcua.registers import api as registers
from motcua.web.desk.queues import place_of, side_of
from motcua.web.desk.records_rights import BREAK, DUTY, REVIEW, duties_of, kept_by
from motcua.web.shell.context import Link
from motcua.web.shell.sentences import of_refusal, pick

LANGUAGES = ("vi", "en", "fr")


def frame(actor: Actor, here: str) -> dict[str, Any]:
    """The ways of the registers that this post has, and what every page of the desk needs."""
    ways = [
        Link(title, reverse(f"desk:{name}"), current=name == here) for name, title in _ways(actor)
    ]
    return {"ways": ways, "side": side_of(None), **place_of(actor)}


def _ways(actor: Actor) -> list[tuple[str, str]]:
    found = [("registers", _("Overview"))]
    if duties_of(actor).all:
        found.append(("registers-find", _("Find")))
    if kept := kept_by(actor):
        found.append(("registers-disputes", _("Disputes")))
        if any(one.register == "population" for one in kept):
            found.append(("registers-duplicates", _("Duplicates")))
        found.append(("registers-imports", _("Files")))
    if {BREAK, REVIEW} & actor.permissions:
        found.append(("registers-emergencies", _("Emergencies")))
    if REVIEW in actor.permissions:
        found.append(("registers-unusual", _("Unusual access")))
    return found


def purpose_in_words(purpose: str) -> str:
    """The title of a duty, or of what else data are read for."""
    if purpose == "emergency":
        return _("Emergency")
    duty = registers.duties().get(purpose.removeprefix(DUTY))
    return pick(duty.title) if duty else purpose


def duty_options(actor: Actor) -> list[tuple[str, str]]:
    """The purposes that the post may choose, by name."""
    return [(f"{DUTY}{one.duty}", pick(one.title)) for one in duties_of(actor).all]


def title_of(register: str) -> str:
    """The title of a register."""
    found = registers.registers().get(register)
    return pick(found.title) if found else register


def owner_of(register: registers.Register) -> str:
    """The name of the body that keeps a register."""
    body = directory.body_by_code(register.owner)
    return pick(body.name) if body else register.owner


def name_of(account_id: UUID | None) -> str:
    """Who an account belongs to, for the eyes of colleagues."""
    return identity.account(account_id).full_name if account_id else ""


def fault(path: str, text: str, code: str = "desk.record-question") -> Problem:
    """A fault of a form with its sentence in the language of the page."""
    return Problem(path=path, code=code, text=dict.fromkeys(LANGUAGES, text))


def needed(request: HttpRequest, path: str, text: str) -> tuple[Problem, ...]:
    """The fault of an empty box."""
    return () if request.POST.get(path, "").strip() else (fault(path, text),)


def as_fault(no: Refusal, path: str) -> tuple[Problem, ...]:
    """A "no" that the form can show; one about rights, or of nothing there, is a page."""
    if sentence_of(no.code).status in {403, 404, 429, 503}:
        raise no
    return no.problems or (fault(path, of_refusal(no), no.code),)


def tried(request: HttpRequest, done: Callable[[], Any], text: str) -> bool:
    """Do something from a list; the result, or why not, is said above it."""
    try:
        done()
    except Refusal as no:
        if sentence_of(no.code).status in {403, 404}:
            raise
        messages.error(request, of_refusal(no))
        return False
    messages.success(request, text)
    return True


def said(request: HttpRequest, name: str, most: int = 1000) -> str:
    """What was typed in one box, trimmed."""
    return request.POST.get(name, "").strip()[:most]


def today() -> date:
    return timezone.localdate(clock.now())


def is_over(at: datetime | None) -> bool:
    return at is not None and at <= clock.now()
