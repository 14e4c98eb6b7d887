"""The sentences of this app: faults of forms (status 422) and refusals of the catalogue.

In faults of forms `%(title)s` is the question in the reader's language.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.kernel.refusals import Problem, Sentence, declare, sentence_of
from motcua.kernel.texts import pick, whole_number

_FORM = {
    "required": _("%(title)s: give an answer."),
    "must": _("%(title)s: this answer does not fit; check it."),
    "too-long": _("%(title)s: use at most %(max)s characters."),
    "unreadable-characters": _(
        "%(title)s: some characters cannot be read; delete the answer and type it again."
    ),
    "answer-once": _("%(title)s: give one answer only."),
    "person-name": _("%(title)s: use letters, spaces, hyphens and apostrophes only."),
    "personal-number": _("%(title)s: type the 12 digits of the personal number."),
    "old-id-number": _("%(title)s: type the 9 digits of the old identity number."),
    "phone": _("%(title)s: type a Vietnamese phone number, such as 0912 345 678."),
    "email": _("%(title)s: type an e-mail address such as an@example.vn."),
    "date": _("%(title)s: type a day, a month and a year in numbers, such as 27 3 2026."),
    "date-part": _("%(title)s: the date needs a day, a month and a year; one of them is missing."),
    "date-year": _("%(title)s: type the year with four digits, such as 2026."),
    "no-such-day": _("%(title)s: this day is not in the calendar; check the day and the month."),
    "number": _("%(title)s: type a whole number in digits."),
    "money": _("%(title)s: type an amount in đồng in digits, such as 1.234.567."),
    "too-large": _("%(title)s: type a number up to %(max)s."),
    "choice": _("%(title)s: choose one of the answers in the list."),
    "area": _("%(title)s: choose a place from the list."),
    "area-level": _("%(title)s: choose a province or a commune, as the question asks."),
    "address-line": _("%(title)s: add the house number and street, or the village."),
    "too-many-rows": _("%(title)s: give at most %(max)s rows."),
    "not-computable": _("%(title)s: this cannot be computed; check the numbers."),
    "csv-too-large": _("%(title)s: the file is too large; at most %(max)s kB."),
    "csv-encoding": _(
        "%(title)s: line %(line)s of the file cannot be read; save it as “CSV UTF-8”."
    ),
    "csv-empty": _("%(title)s: the file has no rows; put one line for each below the titles."),
    "csv-quotes": _("%(title)s: a quotation mark in line %(line)s of the file is not closed."),
    "csv-cells": _("%(title)s: line %(line)s of the file has more cells than titles."),
    "csv-no-column": _("%(title)s: the first line of the file does not name “%(column)s”."),
    "csv-column-twice": _("%(title)s: the first line of the file names “%(column)s” twice."),
    "csv-too-many-rows": _("%(title)s: the file has %(count)s rows; at most %(max)s fit."),
    "paper-missing": _("%(title)s: attach this paper."),
}

declare(
    {f"catalogue.{code}": Sentence(text, 422) for code, text in _FORM.items()}
    | {
        "catalogue.no-such-service": Sentence(_("This service does not exist."), 404),
        "catalogue.not-in-force": Sentence(_("This service is not offered on this date."), 404),
        "catalogue.pack-faulty": Sentence(
            _("The pack has %(count)s errors; nothing was changed. First: %(first)s"), 422
        ),
        "catalogue.bad-slug": Sentence(
            _("“%(slug)s” cannot name a service: use small letters, digits and hyphens."), 422
        ),
        "catalogue.no-such-life-event": Sentence(
            _("The pack has no life event “%(life_event)s”; it has: %(known)s."), 422
        ),
        "catalogue.service-exists": Sentence(_("There is a service “%(slug)s” already."), 409),
        "catalogue.register-exists": Sentence(_("There is a register “%(slug)s” already."), 409),
        "catalogue.no-such-pack": Sentence(
            _("There is no pack in the folder %(path)s; give the folder that holds pack.yaml."), 404
        ),
    }
)


def problem_sentence(problem: Problem, language: str) -> str:
    """A fault as one sentence in a language: the pack's own words, or the sentence of its code.

    The active translation must be that of `language`.
    """
    if problem.text:
        return pick(problem.text, language)
    sentence: str = str(sentence_of(problem.code).text) % _in_words(problem.params, language)
    return sentence


def _in_words(params: Mapping[str, Any], language: str) -> dict[str, str]:
    words = {}
    for name, value in params.items():
        if isinstance(value, Mapping):
            words[name] = pick(dict(value), language)
        else:
            words[name] = whole_number(value, language) if isinstance(value, int) else str(value)
    return words
