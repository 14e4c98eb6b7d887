"""What each verb of the engine is called on a screen, and what its form has to ask.

One table, so that a new service needs no screen: the form of an action is made of this and of the
`Choice` that the dossier offers. The law named here is that of the rule itself; a coded reason
brings its own.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from msgspec import Struct


class Verb(Struct, frozen=True, kw_only=True):
    """`say`: "", "optional" or "needed"; `reason`: "", "optional", "needed" or "unless-granted".

    `asks`: further parts of the form ("items", "grant", "agrees", "body", "within", "officer",
    "visit", "due", "receiver", "papers"). `slip`: the form that it issues. `direct`: a button is
    enough. `rank`: 1 main, 2 usual, 3 seldom.
    """

    title: Any
    done: Any
    hint: Any = ""
    say: str = ""
    say_label: Any = _("Explanation in plain words")
    say_hint: Any = ""
    reason: str = ""
    asks: tuple[str, ...] = ()
    slip: str = ""
    law: str = ""
    rank: int = 2
    danger: bool = False
    direct: bool = False


DECREE_61 = "Nghị định 61/2018/NĐ-CP"
FOR_APPLICANT_LABEL = _("Explanation for the applicant")
EXPLAIN = _("Say what is wrong and what to do, in whole sentences.")

RECEPTION = {
    "accept": Verb(
        title=_("Accept"),
        done=_("Accepted. The receipt was issued and the time limit runs."),
        hint=_("Complete and correct: the receipt (slip 01) is issued and the time limit begins."),
        slip="01",
        law=f"{DECREE_61}, 17–18",
        rank=1,
    ),
    "ask-once": Verb(
        title=_("Ask for what is missing, once"),
        done=_("Asked. The time limit stands still until the applicant answers."),
        hint=_(
            "The law allows one complete request. Tick everything that is missing: nothing more "
            "can be asked for later."
        ),
        say="needed",
        say_label=FOR_APPLICANT_LABEL,
        say_hint=EXPLAIN,
        reason="needed",
        asks=("items",),
        slip="02",
    ),
    "transfer": Verb(
        title=_("Hand on to the competent body"),
        done=_("Handed on to the other body."),
        hint=_("For what was sent to the wrong body; only on the working day of its arrival."),
        say="needed",
        asks=("body",),
        rank=3,
    ),
}
PROCESSING = {
    "propose": Verb(
        title=_("Propose a decision"),
        done=_("Proposed."),
        hint=_("Your finding goes to whoever decides."),
        say="optional",
        say_label=_("Finding"),
        reason="unless-granted",
        asks=("grant",),
        rank=1,
    ),
    "return": Verb(
        title=_("Return to the applicant"),
        done=_("Returned. The time limit begins again when the applicant answers."),
        hint=_("Once, within three working days of receipt. The time limit will begin anew."),
        say="needed",
        say_label=FOR_APPLICANT_LABEL,
        say_hint=EXPLAIN,
        reason="needed",
        asks=("items",),
        slip="02",
        law=f"{DECREE_61}, 19.4",
    ),
    "refuse": Verb(
        title=_("Refuse"),
        done=_("Refused. The applicant was told in writing."),
        hint=_("A refusal in writing (slip 03), with its legal ground. It ends the application."),
        say="needed",
        say_label=FOR_APPLICANT_LABEL,
        say_hint=EXPLAIN,
        reason="needed",
        slip="03",
        danger=True,
    ),
    "refuse-unanswered": Verb(
        title=_("Refuse: no answer came"),
        done=_("Refused because no answer came."),
        hint=_("The time to answer the request is over."),
        say="needed",
        say_label=FOR_APPLICANT_LABEL,
        say_hint=EXPLAIN,
        reason="needed",
        slip="03",
        danger=True,
    ),
    "send-back": Verb(
        title=_("Send back to the officer"),
        done=_("Sent back to the officer."),
        hint=_("Not ready to be signed. The officer reads what you write."),
        say="needed",
    ),
    "sign": Verb(
        title=_("Sign"),
        done=_("Signed."),
        hint=_("The decision. The result is issued and sealed; a negative proposal is refused."),
        rank=1,
    ),
    "schedule": Verb(
        title=_("Arrange a visit"),
        done=_("The visit was arranged and the applicant told."),
        say="optional",
        say_label=_("What the applicant should know for the visit"),
        asks=("visit",),
    ),
    "record": Verb(title=_("Record the finding"), done=_("Recorded."), say="optional", rank=1),
    "apologise": Verb(
        title=_("Apologise and name a new date"),
        done=_("The applicant was told of the new date."),
        hint=_(
            "Once only, at the latest one working day before the due date. The applicant gets an "
            "apology (slip 04)."
        ),
        say="needed",
        say_label=FOR_APPLICANT_LABEL,
        say_hint=EXPLAIN,
        reason="optional",
        asks=("due",),
        slip="04",
        law=f"{DECREE_61}, 19.9",
        rank=3,
    ),
}
TOGETHER = {
    "ask-opinion": Verb(
        title=_("Ask another body for its opinion"),
        done=_("The other body was asked."),
        hint=_("The time limit of the application runs on."),
        say="needed",
        say_label=_("Question"),
        asks=("body", "within"),
    ),
    "give-opinion": Verb(
        title=_("Give the opinion"),
        done=_("The opinion was given."),
        say="needed",
        say_label=_("Opinion"),
        asks=("agrees",),
        rank=1,
    ),
    "confirm": Verb(title=_("Confirm"), done=_("Confirmed."), say="optional", rank=1),
    "object": Verb(
        title=_("Object"), done=_("The objection was noted."), say="needed", danger=True
    ),
}
RESULTS = {
    "hand-over": Verb(
        title=_("Hand over the result"),
        done=_("Handed over."),
        hint=_("Check the identity card of the person before you."),
        asks=("receiver",),
        rank=1,
    ),
    "request-correction": Verb(
        title=_("The result has a mistake"),
        done=_("The correction was asked for; it costs the applicant nothing."),
        say="needed",
        say_label=_("What is wrong"),
        law=f"{DECREE_61}, 21",
        rank=3,
    ),
    "reissue": Verb(
        title=_("Issue a corrected result"),
        done=_("The corrected result was issued."),
        hint=_("Change what is wrong. The new result replaces the old one, without a fee."),
        say="needed",
        say_label=_("What was corrected"),
        law=f"{DECREE_61}, 21",
        rank=1,
    ),
    "decline-correction": Verb(
        title=_("The result is right"),
        done=_("The applicant was told that the result is right."),
        say="needed",
        say_label=FOR_APPLICANT_LABEL,
        say_hint=EXPLAIN,
    ),
}
WORK = {
    "take": Verb(title=_("Take"), done=_("This task is yours now."), direct=True, rank=1),
    "release": Verb(title=_("Put back into the unit"), done=_("Put back."), direct=True, rank=3),
    "assign": Verb(title=_("Assign to an officer"), done=_("Assigned."), asks=("officer",), rank=3),
}
# At the counter a clerk says these for the applicant who stands before him.
FOR_APPLICANT = {
    "supplement": Verb(
        title=_("Enter what the applicant brought"),
        done=_("Added. The time limit runs on."),
        say="optional",
        say_label=_("Why something cannot be given"),
        asks=("papers",),
        rank=1,
    ),
    "agree": Verb(title=_("The applicant agrees to the draft"), done=_("Agreed."), rank=1),
    "correct": Verb(
        title=_("The applicant corrects the draft"),
        done=_("Corrected."),
        say="optional",
        say_label=_("What is wrong"),
    ),
    "withdraw": Verb(
        title=_("The applicant withdraws"),
        done=_("Withdrawn."),
        hint=_("Nobody works on it any more. A new application is possible at any time."),
        say="optional",
        rank=3,
        danger=True,
    ),
}
VERBS: dict[str, Verb] = {
    **WORK, **RECEPTION, **PROCESSING, **TOGETHER, **RESULTS, **FOR_APPLICANT
}  # fmt: skip
