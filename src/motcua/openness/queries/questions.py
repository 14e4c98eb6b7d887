"""Questions about accesses: of a person, and those that a body has to answer."""

from collections.abc import Iterable, Sequence
from uuid import UUID

import msgspec
from django.db.models import F

from motcua.acts import api as acts
from motcua.identity import api as identity
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.deadlines import Clock
from motcua.kernel.refusals import Refusal
from motcua.openness.models import AccessQuestion
from motcua.openness.queries.describing import described
from motcua.openness.rules.asking import standing
from motcua.openness.shapes import Question, QuestionTask, Usage

ANSWERS = ("review-access", "lead")


def questions_about(person_id: UUID, act_ids: Iterable[UUID]) -> dict[UUID, Question]:
    """The person's questions about these acts, by act; one statement."""
    wanted = list(act_ids)
    rows = AccessQuestion.objects.filter(person_id=person_id, act_id__in=wanted) if wanted else ()
    return {row.act_id: question_of(row) for row in rows}


def my_questions(actor: Actor) -> tuple[Question, ...]:
    """All that a person asked, newest first."""
    if actor.account_id is None:
        return ()
    rows = AccessQuestion.objects.filter(account_id=actor.account_id)
    rows = rows.order_by("-asked_at", "-id")
    return tuple(question_of(row) for row in rows)


def question_of(row: AccessQuestion) -> Question:
    """A question as the person who asked sees it."""
    return Question(
        id=row.id,
        act_id=row.act_id,
        act_at=row.act_at,
        question=row.question,
        asked_at=row.asked_at,
        acknowledge_by=row.acknowledge_by,
        due_at=row.due_at,
        standing=standing(
            clock.now(),
            acknowledge_by=row.acknowledge_by,
            due_at=row.due_at,
            acknowledged=row.acknowledged_at is not None,
            answered=row.answered_at is not None,
        ),
        acknowledged_at=row.acknowledged_at,
        answered_at=row.answered_at,
        answer=row.answer,
        finding=row.finding,
    )


def may_answer(actor: Actor) -> bool:
    """Whether the post answers questions for its body."""
    return any(identity.may(actor, permission, actor.body_id) for permission in ANSWERS)


def questions(actor: Actor, *, open_only: bool = True, limit: int = 100) -> list[QuestionTask]:
    """The questions put to the body of an officer who may review access or leads, the one due
    first on top (the answered ones: the latest first). Refusal identity.not-allowed."""
    rows = AccessQuestion.objects.filter(
        body_id=_body(actor), answered_at__isnull=open_only
    ).order_by(*(["due_at", "id"] if open_only else [F("answered_at").desc(), "-id"]))
    return _tasks(actor, list(rows[: max(1, min(limit, 500))]))


def question(actor: Actor, question_id: UUID) -> QuestionTask:
    """One of them. Refusals: openness.no-such-question, identity.not-allowed."""
    rows = list(AccessQuestion.objects.filter(body_id=_body(actor), id=question_id))
    if not rows:
        raise Refusal("openness.no-such-question")
    return _tasks(actor, rows)[0]


def _body(actor: Actor) -> UUID:
    if actor.body_id is None or not may_answer(actor):
        raise Refusal("identity.not-allowed", permission=ANSWERS[0])
    return actor.body_id


def _tasks(actor: Actor, rows: Sequence[AccessQuestion]) -> list[QuestionTask]:
    found = acts.acts_of([(row.act_at, row.act_id) for row in rows])
    known = [found[row.act_id] for row in rows if row.act_id in found]
    entries: dict[UUID, Usage] = {
        one.id: one for one in described(known, own_account=None, codes={})
    }
    return [
        QuestionTask(
            question=question_of(row),
            clock=msgspec.convert(row.clock, Clock, strict=False),
            officer=found[row.act_id].actor_label,
            entry=entries[row.act_id],
            may_answer=row.answered_at is None
            and actor.account_id != row.official_id
            and actor.account_id != row.account_id,
        )
        for row in rows
        if row.act_id in entries
    ]
