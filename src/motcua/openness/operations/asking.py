"""A person asks why; somebody else of that body answers."""

from uuid import UUID

import msgspec
from django.db import transaction

from motcua.acts import api as acts
from motcua.directory import api as directory
from motcua.identity import api as identity
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal
from motcua.kernel.texts import normalise
from motcua.openness.models import FINDINGS, AccessQuestion
from motcua.openness.queries.questions import ANSWERS, may_answer, question_of
from motcua.openness.queries.relatives import oneself
from motcua.openness.queries.usage import row_of
from motcua.openness.rules.asking import LONGEST, limits
from motcua.openness.shapes import Question
from motcua.registers import api as registers

OBJECT = "access-question"


@transaction.atomic
def ask_about(actor: Actor, act_id: UUID, *, question: str) -> Question:
    """Ask the body of an entry of one's own log why it looked: a task for that body with a clock.

    Two working days to acknowledge, ten to answer, in that body's calendar. Refusals:
    openness.no-such-entry (also for what is told only later), .own-access, .nobody-to-ask,
    .asked-already, .question-needed, .question-too-long, .person-needed.
    """
    words = _words(question, "openness.question-needed")
    act = row_of(actor, act_id)
    if act.actor_id is not None and act.actor_id == actor.account_id:
        raise Refusal("openness.own-access")
    person_id, _number = oneself(actor)
    if AccessQuestion.objects.filter(person_id=person_id, act_id=act.id).exists():
        raise Refusal("openness.asked-already")
    row = _new(actor, act, words)
    row.person_id = person_id
    row.save(force_insert=True)
    acts.record(
        actor,
        "access.questioned",
        object=(OBJECT, row.id),
        subjects=(row.person_id,),
        body_id=row.body_id,
        detail={"act": row.act_id, "due": row.due_at.isoformat()},
    )
    _tell_the_body(row)
    return question_of(row)


def _new(actor: Actor, act: acts.ActRow, words: str) -> AccessQuestion:
    assert actor.account_id is not None  # `oneself` found a person
    body_id = act.body_id or _owner(act)
    now = clock.now()
    acknowledge_by, limit = limits(directory.calendar_of(body_id), now)
    return AccessQuestion(
        id=new_id(),
        account_id=actor.account_id,
        act_id=act.id,
        act_at=act.at,
        body_id=body_id,
        official_id=act.actor_id,
        question=words,
        asked_at=now,
        acknowledge_by=acknowledge_by,
        due_at=limit.due_at,
        clock=msgspec.to_builtins(limit),
    )


def _owner(act: acts.ActRow) -> UUID:
    """For what a machine did, the body that keeps the register answers."""
    register = registers.registers().get(str(act.detail.get("register") or ""))
    body = directory.body_by_code(register.owner) if register else None
    if body is None:
        raise Refusal("openness.nobody-to-ask")
    return body.id


@transaction.atomic
def acknowledge_question(actor: Actor, question_id: UUID) -> Question:
    """Say that the question has been received. Again does nothing. As `answer_question`."""
    row = _locked(actor, question_id)
    if row.acknowledged_at is None and row.answered_at is None:
        _acknowledge(actor, row)
        row.save()
    return question_of(row)


@transaction.atomic
def answer_question(actor: Actor, question_id: UUID, *, answer: str, finding: str) -> Question:
    """Answer for the body: `finding` is "lawful", "mistake" or "unlawful".

    An officer with "review-access" or "lead" in that body, but not who looked. The answer stays
    beside the entry, and the person is told. Refusals: openness.no-such-question,
    .own-access-questioned, .answered-already, .answer-needed, identity.not-allowed.
    """
    words = _words(answer, "openness.answer-needed")
    if finding not in FINDINGS:
        raise Refusal("openness.answer-needed")
    row = _locked(actor, question_id)
    if row.answered_at is not None:
        raise Refusal("openness.answered-already")
    if row.acknowledged_at is None:
        _acknowledge(actor, row)
    row.answered_at, row.answered_by = clock.now(), actor.account_id
    row.answer, row.finding = words, finding
    row.save()
    acts.record(
        actor,
        "access.answered",
        object=(OBJECT, row.id),
        subjects=(row.person_id,),
        body_id=row.body_id,
        detail={"act": row.act_id, "finding": finding, "late": row.answered_at > row.due_at},
    )
    body = directory.body(row.body_id).name
    identity.notify(row.account_id, "access-answered", {"body": body}, key=f"answered:{row.id}")
    return question_of(row)


def _acknowledge(actor: Actor, row: AccessQuestion) -> None:
    row.acknowledged_at, row.acknowledged_by = clock.now(), actor.account_id
    acts.record(
        actor,
        "access.acknowledged",
        object=(OBJECT, row.id),
        subjects=(row.person_id,),
        body_id=row.body_id,
        detail={"act": row.act_id},
    )


def _locked(actor: Actor, question_id: UUID) -> AccessQuestion:
    if actor.body_id is None or not may_answer(actor):
        raise Refusal("identity.not-allowed", permission=ANSWERS[0])
    rows = AccessQuestion.objects.select_for_update().filter(body_id=actor.body_id)
    row = rows.filter(id=question_id).first()
    if row is None:
        raise Refusal("openness.no-such-question")
    if actor.account_id in (row.official_id, row.account_id):
        raise Refusal("openness.own-access-questioned")
    return row


def _words(text: str, missing: str) -> str:
    words = normalise(text)
    if not words:
        raise Refusal(missing)
    if len(words) > LONGEST:
        raise Refusal("openness.question-too-long", most=LONGEST)
    return words


def _tell_the_body(row: AccessQuestion) -> None:
    """All who may answer, but not who looked; the question itself stays on the page."""
    answering = {
        name for name, role in directory.roles().items() if role.permissions & set(ANSWERS)
    }
    told = {
        card.id
        for card, post in identity.officers_of(row.body_id)
        if post.role in answering and card.id != row.official_id
    }
    if told:
        params = {"due": row.due_at.isoformat()}
        identity.notify_all(sorted(told), "access-questioned", params, key=f"asked:{row.id}")
