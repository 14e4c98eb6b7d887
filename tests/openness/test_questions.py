"""A question about an access: a task with a clock, answered by somebody else."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from motcua.acts import api as acts
from motcua.identity import api as identity
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.refusals import Refusal
from motcua.openness import api
from tests.dossiers.world import officer
from tests.openness.people import People, later

WORDS = "Vì sao xem ngày sinh của tôi?"


def asked(people: People, actor: Actor | None = None) -> UUID:
    return api.ask_about(people.hanh, people.looks(actor), question=WORDS).id


def refused(call: Any) -> str:
    with pytest.raises(Refusal) as no:
        call()
    return no.value.code


def test_a_question_has_two_days_to_be_acknowledged_and_ten_to_be_answered(people: People) -> None:
    asked(people)
    [task] = api.questions(people.head)
    # Tuesday 3 March 2026, 08:00: the body's working days, without the weekend
    assert task.question.acknowledge_by.date().isoformat() == "2026-03-05"
    assert task.question.due_at.date().isoformat() == "2026-03-17"
    assert task.clock.due_at == task.question.due_at
    assert task.clock.why


def test_somebody_else_answers_and_the_answer_stands_beside_the_entry(people: People) -> None:
    question_id = asked(people)
    api.answer_question(people.head, question_id, answer="Rà soát định kỳ.", finding="lawful")
    [entry] = [one for one in api.usage_of(people.hanh).items if one.question]
    assert entry.question is not None
    assert (entry.question.answer, entry.question.finding) == ("Rà soát định kỳ.", "lawful")
    assert entry.question.standing == "answered"
    [told] = identity.notifications_of(people.hanh.account_id)
    assert told.title


def test_who_looked_may_not_answer(people: People) -> None:
    question_id = asked(people, people.head)
    [task] = api.questions(people.head)
    assert not task.may_answer
    code = refused(
        lambda: api.answer_question(people.head, question_id, answer="…", finding="lawful")
    )
    assert code == "openness.own-access-questioned"
    api.answer_question(people.protector, question_id, answer="Nhầm người.", finding="mistake")


def test_an_officer_without_the_right_to_review_sees_no_questions(people: People) -> None:
    question_id = asked(people)
    assert refused(lambda: api.questions(people.keeper)) == "identity.not-allowed"
    assert refused(lambda: api.question(people.keeper, question_id)) == "identity.not-allowed"


def test_another_body_finds_no_such_question(people: People) -> None:
    from motcua.directory import api as directory

    other = directory.body_by_code("G15")
    assert other is not None
    head = officer(other, "leadership", "register-head", "Bùi Văn Sơn")
    question_id = asked(people)
    assert api.questions(head) == []
    assert refused(lambda: api.question(head, question_id)) == "openness.no-such-question"


def test_the_colleagues_are_told_but_not_who_looked(people: People) -> None:
    asked(people, people.head)
    assert identity.notifications_of(people.protector.account_id)
    assert not identity.notifications_of(people.head.account_id)


def test_one_question_for_one_entry(people: People) -> None:
    act = people.looks()
    api.ask_about(people.hanh, act, question=WORDS)
    again = refused(lambda: api.ask_about(people.hanh, act, question=WORDS))
    assert again == "openness.asked-already"


@pytest.mark.parametrize(
    ("words", "code"),
    [("  ", "openness.question-needed"), ("a" * 2001, "openness.question-too-long")],
)
def test_a_question_has_words_and_not_too_many(people: People, words: str, code: str) -> None:
    act = people.looks()
    assert refused(lambda: api.ask_about(people.hanh, act, question=words)) == code


def test_nobody_asks_himself_or_about_what_is_anothers(people: People) -> None:
    own, others = people.looks(people.hanh), people.looks(whose=people.stranger.person_id)
    assert refused(lambda: api.ask_about(people.hanh, own, question="?")) == "openness.own-access"
    for act in (others, uuid4()):
        code = refused(lambda act=act: api.ask_about(people.hanh, act, question="?"))
        assert code == "openness.no-such-entry"


def test_for_what_a_machine_did_the_keeper_of_the_register_answers(people: People) -> None:
    api.ask_about(people.hanh, people.looks(SYSTEM), question=WORDS)
    assert len(api.questions(people.head)) == 1


def test_a_late_answer_shows_to_both(people: People) -> None:
    asked(people)
    with later(3):
        assert api.questions(people.head)[0].question.standing == "unseen"
    with later(20):
        assert api.questions(people.head)[0].question.standing == "late"
        assert api.my_questions(people.hanh)[0].standing == "late"


def test_acknowledging_twice_is_once(people: People) -> None:
    question_id = asked(people)
    first = api.acknowledge_question(people.head, question_id)
    assert first.standing == "acknowledged"
    with later(1):
        again = api.acknowledge_question(people.protector, question_id)
    assert again.acknowledged_at == first.acknowledged_at


def test_an_answer_is_final_and_has_words_and_a_finding(people: People) -> None:
    question_id = asked(people)
    for answer, finding in (("", "lawful"), ("Đúng.", "perhaps")):
        code = refused(
            lambda a=answer, f=finding: api.answer_question(
                people.head, question_id, answer=a, finding=f
            )
        )
        assert code == "openness.answer-needed"
    api.answer_question(people.head, question_id, answer="Đúng.", finding="lawful")
    code = refused(
        lambda: api.answer_question(people.head, question_id, answer="Khác.", finding="mistake")
    )
    assert code == "openness.answered-already"


def test_asking_and_answering_are_acts_without_the_words(people: People) -> None:
    question_id = asked(people)
    api.answer_question(people.head, question_id, answer="Rà soát.", finding="lawful")
    told = acts.accesses_of(people.hanh.person_id)
    verbs = [one.verb for one in told if one.verb.startswith("access.")]
    assert set(verbs) == {"access.answered", "access.acknowledged", "access.questioned"}
    assert WORDS not in str(told)
