"""Readings of which the person is told only later: for those who review such delays each year."""

from datetime import datetime

from django.utils import timezone

from motcua.acts import api as acts
from motcua.directory import api as directory
from motcua.identity import api as identity
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.openness.queries.describing import described, told_on
from motcua.openness.shapes import Delay, Usage

REVIEW = "review-access"


def delayed(actor: Actor, *, year: int | None = None) -> list[Delay]:
    """The delayed readings by the officer's own body in a year (this one by default), newest
    first, those already told too; looking at them is an act. Refusal identity.not-allowed."""
    identity.require(actor, REVIEW, actor.body_id)
    if actor.body_id is None:
        raise Refusal("identity.not-allowed", permission=REVIEW)
    of = max(2000, min(year or directory.today().year, 9000))
    rows = acts.told_later(actor.body_id, _new_year(of), _new_year(of + 1))
    acts.record(
        actor,
        "access.delays-reviewed",
        object=("body", actor.body_id),
        purpose="duty/review-access",
        detail={"year": of, "count": len(rows)},
    )
    entries = described(rows, own_account=None, codes={})
    return [_delay(row, one) for row, one in zip(rows, entries, strict=True)]


def _new_year(year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=timezone.get_current_timezone())


def _delay(row: acts.ActRow, one: Usage) -> Delay:
    day = told_on(row)
    assert day is not None  # the list has only those
    return Delay(
        id=row.id,
        at=row.at,
        told_after=day,
        officer=row.actor_label,
        post=one.post,
        register=one.register,
        what=one.what,
        purpose=one.purpose,
        purpose_title=one.purpose_title,
        law=one.law,
        reason=str(row.detail.get("reason") or ""),
    )
