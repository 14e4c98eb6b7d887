"""The words of notifications: per template a title, lines, and for urgent ones a text message.

A line appears when all its parameters are present, so one template serves services that know more
and services that know less. The reader's language is the active one.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from msgspec import Struct

from motcua.kernel import texts

_PLACES = re.compile(r"%\((\w+)\)s")
_ISO = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d.*)?")


class Wording(Struct, frozen=True):
    """`title`, `lines` and `sms` (None: no text message) are lazy translations."""

    title: Any
    lines: tuple[Any, ...]
    sms: Any = None


_CODE = _("Dossier: %(code)s – %(procedure)s.")
_REASON = _("Reason: %(reason)s.")
_SAY = _("Message: %(say)s")
_WHO = _("Handled by: %(body)s.")
_HELP = _("If you have a question, answer in the dossier or ask at any one-stop desk.")

WORDINGS: dict[str, Wording] = {
    "emergency-opened": Wording(
        _("An emergency access waits for your review"),
        (
            _("%(who)s opened a record of this register without a grant: %(register)s."),
            _("Reason given: %(why)s"),
            _("It ends by itself on %(until)s. Somebody else must review it."),
        ),
    ),
    "access-questioned": Wording(
        _("Somebody asks why their data were read"),
        (
            _("A person questions a reading of personal data by your body."),
            _("The answer is due by %(due)s."),
            _("You find the question at the desk, under Questions about access."),
        ),
    ),
    "access-answered": Wording(
        _("Your question about an access has been answered"),
        (
            _("%(body)s has answered. The answer stands beside the entry under My data."),
            _("If the answer does not satisfy you, you may complain to the body's head."),
        ),
    ),
    "access-alert": Wording(
        _("Your data were read"),
        (
            _("Your personal data were read yesterday (%(times)s)."),
            _("Who read what, and why, is in your account under My data."),
            _("You get this message because you agreed to it; you can withdraw there."),
        ),
    ),
    "submitted": Wording(
        _("We have received your application"),
        (
            _("Application: %(procedure)s."),
            _("Your tracking code is %(code)s."),
            _("%(body)s checks it and answers you by %(due)s."),
        ),
    ),
    "accepted": Wording(
        _("Your dossier has been accepted"),
        (
            _CODE,
            _WHO,
            _("The result is due by %(due)s."),
            _("You can follow each step in your account or with the dossier code."),
        ),
        _("MotCua: dossier %(code)s accepted. Result due by %(due)s."),
    ),
    "not-accepted": Wording(
        _("Your dossier could not be accepted"),
        (_CODE, _REASON, _SAY, _("You can correct this and apply again at any time."), _HELP),
        _("MotCua: dossier %(code)s was not accepted. Sign in to read why."),
    ),
    "supplement-requested": Wording(
        _("Something is missing in your dossier"),
        (
            _CODE,
            _("Please add, all at once: %(items)s."),
            _REASON,
            _SAY,
            _("The time limit is stopped until you answer; please do so by %(due)s."),
        ),
        _("MotCua: dossier %(code)s needs more from you. Sign in to see what is missing."),
    ),
    "returned": Wording(
        _("Your dossier has been returned to you"),
        (
            _CODE,
            _("Please correct: %(items)s."),
            _REASON,
            _SAY,
            _("The time limit starts again when you have answered."),
        ),
        _("MotCua: dossier %(code)s was returned to you for correction. Sign in to see why."),
    ),
    "draft-ready": Wording(
        _("Please check the draft of your result"),
        (
            _CODE,
            _("Agree to it or ask for a correction by %(due)s."),
            _("If you do not answer by then, the draft counts as agreed."),
        ),
        _("MotCua: the draft for dossier %(code)s is ready. Check it by %(due)s."),
    ),
    "draft-agreed-by-silence": Wording(
        _("The draft of your result counts as agreed"),
        (
            _CODE,
            _("We received no answer by %(due)s, so the work continues with the draft."),
            _HELP,
        ),
    ),
    "appointment": Wording(
        _("You have an appointment"),
        (_CODE, _("Time: %(at)s."), _("Place: %(place)s."), _("Please bring: %(items)s."), _SAY),
        _("MotCua: appointment for dossier %(code)s at %(at)s."),
    ),
    "in-processing": Wording(
        _("Your dossier is being processed"), (_CODE, _WHO, _("The result is due by %(due)s."))
    ),
    "opinion-overdue": Wording(
        _("An opinion that was asked for is late"),
        (_CODE, _("Asked of: %(body)s."), _("It was due by %(due)s."), _("Subject: %(subject)s.")),
    ),
    "apology": Wording(
        _("We are sorry: your result will be late"),
        (
            _CODE,
            _("It was due by %(due_before)s. The new date is %(due_after)s."),
            _REASON,
            _("We apologise. The date is moved only once."),
        ),
        _("MotCua: we apologise, dossier %(code)s will be late. New date: %(due_after)s."),
    ),
    "apology-due": Wording(
        _("An apology must be sent before the due date"),
        (
            _CODE,
            _("The result is due by %(due)s and is not ready."),
            _("Finish it, or send the apology with a new date before then."),
        ),
    ),
    "finished": Wording(_("Your dossier has been settled"), (_CODE, _WHO, _SAY)),
    "result-ready": Wording(
        _("Your result is ready"),
        (
            _CODE,
            _("You can download it in your account."),
            _("You can collect it at: %(place)s."),
            _SAY,
        ),
        _("MotCua: the result of dossier %(code)s is ready."),
    ),
    "returned-result": Wording(
        _("The result has been handed over"),
        (_CODE, _("Thank you. Tell us in your account how we did.")),
    ),
    "withdrawn": Wording(
        _("Your dossier has been withdrawn"),
        (_CODE, _("At your request nothing more will be done in this matter.")),
    ),
    "correction-done": Wording(
        _("Your result has been corrected"),
        (_CODE, _("The corrected paper replaces the earlier one and costs you nothing."), _SAY),
        _("MotCua: the corrected result of dossier %(code)s is ready."),
    ),
    "correction-requested": Wording(
        _("Your request to correct the result has been received"),
        (_CODE, _("What you asked to correct: %(say)s"), _("We will answer you by %(due)s.")),
    ),
    "correction-declined": Wording(
        _("The result stays as it is"),
        (_CODE, _("Your request to correct it was declined: %(say)s"), _HELP),
        _("MotCua: the result of dossier %(code)s stays as it is. Sign in to read why."),
    ),
    "refused": Wording(
        _("Your application has been refused"),
        (
            _CODE,
            _REASON,
            _SAY,
            _("The written decision with the legal ground is in your account."),
            _("You may complain to %(body)s or go to court, as the law provides."),
        ),
        _("MotCua: dossier %(code)s was refused. Sign in to read why and what you can do."),
    ),
    "message": Wording(_("You have a new message"), (_CODE, _("From: %(who)s."), _SAY)),
    "opinion-given": Wording(
        _("An opinion that was asked for has arrived"),
        (_CODE, _("Task: %(task)s."), _("Read the opinion in the dossier.")),
    ),
    "branches-complete": Wording(
        _("All the joint work on a dossier is done"),
        (_CODE, _("You can now continue with: %(task)s.")),
    ),
    "fee-asked": Wording(
        _("A fee is to be paid"),
        (
            _CODE,
            _("Amount: %(amount)s."),
            _("Please pay by %(due)s, online in your account or at any one-stop desk."),
            _("The time limit is stopped until you have paid."),
            _("If you do not pay by then, the dossier is stopped."),
        ),
        _("MotCua: please pay %(amount)s for dossier %(code)s by %(due)s."),
    ),
    "fee-paid": Wording(
        _("Your payment has been received"),
        (
            _CODE,
            _("Amount: %(amount)s."),
            _("The work on your dossier goes on. The receipt is in your account."),
        ),
    ),
    "refund-due": Wording(
        _("You get money back"),
        (
            _CODE,
            _("Amount: %(amount)s."),
            _("It goes back the way it came. You need not do anything."),
        ),
        _("MotCua: you get %(amount)s back for dossier %(code)s."),
    ),
    "task-assigned": Wording(
        _("A task has been given to you"),
        (_CODE, _("Task: %(task)s."), _("It is due by %(due)s."), _("Given by: %(who)s.")),
    ),
    "webhook-paused": Wording(
        _("A webhook was paused"),
        (
            _("Webhook: %(title)s."),
            _("Nothing has reached it since %(since)s, so we stopped trying."),
            _("Nothing is lost: mend it and resume it, and it receives what waits, in order."),
        ),
    ),
    "overdue": Wording(
        _("A task is overdue"),
        (_CODE, _("Task: %(task)s."), _("It was due by %(due)s."), _("With: %(who)s.")),
    ),
}


def title(words: Wording, _params: Mapping[str, Any]) -> str:
    return str(words.title)


def body(words: Wording, params: Mapping[str, Any]) -> str:
    """The lines whose parameters are all present, one under the other."""
    values = _Values(params)
    return "\n".join(values.said(str(line)) for line in words.lines if values.fill(str(line)))


def letter(words: Wording, params: Mapping[str, Any]) -> str:
    """The text of the mail: the lines, and where to read more."""
    signed = _("Sign in at %(origin)s to see the details. Please do not answer this e-mail.")
    return f"{body(words, params)}\n\n{signed % {'origin': settings.MOTCUA_ORIGIN}}\n"


def short(words: Wording, params: Mapping[str, Any]) -> str:
    """The text message; the title when a parameter of it is missing."""
    values = _Values(params)
    if words.sms is not None and values.fill(str(words.sms)):
        return str(words.sms) % values
    return f"MotCua: {words.title}"


class _Values(dict[str, str]):
    """Parameters as words of the active language."""

    def __init__(self, params: Mapping[str, Any]) -> None:
        super().__init__({name: _said(value) for name, value in params.items()})

    def fill(self, line: str) -> bool:
        return all(self.get(name) for name in _PLACES.findall(line))

    def said(self, line: str) -> str:
        """The line filled; a value that brings its own full stop does not double it."""
        text = line % self
        return text[:-1] if text.endswith("..") and not text.endswith("...") else text


def _said(value: Any) -> str:
    """One value in words of the active language; "" for what is not there."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, Mapping):
        return texts.pick({str(k): str(v) for k, v in value.items()}, get_language() or "vi")
    if isinstance(value, list | tuple):
        return "; ".join(said for one in value if (said := _said(one)))
    if isinstance(value, str) and _ISO.fullmatch(value):
        return _moment(value)
    return str(value).strip()


def _moment(iso: str) -> str:
    language = get_language() or settings.LANGUAGE_CODE
    if len(iso) == 10:
        return texts.long_date(date.fromisoformat(iso), language)
    moment = datetime.fromisoformat(iso)
    return texts.long_moment(timezone.localtime(moment) if moment.tzinfo else moment, language)
