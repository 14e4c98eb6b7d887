"""What the state knows already: shown with its source and date, and a way to say that it is wrong.

A known answer is text, not a question. Saying "this is wrong" opens the question; both values are
kept, and the officer sees both.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from msgspec import Struct
from msgspec.structs import replace

from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from motcua.dossiers import api as dossiers
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Problem
from motcua.registers import api as registers
from motcua.web.portal.progress import known_sources
from motcua.web.shell.extracts import register_name, source_in_words, value_in_words
from motcua.web.shell.sentences import pick

WRONG, RIGHT = "wrong", "right"
CORRECTING = "data-correction"  # the service of the pack by which a register is corrected


class Question(Struct, frozen=True, kw_only=True):
    """A question of a page. `held`: the register's value in words; shown instead of a control
    unless `claimed`, and then beside it."""

    field: catalogue.Field
    held: str = ""
    note: str = ""
    claimed: bool = False
    disputed: bool = False
    known: str = ""  # "your account", where the value comes from there
    heading: bool = False
    correct_url: str = ""

    @property
    def is_text(self) -> bool:
        """Nothing to type."""
        return bool(self.held) and not self.claimed


def questions(
    draft: dossiers.DraftView, page: catalogue.Page, problems: tuple[Problem, ...] = ()
) -> list[Question]:
    """The questions of a page; one with a fault is asked, whoever gave its answer."""
    wrong = {catalogue.question_of(one.path) for one in problems}
    account, alone = known_sources(draft, page), len(page.ask) == 1
    return [
        replace(
            _question(draft, field, is_wrong=field.field in wrong),
            known=account.get(field.field, ""),
            heading=alone,
        )
        for field in page.ask
    ]


def _question(draft: dossiers.DraftView, field: catalogue.Field, *, is_wrong: bool) -> Question:
    source = draft.sources.get(field.field)
    if source is None:
        return Question(field=field)
    return Question(
        field=field,
        held=value_in_words(field, source.get("held")),
        note=source_in_words(source),
        claimed=dossiers.is_claimed(source) or is_wrong,
        disputed=bool(source.get("disputed")),
        correct_url=_correct_url(source),
    )


def press(
    request: HttpRequest, actor: Actor, draft: dossiers.DraftView
) -> tuple[dossiers.DraftView, str]:
    """The button "this is wrong" (or "it is right after all"): the draft, and which question."""
    path = request.POST.get(WRONG) or request.POST.get(RIGHT) or ""
    if path:
        draft = dossiers.contest(actor, draft.id, path, wrong=WRONG in request.POST)
    return draft, path


def silent_names(draft: dossiers.DraftView, page: catalogue.Page) -> list[str]:
    """Registers that would have filled something on this page and do not answer now."""
    asked = {
        source.register
        for field in page.ask
        for source in catalogue.sources(field.prefill)
        if catalogue.get(draft.answers, field.field) is None
    }
    return [register_name(name) for name in draft.silent if name in asked]


def about(service: str, query: Mapping[str, str]) -> dict[str, Any]:
    """First answers of a request for correction that began at a known value; {} for any other."""
    register = registers.registers().get(query.get("register", ""))
    if service != CORRECTING or register is None:
        return {}
    field = register.field(query.get("field", ""))
    return {
        "request": {"register": register.register, **({"what": pick(field.title)} if field else {})}
    }


def _correct_url(source: dict[str, Any]) -> str:
    """Where a correction is asked for, if the pack has such a service."""
    if not any(one.service == CORRECTING for one in catalogue.procedures(directory.today())):
        return ""
    try:
        url = reverse("portal:apply", args=[CORRECTING])
    except NoReverseMatch:
        return ""
    return f"{url}?register={source['register']}&field={source.get('field', '')}"
