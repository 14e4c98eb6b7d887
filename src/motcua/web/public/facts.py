"""What a service page says of a service: computed from its definition, never claimed.

A fact whose note in the pack says that it is only recalled is shown as not confirmed.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from msgspec import Struct

from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from motcua.kernel import clock, deadlines
from motcua.kernel.packs import pack_root, read_yaml
from motcua.kernel.refusals import Refusal
from motcua.web.public import words
from motcua.web.shell.deadlines import limit_in_words

_DOUBT = re.compile(r"recall|not known|not verified|candidate|working value|verify before|may cost")
Text = Mapping[str, str]


class Paper(Struct, frozen=True, kw_only=True):
    """A paper of the evidence; `register` when the state has it already."""

    title: Text
    hint: Text
    optional: bool
    only_if: bool
    original: bool
    register: str = ""


class FeeFact(Struct, frozen=True, kw_only=True):
    """A line of the fee table. `places`: provinces whose councils set their own amount."""

    title: Text
    vnd: int
    law: str
    note: Text
    only_if: bool
    channel: str
    computed: bool = False  # from the answers; the form shows how
    indicative: bool = False
    places: tuple[tuple[Text, int], ...] = ()


class LawFact(Struct, frozen=True, kw_only=True):
    title: Text
    article: str


class ServiceFacts(Struct, frozen=True, kw_only=True):
    """Everything of a service page, in the language of the request."""

    procedure: catalogue.Procedure
    code: str
    audience: tuple[Text, ...]
    bring: tuple[Paper, ...]
    need_not_bring: tuple[Paper, ...]
    fees: tuple[FeeFact, ...]
    laws: tuple[LawFact, ...]
    limit: str
    example: deadlines.Clock | None
    decider: Text
    decider_place: Text
    steps: tuple[tuple[Text, str, bool], ...]  # title, limit in words, whether it is the applicant
    level: catalogue.ServiceLevel
    unsure: frozenset[str]  # "limit", "fee", "law": not confirmed by an official source


def facts_of(procedure: catalogue.Procedure) -> ServiceFacts:
    """The facts of a service, with a deadline computed as if somebody filed now."""
    papers = [_paper(one) for one in procedure.evidence]
    unsure = frozenset(key for key, note in procedure.notes.items() if _DOUBT.search(note))
    audiences = catalogue.country().get("audiences", {})
    place = procedure.field(procedure.decided_by.of)
    return ServiceFacts(
        procedure=procedure,
        code=procedure.code if procedure.notes.get("code", "").startswith("verified") else "",
        audience=tuple(audiences.get(slug, {}) for slug in procedure.audience),
        bring=tuple(one for one in papers if not one.register),
        need_not_bring=tuple(one for one in papers if one.register),
        fees=_fees(procedure),
        laws=tuple(_law(one, sure="law" not in unsure) for one in procedure.law),
        limit=_("at once")
        if procedure.pays
        else limit_in_words(procedure.limit.unit, procedure.limit.count),
        example=_example(procedure),
        decider=kind_title(procedure.decided_by.body),
        decider_place=place.title if place else {},
        steps=tuple(_step(one) for one in procedure.route),
        level=catalogue.service_level(procedure),
        unsure=unsure,
    )


def kind_title(kind: str) -> Text:
    """What the pack calls bodies of this kind."""
    title: Text = _kinds(str(pack_root())).get(kind, {}).get("title", {})
    return title


@lru_cache(maxsize=4)
def _kinds(root: str) -> dict[str, Any]:
    found: dict[str, Any] = read_yaml(pack_root() / "bodies.yaml")[0]["kinds"]
    return found if root else {}


def _example(procedure: catalogue.Procedure) -> deadlines.Clock | None:
    if procedure.pays:
        return None
    kind = _kinds(str(pack_root())).get(procedure.decided_by.body, {})
    name = kind.get("calendar") or catalogue.country().get("calendar", "office")
    try:
        calendar = directory.calendar(name)
    except Refusal:
        return None
    return deadlines.start(calendar, procedure.limit, clock.now())


def _paper(one: catalogue.Evidence) -> Paper:
    return Paper(
        title=one.title,
        hint=one.hint,
        optional=one.optional,
        only_if=bool(one.when),
        original=one.copies == "original",
        register=words.register(one.instead) if one.instead else "",
    )


def _fees(procedure: catalogue.Procedure) -> tuple[FeeFact, ...]:
    """The lines in force, those of single provinces gathered under one."""
    today = directory.today()
    lines = [one for one in procedure.fees if not (one.until and one.until < today)]
    own = [one for one in lines if one.province]
    found = [one for one in lines if not one.province]
    return tuple(
        _fee(one, [p for p in own if _is_same(p, one)], says=_says_channel(one, found))
        for one in found
    )


def _says_channel(one: Any, lines: list[Any]) -> bool:
    """Whether the title tells the channel already: another channel's line has another title."""
    others = [line for line in lines if line.fee == one.fee and line.channel != one.channel]
    return any(line.title != one.title for line in others)


def _is_same(one: Any, other: Any) -> bool:
    return bool(one.fee == other.fee and one.channel == other.channel)


def _fee(one: Any, own: list[Any], *, says: bool) -> FeeFact:
    return FeeFact(
        title=one.title,
        vnd=one.vnd,
        law=one.law,
        note=one.note,
        only_if=bool(one.when),
        channel="" if says else one.channel,
        computed=bool(one.gives),
        indicative=one.indicative,
        places=tuple((_province(line.province), line.vnd) for line in own),
    )


def _province(code: str) -> Text:
    return {"vi": directory.area_path(code)}


def _law(one: Any, *, sure: bool) -> LawFact:
    return LawFact(title=one.title, article=one.article if sure else "")


def _step(one: catalogue.Step) -> tuple[Text, str, bool]:
    within = limit_in_words(one.within.unit, one.within.count)
    return one.title, within, one.who == "applicant"
