"""The door of openness: who saw my data, questions about it, copies, consent. Actor first, always.

    usage_of(actor, person_id=None, *, since, until, body_id, own=False, after="", limit=50)
        -> UsagePage                                # newest first, in words
    entry(actor, act_id) -> Usage;  bodies_in_log(actor, person_id=None) -> ((body id, name), ...)
    usage_for(actor, *, user, subject, since, until, offset, limit) -> (total, entries)
        # a trusted portal asks for a person, by personal numbers (the data tracker protocol)
    ask_about(actor, act_id, *, question) -> Question;  my_questions(actor)
    questions(actor, *, open_only=True) -> [QuestionTask];  question(actor, id) -> QuestionTask
    acknowledge_question(actor, id);  answer_question(actor, id, *, answer, finding) -> Question
    delayed(actor, *, year=None) -> [Delay]         # readings told later, for review-access
    holdings(actor, person_id=None) -> (Holding, ...);  relatives(actor) -> (Relative, ...)
    data_copy(actor) -> JSON values;  data_copy_pdf(actor, *, language) -> PDF bytes
    declarations(actor) -> Declarations
    give_consent(actor, agreement, *, revision, digest, ticked);  withdraw_consent(actor, agreement)
    has_consent(personal number, agreement, revision=None) -> bool

Legal sources: Law 91/2025/QH15 on personal data protection with Decree 356/2025/ND-CP.
"""

from motcua.openness.operations.alerting import send_alerts
from motcua.openness.operations.asking import acknowledge_question, answer_question, ask_about
from motcua.openness.operations.consenting import give_consent, withdraw_consent
from motcua.openness.operations.copying import data_copy, data_copy_pdf
from motcua.openness.operations.following import follow, follow_rights
from motcua.openness.operations.relaying import log_begins, usage_for
from motcua.openness.queries.consents import declarations, has_consent
from motcua.openness.queries.delays import delayed
from motcua.openness.queries.holdings import holdings
from motcua.openness.queries.questions import may_answer, my_questions, question, questions
from motcua.openness.queries.relatives import relatives
from motcua.openness.queries.usage import bodies_in_log, entry, usage_of
from motcua.openness.shapes import (
    AgreementShown,
    Declarations,
    Delay,
    FactShown,
    FieldShown,
    Holding,
    Question,
    QuestionTask,
    Relative,
    Usage,
    UsagePage,
)
from motcua.openness.words import (
    FINDINGS,
    STANDINGS,
    action_of,
    said,
    value_of,
    what_happened,
    who,
    why,
)

__all__ = [
    "FINDINGS",
    "STANDINGS",
    "AgreementShown",
    "Declarations",
    "Delay",
    "FactShown",
    "FieldShown",
    "Holding",
    "Question",
    "QuestionTask",
    "Relative",
    "Usage",
    "UsagePage",
    "acknowledge_question",
    "action_of",
    "answer_question",
    "ask_about",
    "bodies_in_log",
    "data_copy",
    "data_copy_pdf",
    "declarations",
    "delayed",
    "entry",
    "follow",
    "follow_rights",
    "give_consent",
    "has_consent",
    "holdings",
    "log_begins",
    "may_answer",
    "my_questions",
    "question",
    "questions",
    "relatives",
    "said",
    "send_alerts",
    "usage_for",
    "usage_of",
    "value_of",
    "what_happened",
    "who",
    "why",
    "withdraw_consent",
]
